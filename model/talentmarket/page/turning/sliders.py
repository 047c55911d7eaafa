"""What the page lets a user turn: a table of parameters, and where their values, ranges and sources come from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from talentmarket.errors import InputError
from talentmarket.numbers import money, number, percent
from talentmarket.page.turning.ends import SHARE, ends
from talentmarket.page.turning.waiting import waiting
from talentmarket.scenario.evidence.own import fact_of
from talentmarket.scenario.evidence.seeds import parameters
from talentmarket.scenario.places.locating import fields_of, value_at
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import path_text

MOST_CAMPAIGNS, MOST_TIERS = 2, 3
MONEY = "M$"
NOTHING_LEFT = "because the rest of the package leaves one value"


@dataclass(frozen=True)
class Row:
    """A kind of slider.

    Attributes
    ----------
    pattern
        Path of the parameter, with `{campaign}`, `{tier}`, `{raider}` and `{target}` for names of the scenario.
    group, label
        Where it stands, and what it is called.
    low, high, step
        Range and step of the slider, as far as schema and scenario allow it; the present value is always within it.
    """

    pattern: str
    group: str
    label: str
    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Slider:
    """One slider of a scenario: the parameter's path and pattern, its value when loaded and now, and what the default rests on.

    `waits` says why it can do nothing as the scenario stands; empty if it can.
    """

    path: str
    pattern: str
    group: str
    label: str
    low: float
    high: float
    step: float
    unit: str
    loaded: float
    value: float
    source: str
    waits: str = ""

    @property
    def changed(self) -> bool:
        """Whether the value differs from the loaded scenario's."""
        return self.value != self.loaded

    def told(self, value: float) -> str:
        """A value as the page shows it: a share as a percentage, money with its unit."""
        return percent(value) if self.unit == "share" else money(value) if self.unit == MONEY else number(value)

    @property
    def locked(self) -> bool:
        """Whether there is nothing to turn, or turning it would do nothing."""
        return bool(self.waits) and not self.changed


OFFER = "The offer"
ROWS = (
    Row("campaigns.{campaign}.tiers.{tier}.total", OFFER, "Size of the package", 10, 600, 5),
    Row("campaigns.{campaign}.tiers.{tier}.first_year_share", OFFER, "Share in the first year", 0.1, 1, 0.01),
    Row("campaigns.{campaign}.max_offers", OFFER, "Most offers; 0 is no limit", 0, 500, 5),
    Row("campaigns.{campaign}.approaches_per_month", OFFER, "People asked a month", 0, 200, 5),
    Row("campaigns.{campaign}.engage_response", OFFER, "How a larger offer gets people to talk", 0, 0.5, 0.01),
    Row("labs.{raider}.compute", OFFER, "Compute at {raider}", 2, 200, 1),
    Row("population.loyalty_mean", "Loyalty", "Loyalty, mean", 0.05, 0.95, 0.01),
    Row("population.loyalty_concentration", "Loyalty", "Loyalty, how alike people are", 1, 40, 0.5),
    Row("choice.mission_scale", "Loyalty", "Worth of the mission", 0, 1, 0.01),
    Row("choice.switching_cost", "Loyalty", "Cost of moving", 0, 1.5, 0.05),
    Row("choice.contagion", "Loyalty", "How a colleague's exit stirs", 0, 1, 0.01),
    Row("choice.exit_response", "Loyalty", "How far better terms keep people from leaving", 0, 1, 0.05),
    Row("labs.{target}.response.detection", "{target}'s answer", "Chance of noticing an offer", 0, 1, 0.05),
    Row("labs.{target}.response.counter_share", "{target}'s answer", "Share of the gap countered", 0, 1, 0.05),
    Row("labs.{target}.response.counter_cap", "{target}'s answer", "Largest counter-offer; 0 is no limit", 0, 300, 5),
    Row("labs.{target}.response.counter_budget", "{target}'s answer", "Budget for them; 0 is no limit", 0, 5000, 50),
    Row("labs.{target}.response.fair_award", "{target}'s answer", "Award to those covered", 0, 20, 0.5),
    Row("labs.{target}.response.fair_raise", "{target}'s answer", "Raise of everybody's pay", 0, 0.5, 0.01),
    Row(
        "labs.{target}.response.fair_trigger",
        "{target}'s answer",
        "Approaches that trigger both; 0 is never",
        0,
        300,
        5,
    ),
)


def sliders(loaded: Scenario, present: Scenario) -> list[Slider]:
    """The sliders of a scenario, with the values of the loaded and of the present one; rows without a parameter are left out."""
    by_path = {}
    for row in ROWS:
        for names in _names(loaded, row.pattern):
            path = row.pattern.format(**names)
            if path not in by_path and (slider := _slider(row, path, names, (loaded, present))) is not None:
                by_path[path] = slider
    reasons = waiting(present, {path: slider.label for path, slider in by_path.items()})
    return [replace(slider, waits=slider.waits or reasons.get(path, "")) for path, slider in by_path.items()]


def _names(scenario: Scenario, pattern: str) -> Iterator[Mapping[str, str]]:
    """What the names in a pattern stand for, once for each campaign and tier that it speaks of."""
    if "{" not in pattern:
        yield {}
        return
    for campaign in scenario.campaigns[:MOST_CAMPAIGNS]:
        tiers = campaign.tiers[:MOST_TIERS] if "{tier}" in pattern else campaign.tiers[:1]
        targets = campaign.targets if "{target}" in pattern else campaign.targets[:1]
        for tier in tiers:
            for target in targets:
                yield {
                    "campaign": path_text([campaign.name]),
                    "tier": path_text([tier.name]),
                    "raider": path_text([campaign.lab]),
                    "target": path_text([target]),
                }


def _slider(row: Row, path: str, names: Mapping[str, str], scenarios: tuple[Scenario, Scenario]) -> Slider | None:
    try:
        loaded, value = (value_at(scenario, path) for scenario in scenarios)
    except InputError:
        return None
    if path.endswith(SHARE) and not loaded:
        return None  # the first year pays what vests in it
    pattern = re.sub(r"\{\w+\}", "*", row.pattern)
    low, high = ends(scenarios[1], path, pattern, (row.low, row.high), row.step)
    part = f", {names['tier']}" if "{tier}" in row.pattern and len(scenarios[0].campaigns[0].tiers) > 1 else ""
    if "{campaign}" in row.pattern and len(scenarios[0].campaigns) > 1:
        part += f", {names['campaign']}"
    return Slider(
        path=path,
        pattern=pattern,
        group=_tiers_told(scenarios[0]) if row.group == OFFER else row.group.format(**names),
        label=row.label.format(**names) + part,
        low=min(low, value),
        high=max(high, value),
        step=row.step,
        unit=fields_of(Scenario)[pattern]["unit"],
        loaded=loaded,
        value=value,
        source=_source(scenarios[0], path, pattern),
        waits=NOTHING_LEFT if low == high else "",
    )


def _tiers_told(scenario: Scenario) -> str:
    """The heading of the offer's sliders, which says who on the list is in which tier, if that is one answer."""
    told = {
        ", ".join(f"{each.name} to rank {each.last_rank:,}" for each in campaign.tiers)
        for campaign in scenario.campaigns
    }
    several = any(len(campaign.tiers) > 1 for campaign in scenario.campaigns)
    return f"{OFFER}: {told.pop()}" if several and len(told) == 1 else OFFER


def _source(scenario: Scenario, path: str, pattern: str) -> str:
    """What the loaded value rests on, in words."""
    if path in scenario.sources:
        fact = fact_of(scenario, scenario.sources[path])
        return f"{fact.claimed_by}, {fact.where}: {fact.says}"
    rests = parameters().get(pattern)
    return f"{rests.basis}: {rests.note}" if rests else ""
