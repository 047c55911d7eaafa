"""Scenarios of random structure: 2 to 64 labs, windows, events, raids by and on anyone, 1 to 1,200 months."""

from __future__ import annotations

import random
from typing import Any

from markets import campaign, lab, outside, quiet, tier

from talentmarket.scenario.schema import Scenario

MOST_RESEARCHER_MONTHS = 150_000


def zero_or(rng: random.Random, low: float, high: float) -> float:
    return rng.choice((0.0, rng.uniform(low, high)))


def random_lab(rng: random.Random, name: str, headcount: int, still: bool) -> dict[str, Any]:
    stock = {
        "drift": zero_or(rng, -0.3, 0.3),
        "volatility": zero_or(rng, 0.1, 1.0),
        "success_rate": zero_or(rng, 0.1, 3.0),
    }
    response = {
        "detection": rng.random(),
        "counter_to": rng.choice(("anyone", "approached")),
        "counter_share": zero_or(rng, 0.1, 1.0),
        "counter_cap": zero_or(rng, 0.5, 20.0),
        "counter_budget": zero_or(rng, 1.0, 100.0),
        "title": zero_or(rng, 0.01, 0.2),
        "fair_trigger": rng.choice((0, 1, 20)),
        "fair_delay": rng.randint(0, 6),
        "fair_levels": rng.randint(1, 4),
        "fair_award": zero_or(rng, 0.1, 3.0),
        "fair_raise": zero_or(rng, 0.01, 0.3),
    }
    equity = {
        "years_of_pay": zero_or(rng, 0.1, 2.0),
        "vesting": rng.choice(("monthly", "quarterly", "annual")),
        "cliff": rng.choice((0, 6, 12)),
    }
    return lab(
        name,
        headcount,
        growth=rng.uniform(-0.3, 0.5),
        refill=rng.random() < 0.7,
        mission=rng.random(),
        culture=rng.random(),
        compute=rng.uniform(1.0, 100.0),
        pay_level=rng.uniform(0.2, 3.0),
        separation=zero_or(rng, 0.05, 2.0),
        contact=zero_or(rng, 0.05, 2.0),
        posting={"distribution": rng.choice(("none", "none", "lognormal", "burdett_mortensen"))},
        stock={} if still else stock,
        equity={} if still else equity,
        response={} if still else response,
    )


def random_campaign(rng: random.Random, number: int, labs: list[str], months: int) -> dict[str, Any]:
    raider, *others = rng.sample(labs, len(labs))
    tiers = [
        tier(
            f"tier {place}",
            last_rank=10 ** (place + 1),
            total=rng.uniform(7.0, 300.0),
            stock_share=rng.random(),
            first_year_share=0.25,
            vesting=rng.choice(("monthly", "quarterly", "annual")),
            rank_exponent=zero_or(rng, 0.1, 1.0),
            cliff=rng.choice((0, 6, 12)),
        )
        for place in range(rng.randint(1, 3))
    ]
    for each in tiers:  # stock in equal parts, so that the first year's share follows
        special = each["total"] - 6.0
        each["first_year_share"] = (
            1.5 + special * (1.0 - each["stock_share"]) + special * each["stock_share"] / 4
        ) / each["total"]
    return campaign(
        f"raid {number}",
        lab=raider,
        targets=others[: rng.randint(1, len(others))],
        start=rng.randint(1, months),
        months=rng.randint(1, months),
        approaches_per_month=rng.randint(0, 30),
        scouting_error=zero_or(rng, 0.1, 1.0),
        engage=rng.random(),
        offer=rng.random(),
        start_work=rng.random(),
        retry_after=rng.choice((0, 1, 4)),
        sweetener=rng.uniform(1.0, 2.0),
        return_rate=zero_or(rng, 0.5, 6.0),
        return_months=rng.randint(0, 12),
        max_offers=rng.choice((0, 5)),
        max_hires=rng.choice((0, 3)),
        budget=zero_or(rng, 10.0, 1000.0),
        next_trend=zero_or(rng, 0.1, 2.0),
        tiers=tiers,
    )


def random_events(rng: random.Random, labs: list[str], months: int) -> list[dict[str, Any]]:
    setting = {
        f"labs.{rng.choice(labs)}.separation": rng.random(),
        f"labs.{rng.choice(labs)}.contact": rng.random(),
        f"labs.{rng.choice(labs)}.response.counter_share": rng.random(),
        "choice.noise": rng.choice((0.0, 0.5, 1.0)),
        "contacts.envious_search": rng.uniform(0.0, 2.0),
        "transfer.fee_share": rng.random(),
    }
    events = []
    for number in range(rng.randint(0, 4)):
        path = rng.choice(sorted(setting))
        dated = rng.random() < 0.7
        events.append(
            {
                "name": f"event {number}",
                "month": rng.randint(1, months) if dated else 0,
                "hazard": 0.0 if dated else rng.uniform(0.1, 6.0),
                "set": {path: setting[path]},
                "reprice": {},
            }
        )
    return events


def random_structure(rng: random.Random) -> tuple[Scenario, bool]:
    """A scenario, and whether its stock stands still and is held by raids' hires alone, so that money can be counted."""
    months = rng.choice((1, 2, 5, 12, 24, 48, 120, 1200))
    names = [f"Lab {number}" for number in range(rng.choice((1, 2, 3, 5, 10, 63)))]
    still = rng.random() < 0.5
    most = max(MOST_RESEARCHER_MONTHS // months // (len(names) + 1), 2)
    labs = [random_lab(rng, name, rng.randint(0, min(most, 300)), still) for name in names]
    labs.insert(rng.randint(0, len(labs)), outside(rng.randint(1, min(most, 300)), contact=zero_or(rng, 0.1, 1.0)))
    every = [each["name"] for each in labs]
    scenario = quiet(
        labs=labs,
        campaigns=[random_campaign(rng, number, every, months) for number in range(rng.randint(0, 3))],
        run={"months": months, "seed": rng.randrange(2**32)},
        population={"ties_mean": zero_or(rng, 1.0, 6.0), "pay_growth": zero_or(rng, -0.05, 0.05)},
        choice={
            "switching_cost": zero_or(rng, 0.05, 0.5),
            "taste_sd": zero_or(rng, 0.02, 0.3),
            "envy": zero_or(rng, 0.1, 1.0),
            "contagion": zero_or(rng, 0.1, 1.0),
            "tie_value": zero_or(rng, 0.05, 0.3),
        },
        contacts={
            "contact_talent": zero_or(rng, 0.1, 1.0),
            "envious_search": zero_or(rng, 0.5, 3.0),
            "referral": zero_or(rng, 0.1, 1.0),
        },
        culture={
            "recovery": rng.random(),
            "growth_strain": zero_or(rng, 0.1, 2.0),
            "loss_strain": zero_or(rng, 0.5, 5.0),
        },
        output={
            "talent_elasticity": rng.uniform(0.3, 1.2),
            "portability": rng.random(),
            "spillover": zero_or(rng, 0.01, 0.2),
        },
        transfer={
            "fee_years_of_pay": zero_or(rng, 0.1, 2.0),
            "fee_share": zero_or(rng, 0.05, 0.5),
            "borne_by": rng.choice(("buyer", "coase")),
            "solidarity": zero_or(rng, 0.05, 0.5),
            "windows": sorted(rng.sample(range(1, 13), rng.choice((0, 0, 1, 3, 12)))),
        },
        events=random_events(rng, every, months),
    )
    return scenario, still
