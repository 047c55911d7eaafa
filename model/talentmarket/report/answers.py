"""The answer in words: sentences made of measures, each with its interval; what is undefined is not said."""

from __future__ import annotations

from collections.abc import Iterator

from talentmarket.comparison.hires import hires, per_person
from talentmarket.numbers import NO_BREAK, decimals, fixed
from talentmarket.runs.runs import Runs
from talentmarket.runs.sentences import market_sentences, raid_sentences, with_interval
from talentmarket.scenario.calendar import dated

BEFORE_PRICES = 4  # sentences on how many come and what is committed in all
PEOPLE = ("came", "stayed_a_year", "stayed")


def run_answer(runs: Runs) -> Iterator[str]:
    """What a run says, in sentences."""
    if runs.scenario.campaigns:
        yield from raid_answer(runs)
        return
    yield from market_sentences(runs)
    kept = [row for row in runs.summary_rows if row.measure == "two_year_retention" and row.n]
    if kept:
        each = "; ".join(f"{row.lab} {with_interval(row)}" for row in kept)
        yield f"Still at the lab after two years: {each}."


def raid_answer(runs: Runs) -> Iterator[str]:
    """What a run's raids did, in sentences: the funnel, when, who came, the list, and what it cost."""
    said = raid_sentences(runs)
    yield from (each for each in (*said[:BEFORE_PRICES], _prices(runs), *_when(runs), *said[BEFORE_PRICES:]) if each)


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


def run_caveats(runs: Runs) -> Iterator[str]:
    """What a reader should know of a run's figures."""
    done = runs.manifest.replicates - len(runs.failures)
    yield f"Means of {done:,} simulated runs of {runs.manifest.months:,} months; in parentheses the 95 % interval of the mean."
    for failure in runs.failures[:1]:
        yield f"{len(runs.failures):,} of {runs.manifest.replicates:,} runs failed and are left out; {failure.error}"
