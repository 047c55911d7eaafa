"""The answer of a comparison in words: what one run has more or less of than the base, and who lives another life."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.effects import ONE_ONLY
from talentmarket.comparison.pairing import LEAST_RUNS
from talentmarket.comparison.sentences import ORDER, certainty, null, sentence, tellable
from talentmarket.numbers import fixed, percent
from talentmarket.report.answers import raid_answer
from talentmarket.runs.runs import Runs

MOST = 6
RAID = "started"  # who comes with a raid: what most ask about, and an answer too if it stays the same
OF_ITS_OWN = 4  # sentences on a raid before those on differences: how many come, and for how much


def comparison_answer(comparison: Comparison) -> Iterator[str]:
    """What a comparison says, in sentences; with more than two runs each begins with the title that it is about."""
    several = len(comparison.names) > LEAST_RUNS
    for name, title, runs in zip(comparison.names[1:], comparison.titles[1:], comparison.runs[1:], strict=True):
        table = comparison.table[comparison.table["run"] == name]
        own, differences = _of_its_own(runs, table), _differences(table, comparison.replicates)
        costs = _costs(comparison.costs[comparison.costs["run"] == name])
        for said in (*own[:OF_ITS_OWN], *differences, *costs, *own[OF_ITS_OWN:]):
            yield f"{title}: {said}" if several else said[0].upper() + said[1:]
    yield from _twins(comparison)


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
        f"{int(table['significant'].sum())} of {tested} differences are distinguishable from zero (5 %, corrected for testing "
        "them all at once); of the others only those who come with a raid are spoken of above."
    )
    if len(paired):
        saved = (paired["replicates_needed_unpaired"] / paired["replicates_needed"]).median()
        yield f"Runs that saw different shocks would have to be {saved:,.1f} times as many for the same intervals (median)."
    yield from comparison.notes


def _of_its_own(runs: Runs, table: pd.DataFrame) -> list[str]:
    """All sentences about a raid, if the base has none: what it did cannot be a difference then."""
    return list(raid_answer(runs)) if (table["verdict"] == ONE_ONLY).any() and runs.scenario.campaigns else []


def _differences(table: pd.DataFrame, replicates: int) -> list[str]:
    """What becomes of the raid, also where nothing does, and then the differences that are known best, the most telling first."""
    known = sorted(tellable(table), key=certainty, reverse=True)
    raid = [row for row in table.itertuples() if row.measure == RAID and row.lab == "" and row.p == row.p]
    others = [row for row in known if row.measure != RAID][: MOST - len(raid)]
    chosen = [*raid, *sorted(others, key=lambda row: ORDER.index(row.measure))]
    said = [f"{sentence(row) if row.significant else null(row)}." for row in chosen]
    return (
        said
        if others
        else [
            *said,
            f"no {'other ' * bool(raid)}difference is distinguishable from zero with {replicates:,} runs of each.",
        ]
    )


def _costs(costs: pd.DataFrame) -> Iterator[str]:
    """What each person who is still there because of an answer costs, where that can be told."""
    for row in costs[costs["note"] == ""].itertuples():
        yield (
            f"{row.lab} pays {fixed(row.cost, 0)} M$ ({fixed(row.low, 0)} to {fixed(row.high, 0)}) in answers for each of its first "
            "staff more who is still there at the end."
        )


def _twins(comparison: Comparison) -> Iterator[str]:
    """How many of those whom a raid moves would not have moved."""
    titles = dict(zip(comparison.names, comparison.titles, strict=True))
    for row in comparison.fates.to_dict("records"):
        if row["raided"] >= row["replicates"]:
            each, share = row["raided"] / row["replicates"], row["raided_who_else_stayed"] / row["raided"]
            yield (
                f"Of the {each:,.1f} people a run whom a raid's offer moves in {titles[row['run']]}, {percent(share)} make no such "
                f"move in {comparison.titles[0]}: they are the same people under the same shocks."
            )
