"""Builds a market in its first month from a scenario and a replicate."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from talentmarket.market.mechanisms.output import produce
from talentmarket.market.month import write_month
from talentmarket.market.numeric.chance import key_of
from talentmarket.market.records import (
    Approach,
    Campaign,
    Job,
    Lab,
    Month,
    Move,
    Offer,
    Records,
    Researcher,
    Setting,
    Tier,
    dtype_of,
    records,
)
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import LATEST_MOVER, MOVES_WRITTEN, WRITTEN_MOVES, Ties, World, empty_workspace
from talentmarket.market.setup.campaigns import campaigns_of, tiers_of
from talentmarket.market.setup.converting import headcounts
from talentmarket.market.setup.labs import labs_of
from talentmarket.market.setup.population import populate
from talentmarket.market.setup.setting import setting_of
from talentmarket.market.setup.ties import network
from talentmarket.scenario.schema import Scenario, states

# What a market leaves behind in its memory, for the next one to begin with zeros.
CLEARED = (
    *("tiers", "researchers", "jobs", "offers", "waiting", "counts", "approaches", "months", "leaving"),
    *("flows", "flow_talent", "flow_joint", "flow_ordinary", "flow_chosen", "flow_lower", "flow_rise"),
)
LONGEST = 1000.0  # a contact rate never exceeds that of the median researcher by more than this factor


class Busiest(NamedTuple):
    """The most that can happen in a month, whatever events there are."""

    calls: float  # on one researcher
    campaigns: Records[Campaign]  # (C,)
    referrals: bool


def _most_approaches(campaigns: Records[Campaign], months: int) -> int:
    """Rows of approaches: so many a month, and each name on a list as often as it may be asked again."""
    active = np.clip(np.minimum(campaigns["end"], months + 1) - campaigns["start"], 0, None)
    again = np.where(campaigns["retry_after"] > 0, active // np.maximum(campaigns["retry_after"], 1), 0)
    return int(np.minimum(campaigns["approaches_per_month"] * active, campaigns["list_room"] * (1 + again)).sum())


def _most_offers(world: World, busiest: Busiest, months: int) -> int:
    """Room for the offers of so many months: the expected number and ten standard deviations, and the campaigns'."""
    people = world.researchers.size
    exposure = float(world.exposure[-1]) if world.exposure.size else float(people)
    expected = months * exposure * busiest.calls
    ordinary = min(expected + 10.0 * math.sqrt(expected), float(months * people * world.labs.size))
    referred = world.ties.other.size if busiest.referrals else 0
    asked = np.minimum(busiest.campaigns["approaches_per_month"], people).sum()
    return int(ordinary) + months * (int(asked) + referred) + 64


def _longest_wait(windows: np.ndarray) -> int:
    """Months between two windows that lie furthest apart."""
    closed = "".join("0" if opens else "1" for opens in (*windows, *windows))
    return max(len(stretch) for stretch in closed.split("0"))


def _busiest(scenario: Scenario) -> Busiest:
    variants = states(scenario)
    bounds = np.max([labs_of(variant)["contact_bound"] for variant in variants], axis=0)
    search = max(variant.contacts.envious_search for variant in variants)
    campaigns = campaigns_of(scenario)
    if campaigns.size:
        asked = [[campaign.approaches_per_month for campaign in variant.campaigns] for variant in variants]
        campaigns["approaches_per_month"] = np.max(asked, axis=0)
    referrals = any(variant.contacts.referral > 0.0 for variant in variants)
    return Busiest(float(bounds.sum()) * (1.0 + search), campaigns, referrals)


class Rules(NamedTuple):
    """What all replicates of a scenario begin with."""

    setting: Records[Setting]
    labs: Records[Lab]
    campaigns: Records[Campaign]
    tiers: Records[Tier]
    busiest: Busiest
    wait: int  # months between two transfer windows


class _Only:
    """A scenario that is equal to itself alone, as a key: scenarios hold tables, which have no hash."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Only) and self.scenario is other.scenario

    def __hash__(self) -> int:
        return id(self.scenario)


@lru_cache(maxsize=8)
def _rules_of(only: _Only) -> Rules:
    scenario = only.scenario
    setting = setting_of(scenario)
    wait = _longest_wait(setting[0].windows)
    return Rules(setting, labs_of(scenario), campaigns_of(scenario), tiers_of(scenario), _busiest(scenario), wait)


def _with_room(tiers: Records[Tier], changes: int) -> Records[Tier]:
    """The tiers, and as many rows again for each change: stock that was granted before it keeps its schedule."""
    rows = records(Tier, tiers.size * (1 + changes))
    rows[: tiers.size] = tiers
    return rows


def _room(scenario: Scenario, rules: Rules) -> World:
    """Memory for the markets of a scenario, one after the other, all of it zero."""
    people, labs, months = sum(headcounts(scenario)), len(scenario.labs), scenario.run.months
    nobody = np.zeros(0, dtype=np.int32)
    return World(
        key=key_of(scenario.run.seed, 0),
        setting=rules.setting.copy(),  # rules change with events, state with every month
        labs=rules.labs.copy(),
        campaigns=rules.campaigns.copy(),
        tiers=_with_room(rules.tiers, len([event for event in scenario.events if event.set])),
        researchers=records(Researcher, people),
        jobs=records(Job, people),
        employers=np.zeros(people, dtype=np.uint8),
        ties=Ties(nobody, nobody, nobody, nobody),
        exposure=np.zeros(0),
        target_lists=np.zeros(int(rules.campaigns["list_room"].sum()), dtype=np.int64),
        offers=records(Offer, 0),
        waiting=records(Offer, 0),
        workspace=empty_workspace(),
        counts=np.zeros(7, dtype=np.int64),
        approaches=records(Approach, _most_approaches(rules.busiest.campaigns, months)),
        moves=records(Move, people + people // 2 + 64 if WRITTEN_MOVES[scenario.run.moves] else 0),
        months=records(Month, (months + 1, labs)),
        flows=np.zeros((months + 1, labs, labs), dtype=np.int64),
        flow_talent=np.zeros((months + 1, labs, labs)),
        flow_joint=np.zeros((months + 1, labs, labs), dtype=np.int64),
        leaving=np.zeros(people, dtype=np.uint32),
        flow_ordinary=np.zeros((months + 1, labs, labs), dtype=np.int64),
        flow_chosen=np.zeros((months + 1, labs, labs), dtype=np.int64),
        flow_lower=np.zeros((months + 1, labs, labs), dtype=np.int64),
        flow_rise=np.zeros((months + 1, labs, labs)),
    )


def _clear(world: World, rules: Rules) -> None:
    """Forget the market that was there; moves and the workspace are written before they are read."""
    for name in ("setting", "labs", "campaigns"):
        getattr(world, name)[:] = getattr(rules, name)
    for name in CLEARED:
        getattr(world, name).view(np.ndarray).reshape(-1).view(np.uint8)[:] = 0
    world.tiers[: rules.tiers.size] = rules.tiers


def _begin(world: World, scenario: Scenario, replicate: int) -> World:
    """Write what stands in a market before anybody is there."""
    key = key_of(scenario.run.seed, replicate)
    world.counts[LATEST_MOVER] = NOBODY
    world.counts[MOVES_WRITTEN] = WRITTEN_MOVES[scenario.run.moves]
    world.target_lists[:] = NOBODY
    kinds = dtype_of(Approach)
    for name in kinds.names or ():
        if kinds[name].kind == "f":
            world.approaches[name] = math.nan
    return world._replace(key=key, ties=network(key, world.setting[0], np.array(headcounts(scenario))))


def _offers(there: Records[Offer], size: int) -> Records[Offer]:
    """Room for so many offers, the one that is there if it is large enough."""
    return there if there.size >= size else records(Offer, size)


def build(scenario: Scenario, replicate: int, used: World | None = None) -> World:
    """The market of one replicate before its first month.

    It takes the memory of `used`, a market of the very same scenario that nobody looks at any more.
    """
    rules = _rules_of(_Only(scenario))
    if used is not None:
        _clear(used, rules)
    world = _begin(_room(scenario, rules) if used is None else used, scenario, replicate)
    populate(world)
    power = scenario.contacts.contact_talent
    if power > 0.0:
        exposure = np.minimum(world.researchers["talent"] ** power, LONGEST)
        world = world._replace(exposure=np.concatenate([[0.0], np.cumsum(exposure)]))
    wait = rules.wait
    world = world._replace(
        offers=_offers(world.offers, _most_offers(world, rules.busiest, 1 + wait)),
        waiting=_offers(world.waiting, _most_offers(world, rules.busiest, 1 + wait) if wait else 0),
    )
    produce(world, 0)
    write_month(world, 0)
    return world
