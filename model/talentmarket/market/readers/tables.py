"""The records of markets side by side as tidy tables: each a dict of columns of equal length, names as `Named` codes.

One market stands below the other; the column `replicate` has its place among them, from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from talentmarket.market.readers.sensitivity import log_odds_per_log_pay, mission_pay_share
from talentmarket.market.records import Records
from talentmarket.market.records.codes import KINDS, OUTCOMES, REASONS, REFUSED, Named
from talentmarket.market.records.world import APPROACHES_MADE, World
from talentmarket.market.setup.campaigns import terms_rows
from talentmarket.scenario.schema import Scenario

Table = dict[str, Any]

MONTH_FIELDS = (
    "approached",
    "engaged",
    "offers",
    "accepted",
    "started",
    "returned",
    "hires",
    "departures",
    "spend_packages",
    "spend_paid",
    "forfeited",
    "clawed_back",
    "counters",
    "counters_accepted",
    "exits_avoided",
    "spend_counters",
    "spend_practice",
    "spend_fair",
    "fees_paid",
    "fees_received",
    "wage_bill",
    "mission",
    "culture",
    "output",
    "stock",
    "stayers",
)

# Whether an offer would have been taken, were one part of the choice away.
WITHOUT = ("without_mission", "without_moving_cost", "without_stock", "without_ties")


def _lab_names(scenario: Scenario) -> tuple[str, ...]:
    return tuple(lab.name for lab in scenario.labs)


def _divide(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)


def rows_made(rows: Records[Any], made: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The first `made` (K,) of each market's rows, one market below the other: the market's place and a copy of the row."""
    every = rows.view(np.ndarray)
    there = np.arange(every.shape[1]) < made[:, np.newaxis]
    return np.nonzero(there)[0], every[there]


def months_table(markets: World, scenario: Scenario, last: int) -> Table:
    """One row for each market, month from 0 to `last` and lab: the state at its end and what happened in it."""
    months, labs, count = last + 1, len(scenario.labs), len(markets.counts)
    panel = markets.months.view(np.ndarray)[:, :months].reshape(count, months * labs)
    rows = panel.ravel().copy()
    first = panel["top"][:, :labs].sum(axis=1)  # (K, 2)
    top = np.repeat(np.maximum(first, 1), months * labs, axis=0)  # nobody of the top is a share of 0
    return {
        "replicate": np.repeat(np.arange(count), months * labs),
        "month": np.tile(np.repeat(np.arange(months), labs), count),
        "lab": Named(np.tile(np.arange(labs), count * months), _lab_names(scenario)),
        "headcount": rows["headcount"],
        "talent": np.where(rows["headcount"] > 0, rows["talent"], 0.0),  # a running total leaves digits behind
        "talent_mean": _divide(rows["talent"], rows["headcount"]),
        "top1_share": _divide(rows["top"][:, 0], top[:, 0]),
        "top10_share": _divide(rows["top"][:, 1], top[:, 1]),
        "loyalty_mean": _divide(rows["loyalty"], rows["headcount"]),
        "pay_p10": rows["pay"][:, 0],
        "pay_p50": rows["pay"][:, 1],
        "pay_p90": rows["pay"][:, 2],
        **{name: rows[name] for name in MONTH_FIELDS},
    }


def flows_table(markets: World, scenario: Scenario) -> Table:
    """One row for each market, month, origin and destination with any moves."""
    cells = np.flatnonzero(markets.flows)
    place, month, origin, destination = np.unravel_index(cells, markets.flows.shape)
    names = _lab_names(scenario)
    return {
        "replicate": place,
        "month": month,
        "from": Named(origin, names),
        "to": Named(destination, names),
        "moves": markets.flows.ravel()[cells],
        "talent": markets.flow_talent.ravel()[cells],
        "joint": markets.flow_joint.ravel()[cells],
        "ordinary": markets.flow_ordinary.ravel()[cells],
        "chosen": markets.flow_chosen.ravel()[cells],
        "lower": markets.flow_lower.ravel()[cells],
        "rise": markets.flow_rise.ravel()[cells],
    }


def offers_table(markets: World, scenario: Scenario) -> Table:
    """One row for each campaign offer of each market and its end."""
    place, made = rows_made(markets.approaches, markets.counts[:, APPROACHES_MADE])
    made_offer = made["outcome"] >= REFUSED
    place, offers = place[made_offer], made[made_offer]
    people = markets.researchers.view(np.ndarray)[place, offers["researcher"]]
    names = _lab_names(scenario)
    return {
        "replicate": place,
        "month": offers["month"],
        "decided": offers["decided"],
        "campaign": Named(offers["campaign"], tuple(campaign.name for campaign in scenario.campaigns)),
        "researcher": offers["researcher"],
        "rank": offers["rank"],
        "attempt": offers["attempt"],
        "tier": _tiers(offers["tier"], scenario),
        "talent": people["talent"],
        "loyalty": people["loyalty"],
        "home": Named(offers["home"], names),
        "lab": Named(markets.campaigns["lab"][place, offers["campaign"]], names),
        "total": offers["total"],
        "first_year": offers["first_year"],
        "certainty_equivalent": offers["certainty_equivalent"],
        "stay_value": offers["stay_value"],
        "offer_value": offers["offer_value"],
        "rival_value": offers["rival_value"],
        "acceptance_probability": offers["probability"],
        "outcome": Named(offers["outcome"], tuple(OUTCOMES)),
        "reason": Named(offers["reason"], tuple(REASONS)),
        **{name: offers[name] for name in WITHOUT},
        "left": offers["left"],
    }


def _tiers(rows: np.ndarray, scenario: Scenario) -> Named:
    """Names of tiers by row of the tiers' records; tiers of different campaigns that share a name share a code."""
    of_row = [tier.name for campaign in scenario.campaigns for tier in campaign.tiers]
    names = tuple(dict.fromkeys(of_row))
    codes = np.array([-1, *(names.index(name) for name in of_row)])
    return Named(codes[rows % terms_rows(scenario)], names)  # events lay out terms anew, in the same order


def moves_table(markets: World, scenario: Scenario, parts: Sequence[Sequence[np.ndarray]]) -> Table:
    """One row for each move, of those that were written in `parts`: for each market, its moves in order."""
    lengths = [sum(map(len, of_market)) for of_market in parts]
    none = markets.moves.view(np.ndarray)[0, :0]
    moves = np.concatenate([none, *(part for of_market in parts for part in of_market)])
    place = np.repeat(np.arange(len(parts)), lengths)
    people = markets.researchers.view(np.ndarray)[place, moves["researcher"]]
    names = _lab_names(scenario)
    return {
        "replicate": place,
        "month": moves["month"],
        "researcher": moves["researcher"],
        "from": Named(moves["origin"], names),
        "to": Named(moves["destination"], names),
        "kind": Named(moves["kind"], tuple(KINDS)),
        "talent": people["talent"],
        "loyalty": people["loyalty"],
        "tenure": moves["tenure"],
        "pay_before": moves["pay_before"],
        "pay_after": moves["pay_after"],
        "first_year": moves["first_year"],
        "forfeited": moves["forfeited"],
        "reward_before": moves["reward_before"],
        "reward_after": moves["reward_after"],
    }


def events_table(happened: Sequence[Sequence[tuple[int, int]]], scenario: Scenario) -> Table:
    """One row for each event that has happened, (month, place in the scenario) of each market in order."""
    rows = [(place, month, number) for place, events in enumerate(happened) for month, number in events]
    place, month, number = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return {
        "replicate": place,
        "month": month,
        "event": Named(number, tuple(event.name for event in scenario.events)),
    }


def chosen(table: Table, rows: np.ndarray) -> Table:
    """Some rows of a table: a boolean array, or their numbers."""
    return {
        name: Named(column.codes[rows], column.names) if isinstance(column, Named) else column[rows]
        for name, column in table.items()
    }


def replicates_table(markets: World, scenario: Scenario, replicates: Sequence[int]) -> Table:
    """One row a replicate: what it was and how its people weigh money and mission in the first month."""
    money = log_odds_per_log_pay(markets)
    count = len(replicates)
    return {
        "replicate": np.array(replicates),
        "seed": np.full(count, scenario.run.seed),
        "researchers": np.full(count, markets.researchers["lab"].shape[1]),
        "log_odds_per_log_pay": money,
        "mission_pay_share": mission_pay_share(markets, money),
        "error": [""] * count,
    }
