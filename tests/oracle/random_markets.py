"""Small random scenarios that switch every mechanism on and off, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

import talentmarket as tm

Document = dict[str, Any]
LABS = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")


def number(low: float, high: float) -> st.SearchStrategy[float]:
    """A number between two, in hundredths of the way, so that failures are readable."""
    return st.integers(0, 100).map(lambda step: round(low + (high - low) * step / 100, 6))


def zero_or(low: float, high: float) -> st.SearchStrategy[float]:
    """Off one time in four, else a number between two."""
    return st.integers(0, 3).flatmap(lambda lot: number(low, high) if lot else st.just(0.0))


def population() -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {
            "scale": st.just(1.0),
            "talent_sigma": zero_or(0.1, 1.0),
            "talent_tail_share": zero_or(0.01, 0.2),
            "talent_tail_exponent": number(1.5, 4.0),
            "loyalty_mean": number(0.1, 0.9),
            "loyalty_concentration": number(0.5, 20.0),
            "wealth_median": number(0.1, 5.0),
            "wealth_sigma": zero_or(0.1, 1.0),
            "wealth_talent": zero_or(0.5, 1.0),
            "pay_sigma": zero_or(0.05, 0.4),
            "pay_talent": zero_or(0.3, 1.0),
            "pay_growth": zero_or(-0.1, 0.2),
            "levels": st.integers(1, 5),
            "ties_mean": zero_or(1.0, 8.0),
            "ties_within_lab": number(0.0, 1.0),
        }
    )


def choice() -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {
            "money_weight": zero_or(1.0, 10.0),
            "mission_scale": zero_or(0.1, 1.0),
            "compute_value": zero_or(0.01, 0.2),
            "compute_reference": st.just(10.0),
            "tie_value": zero_or(0.05, 0.5),
            "size_value": zero_or(0.05, 0.5),
            "taste_sd": zero_or(0.05, 0.3),
            "envy": zero_or(0.1, 1.0),
            "merit_visibility": number(0.0, 1.0),
            "switching_cost": zero_or(0.05, 0.4),
            "contagion": zero_or(0.1, 2.0),
            "noise": zero_or(0.2, 2.0),
            "horizon": st.sampled_from([1, 12, 48, 120]),
            "discount": zero_or(0.02, 0.2),
        }
    )


def culture() -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {
            "recovery": zero_or(0.1, 6.0),
            "growth_norm": zero_or(0.05, 0.5),
            "growth_strain": zero_or(0.1, 5.0),
            "mercenary_strain": zero_or(0.1, 5.0),
            "inequality_strain": zero_or(0.1, 5.0),
            "loss_strain": zero_or(0.1, 5.0),
        }
    )


def output() -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {
            "talent_elasticity": zero_or(0.5, 1.5),
            "compute_elasticity": zero_or(0.1, 1.0),
            "portability": number(0.0, 1.0),
            "spillover": zero_or(0.01, 1.0),
        }
    )


def posting() -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {
            "distribution": st.sampled_from(["none", "none", "lognormal", "burdett_mortensen"]),
            "sigma": zero_or(0.1, 0.5),
            "productivity": number(0.5, 3.0),
            "reservation": number(0.0, 1.0),
            "competition": zero_or(1.0, 20.0),
        }
    )


def stock() -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {
            "listed": st.booleans(),
            "drift": zero_or(-0.2, 0.2),
            "volatility": zero_or(0.2, 0.9),
            "beta": number(0.0, 2.0),
            "success_rate": zero_or(0.5, 3.0),
            "success_size": number(1.1, 3.0),
            "upside": number(0.5, 3.0),
        }
    )


def equity() -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {
            "years_of_pay": zero_or(0.2, 3.0),
            "years": st.integers(1, 5),
            "vesting": st.sampled_from(["monthly", "quarterly", "annual"]),
            "cliff": st.sampled_from([0, 6, 12]),
        }
    )


def transfer() -> st.SearchStrategy[Document]:
    windows = st.lists(st.integers(1, 12), min_size=1, max_size=5, unique=True)
    return st.fixed_dictionaries(
        {
            "fee_years_of_pay": zero_or(0.1, 1.0),
            "fee_share": zero_or(0.05, 0.5),
            "borne_by": st.sampled_from(["buyer", "coase"]),
            "solidarity": zero_or(0.05, 0.5),
            "windows": st.integers(0, 1).flatmap(lambda lot: windows if lot else st.just([])),
        }
    )


def response() -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {
            "detection": number(0.0, 1.0),
            "counter_to": st.sampled_from(["anyone", "approached"]),
            "counter_share": zero_or(0.2, 1.0),
            "counter_cap": zero_or(0.5, 10.0),
            "counter_budget": zero_or(1.0, 50.0),
            "title": zero_or(0.01, 0.2),
            "fair_trigger": st.sampled_from([0, 1, 10]),
            "fair_delay": st.integers(0, 3),
            "fair_levels": st.integers(1, 6),
            "fair_award": zero_or(0.1, 5.0),
            "fair_ratio": number(0.5, 3.0),
            "fair_raise": zero_or(0.01, 0.5),
            "fair_years": st.integers(1, 4),
            "fair_vesting": st.sampled_from(["monthly", "quarterly", "annual"]),
        }
    )


def lab(name: str) -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {
            "name": st.just(name),
            "kind": st.just("outside" if name == "outside" else "lab"),
            "headcount": st.integers(10, 25),
            "growth": zero_or(-0.2, 0.8),
            "refill": st.booleans(),
            "mission": number(0.0, 1.0),
            "culture": number(0.5, 1.0),
            "fit": st.dictionaries(st.just("Alpha" if name == "outside" else "outside"), number(0.0, 1.0)),
            "compute": number(2.0, 40.0),
            "pay_level": number(0.5, 1.5),
            "tenure_mean": number(0.5, 4.0),
            "separation": zero_or(0.2, 2.0),
            "contact": zero_or(0.2, 6.0),
            "premium_mean": number(1.0, 2.0),
            "premium_sigma": zero_or(0.1, 0.5),
            "posting": posting(),
            "stock": stock(),
            "equity": equity(),
            "response": response(),
        }
    )


@st.composite
def tier(draw: st.DrawFn, name: str) -> Document:
    """A package whose parts add up; where it stands on the list is for `campaign` to say."""
    years = draw(st.integers(1, 5))
    running_pay = draw(number(0.5, 2.0))
    special = draw(number(0.5, 60.0))
    stock_share = draw(zero_or(0.3, 1.0))
    total = running_pay * years + special
    in_cash = running_pay + special * (1.0 - stock_share)
    first_year = 1.0 if years == 1 else min(1.0, (in_cash + draw(number(0, 1)) * special * stock_share) / total)
    return {
        "name": name,
        "total": total,
        "years": years,
        "running_pay": running_pay,
        "stock_share": stock_share,
        "first_year_share": first_year,
        "vesting": draw(st.sampled_from(["monthly", "quarterly", "annual", "first_year_at_once"])),
        "cliff": draw(st.sampled_from([0, 3, 12])),
        "rank_exponent": draw(zero_or(0.1, 1.0)),
        "floor": draw(zero_or(0.1, 1.0)) * total,
    }


@st.composite
def tiers(draw: st.DrawFn) -> list[Document]:
    ranks = draw(st.lists(st.integers(1, 40), min_size=1, max_size=3, unique=True).map(sorted))
    return [draw(tier(f"to {rank}")) | {"last_rank": rank} for rank in ranks]


@st.composite
def campaign(draw: st.DrawFn, name: str, labs: tuple[str, ...]) -> Document:
    raider = draw(st.sampled_from(labs))
    others = [one for one in labs if one != raider]
    fields = {
        "targets": st.lists(st.sampled_from(others), min_size=1, unique=True),
        "start": st.integers(1, 3),
        "months": st.integers(1, 8),
        "approaches_per_month": st.integers(4, 12),
        "scouting_error": zero_or(0.1, 1.0),
        "engage": number(0.5, 1.0),
        "offer": number(0.5, 1.0),
        "start_work": number(0.5, 1.0),
        "retry_after": st.integers(0, 3),
        "sweetener": number(1.0, 2.0),
        "return_rate": zero_or(1.0, 6.0),
        "return_months": st.integers(0, 6),
        "max_offers": st.sampled_from([0, 0, 1, 12]),
        "max_hires": st.sampled_from([0, 0, 1, 5]),
        "budget": zero_or(50.0, 300.0),
        "next_trend": zero_or(0.2, 4.0),
        "tiers": tiers(),
    }
    return {"name": name, "lab": raider, **draw(st.fixed_dictionaries(fields))}


@st.composite
def scenarios(draw: st.DrawFn) -> tm.Scenario:
    """20 to 150 people in two to six labs over two to ten months, with up to three campaigns."""
    labs = (*LABS[: draw(st.sampled_from([3, 1, 2, 4, 5]))], "outside")
    document = tm.load("baseline").model_dump()
    document |= {
        "run": {
            "months": draw(st.sampled_from([10, 7, 8, 9, 2, 5])),
            "replicates": 1,
            "seed": draw(st.integers(0, 2**32 - 1)),
            "moves": draw(st.sampled_from(["all", "between_labs", "none"])),
        },
        "population": draw(population()),
        "choice": draw(choice()),
        "risk": {"risk_aversion": draw(zero_or(1.0, 4.0)), "risk_free": 0.04, "equity_premium": 0.055}
        | {"stock_share": draw(number(0.0, 0.9))},
        "contacts": {
            "contact_talent": draw(zero_or(0.2, 2.0)),
            "envious_search": draw(zero_or(0.5, 5.0)),
            "referral": draw(zero_or(0.1, 1.0)),
            "reach_outside": draw(number(0.0, 1.0)),
            "candidates_per_vacancy": draw(st.integers(1, 10)),
        },
        "culture": draw(culture()),
        "output": draw(output()),
        "transfer": draw(transfer()),
        "labs": [draw(lab(name)) for name in labs],
        "campaigns": [draw(campaign(f"raid {n}", labs)) for n in range(draw(st.sampled_from([2, 1, 3, 0])))],
        "events": [],
        "sources": {},
    }
    return tm.Scenario.model_validate(document)
