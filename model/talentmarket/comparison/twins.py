"""Twins: the same researchers in two runs, and where their lives part.

Both runs draw the same luck for a researcher wherever they ask the same question (see `market/chance.py`), so whoever
lives another life in one of them does so because of what differs between the scenarios.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from talentmarket.runs.replicates import batch_size
from talentmarket.runs.runs import Runs
from talentmarket.runs.tables.by_replicate import ByReplicate
from talentmarket.runs.tables.columns import Column
from talentmarket.scenario.schema import Scenario

MOVED, STAYED, ELSEWHERE, OTHER_TIME, OTHER_TERMS = "moved", "stayed", "elsewhere", "another time", "other terms"
FATES = (MOVED, STAYED, ELSEWHERE, OTHER_TIME, OTHER_TERMS)
BETWEEN_LABS = "between_labs"

WHO = ["replicate", "researcher"]
LIFE = [*WHO, "month", "from", "to", "kind"]
PERSON = ["talent", "loyalty", "pay_before"]
TERMS = ["pay_after", "first_year", "forfeited"]
OFFER = ["campaign", "rank", "total", "acceptance_probability", "reason"]
CAME = ("started", "returned")

TWINS = (
    Column("run", "name", "", "The run that is compared with the base."),
    Column("replicate", "int32", "", "Number of the replicate."),
    Column("researcher", "int32", "", "Number of the researcher, the same person in both."),
    Column(
        "fate",
        "name",
        "",
        "moved: moves on in the run only; stayed: in the base only; elsewhere: to another lab; "
        "another time: to the same lab; other terms: same lab and month.",
    ),
    Column("from", "name", "", "The lab at which the two lives part."),
    Column("talent", "float32", "talent", "Talent of the researcher."),
    Column("loyalty", "float32", "share", "Weight of the researcher on the mission."),
    Column("pay_before", "float32", "M$ a year", "Running pay before the first move that differs."),
    *(
        Column(f"{prefix}{name}", kind, unit, f"{definition} {where}")  # type: ignore[arg-type]
        for prefix, where in (("", "In the run."), ("base_", "In the base."))
        for name, kind, unit, definition in (
            ("month", "float64", "months", "Month of the move; empty without one."),
            ("to", "name", "", "The lab joined."),
            ("kind", "name", "", "Kind of the move."),
            ("pay_after", "float32", "M$ a year", "Running pay after the move."),
            ("first_year", "float32", "M$", "What the first year there pays in all."),
            ("forfeited", "float32", "M$", "Unvested stock left behind."),
            ("campaign", "name", "", "The campaign whose offer was taken; empty without one."),
            ("rank", "float64", "rank", "Place on its list."),
            ("total", "float32", "M$", "Its package over the years."),
            ("acceptance_probability", "float32", "share", "Probability that the offer was taken."),
            ("reason", "name", "", "The largest term that spoke for going."),
        )
    ),
)


def why_no_twins(base: Runs, other: Runs) -> str:
    """Why researchers of two runs cannot be matched; empty if they can."""
    if _people(base.scenario) != _people(other.scenario):
        return "their labs do not begin with the same people"
    if "none" in (base.scenario.run.moves, other.scenario.run.moves):
        return "one of them wrote out no moves; set run.moves to 'all'"
    return ""


def _people(scenario: Scenario) -> list[tuple[str, str, float]]:
    return [(lab.name, lab.kind, lab.headcount * scenario.population.scale) for lab in scenario.labs]


def twins_of(
    base: Runs, other: Runs, replicates: Sequence[int] | np.ndarray, name: str
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Researchers whose moves differ between two runs, and how many moves do.

    If either run wrote out moves between labs only, so much of both is compared.

    Parameters
    ----------
    base, other
        Runs whose researchers can be matched (see `why_no_twins`).
    replicates
        Those to look at, in order.
    name
        Name of `other`.

    Returns
    -------
    tuple
        One row for each researcher and replicate whose lives part (columns as `TWINS`), and the counts that `fates`
        takes.
    """
    only_between = BETWEEN_LABS in (base.scenario.run.moves, other.scenario.run.moves)
    readers = [(runs, *_readers(runs)) for runs in (base, other)]
    tables, counts = [], np.zeros(3, dtype=np.int64)
    for some in _in_batches(replicates, base.scenario):
        before, after = (_moves(runs, moves.of(some), only_between) for runs, moves, _ in readers)
        counts += len(before), len(after), len(before.merge(after, on=LIFE))
        parted = _parted(before, after)
        taken = [_terms(offers.of(some)) for _, _, offers in readers]
        tables.append(_with_offers(parted, *taken))
    twins = pd.concat(tables, ignore_index=True).assign(run=name)[[column.name for column in TWINS]]
    raided = twins[twins["kind"].astype(str) == "campaign"]
    outside = {lab.name for lab in base.scenario.labs if lab.kind == "outside"}
    return twins, {
        "run": name,
        "replicates": len(replicates),
        "base_moves": int(counts[0]),
        "moves": int(counts[1]),
        "same_moves": int(counts[2]),
        "people": len(twins),
        **{fate: int((twins["fate"] == fate).sum()) for fate in FATES},
        "raided": len(raided),
        "raided_who_else_stayed": int(raided["base_to"].isna().sum()),
        "raided_who_else_left": int(raided["base_to"].isin(outside).sum()),
    }


def _in_batches(replicates: Sequence[int] | np.ndarray, scenario: Scenario) -> Iterator[list[int]]:
    """As many replicates at a time as stand in a part of a table: pandas takes milliseconds for a table of any size."""
    size = batch_size(scenario)
    for start in range(0, len(replicates), size):
        yield [int(replicate) for replicate in replicates[start : start + size]]


def _readers(runs: Runs) -> tuple[ByReplicate, ByReplicate]:
    offers = ["replicate", "decided", "researcher", "lab", "outcome", *OFFER]
    return ByReplicate(runs, "moves", [*LIFE, *PERSON, *TERMS]), ByReplicate(runs, "offers", offers)


def _moves(runs: Runs, rows: pd.DataFrame, only_between: bool) -> pd.DataFrame:
    """Moves, a researcher's life after the other's, each move with its place in the life."""
    if only_between:
        labs = [lab.name for lab in runs.scenario.labs if lab.kind == "lab"]
        rows = rows[rows["from"].isin(labs) & rows["to"].isin(labs)]
    rows = rows.sort_values([*WHO, "month"], kind="stable")
    return rows.assign(place=rows.groupby(WHO).cumcount())


def _parted(base: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """The first move of each researcher that differs, from both sides."""
    both = base.merge(other, on=[*WHO, "place"], how="outer", suffixes=("_base", "_other"))
    sides = [(both[f"{name}_base"], both[f"{name}_other"]) for name in ("month", "from", "to", "kind")]
    same = np.logical_and.reduce([before.astype(object) == after.astype(object) for before, after in sides])
    first = both[~same].sort_values([*WHO, "place"]).drop_duplicates(WHO)
    here = first["month_other"].notna()
    shared = {name: first[f"{name}_other"].where(here, first[f"{name}_base"]) for name in ("from", *PERSON)}
    theirs = {name: first[f"{name}_other"] for name in ("month", "to", "kind", *TERMS)}
    ours = {f"base_{name}": first[f"{name}_base"] for name in ("month", "to", "kind", *TERMS)}
    parted = pd.DataFrame({**{name: first[name] for name in WHO}, **shared, **theirs, **ours})
    return parted.assign(fate=_fate(parted))


def _fate(parted: pd.DataFrame) -> np.ndarray:
    same_lab = parted["to"].astype(object) == parted["base_to"].astype(object)
    return np.select(
        [
            parted["base_month"].isna(),
            parted["month"].isna(),
            ~same_lab,
            parted["month"] != parted["base_month"],
        ],
        [MOVED, STAYED, ELSEWHERE, OTHER_TIME],
        OTHER_TERMS,
    )


def _terms(offers: pd.DataFrame) -> pd.DataFrame:
    """Terms of the offers that were taken, by replicate, researcher, month and lab."""
    taken = offers[offers["outcome"].isin(CAME)]
    return taken[[*WHO, "decided", "lab", *OFFER]].rename(columns={"lab": "to", "decided": "month"})


def _with_offers(parted: pd.DataFrame, base: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Add the terms of the campaign offers that the differing moves took."""
    with_other = parted.merge(other, on=[*WHO, "month", "to"], how="left")
    renamed = {name: f"base_{name}" for name in ("month", "to", *OFFER)}
    return with_other.merge(base.rename(columns=renamed), on=[*WHO, "base_month", "base_to"], how="left")


def fates(counts: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """How many moves and lives differ, a row for each run.

    Returns
    -------
    pandas.DataFrame
        run; replicates; base_moves, moves and same_moves (same researcher, month, labs and kind) over all replicates;
        caused_share (moves of the run that are not in the base, of its moves); people (lives that part) and how many
        of each fate; raided (people whose first other move took a campaign's offer) and raided_who_else_stayed (of
        these, those who make no further move in the base) and raided_who_else_left (those who next go to the outside).
    """
    table = pd.DataFrame(counts)
    if len(table):
        table["caused_share"] = (table["moves"] - table["same_moves"]) / table["moves"].where(table["moves"] > 0)
    return table
