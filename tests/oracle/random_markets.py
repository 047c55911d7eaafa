"""Small random scenarios that switch every mechanism on and off, for hypothesis.

Every parameter is drawn as the schema declares it: off one time in four if anything switches it off, else from its range.
The whole range of most is far from any market, so what is lively stands here; a new parameter is drawn without a word.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

import talentmarket as tm
from talentmarket.scenario.places.locating import Field, field_at, inside, names_in, schema_of

Document = dict[str, Any]
LABS = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")
SCHEMA = schema_of(tm.Scenario)

# Ranges in which markets of a hundred people for ten months are lively.
LIVELY = {
    "population": {
        "scale": (1.0, 1.0),
        "talent_sigma": (0.1, 1.0),
        "talent_tail_share": (0.01, 0.2),
        "talent_tail_exponent": (1.5, 4.0),
        "loyalty_mean": (0.1, 0.9),
        "loyalty_concentration": (0.5, 20.0),
        "wealth_median": (0.1, 5.0),
        "wealth_sigma": (0.1, 1.0),
        "wealth_talent": (0.5, 1.0),
        "pay_sigma": (0.05, 0.4),
        "pay_talent": (0.3, 1.0),
        "pay_growth": (-0.1, 0.2),
        "levels": (1, 5),
        "ties_mean": (1.0, 8.0),
    },
    "choice": {
        "money_weight": (1.0, 10.0),
        "mission_scale": (0.1, 1.0),
        "compute_value": (0.01, 0.2),
        "compute_reference": (10.0, 10.0),
        "tie_value": (0.05, 0.5),
        "size_value": (0.05, 0.5),
        "taste_sd": (0.05, 0.3),
        "envy": (0.1, 1.0),
        "switching_cost": (0.05, 0.4),
        "contagion": (0.1, 2.0),
        "exit_response": (0.2, 1.0),
        "exit_contagion": (0.1, 2.0),
        "patience": (1, 6),
        "noise": (0.2, 2.0),
        "discount": (0.02, 0.2),
    },
    "risk": {
        "risk_aversion": (1.0, 4.0),
        "risk_free": (0.0, 0.1),
        "equity_premium": (0.0, 0.1),
        "stock_share": (0.0, 0.9),
    },
    "contacts": {"envious_search": (0.5, 5.0), "candidates_per_vacancy": (1, 10)},
    "culture": {
        "recovery": (0.1, 6.0),
        "growth_norm": (0.0, 0.5),
        "growth_strain": (0.1, 5.0),
        "mercenary_strain": (0.1, 5.0),
        "inequality_strain": (0.1, 5.0),
        "loss_strain": (0.1, 5.0),
    },
    "output": {"talent_elasticity": (0.5, 1.5), "compute_elasticity": (0.1, 1.0)},
    "transfer": {"fee_years_of_pay": (0.1, 1.0), "fee_share": (0.05, 0.5), "solidarity": (0.05, 0.5)},
    "labs.*": {
        "headcount": (10, 25),
        "growth": (-0.2, 0.8),
        "culture": (0.5, 1.0),
        "compute": (2.0, 40.0),
        "pay_level": (0.5, 1.5),
        "tenure_mean": (0.5, 4.0),
        "separation": (0.2, 2.0),
        "contact": (0.2, 6.0),
        "premium_mean": (1.0, 2.0),
        "premium_sigma": (0.1, 0.5),
    },
    "labs.*.posting": {"sigma": (0.1, 0.5), "productivity": (0.5, 3.0), "competition": (0.0, 20.0)},
    "labs.*.stock": {
        "drift": (-0.2, 0.2),
        "volatility": (0.2, 0.9),
        "beta": (0.0, 2.0),
        "success_rate": (0.5, 3.0),
        "success_size": (1.1, 3.0),
        "upside": (0.5, 3.0),
    },
    "labs.*.equity": {"years_of_pay": (0.2, 3.0), "years": (1, 5), "cliff": (1, 12)},
    "labs.*.response": {
        "counter_cap": (0.5, 10.0),
        "counter_budget": (1.0, 50.0),
        "title": (0.01, 0.2),
        "fair_trigger": (1, 10),
        "fair_delay": (0, 3),
        "fair_levels": (1, 6),
        "fair_award": (0.1, 5.0),
        "fair_ratio": (0.5, 3.0),
        "fair_raise": (0.01, 0.5),
        "fair_years": (1, 4),
    },
    "labs.*.ordinary_response": {"counter_cap": (0.5, 10.0)},
    "campaigns.*": {
        "start": (1, 3),
        "months": (1, 8),
        "approaches_per_month": (4, 12),
        "scouting_error": (0.1, 1.0),
        "engage": (0.5, 1.0),
        "engage_response": (0.05, 0.5),
        "engage_reference": (5.0, 100.0),
        "offer": (0.5, 1.0),
        "start_work": (0.5, 1.0),
        "retry_after": (1, 3),
        "sweetener": (1.0, 2.0),
        "return_rate": (1.0, 6.0),
        "return_months": (1, 6),
        "max_offers": (1, 12),
        "max_hires": (1, 5),
        "budget": (50.0, 300.0),
        "next_trend": (0.2, 4.0),
    },
    "campaigns.*.tiers.*": {
        "years": (1, 5),
        "running_pay": (0.5, 2.0),
        "stock_share": (0.3, 1.0),
        "cliff": (1, 12),
        "rank_exponent": (0.1, 1.0),
        "compute": (1.0, 100.0),
        "clawback": (1, 14),
    },
}
# What limits a campaign is off more often, lest most end in their first month.
SELDOM = ("campaigns.*.max_offers", "campaigns.*.max_hires")


def number(low: float, high: float) -> st.SearchStrategy[float]:
    """A number between two, in hundredths of the way, so that failures are readable."""
    return st.integers(0, 100).map(lambda step: round(low + (high - low) * step / 100, 6))


def value(path: str, field: Field) -> st.SearchStrategy[Any]:
    """A value of a parameter when it is on."""
    table, _, name = path.rpartition(".")
    if "anyOf" in field:  # a word, or tranches that suit any number of years
        tranches = st.sampled_from([[[0, 0.3], [5, 0.3], [12, 0.4]], [[2, 0.7], [3, 0.3]]])
        return value(path, field["anyOf"][0]) | tranches
    if "enum" in field:
        return st.sampled_from([choice for choice in field["enum"] if choice != field.get("off")])
    if field["type"] == "boolean":
        return st.booleans()
    low, high = LIVELY.get(table, {}).get(name) or (field["minimum"], field["maximum"])
    return st.integers(low, high) if field["type"] == "integer" else number(low, high)


def parameter(path: str, field: Field) -> st.SearchStrategy[Any]:
    """Off one time in four if anything switches the parameter off, else a value."""
    if "off" not in field:
        return value(path, field)
    lots = 1 if path in SELDOM else 3
    return st.integers(0, lots).flatmap(lambda lot: value(path, field) if lot else st.just(field["off"]))


def drawn(path: str, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    """A table with all of its parameters, some of them as given."""
    field = field_at(SCHEMA, [0 if step == "*" else step for step in path.split(".")])
    return st.fixed_dictionaries(
        {
            name: given[name]
            if name in given
            else drawn(f"{path}.{name}")
            if names_in(inside(field, name))
            else parameter(f"{path}.{name}", inside(field, name))
            for name in names_in(field)
        }
    )


def transfer() -> st.SearchStrategy[Document]:
    windows = st.lists(st.integers(1, 12), min_size=1, max_size=5, unique=True)
    return drawn(
        "transfer",
        windows=st.integers(0, 1).flatmap(lambda lot: windows if lot else st.just([])),
        no_poach=st.just([]),
    )


def lab(name: str) -> st.SearchStrategy[Document]:
    return drawn(
        "labs.*",
        name=st.just(name),
        kind=st.just("outside" if name == "outside" else "lab"),
        colour=st.just(""),
        fit=st.dictionaries(st.just("Alpha" if name == "outside" else "outside"), number(0.0, 1.0)),
    )


@st.composite
def tier(draw: st.DrawFn, rank: int) -> Document:
    """A package whose parts add up."""
    special, floor, in_first_year = (draw(number(0.5, 60.0)), draw(number(0.0, 1.0)), draw(number(0.0, 1.0)))
    sums = dict.fromkeys(("total", "first_year_share", "floor"), st.just(0.0))
    package = draw(drawn("campaigns.*.tiers.*", name=st.just(f"to {rank}"), last_rank=st.just(rank), **sums))
    total = package["running_pay"] * package["years"] + special
    in_cash = package["running_pay"] + special * (1.0 - package["stock_share"])
    in_stock = special * package["stock_share"]
    first_year = 1.0 if package["years"] == 1 else min(1.0, (in_cash + in_first_year * in_stock) / total)
    if not isinstance(package["vesting"], str) or draw(st.integers(0, 3)) == 0:
        first_year = 0.0
    falls = package["rank_exponent"] > 0.0
    return package | {"total": total, "first_year_share": first_year, "floor": floor * total if falls else 0.0}


@st.composite
def tiers(draw: st.DrawFn) -> list[Document]:
    ranks = draw(st.lists(st.integers(1, 40), min_size=1, max_size=3, unique=True).map(sorted))
    return [draw(tier(rank)) for rank in ranks]


@st.composite
def campaign(draw: st.DrawFn, name: str, labs: tuple[str, ...]) -> Document:
    raider = draw(st.sampled_from(labs))
    others = [one for one in labs if one != raider]
    targets = st.lists(st.sampled_from(others), min_size=1, unique=True)
    return draw(drawn("campaigns.*", name=st.just(name), lab=st.just(raider), targets=targets, tiers=tiers()))


@st.composite
def scenarios(draw: st.DrawFn) -> tm.Scenario:
    """20 to 150 people in two to six labs over two to ten months, with up to three campaigns."""
    labs = (*LABS[: draw(st.sampled_from([3, 1, 2, 4, 5]))], "outside")
    document = {
        "title": "Random",
        "question": "Do two engines agree?",
        "description": "A small random market.",
        "run": {
            "months": draw(st.sampled_from([10, 7, 8, 9, 2, 5])),
            "replicates": 1,
            "seed": draw(st.integers(0, 2**32 - 1)),
            "moves": draw(st.sampled_from(["all", "between_labs", "none"])),
            "month_0": "",
        },
        "choice": draw(drawn("choice", horizon=st.sampled_from([1, 12, 48, 120]))),
        "transfer": draw(transfer()),
        **{table: draw(drawn(table)) for table in ("population", "risk", "contacts", "culture", "output")},
        "labs": [draw(lab(name)) for name in labs],
        "campaigns": [draw(campaign(f"raid {n}", labs)) for n in range(draw(st.sampled_from([2, 1, 3, 0])))],
        "events": [],
        "sources": {},
    }
    return tm.Scenario.model_validate(document)
