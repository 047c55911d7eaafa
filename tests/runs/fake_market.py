"""A market that needs no engine: small tables whose numbers follow from the replicate."""

from __future__ import annotations

import random
import time
import tomllib
from typing import Any

import numpy as np

from talentmarket.market.records.codes import KINDS, OUTCOMES, REASONS, Named
from talentmarket.runs.tables.columns import APPROACHES
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.shipped import folder

LABS = ("Alpha", "Beta", "outside")
TIERS = (("top", 2, 300.0), ("core", 100, 20.0))
MONTH_COUNTS = ("approached", "engaged", "offers", "accepted", "started", "returned", "hires", "departures")
ANSWER_COUNTS = ("counters", "counters_accepted", "exits_avoided")
MONTH_SUMS = (
    "spend_packages",
    "spend_paid",
    "forfeited",
    "clawed_back",
    "spend_counters",
    "spend_practice",
    "spend_fair",
    "fees_paid",
    "fees_received",
    "wage_bill",
    "output",
)


def campaign(name: str = "Beta on Alpha", lab: str = "Beta", targets: tuple[str, ...] = ("Alpha",)) -> dict[str, Any]:
    tiers = [{"name": tier, "last_rank": rank, "total": total, "running_pay": 1.0} for tier, rank, total in TIERS]
    return {"name": name, "lab": lab, "targets": list(targets), "tiers": tiers}


def build_scenario(campaigns: list[dict[str, Any]] | None = None, **run: Any) -> Scenario:
    """Two labs of 100 and 50, an outside of 50, and one campaign unless `campaigns` says otherwise."""
    document = tomllib.loads((folder("scenarios") / "baseline.toml").read_text(encoding="utf-8"))
    del document["tour"]  # of the file, not of the scenario
    defaults = document.pop("defaults")
    lab = defaults["lab"]
    document["labs"] = [
        {**lab, "name": "Alpha", "headcount": 100},
        {**lab, "name": "Beta", "headcount": 50},
        {**lab, "name": "outside", "headcount": 50, "kind": "outside"},
    ]
    document["campaigns"] = [
        {**defaults["campaign"], **each, "tiers": [{**defaults["tier"], **tier} for tier in each["tiers"]]}
        for each in ([campaign()] if campaigns is None else campaigns)
    ]
    document["events"] = []
    document["run"] = {**document["run"], "months": 24, "replicates": 40, **run}
    return Scenario.model_validate({**document, "sources": {}})


def months_table(scenario: Scenario, **columns: np.ndarray) -> dict[str, Any]:
    """The table `months`: 100, 50 and 50 people, nothing happens, but for what `columns` (T + 1, L) say."""
    months, labs = scenario.run.months + 1, len(LABS)
    zero = np.zeros((months, labs))
    filled = {
        "headcount": np.tile([100, 50, 50], (months, 1)),
        "talent": np.tile([200.0, 100.0, 100.0], (months, 1)),
        "top1_share": np.tile([0.5, 0.25, 0.25], (months, 1)),
        **dict.fromkeys(("talent_mean", "top10_share", "loyalty_mean", "pay_p10", "pay_p50", "pay_p90"), zero),
        **dict.fromkeys(("mission", "culture", "stock"), zero),
        **dict.fromkeys(MONTH_SUMS, zero),
        **dict.fromkeys((*MONTH_COUNTS, *ANSWER_COUNTS), zero),
        "stayers": np.tile([100, 50, 50], (months, 1)),
        **columns,
    }
    whole = {"headcount", "stayers", *MONTH_COUNTS, *ANSWER_COUNTS}
    return {
        "month": np.repeat(np.arange(months), labs),
        "lab": Named(np.tile(np.arange(labs), months), LABS),
        **{name: values.ravel().astype(int if name in whole else float) for name, values in filled.items()},
    }


def flows_table(rows: list[tuple[int, str, str, int]], **kinds: list[float]) -> dict[str, Any]:
    """The table `flows` from (month, from, to, moves); columns such as `ordinary` are 0 unless `kinds` has them."""
    month, origin, destination, moves = (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 4
    return {
        "month": np.array(month, dtype=int),
        "from": Named(np.array([LABS.index(lab) for lab in origin], dtype=int), LABS),
        "to": Named(np.array([LABS.index(lab) for lab in destination], dtype=int), LABS),
        "moves": np.array(moves, dtype=int),
        "talent": np.array(moves, dtype=float),
        "joint": np.zeros(len(moves), dtype=int),
        **{name: np.zeros(len(moves), dtype=int) for name in ("ordinary", "chosen", "lower")},
        "rise": np.zeros(len(moves)),
        **{name: np.array(values) for name, values in kinds.items()},
    }


def offers_table(scenario: Scenario, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The table `offers`; what a row does not say is 1, or the first of the names."""
    names = {
        "campaign": tuple(each.name for each in scenario.campaigns) or ("none",),
        "tier": tuple(name for name, _, _ in TIERS),
        "home": LABS,
        "lab": LABS,
        "outcome": tuple(OUTCOMES),
        "reason": tuple(REASONS),
    }
    numbers = ("month", "researcher", "rank", "attempt", "talent", "loyalty", "total", "first_year")
    values = ("certainty_equivalent", "stay_value", "offer_value", "rival_value", "acceptance_probability")
    table: dict[str, Any] = {}
    for name in (*numbers, *values):
        kind = int if name in ("month", "researcher", "rank", "attempt") else float
        table[name] = np.array([row.get(name, 1) for row in rows], dtype=kind)
    table["decided"] = table["month"]
    table["left"] = np.array([row.get("left", -1) for row in rows], dtype=int)
    for name in ("without_mission", "without_moving_cost", "without_stock", "without_ties"):
        table[name] = np.array([row.get(name, False) for row in rows], dtype=bool)
    for name, known in names.items():
        table[name] = Named(np.array([known.index(row.get(name, known[0])) for row in rows], dtype=int), known)
    return table


def approaches_table(offers: dict[str, Any]) -> dict[str, Any]:
    """The table `approaches` of those who got an offer."""
    return {column.name: offers[column.name] for column in APPROACHES if column.name != "replicate"}


def moves_table(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The table `moves`; what a row does not say is 1, or the first of the names."""
    names = {"from": LABS, "to": LABS, "kind": tuple(KINDS)}
    numbers = (
        "month",
        "researcher",
        "tenure",
        "talent",
        "loyalty",
        "pay_before",
        "pay_after",
        "first_year",
        "forfeited",
        "reward_before",
        "reward_after",
    )
    table: dict[str, Any] = {}
    for name in numbers:
        kind = int if name in ("month", "researcher", "tenure") else float
        table[name] = np.array([row.get(name, 1) for row in rows], dtype=kind)
    for name, known in names.items():
        table[name] = Named(np.array([known.index(row.get(name, known[0])) for row in rows], dtype=int), known)
    return table


def replicates_table(scenario: Scenario, replicate: int) -> dict[str, Any]:
    return {
        "replicate": np.array([replicate]),
        "seed": np.array([scenario.run.seed]),
        "researchers": np.array([200]),
        "log_odds_per_log_pay": np.array([4.0 + replicate]),
        "mission_pay_share": np.array([0.25]),
        "error": [""],
    }


def quiet(scenario: Scenario, replicate: int) -> dict[str, dict[str, Any]]:
    """A market in which nothing happens."""
    return {
        "months": months_table(scenario),
        "flows": flows_table([]),
        "approaches": approaches_table(offers_table(scenario, [])),
        "offers": offers_table(scenario, []),
        "moves": moves_table([]),
        "events": {"month": np.zeros(0, dtype=int), "event": Named(np.zeros(0, dtype=int), ())},
        "replicates": replicates_table(scenario, replicate),
    }


def lively(scenario: Scenario, replicate: int) -> dict[str, dict[str, Any]]:
    """A market with chance in it, from the seed and the replicate alone."""
    chance = np.random.default_rng([scenario.run.seed, replicate])
    labs = chance.permutation(len(LABS))
    outcomes = [list(OUTCOMES)[code] for code in chance.integers(2, len(OUTCOMES), 6)]
    offers = [{"rank": 1 + row, "outcome": end, "talent": chance.random()} for row, end in enumerate(outcomes)]
    ends = [{"from": LABS[labs[0]], "to": LABS[labs[1]], "pay_after": chance.random()} for _ in range(5)]
    return {
        **quiet(scenario, replicate),
        "months": months_table(scenario, departures=chance.integers(0, 5, (scenario.run.months + 1, len(LABS)))),
        "flows": flows_table([(1, LABS[labs[0]], LABS[labs[1]], 5)]),
        "approaches": approaches_table(offers_table(scenario, offers)),
        "offers": offers_table(scenario, offers),
        "moves": moves_table(ends),
    }


def sleepy(scenario: Scenario, replicate: int) -> dict[str, dict[str, Any]]:
    """The lively market, each replicate of which takes another time."""
    time.sleep(random.uniform(0.0, 0.01))
    return lively(scenario, replicate)


def failing(scenario: Scenario, replicate: int) -> dict[str, dict[str, Any]]:
    """The lively market, in which the replicates 1, 4, 7, ... fail."""
    if replicate % 3 == 1:
        raise RuntimeError(f"nobody is left\nin replicate {replicate}")
    return lively(scenario, replicate)
