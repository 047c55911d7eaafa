"""Small markets in which nothing happens but what a test asks for, and their tables as data frames."""

from __future__ import annotations

import tomllib
from typing import Any

import numpy as np
import pandas as pd

import talentmarket as tm
from talentmarket.market.records.codes import Named
from talentmarket.market.simulate import Replicate
from talentmarket.scenario.places.locating import Field, field_at, inside, names_in, schema_of
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.shipped import folder

BASELINE = tm.load("baseline").model_dump()
DEFAULTS = tomllib.loads((folder("scenarios") / "baseline.toml").read_text(encoding="utf-8"))["defaults"]


def switched_off(field: Field, usual: dict[str, Any]) -> dict[str, Any]:
    """A table in which all is off that can be, as the schema says, and the rest as usual."""
    below = {name: inside(field, name) for name in usual}
    return {
        name: switched_off(below[name], usual[name]) if names_in(below[name]) else below[name].get("off", usual[name])
        for name in usual
    }


SCHEMA = schema_of(Scenario)
QUIET = switched_off(SCHEMA, {name: BASELINE[name] for name in ("choice", "contacts", "culture", "output", "transfer")})
QUIET["choice"] |= {"money_weight": 4.0, "mission_scale": 0.25, "merit_visibility": 0.5, "noise": 1.0, "discount": 0.04}
QUIET["choice"]["fairness_reference"] = "pay"
QUIET["output"]["talent_elasticity"] = 1.0
QUIET["population"] = {**BASELINE["population"], "pay_talent": 0.5, "ties_mean": 0.0}
LAB, CAMPAIGN, TIER = (
    switched_off(field_at(SCHEMA, steps), DEFAULTS[name])
    for name, steps in (("lab", ("labs", 0)), ("campaign", ("campaigns", 0)), ("tier", ("campaigns", 0, "tiers", 0)))
)
LAB["premium_sigma"] = LAB["posting"]["sigma"] = 0.2
LAB["response"] |= {"detection": 1.0, "fair_levels": 20}
NO_POSTING = LAB["posting"]
ALIKE = {  # everybody has talent 1, the same wealth and the ordinary pay
    "talent_sigma": 0.0,
    "talent_tail_share": 0.0,
    "loyalty_concentration": 10_000.0,
    "wealth_sigma": 0.0,
    "pay_sigma": 0.0,
}
ANSWERS = {
    "detection": 0.7,
    "counter_share": 0.6,
    "counter_cap": 6.0,
    "counter_budget": 150.0,
    "title": 0.02,
    "fair_trigger": 60,
    "fair_delay": 2,
    "fair_levels": 2,
    "fair_award": 1.0,
    "fair_ratio": 2.0,
    "fair_raise": 0.05,
}


def lab(name: str, headcount: int, **changes: Any) -> dict[str, Any]:
    """A lab that nobody leaves or joins and that calls nobody."""
    return {
        **LAB,
        "name": name,
        "headcount": headcount,
        **changes,
        **{
            part: {**LAB[part], **changes.get(part, {})}
            for part in ("posting", "stock", "equity", "response", "ordinary_response")
        },
    }


def outside(headcount: int = 0, **changes: Any) -> dict[str, Any]:
    """The outside world, empty unless said otherwise."""
    return lab("outside", headcount, **{"kind": "outside", "pay_level": 0.5, **changes})


def tier(name: str = "all", **changes: Any) -> dict[str, Any]:
    """A package for everyone: 8 M$ over four years, of which 6 M$ running pay, the rest stock that vests monthly."""
    return {
        **TIER,
        "name": name,
        "last_rank": 1_000_000,
        "total": 8.0,
        "running_pay": 1.5,
        "stock_share": 1.0,
    } | changes


def campaign(name: str = "raid", **changes: Any) -> dict[str, Any]:
    """Beta on Alpha from month 1 on, by true talent: everyone approached gets an offer, all who accept come and stay."""
    raid = {"name": name, "lab": "Beta", "targets": ["Alpha"], "start": 1, "months": 1200, "approaches_per_month": 10}
    return {**CAMPAIGN, **raid, "tiers": [tier()], **changes}


def quiet(
    labs: list[dict[str, Any]] | None = None,
    campaigns: list[dict[str, Any]] | None = None,
    **sections: Any,
) -> Scenario:
    """The baseline with labs Alpha and Beta in which people weigh money and mission, and nobody calls or leaves."""
    document = {**BASELINE, **QUIET, "sources": {}, "run": {**BASELINE["run"], "months": 12, "moves": "all"}}
    document["labs"] = labs or [lab("Alpha", 200), lab("Beta", 100), outside()]
    document["campaigns"] = campaigns or []
    for section, changes in sections.items():
        document[section] = {**document[section], **changes} if isinstance(changes, dict) else changes
    return Scenario.model_validate(document)


def lively(**sections: Any) -> Scenario:
    """Three labs and the outside world with everything the model has: a few hundred people, two raids, two years."""
    stock = {"drift": 0.05, "volatility": 0.5, "success_rate": 0.5, "upside": 1.3}
    busy = {"refill": True, "separation": 0.3, "contact": 0.5, "stock": stock}
    tiers = [
        tier("top", last_rank=20, total=60.0, stock_share=0.8, first_year_share=0.4, vesting="first_year_at_once"),
        tier("core", total=15.0, stock_share=0.9, first_year_share=0.3, vesting="quarterly", rank_exponent=0.1),
    ]
    hunted = {
        "approaches_per_month": 12,
        "scouting_error": 0.3,
        "engage": 0.8,
        "offer": 0.8,
        "start_work": 0.8,
        "retry_after": 3,
        "sweetener": 1.2,
        "return_rate": 2.0,
        "return_months": 6,
        "next_trend": 0.1,
        "tiers": tiers,
    }
    everything = {
        "run": {"months": 24, "seed": 7},
        "population": {"ties_mean": 4.0, "pay_growth": 0.03},
        "choice": {
            "compute_value": 0.02,
            "tie_value": 0.1,
            "taste_sd": 0.2,
            "envy": 0.5,
            "switching_cost": 0.1,
            "contagion": 0.3,
        },
        "contacts": {"contact_talent": 0.5},
        "culture": {
            "recovery": 0.4,
            "growth_norm": 0.05,
            "growth_strain": 0.5,
            "mercenary_strain": 0.5,
            "inequality_strain": 0.5,
            "loss_strain": 2.0,
        },
        "output": {"talent_elasticity": 0.8, "compute_elasticity": 0.3, "portability": 0.7, "spillover": 0.05},
    }
    return quiet(
        labs=[
            lab("Alpha", 500, mission=0.8, growth=0.1, **busy),
            lab("Beta", 300, compute=40.0, **busy),
            lab("Gamma", 200, mission=0.9, culture=0.8, **busy),
            outside(600, contact=1.0),
        ],
        campaigns=[
            campaign(start=3, **hunted),
            campaign("second", lab="Gamma", targets=["Alpha", "Beta"], start=5, **hunted),
        ],
        **{
            name: {**everything.get(name, {}), **sections.get(name, {})} if name != "events" else sections[name]
            for name in dict.fromkeys([*everything, *sections])
        },
    )


def answering() -> Scenario:
    """The lively market, in which all labs make counter-offers and re-level."""
    document = lively().model_dump()
    for each in document["labs"]:
        if each["kind"] == "lab":
            each["response"].update(ANSWERS)
    return Scenario.model_validate(document)


def everything() -> Scenario:
    """The answering market with search out of envy, referrals, stock for everybody and a transfer system."""
    document = answering().model_dump()
    document["contacts"] |= {"envious_search": 2.0, "referral": 0.2}
    document["transfer"] |= {"fee_years_of_pay": 0.2, "fee_share": 0.05, "solidarity": 0.1}
    document["transfer"]["windows"] = [3, 4, 6, 9, 12]
    for each in document["labs"][:2]:
        each["equity"] |= {"years_of_pay": 0.8, "vesting": "quarterly", "cliff": 6}
    return Scenario.model_validate(document)


def small() -> Scenario:
    """A market small enough to be run as plain Python, in which everything happens."""
    document = lively().model_dump()
    document["population"]["scale"] = 0.1
    document["run"]["months"] = 10
    return Scenario.model_validate(document)


def frame(table: dict[str, Any]) -> pd.DataFrame:
    """A table of the engine as a data frame, with names in place of codes."""

    def column(values: Any) -> Any:
        return np.array(values.names, dtype=object)[values.codes] if isinstance(values, Named) else values

    return pd.DataFrame({name: column(values) for name, values in table.items()})


def frames(tables: dict[str, dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """The tables of the engine as data frames."""
    return {name: frame(table) for name, table in tables.items()}


def run(scenario: Scenario, replicate: int = 0) -> dict[str, pd.DataFrame]:
    """The tables of one replicate as data frames."""
    return frames(tm.simulate(scenario, replicate))


def run_to(scenario: Scenario, month: int, replicate: int = 0) -> Replicate:
    """A replicate that has run to a month."""
    market = Replicate(scenario, replicate)
    market.advance(month)
    return market


def assert_same_tables(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    """All tables agree to the last bit."""
    assert one.keys() == other.keys()
    for name in one:
        pd.testing.assert_frame_equal(one[name], other[name], check_exact=True, obj=name)


def assert_share(happened: float, tried: float, probability: float, z: float = 4.5) -> None:
    """A number of independent successes agrees with its probability within z standard errors.

    At z = 4.5 a right program fails such a check once in 150,000 seeds.
    """
    deviation = happened - tried * probability
    assert abs(deviation) <= z * np.sqrt(tried * probability * (1.0 - probability)) + 1e-9, (
        f"{happened} of {tried}, expected {tried * probability:.1f}"
    )
