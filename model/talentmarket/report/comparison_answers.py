"""The answer of a comparison in words: what one run has more or less of than the base, and who lives another life."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.effects import ONE_ONLY
from talentmarket.comparison.pairing import LEAST_RUNS
from talentmarket.numbers import NO_BREAK, decimals, fixed, percent
from talentmarket.report.answers import MOST_DECIMALS, RAID, filled
from talentmarket.runs.runs import Runs

MOST = 6

# What is said of each measure, the most telling first: `more` stands for a number with `more` or `fewer` behind it.
SENTENCES = {
    "lost_to_labs": "{lab} loses {more} people to other labs",
    "won_from_labs": "{lab} wins {more} people from other labs",
    "started": "{more} people come with a raid",
    "package_spending": "the raider commits {more} M$ in packages",
    "cost_per_talent": "a unit of talent costs the raider {more} M$",
    "top_talent_lost": "raids take {more} percentage points of the raided labs' top talent",
    "talent_lost": "raids take {more} percentage points of the raided labs' talent",
    "two_year_retention": "two years after joining, {more} percentage points are still at {lab}",
    "headcount_change": "{lab} ends with {more} people",
    "moves_between_labs": "{more} people a year go from lab to lab",
    "departures": "{more} people leave {lab}",
}


def comparison_answer(comparison: Comparison) -> Iterator[str]:
    """What a comparison says, in sentences; with more than two runs each begins with the run it is about."""
    several = len(comparison.names) > LEAST_RUNS
    for name, runs in zip(comparison.names[1:], comparison.runs[1:], strict=True):
        table = comparison.table[comparison.table["run"] == name]
        for said in (*_of_its_own(runs, table), *_differences(table, comparison.replicates)):
            yield f"{name}: {said}" if several else said[0].upper() + said[1:]
    yield from _twins(comparison)


def comparison_caveats(comparison: Comparison) -> Iterator[str]:
    """What a reader should know of a comparison's figures."""
    yield (
        f"{comparison.replicates:,} replicates of each, which saw the same shocks: differences from "
        f"{comparison.names[0]} are taken replicate by replicate. In parentheses: the 95 % interval of the mean "
        "difference, then both means."
    )
    table = comparison.table
    tested, paired = int(table["p"].notna().sum()), table[table["significant"] & (table["width_ratio"] > 0.0)]
    yield (
        f"{int(table['significant'].sum())} of {tested} differences are significant (5 %, corrected for testing "
        "them all at once); the others are not spoken of above."
    )
    if len(paired):
        saved = (paired["replicates_needed_unpaired"] / paired["replicates_needed"]).median()
        yield f"Runs that saw different shocks would need {saved:,.1f} times the replicates for the same intervals (median)."
    yield from comparison.notes


def _of_its_own(runs: Runs, table: pd.DataFrame) -> Iterator[str]:
    """What a raid did if the base has none: that cannot be a difference."""
    if (table["verdict"] == ONE_ONLY).any() and runs.scenario.campaigns:
        whole = {row.measure: row for row in runs.summary.itertuples() if row.lab == "" and row.n}
        yield from (said for said in (filled(sentence, whole) for sentence in RAID[:2]) if said)


def _differences(table: pd.DataFrame, replicates: int) -> Iterator[str]:
    """The differences that are known best, in the order of `SENTENCES`."""
    known = sorted(_significant(table), key=_certainty, reverse=True)
    order = list(SENTENCES)
    yield from (f"{_sentence(row)}." for row in sorted(known[:MOST], key=lambda row: order.index(row.measure)))
    if not known:
        yield f"No difference is significant with {replicates:,} replicates."


def _significant(table: pd.DataFrame) -> list[Any]:
    """Significant rows that there are words for; of raided labs, only all of them together."""
    raided = {row.measure for row in table.itertuples() if row.lab == ""}
    rows = (row for row in table.itertuples() if row.significant and row.measure in SENTENCES)
    return [row for row in rows if row.lab == "" or row.measure not in raided]


def _certainty(row: Any) -> float:
    return abs(row.difference) / row.half_width if row.half_width > 0.0 else float("inf")


def _sentence(row: Any) -> str:
    """A difference in words, with its interval and both means, such as `OpenAI loses 12 more people (11 to 13; …)`."""
    factor = 100.0 if row.unit == "share" else 1.0
    low, high = sorted((abs(row.low), abs(row.high)))
    size = factor * abs(row.difference)
    places = decimals(size, factor * (row.high - row.low) / 2.0, most=MOST_DECIMALS)
    low_text, high_text, mean, base = (fixed(factor * each, places) for each in (low, high, row.mean, row.base_mean))
    unit = f"{NO_BREAK}%" if row.unit == "share" else ""
    more = f"{fixed(size, places)} {'more' if row.difference > 0.0 else 'fewer' if _counted(row.unit) else 'less'}"
    said = SENTENCES[row.measure].format(lab=row.lab, more=more)
    return f"{said} ({low_text} to {high_text}; {mean}{unit} instead of {base}{unit})"


def _counted(unit: str) -> bool:
    return unit in ("people", "moves", "moves a year", "offers", "share")


def _twins(comparison: Comparison) -> Iterator[str]:
    for row in comparison.fates.to_dict("records"):
        if row["raided"]:
            each, share = row["raided"] / row["replicates"], row["raided_who_else_stayed"] / row["raided"]
            yield (
                f"Of the {each:,.1f} people a replicate whom a raid's offer moves in {row['run']}, "
                f"{percent(share)} make no such move in {comparison.names[0]}."
            )
