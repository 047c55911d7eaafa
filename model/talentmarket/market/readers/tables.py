"""The record of a market as tidy tables: each a dict of columns of equal length, names as `Named` codes."""

from __future__ import annotations

from typing import Any

import numpy as np

from talentmarket.market.readers.sensitivity import log_odds_per_log_pay, mission_pay_share
from talentmarket.market.records.codes import KINDS, OUTCOMES, REASONS, REFUSED, Named
from talentmarket.market.records.world import APPROACHES_MADE, MOVES_MADE, World
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


def months_table(world: World, scenario: Scenario, last: int) -> Table:
    """One row for each month from 0 to `last` and lab: the state at its end and what happened in it."""
    months, labs = last + 1, len(scenario.labs)
    rows = world.months.view(np.ndarray)[:months].reshape(months * labs).copy()
    top = np.maximum(rows["top"][:labs].sum(axis=0), 1)  # nobody of the top is a share of 0
    return {
        "month": np.repeat(np.arange(months), labs),
        "lab": Named(np.tile(np.arange(labs), months), _lab_names(scenario)),
        "headcount": rows["headcount"],
        "talent": rows["talent"],
        "talent_mean": _divide(rows["talent"], rows["headcount"]),
        "top1_share": _divide(rows["top"][:, 0], top[0]),
        "top10_share": _divide(rows["top"][:, 1], top[1]),
        "loyalty_mean": _divide(rows["loyalty"], rows["headcount"]),
        "pay_p10": rows["pay"][:, 0],
        "pay_p50": rows["pay"][:, 1],
        "pay_p90": rows["pay"][:, 2],
        **{name: rows[name] for name in MONTH_FIELDS},
    }


def flows_table(world: World, scenario: Scenario) -> Table:
    """One row for each month, origin and destination with any moves."""
    month, origin, destination = np.nonzero(world.flows)
    names = _lab_names(scenario)
    return {
        "month": month,
        "from": Named(origin, names),
        "to": Named(destination, names),
        "moves": world.flows[month, origin, destination],
        "talent": world.flow_talent[month, origin, destination],
        "joint": world.flow_joint[month, origin, destination],
        "ordinary": world.flow_ordinary[month, origin, destination],
        "chosen": world.flow_chosen[month, origin, destination],
        "lower": world.flow_lower[month, origin, destination],
        "rise": world.flow_rise[month, origin, destination],
    }


def offers_table(world: World, scenario: Scenario) -> Table:
    """One row for each campaign offer and its end."""
    made = world.approaches.view(np.ndarray)[: world.counts[APPROACHES_MADE]]
    offers = made[made["outcome"] >= REFUSED]  # the selection is a copy
    people = world.researchers.view(np.ndarray)[offers["researcher"]]
    names = _lab_names(scenario)
    return {
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
        "lab": Named(world.campaigns["lab"][offers["campaign"]], names),
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


def moves_table(world: World, scenario: Scenario) -> Table:
    """One row for each move in the record's rows so far."""
    moves = world.moves.view(np.ndarray)[: world.counts[MOVES_MADE]].copy()
    people = world.researchers.view(np.ndarray)[moves["researcher"]]
    names = _lab_names(scenario)
    return {
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


def joined(parts: list[Table]) -> Table:
    """Tables of the same columns, one below the other."""

    def column(name: str) -> Any:
        pieces = [part[name] for part in parts]
        if isinstance(pieces[0], Named):
            return Named(np.concatenate([piece.codes for piece in pieces]), pieces[0].names)
        return np.concatenate(pieces)

    return {name: column(name) for name in parts[0]}


def chosen(table: Table, rows: np.ndarray) -> Table:
    """Some rows of a table: a boolean array, or their numbers."""
    return {
        name: Named(column.codes[rows], column.names) if isinstance(column, Named) else column[rows]
        for name, column in table.items()
    }


def replicates_table(world: World, scenario: Scenario, replicate: int) -> Table:
    """One row: what the replicate was and how its people weigh money and mission in the first month."""
    money = log_odds_per_log_pay(world)
    return {
        "replicate": np.array([replicate]),
        "seed": np.array([scenario.run.seed]),
        "researchers": np.array([world.researchers.size]),
        "log_odds_per_log_pay": np.array([money]),
        "mission_pay_share": np.array([mission_pay_share(world, money)]),
        "error": [""],
    }
