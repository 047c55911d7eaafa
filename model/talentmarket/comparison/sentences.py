"""Differences in words: what one run has more or less of than the base, the most telling measures first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from talentmarket.comparison.costs import SPENT_ON
from talentmarket.numbers import NO_BREAK, decimals, factor_of_unit, fixed, percent, signed

MOST_DECIMALS = 1  # in a sentence

# What is said of each measure, the most telling first: `more` stands for an amount with `more`, `fewer` or
# `less` behind it.
SENTENCES = {
    "started": "{more} people come with a raid",
    "hires_kept_two_years": "two years later {more} of those who came are still with the raider",
    "staff_still_there": "{more} of {lab}'s first staff are still there at the end",
    "lost_to_labs": "{lab} loses {more} people to other labs",
    "answer_spending": f"{{lab}} spends {{more}} on {SPENT_ON}",
    "package_spending": "the raider commits {more} in packages",
    "won_from_labs": "{lab} wins {more} people from other labs",
    "cost_per_talent": "a unit of talent costs the raider {more}",
    "list_depth": "the mean place on the raider's list of those who come is {more}",
    "loyalty_came": "those who come weigh the mission by {more}",
    "top_talent_lost": "raids take {more} of the raided labs' top talent",
    "talent_lost": "raids take {more} of the raided labs' talent",
    "staff_kept_24": "after two years {lab} has {more} of its first staff",
    "two_year_retention": "two years after joining, {more} are still at {lab}",
    "output_change": "the output of {lab} ends {more}",
    "headcount_change": "{lab} ends with {more} people",
    "moves_between_labs": "{more} people a year go from lab to lab",
    "departures": "{more} people leave {lab}",
}
COUNTED = ("people", "moves", "moves a year", "offers")
UNITS = {"share": " percentage points", "M$": f"{NO_BREAK}M$", "M$ per talent": f"{NO_BREAK}M$"}
ORDER = tuple(SENTENCES)
# What a headline speaks of before anything else: people won, kept and lost, and money spent on either.
HEADLINES = ("started", "staff_still_there", "lost_to_labs", "answer_spending", "package_spending")


def tellable(table: pd.DataFrame) -> list[Any]:
    """Significant rows that there are words for, the most telling first; of raided labs, only all of them together."""
    raided = {row.measure for row in table.itertuples() if row.lab == ""}
    rows = (row for row in table.itertuples() if row.significant and row.measure in SENTENCES and _shows(row))
    kept = [row for row in rows if row.lab == "" or row.measure not in raided]
    return sorted(kept, key=lambda row: (ORDER.index(row.measure), -certainty(row)))


def headlines(table: pd.DataFrame) -> list[Any]:
    """As `tellable`, the largest in standard deviations of one run first, and those of `HEADLINES` before all others."""
    rows = [row for row in tellable(table) if row.scale > 0.0]
    return sorted(rows, key=lambda row: (row.measure not in HEADLINES, -abs(row.difference) / row.scale))


def certainty(row: Any) -> float:
    """A difference in half-widths of its interval."""
    return abs(row.difference) / row.half_width if row.half_width > 0.0 else float("inf")


def clause(row: Any) -> str:
    """A difference in words, such as `OpenAI loses 12 more people to other labs`."""
    factor = factor_of_unit(row.unit)
    size = fixed(factor * abs(row.difference), _places(row))
    more = f"{size}{UNITS.get(row.unit, '')} {'more' if row.difference > 0.0 else 'fewer' if row.unit in COUNTED else 'less'}"
    return SENTENCES[row.measure].format(lab=row.lab, more=more)


def sentence(row: Any) -> str:
    """The same with its interval and both means: `OpenAI loses 12 more people (11 to 13; 212 instead of 200)`."""
    factor, places = factor_of_unit(row.unit), _places(row)
    low, high = sorted((abs(row.low), abs(row.high)))
    low_text, high_text, mean, base = (fixed(factor * each, places) for each in (low, high, row.mean, row.base_mean))
    unit = f"{NO_BREAK}%" if row.unit == "share" else ""
    return f"{clause(row)} ({low_text} to {high_text}; {mean}{unit} instead of {base}{unit})"


def null(row: Any) -> str:
    """A difference that cannot be told from none, with its interval: `whether more or fewer people come … cannot be told`.

    One whose interval leaves zero out is named, and that it may be one of many tests that happen to; and what is the same in every
    run is said to be so.
    """
    fewer, unit = "fewer" if row.unit in COUNTED else "less", f"{NO_BREAK}%" if row.unit == "share" else ""
    if row.low == row.high == 0.0:
        same = SENTENCES[row.measure].format(lab=row.lab, more=f"neither more nor {fewer}")
        return f"{same} in any run ({fixed(factor_of_unit(row.unit) * row.mean, 1)}{unit})"
    if row.low * row.high > 0.0:
        return f"{sentence(row)}, which is clear alone and not among so many differences tested at once"
    factor = factor_of_unit(row.unit)
    places = decimals(row.difference, (row.high - row.low) / 2.0, most=MOST_DECIMALS + 1)
    mean, low, high, run, base = (
        fixed(factor * each, places) for each in (row.difference, row.low, row.high, row.mean, row.base_mean)
    )
    question = SENTENCES[row.measure].format(lab=row.lab, more=f"more or {fewer}")
    return f"whether {question} cannot be told: {signed(mean)} ({signed(low)} to {signed(high)}; {run}{unit} instead of {base}{unit})"


LEAST_PEOPLE = 0.5  # people a run; of fewer nothing is said


def otherwise(fates: Mapping[str, Any], run: str, base: str) -> str:
    """What those whom a raid moves in a run, and not so in the base, do there instead; empty if they are too few.

    Parameters
    ----------
    fates
        A row of `twins.fates`.
    run, base
        What both are called.
    """
    people = fates["raided"]
    if people < LEAST_PEOPLE * fates["replicates"]:
        return ""
    stay, leave = fates["raided_who_else_stayed"], fates["raided_who_else_left"]
    return (
        f"Of the {fixed(people / fates['replicates'], 1)} people a run who come with a raid in {run} and live otherwise in {base}, there "
        f"{percent(stay / people)} stay where they are to the end, {percent(leave / people)} leave for the outside sooner or later, and "
        f"{percent((people - stay - leave) / people)} move to a lab: the same people under the same shocks."
    )


def _shows(row: Any) -> bool:
    """Whether anything of a difference is left when it is rounded for a sentence."""
    return any(digit in fixed(factor_of_unit(row.unit) * abs(row.difference), _places(row)) for digit in "123456789")


def _places(row: Any) -> int:
    factor = factor_of_unit(row.unit)
    size = factor * abs(row.difference)
    return decimals(size, factor * (row.high - row.low) / 2.0, most=MOST_DECIMALS if size >= 1.0 else MOST_DECIMALS + 1)
