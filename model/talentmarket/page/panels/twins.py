"""Twins on the page: who is elsewhere in the other run, and by what way that came, those whom a raid asked first."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.readers.tables import Table
from talentmarket.market.records.codes import BY_GROWTH, NOBODY
from talentmarket.numbers import number
from talentmarket.page.session import Session
from talentmarket.page.view import same_people

ASKED, VACANCY, TIED, UNSEEN = range(4)
CAUSES = ("asked by a raid", "hired to fill a vacancy", "a colleague's life parted before", "")
MOST_ROWS = (40, 20, 20, 20)  # of each cause
PLACES = 12  # bits for the place of a move in a life: nobody moves twice in a month


class Parted(NamedTuple):
    """Lives that part (n,): whose, in which month, and whether the first move that differs fills a vacancy."""

    researcher: np.ndarray
    month: np.ndarray
    vacancy: np.ndarray


def twins_of(a: Session, b: Session) -> np.ndarray:
    """Numbers of those who are at another lab in the other run this month; none where they are not the same people."""
    if not same_people(a, b) or a.month != b.month:
        return np.zeros(0, dtype=int)
    in_a, in_b = (each.market.replicate.world.researchers["lab"] for each in (a, b))
    return np.flatnonzero(in_a != in_b)


def parted(a: Session, b: Session) -> Parted:
    """Those whose moves differ so far, in the order of the months in which their lives part.

    Moves are the same if researcher, month, labs and kind are, as in `comparison.twins`; a life parts at its first move
    that differs, in the month of the earlier of the two.
    """
    sides = [_keyed(each.market.replicate.moves_after(0)) for each in (a, b)]
    (keys_a, moves_a), (keys_b, moves_b) = sides
    _, in_a, in_b = np.intersect1d(keys_a, keys_b, return_indices=True)
    same = (moves_a[in_a] == moves_b[in_b]).all(axis=1)
    keys = np.concatenate([np.delete(keys_a, in_a[same]), np.delete(keys_b, in_b[same])])
    moves = np.concatenate([np.delete(moves_a, in_a[same], axis=0), np.delete(moves_b, in_b[same], axis=0)])
    order = np.lexsort((moves[:, 0], keys))  # of the same place in a life the earlier move
    researchers, first = np.unique(keys[order] >> PLACES, return_index=True)
    months, kinds = moves[order[first], 0], moves[:, 3]
    vacancies = np.unique(keys[kinds == BY_GROWTH])
    vacancy = np.isin(keys[order[first]], vacancies)
    by_month = np.argsort(months, kind="stable")
    return Parted(researchers[by_month], months[by_month], vacancy[by_month])


def _keyed(moves: Table) -> tuple[np.ndarray, np.ndarray]:
    """A key for each move, of its researcher and its place in the life; and month, labs and kind (n, 4)."""
    order = np.lexsort((moves["month"], moves["researcher"]))
    researcher = moves["researcher"][order].astype(np.int64)
    _, first, counts = np.unique(researcher, return_index=True, return_counts=True)
    place = np.arange(len(researcher)) - np.repeat(first, counts)
    columns = (moves["month"], moves["from"].codes, moves["to"].codes, moves["kind"].codes)
    return (researcher << PLACES) + place, np.stack([column[order].astype(np.int64) for column in columns], axis=1)


def causes_of(a: Session, b: Session, lives: Parted) -> np.ndarray:
    """The way by which each life came to part (n,): asked by a raid, else a vacancy, else a tie, else none that is seen."""
    asked = np.zeros(a.scenario.researchers, dtype=bool)
    for side in (a, b):
        asked[approaches_table(side.market.replicate.world, side.scenario)["researcher"]] = True
    ties, since = a.market.replicate.world.ties, np.full(a.scenario.researchers, np.iinfo(np.int64).max)
    since[lives.researcher] = lives.month
    tied = [
        bool((since[ties.other[ties.start[who] : ties.start[who + 1]]] < month).any())
        for who, month in zip(lives.researcher.tolist(), lives.month.tolist(), strict=True)
    ]
    return np.select(
        [asked[lives.researcher], lives.vacancy, np.array(tied, dtype=bool)], [ASKED, VACANCY, TIED], UNSEEN
    )


def twins_table(a: Session, b: Session) -> dict[str, Any]:
    """The twins as plain data, in the order of their causes, in each the earliest first; and in words how many.

    For each of them where he is in either run, since when, and how it came.
    """
    if not same_people(a, b):
        return {"words": "The two scenarios do not have the same people, so nobody has a twin.", "rows": []}
    lives = parted(a, b)
    cause = np.full(a.scenario.researchers, NOBODY)
    cause[lives.researcher] = causes_of(a, b, lives)
    elsewhere = np.zeros(a.scenario.researchers, dtype=bool)
    elsewhere[twins_of(a, b)] = True
    people = lives.researcher[elsewhere[lives.researcher]]
    groups = [people[cause[people] == one] for one in range(len(CAUSES))]
    rows = [
        _row(a, b, who, CAUSES[cause[who]])
        for group, most in zip(groups, MOST_ROWS, strict=True)
        for who in group[:most]
    ]
    return {"words": _words(a, groups, len(lives.researcher), len(rows)), "rows": rows}


def _words(a: Session, groups: list[np.ndarray], parting: int, shown: int) -> str:
    sizes = [len(group) for group in groups]
    words = f"{sum(sizes):,} of {a.scenario.researchers:,} people are at another lab in A than in B"
    if not sum(sizes):
        return f"{words}."
    ways = f"a raid asked {sizes[ASKED]:,}, {sizes[VACANCY]:,} filled a vacancy, {sizes[TIED]:,} know one who parted before"
    rest = f"{sizes[UNSEEN]:,} show no such way"
    counted = f"{parting:,} lives have parted at all, as the command compare counts twins"
    return f"{words}: {ways}, {rest}. {counted}." + (f" {shown:,} are shown." if shown < sum(sizes) else "")


def _row(a: Session, b: Session, researcher: int, cause: str) -> dict[str, Any]:
    return {
        "researcher": int(researcher),
        "cause": cause,
        "talent": number(float(a.market.replicate.world.researchers["talent"][researcher])),
        "a": _place(a, researcher),
        "b": _place(b, researcher),
    }


def _place(session: Session, researcher: int) -> str:
    """The lab at which somebody is, and since when."""
    people = session.market.replicate.world.researchers
    lab, joined = session.scenario.labs[int(people["lab"][researcher])].name, int(people["joined"][researcher])
    return f"{lab} since {joined}" if joined > 0 else lab
