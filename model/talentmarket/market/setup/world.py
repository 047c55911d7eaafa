"""Builds markets in their first month from a scenario and some replicates, side by side in memory."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from talentmarket.market.mechanisms.output import produce
from talentmarket.market.month import write_month
from talentmarket.market.numeric.chance import key_of
from talentmarket.market.numeric.compiled import compiled
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
    records,
)
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import (
    LATEST_MOVER,
    MOVES_WRITTEN,
    WRITTEN_MOVES,
    Ties,
    World,
    empty_workspace,
    market_at,
)
from talentmarket.market.setup.campaigns import campaigns_of, tiers_of
from talentmarket.market.setup.converting import headcounts
from talentmarket.market.setup.labs import labs_of
from talentmarket.market.setup.population import place_everyone
from talentmarket.market.setup.setting import setting_of
from talentmarket.market.setup.ties import networks
from talentmarket.scenario.schema import Scenario, states

DRAWN_AT_ONCE = 256  # people

# What a market leaves behind in its memory, for the next one to begin with zeros.
CLEARED = (
    *("tiers", "researchers", "jobs", "offers", "waiting", "counts", "months", "leaving"),
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


def _most_offers(markets: World, busiest: Busiest, months: int) -> int:
    """Room for a market's offers of so many months: the expected number and ten standard deviations, and the campaigns'."""
    people, labs = markets.researchers["lab"].shape[1], markets.labs["growth"].shape[1]
    exposure = float(markets.exposure[:, -1].max()) if markets.exposure.size else float(people)
    expected = months * exposure * busiest.calls
    ordinary = min(expected + 10.0 * math.sqrt(expected), float(months * people * labs))
    referred = markets.ties.other.shape[1] if busiest.referrals else 0
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


def _bytes(rows: np.ndarray | Records[Any], markets: int = 1) -> np.ndarray:
    """The memory of some records, a row for each market."""
    return rows.view(np.ndarray).reshape(markets, -1).view(np.uint8)


def _room(scenario: Scenario, rules: Rules, markets: int) -> World:
    """Memory for so many markets of a scenario side by side, all of it zero."""
    people, labs, months = sum(headcounts(scenario)), len(scenario.labs), scenario.run.months
    changes = len([event for event in scenario.events if event.set])
    asked = _most_approaches(rules.busiest.campaigns, months)
    written = people + people // 2 + 64 if WRITTEN_MOVES[scenario.run.moves] else 0
    nobody = np.zeros((markets, 0), dtype=np.int32)

    def flows(kind: type = np.int64) -> np.ndarray:
        return np.zeros((markets, months + 1, labs, labs), dtype=kind)

    return World(
        key=_keys(scenario, [0] * markets),
        setting=records(Setting, (markets, 1)),
        labs=records(Lab, (markets, labs)),
        campaigns=records(Campaign, (markets, rules.campaigns.size)),
        # As many rows again for each change: stock that was granted before it keeps its schedule.
        tiers=records(Tier, (markets, rules.tiers.size * (1 + changes))),
        researchers=records(Researcher, (markets, people)),
        jobs=records(Job, (markets, people)),
        employers=np.zeros((markets, people), dtype=np.uint8),
        ties=Ties(nobody, nobody, nobody, nobody),
        exposure=np.zeros((markets, 0)),
        target_lists=np.zeros((markets, int(rules.campaigns["list_room"].sum())), dtype=np.int64),
        offers=records(Offer, (markets, 0)),
        waiting=records(Offer, (markets, 0)),
        workspace=empty_workspace(),
        counts=np.zeros((markets, 7), dtype=np.int64),
        approaches=records(Approach, (markets, asked)),
        moves=records(Move, (markets, written)),
        months=records(Month, (markets, months + 1, labs)),
        flows=flows(),
        flow_talent=flows(np.float64),
        flow_joint=flows(),
        leaving=np.zeros((markets, people), dtype=np.uint32),
        flow_ordinary=flows(),
        flow_chosen=flows(),
        flow_lower=flows(),
        flow_rise=flows(np.float64),
    )


def _again(used: World, markets: int) -> World:
    """The memory of some of the markets that were there, all zero again; moves and workspace are written before read."""
    told = {name: getattr(used, name)[:markets] for name in World._fields if name not in ("ties", "workspace")}
    for name in CLEARED:
        _bytes(told[name])[:] = 0
    return used._replace(**told)


def _keys(scenario: Scenario, replicates: Sequence[int]) -> Any:
    return np.array([key_of(scenario.run.seed, replicate) for replicate in replicates])


@cache
def _blank_approach() -> np.ndarray:
    """The memory of an approach of which nothing is known yet."""
    rows = records(Approach, 1)
    for name in rows.dtype.names or ():
        if rows.dtype[name].kind == "f":
            rows[name] = math.nan
    return _bytes(rows)


def _begin(markets: World, scenario: Scenario, replicates: Sequence[int], rules: Rules) -> World:
    """Write what stands in markets before anybody is there."""
    count = len(replicates)
    for name in ("setting", "labs", "campaigns"):  # rules change with events, state with every month
        _bytes(getattr(markets, name), count)[:] = _bytes(getattr(rules, name))
    tiers = _bytes(rules.tiers)
    _bytes(markets.tiers, count)[:, : tiers.size] = tiers
    markets.counts[:, LATEST_MOVER] = NOBODY
    markets.counts[:, MOVES_WRITTEN] = WRITTEN_MOVES[scenario.run.moves]
    markets.target_lists[:] = NOBODY
    markets.approaches.view(np.ndarray).reshape(-1, 1).view(np.uint8)[:] = _blank_approach()
    keys = _keys(scenario, replicates)
    ties = networks(keys, rules.setting[0], np.array(headcounts(scenario)))
    return markets._replace(key=keys, ties=ties)


def _offers(there: Records[Offer], markets: int, size: int) -> Records[Offer]:
    """Room for so many offers of each market, the one that is there if it is large enough."""
    return there if there.size >= markets * size else records(Offer, (markets, size))


@compiled
def open_markets(markets: World, drawn: np.ndarray) -> None:
    """Fill the records of several markets' researchers, and write the first month; `drawn`, (5, any), is where draws lie."""
    for place in range(markets.counts.shape[0]):
        world = market_at(markets, place)
        place_everyone(world, drawn)
        produce(world, 0)
        write_month(world, 0)


def build(scenario: Scenario, replicates: Sequence[int], used: World | None = None) -> World:
    """The markets of some replicates before their first month, side by side.

    They take the memory of `used`, markets of the very same scenario that nobody looks at any more.
    """
    rules, count = _rules_of(_Only(scenario)), len(replicates)
    enough = used is not None and len(used.counts) >= count
    markets = _again(used, count) if used is not None and enough else _room(scenario, rules, count)
    markets = _begin(markets, scenario, replicates, rules)
    open_markets(markets, np.zeros((5, DRAWN_AT_ONCE)))
    power = scenario.contacts.contact_talent
    if power > 0.0:
        exposure = np.minimum(markets.researchers["talent"] ** power, LONGEST)
        markets = markets._replace(exposure=np.pad(np.cumsum(exposure, axis=1), ((0, 0), (1, 0))))
    room = _most_offers(markets, rules.busiest, 1 + rules.wait)
    return markets._replace(
        offers=_offers(markets.offers, count, room), waiting=_offers(markets.waiting, count, room if rules.wait else 0)
    )
