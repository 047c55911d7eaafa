"""Published figures that the scenarios claim, and those that the model is known to miss.

A figure is met if the model's mean over replicates lies in the range that its fact in `seeds/` allows; the interval is
the 95 % one of that mean.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from talentmarket.comparison.intervals import Interval, t_interval
from talentmarket.runs.running import Options, run
from talentmarket.runs.runs import Runs
from talentmarket.scenario.evidence.seeds import fact
from talentmarket.scenario.reading.loading import load
from talentmarket.validation.check import Check, Effort


class Claim(NamedTuple):
    """A figure: what to call it, the measure and lab it is about, its fact, and why the model is known to miss it."""

    name: str
    measure: str
    lab: str
    fact: str
    miss: str = ""


OF_THE_BASELINE = (
    Claim("two-year retention at Anthropic", "two_year_retention", "Anthropic", "retention_two_years_anthropic"),
    Claim(
        "two-year retention at Google DeepMind", "two_year_retention", "Google DeepMind", "retention_two_years_deepmind"
    ),
    Claim("two-year retention at OpenAI", "two_year_retention", "OpenAI", "retention_two_years_openai"),
    Claim("two-year retention at Meta", "two_year_retention", "Meta", "retention_two_years_meta"),
    Claim("exits that go outside", "exits_to_outside", "", "outside_share_of_exits"),
    Claim("log-odds for a log point of pay", "log_odds_per_log_pay", "", "log_odds_per_log_pay"),
    Claim("pay given up for the mission", "mission_pay_share", "", "science_pay_discount"),
    Claim("moves between labs to lower pay", "moves_to_lower_pay", "", "moves_to_lower_pay"),
)
OF_THE_RAID = (
    Claim("approached at OpenAI who come", "share_came", "OpenAI", "raid_yield_interval"),
    Claim("people who start", "started", "OpenAI", "raid_hired_august"),
    Claim("offers in the top tier", "top_tier_offers", "OpenAI", "offer_count"),
)
RATIOS = (("OpenAI", "flow_ratio_openai_anthropic"), ("Google DeepMind", "flow_ratio_deepmind_anthropic"))


def _line(scenario: str, claim: Claim, value: float, interval: Interval) -> Check:
    source = fact(claim.fact)
    target = Interval(*source.allowed)
    group = f"Published: {scenario}"
    return Check(group, claim.name, target, value, interval, source.unit, source.claimed_by, claim.miss)


def _measured(scenario: str, claims: tuple[Claim, ...], runs: Runs) -> list[Check]:
    measures = runs.measures.set_index(["measure", "lab"])["value"].dropna().sort_index()
    lines = []
    for claim in claims:
        values = measures.loc[claim.measure, claim.lab].to_numpy()
        lines.append(_line(scenario, claim, float(values.mean()), t_interval(values)))
    return lines


def ratio_of_sums(above: np.ndarray, below: np.ndarray) -> tuple[float, Interval]:
    """Sum over sum, and its interval from the residuals above - ratio * below (Cochran 1977, section 6.4)."""
    ratio = float(above.sum() / below.sum())
    spread = t_interval((above - ratio * below) / below.mean())
    return ratio, Interval(ratio + spread.low, ratio + spread.high)


def moves_there_and_back(runs: Runs, one: str, other: str) -> tuple[np.ndarray, np.ndarray]:
    """Moves from one lab to another and the other way over a run, by replicate (R,) each."""
    moves = runs.flows.groupby(["from", "to", "replicate"], observed=True)["moves"].sum()
    every = runs.replicates["replicate"]

    def between(origin: str, destination: str) -> np.ndarray:
        if (origin, destination) not in moves.index.droplevel("replicate"):
            return np.zeros(len(every))
        return moves.loc[(origin, destination)].reindex(every, fill_value=0).to_numpy(dtype=float)

    return between(one, other), between(other, one)


def _ratios(scenario: str, runs: Runs) -> list[Check]:
    """Moves into Anthropic for each move out of it."""
    lines = []
    for lab, identifier in RATIOS:
        claim = Claim(f"moves from {lab} to Anthropic for one back", "", "", identifier)
        lines.append(_line(scenario, claim, *ratio_of_sums(*moves_there_and_back(runs, lab, "Anthropic"))))
    return lines


def checks(effort: Effort) -> list[Check]:
    """Every figure that a shipped scenario claims."""
    options = Options(replicates=effort.replicates(48, 6), workers=effort.workers)
    baseline, raid = run(load("baseline"), options), run(load("meta_raid"), options)
    return [
        *_measured("baseline", OF_THE_BASELINE, baseline),
        *_ratios("baseline", baseline),
        *_measured("meta_raid", OF_THE_RAID, raid),
    ]
