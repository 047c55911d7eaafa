"""The answer in words: sentences made of measures, each with its interval; what is undefined is not said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from talentmarket.comparison.hires import hires, per_person
from talentmarket.comparison.sentences import MOST_DECIMALS
from talentmarket.numbers import NO_BREAK, decimals, fixed
from talentmarket.runs.runs import Runs
from talentmarket.scenario.calendar import dated

PEOPLE = ("came", "stayed_a_year", "stayed")

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


def run_answer(runs: Runs) -> Iterator[str]:
    """What a run says, in sentences."""
    if runs.scenario.campaigns:
        yield from raid_answer(runs)
        return
    whole = _whole(runs)
    yield from (said for said in (filled(sentence, whole) for sentence in MARKET) if said)
    kept = [row for row in runs.summary.itertuples() if row.measure == "two_year_retention" and row.n]
    if kept:
        each = "; ".join(f"{row.lab} {with_interval(row)}" for row in kept)
        yield f"Still at the lab after two years: {each}."


def raid_answer(runs: Runs) -> Iterator[str]:
    """What a run's raids did, in sentences: the funnel, when, who came, the list, and what it cost."""
    whole = _whole(runs)
    said = [filled(sentence, whole) for sentence in RAID]
    yield from (each for each in (*said[:3], _prices(runs), *_when(runs), *said[3:]) if each)


def _whole(runs: Runs) -> dict[str, Any]:
    return {row.measure: row for row in runs.summary.itertuples() if row.lab == "" and row.n}


def _when(runs: Runs) -> Iterator[str]:
    """The months of each campaign that begins within the run, with their dates."""
    scenario = runs.scenario
    for campaign in scenario.campaigns:
        first, last = campaign.start, min(campaign.start + campaign.months - 1, scenario.run.months)
        if first <= last:
            yield f"{campaign.lab} asks people at {', '.join(campaign.targets)} from {dated(scenario, first)} to {dated(scenario, last)}."


def _prices(runs: Runs) -> str:
    """What was promised for each person won, and for each who stayed; nothing if nobody came."""
    scenario, done = runs.scenario, runs.manifest.replicates - len(runs.failures)
    found = hires(runs.offers, done, scenario.run.months)
    end = dated(scenario, scenario.run.months)
    words = ("for each who comes", "for each who stays a year", f"for each who is still there at the end, {end}")
    said = []
    for column, whom in zip(PEOPLE, words, strict=True):
        cost, (low, high) = per_person(found, column)
        if cost == cost:
            places = decimals(cost, (high - low) / 2.0, most=0) if low == low else 0
            interval = f" ({fixed(low, places)} to {fixed(high, places)})" if low == low else ""
            said.append(f"{fixed(cost, places)}{NO_BREAK}M${interval} {whom}")
    return f"At face value that is {'; '.join(said)}." if said else ""


def filled(sentence: str, rows: dict[str, Any]) -> str:
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


def run_caveats(runs: Runs) -> Iterator[str]:
    """What a reader should know of a run's figures."""
    done = runs.manifest.replicates - len(runs.failures)
    yield f"Means of {done:,} simulated runs of {runs.manifest.months:,} months; in parentheses the 95 % interval of the mean."
    for failure in runs.failures[:1]:
        yield f"{len(runs.failures):,} of {runs.manifest.replicates:,} runs failed and are left out; {failure.error}"
