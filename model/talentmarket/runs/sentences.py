"""Sentences made of a run's measures, each with its interval; what is undefined is not said. Light: without pandas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from talentmarket.numbers import NO_BREAK, decimals, fixed
from talentmarket.runs.runs import Runs

MOST_DECIMALS = 1
MOST = 6  # sentences in a terminal

# Sentences about all raided labs together, and about the market: the measures they need stand in braces.
RAID = (
    "{approached} are made to people at the raided labs and {offers}; {started} come and start.",
    "That is {share_came} of the approaches; of the offers, {acceptance_rate} are accepted.",
    "The raider commits {package_spending} in packages, {cost_per_talent} won.",
    "{share_did_not_talk} of the approaches never lead to a talk, {share_no_offer} to a talk without an offer.",
    "Of the refusals, {refused_for_moving_cost} would have been acceptances if moving cost nothing, {refused_for_mission} if "
    "no lab had a mission, {refused_for_stock} without unvested stock at home, {refused_for_ties} if ties counted nothing.",
    "{returned} go back early.",
    "Those who come weigh the mission at {loyalty_came}, those who refuse at {loyalty_refused}.",
    "The mean place on the raider's list of those who come is {list_depth}.",
)
MARKET = (
    "Of those who leave a lab, {exits_to_outside} go to the outside world.",
    "{moves_between_labs} go from lab to lab.",
)
UNITS = {
    "approached": "approaches",
    "offers": "offers",
    "started": "people",
    "returned": "of those who came",
    "package_spending": "M$",
    "cost_per_talent": "M$ for each unit of talent",
    "list_depth": "",
    "moves_between_labs": "people a year",
}


def raid_sentences(runs: Runs) -> list[str]:
    """What a run's raids did: the funnel, between what single runs lie, money, refusals, who came; a sentence may be empty."""
    whole = _whole(runs)
    came, share, *others = [filled(sentence, whole) for sentence in RAID]
    return [came, share, _single_runs(runs, "started", "people come and start"), *others]


def market_sentences(runs: Runs) -> list[str]:
    """What a run without a raid says of the whole market."""
    whole = _whole(runs)
    said = [filled(sentence, whole) for sentence in MARKET]
    return [each for each in (*said, _single_runs(runs, "moves_between_labs", "people a year do")) if each]


def first_sentences(runs: Runs) -> list[str]:
    """The first sentences of the answer, for a terminal."""
    said = raid_sentences(runs) if runs.scenario.campaigns else market_sentences(runs)
    return [each for each in said if each][:MOST]


def _whole(runs: Runs) -> dict[str, Any]:
    return {row.measure: row for row in runs.summary_rows if row.lab == "" and row.n}


def _single_runs(runs: Runs, measure: str, what: str) -> str:
    """Between which values nine tenths of the single runs lie; empty where they are too few, or all alike."""
    low, high = runs.spread.get((measure, ""), (0.0, 0.0))
    return f"In single runs {fixed(low, 0)} to {fixed(high, 0)} {what} (5 % to 95 % of them)." if low < high else ""


def filled(sentence: str, rows: Mapping[str, Any]) -> str:
    """A sentence with its measures, or nothing if one of them is not defined."""
    for name in [part.split("}")[0] for part in sentence.split("{")[1:]]:
        if name not in rows:
            return ""
        sentence = sentence.replace(f"{{{name}}}", with_interval(rows[name], UNITS.get(name)))
    return sentence


def with_interval(row: Any, unit: str | None = None) -> str:
    """A mean with its 95 % interval, such as `17.7 people (17.2 to 18.2)`; shares as percentages.

    `row` has mean, low, high and unit, as the rows of a summary do; `unit` is said in place of its own.
    """
    factor, said = (100.0, "%") if row.unit == "share" else (1.0, row.unit if unit is None else unit)
    spread = factor * (row.high - row.low) / 2.0
    places = decimals(factor * row.mean, spread, most=MOST_DECIMALS)
    mean, low, high = (fixed(factor * value, places) for value in (row.mean, row.low, row.high))
    return f"{mean}{NO_BREAK}{said}".strip() + (f" ({low} to {high})" if spread > 0.0 else "")
