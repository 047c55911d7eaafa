"""The answer of a comparison in words: what one run has more or less of than the base, and who lives another life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.effects import ONE_ONLY
from talentmarket.comparison.losses import labs_concerned
from talentmarket.comparison.pairing import LEAST_RUNS
from talentmarket.comparison.sentences import ORDER, certainty, null, otherwise, sentence, tellable
from talentmarket.numbers import decimals, fixed
from talentmarket.report.answers import raid_answer
from talentmarket.runs.runs import Runs

MOST = 6
LEAST = 2  # sentences on differences of each run, however many there are
RAID = "started"  # who comes with a raid: what most ask about, and an answer too if it stays the same
OF_ITS_OWN = 4  # sentences on a raid before those on differences: how many come, and for how much
MANY_TIMES = 100.0


def comparison_answer(comparison: Comparison) -> Iterator[str]:
    """What a comparison says, in sentences; with more than two runs each begins with the title that it is about."""
    for title, sentences in _by_run(comparison):
        yield from (_headed(comparison, title, said) for said in sentences)
    yield from _twins(comparison)


def first_sentences(comparison: Comparison, most: int = MOST) -> list[str]:
    """The first sentences of the answer, as many of each run as there is room for."""
    each = max(1, most // (len(comparison.names) - 1))
    found = [_headed(comparison, title, said) for title, sentences in _by_run(comparison) for said in sentences[:each]]
    return found[:most]


def _by_run(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """The title of each run but the base, and the sentences on it."""
    concerned = labs_concerned(comparison)
    most = max(LEAST, MOST // (len(comparison.names) - 1))
    for name, title, runs in zip(comparison.names[1:], comparison.titles[1:], comparison.runs[1:], strict=True):
        table = comparison.table[comparison.table["run"] == name]
        own = _of_its_own(runs, table)
        differences = _differences(table, comparison.replicates, concerned, most)
        costs = _costs(comparison.costs[comparison.costs["run"] == name])
        yield title, [*own[:OF_ITS_OWN], *differences, *costs, *own[OF_ITS_OWN:]]


def _headed(comparison: Comparison, title: str, said: str) -> str:
    return f"{title}: {said}" if len(comparison.names) > LEAST_RUNS else said[0].upper() + said[1:]


def comparison_caveats(comparison: Comparison) -> Iterator[str]:
    """What a reader should know of a comparison's figures."""
    yield (
        f"{comparison.replicates:,} simulated runs of each, in pairs that saw the same shocks: differences from "
        f"{comparison.titles[0]} are taken pair by pair. In parentheses: the 95 % interval of the mean difference, then both "
        "means."
    )
    table = comparison.table
    tested, paired = int(table["p"].notna().sum()), table[table["significant"] & (table["width_ratio"] > 0.0)]
    yield (
        f"Told above is who comes with a raid, whether or not that differs, and a few of the differences that are distinguishable from "
        f"zero (5 %, corrected for testing them all at once): {int(table['significant'].sum())} of {tested} are. All stand under "
        "“All measures”."
    )
    if len(paired):
        yield f"Runs that saw different shocks would have to be {times_as_many(paired)} for the same intervals (median)."
    yield from comparison.notes


def times_as_many(paired: pd.DataFrame) -> str:
    """How many more unpaired runs it would take, such as `4.2 times as many`; `paired` are rows of a comparison's table."""
    saved = float((paired["width_ratio"] ** -2.0).median())
    return f"more than {MANY_TIMES:.0f} times as many" if saved > MANY_TIMES else f"{saved:,.1f} times as many"


def _of_its_own(runs: Runs, table: pd.DataFrame) -> list[str]:
    """All sentences about a raid, if the base has none: what it did cannot be a difference then."""
    return list(raid_answer(runs)) if (table["verdict"] == ONE_ONLY).any() and runs.scenario.campaigns else []


def _differences(table: pd.DataFrame, replicates: int, concerned: set[str], most: int) -> list[str]:
    """What becomes of the raid, also where nothing does, and then the differences that are known best, the most telling first."""
    raid = [row for row in table.itertuples() if row.measure == RAID and row.lab == "" and row.p == row.p]
    others = _of_labs_concerned([row for row in tellable(table) if row.measure != RAID], concerned)
    known = sorted(others, key=certainty, reverse=True)[: most - len(raid)]
    chosen = [*raid, *sorted(known, key=lambda row: ORDER.index(row.measure))]
    said = [f"{sentence(row) if row.significant else null(row)}." for row in chosen]
    if known:
        return said
    return [
        *said,
        f"no {'other ' * bool(raid)}difference is distinguishable from zero with {replicates:,} runs of each.",
    ]


def _of_labs_concerned(rows: Sequence[Any], concerned: set[str]) -> list[Any]:
    """Rows of the market and of labs whose parameters differ, that raid or are raided; all if there are none."""
    return [row for row in rows if row.lab in {"", *concerned}] or list(rows)


def _costs(costs: pd.DataFrame) -> Iterator[str]:
    """What each person who is still there because of an answer costs, where that can be told and is not nothing."""
    for row in costs[costs["note"] == ""].itertuples():
        places = decimals(row.cost, (row.high - row.low) / 2.0, most=1)
        cost, low, high = (fixed(each, places) for each in (row.cost, row.low, row.high))
        if any(digit in cost for digit in "123456789"):
            yield (
                f"{row.lab} pays {cost} M$ ({low} to {high}) in answers for each of its first staff more who is still there at the "
                "end."
            )


def _twins(comparison: Comparison) -> Iterator[str]:
    """What those whom a raid moves would do otherwise."""
    titles = dict(zip(comparison.names, comparison.titles, strict=True))
    for row in comparison.fates.to_dict("records"):
        if said := otherwise(row, titles[row["run"]], comparison.titles[0]):
            yield said
