"""Every mechanism has a strength whose zero turns it off exactly: what it acts through then changes not one bit."""

import pytest
from markets import lively, run

from talentmarket.scenario.schema import Scenario

# Of `months`: they say what a lab is and not what happened, or are sums in an order that depends on the levels.
OWN_COLUMNS = ["mission", "culture", "output", "wage_bill", "stock"]


def changed(choice=None, population=None, contacts=None, culture=None, labs=None, campaigns=None, tiers=None):
    """The lively market with other values; those of labs, campaigns and tiers hold for all of them."""
    sections = {"choice": choice, "population": population, "contacts": contacts, "culture": culture}
    document = lively(**{name: values or {} for name, values in sections.items()}).model_dump()
    for each in document["labs"]:
        each["stock"].update((labs or {}).get("stock", {}))
        each.update({name: value for name, value in (labs or {}).items() if name != "stock"})
    for each in document["campaigns"]:
        each.update(campaigns or {})
        for package in each["tiers"]:
            package.update(tiers or {})
    return Scenario.model_validate(document)


def what_happens(**changes):
    tables = run(changed(**changes))
    tables["months"] = tables["months"].drop(columns=OWN_COLUMNS)
    tables["flows"] = tables["flows"].drop(columns="joint")  # says who is tied to whom
    del tables["replicates"]  # has the mean weights of money and mission
    return tables


def merged(one, other):
    """Changes of two kinds at once."""
    return {
        name: merged(one[name], other[name]) if isinstance(one.get(name), dict) and name in other else value
        for name, value in {**one, **other}.items()
    }


def differing(one, other):
    return [name for name in one if not one[name].equals(other[name])]


@pytest.fixture(scope="module")
def lively_run():
    return what_happens()


# What turns a mechanism off, and a change that can act through that mechanism alone.
SWITCHES = {
    "no weight on the mission": ({"choice": {"mission_scale": 0.0}}, {"labs": {"mission": 0.1, "culture": 0.3}}),
    "no worth of compute": (
        {"choice": {"compute_value": 0.0}},
        {"choice": {"compute_reference": 1.0}, "labs": {"compute": 99.0}},
    ),
    "no envy and no strain by inequality": (
        {"choice": {"envy": 0.0}, "culture": {"inequality_strain": 0.0}},
        {"population": {"levels": 2}},
    ),
    "merit fully visible": ({"choice": {"merit_visibility": 1.0}}, {"choice": {"envy": 3.0}}),
    "no worth of ties and no contagion": (
        {"choice": {"tie_value": 0.0, "contagion": 0.0}},
        {"population": {"ties_mean": 9.0, "ties_within_lab": 0.1}},
    ),
    "no ties": (
        {"population": {"ties_mean": 0.0}},
        {"choice": {"tie_value": 5.0, "contagion": 5.0, "exit_contagion": 1.0}, "population": {"ties_within_lab": 0.1}},
    ),
    "no weight on what staying gains": ({"choice": {"money_weight": 0.0}}, {"choice": {"exit_response": 0.5}}),
    "no separations": ({"labs": {"separation": 0.0}}, {"choice": {"exit_response": 0.5, "exit_contagion": 0.5}}),
    "no exits that could wait": ({"labs": {"separation": 0.0}}, {"choice": {"patience": 6}}),
    "no ordinary contacts": (
        {"labs": {"contact": 0.0}},
        {"labs": {"premium_mean": 5.0, "premium_sigma": 1.0}, "contacts": {"contact_talent": 2.0}},
    ),
    "no refilling": (
        {"labs": {"refill": False}},
        {"labs": {"growth": 0.05}, "contacts": {"candidates_per_vacancy": 5}},
    ),
    "no retries": ({"campaigns": {"retry_after": 0}}, {"campaigns": {"sweetener": 3.0}}),
    "no rate of going back": ({"campaigns": {"return_rate": 0.0}}, {"campaigns": {"return_months": 120}}),
    "no months of going back": ({"campaigns": {"return_months": 0}}, {"campaigns": {"return_rate": 9.0}}),
    "no jumps of the stock": ({"labs": {"stock": {"success_rate": 0.0}}}, {"labs": {"stock": {"success_size": 50.0}}}),
    "no fall of the package inside a tier": ({"tiers": {"rank_exponent": 0.0}}, {"tiers": {"floor": 12.0}}),
    "no campaigns": (
        {"campaigns": {"approaches_per_month": 0}},
        {"campaigns": {"engage": 0.1, "scouting_error": 2.0, "next_trend": 9.0, "start_work": 0.1}},
    ),
    "no strain by growth": ({"culture": {"growth_strain": 0.0}}, {"culture": {"growth_norm": 0.0}}),
    "nothing to heal": (
        {
            "culture": dict.fromkeys(["growth_strain", "mercenary_strain", "inequality_strain", "loss_strain"], 0.0),
            "labs": {"culture": 1.0},
        },
        {"culture": {"recovery": 9.0}},
    ),
    "no talks": ({"campaigns": {"engage": 0.0}}, {"campaigns": {"offer": 0.1, "start_work": 0.1}}),
}
ANSWERED = {"detection": 0.9, "counter_share": 0.9, "counter_cap": 9.0, "counter_budget": 90.0, "title": 0.1}
RELEVELED = {"fair_delay": 0, "fair_levels": 1, "fair_award": 3.0, "fair_ratio": 3.0, "fair_raise": 0.3}
STOCK_PARAMETERS = {"labs": {"stock": {"volatility": 0.1, "beta": 0.5, "upside": 3.0, "drift": 0.4}}}


@pytest.mark.parametrize("name", SWITCHES)
def test_a_mechanism_that_is_off_lets_nothing_through(name):
    switch, through = SWITCHES[name]
    off, still_off = what_happens(**switch), what_happens(**merged(switch, through))
    assert differing(off, still_off) == []


@pytest.mark.parametrize("name", SWITCHES)
def test_a_mechanism_that_is_on_does_let_it_through(name, lively_run):
    _, through = SWITCHES[name]
    assert differing(lively_run, what_happens(**through)) != []


def test_without_stock_in_the_packages_the_stock_market_does_not_matter(lively_run):
    def cash_only(**changes):
        document = changed(**changes).model_dump()
        for each in document["campaigns"]:
            for package in each["tiers"]:
                special = package["total"] - package["running_pay"] * package["years"]
                share = (package["running_pay"] + special) / package["total"]
                package.update(stock_share=0.0, first_year_share=share, vesting="monthly")
        tables = run(Scenario.model_validate(document))
        tables["months"] = tables["months"].drop(columns=OWN_COLUMNS)
        return tables

    assert differing(cash_only(), cash_only(**STOCK_PARAMETERS)) == []
    assert differing(lively_run, what_happens(**STOCK_PARAMETERS)) != []


def test_with_no_weight_on_anything_only_the_noise_decides():
    """Then any package is as good as any other."""
    indifferent = {"money_weight": 0.0, "contagion": 0.0}
    poor = what_happens(choice=indifferent)
    rich = what_happens(choice=indifferent, tiers={"total": 400.0})
    columns = ["month", "researcher", "outcome", "reason", "acceptance_probability"]
    assert poor["offers"][columns].equals(rich["offers"][columns])
    money = ["lower", "rise"]  # what movers gain, which no choice depends on
    assert poor["flows"].drop(columns=money).equals(rich["flows"].drop(columns=money))


def answered(**response):
    """The lively market whose labs answer offers so."""
    document = changed().model_dump()
    for each in document["labs"]:
        each["response"].update(response)
    tables = run(Scenario.model_validate(document))
    tables["months"] = tables["months"].drop(columns=OWN_COLUMNS)
    tables["flows"] = tables["flows"].drop(columns="joint")
    del tables["replicates"]
    return tables


@pytest.mark.parametrize(
    "through",
    [
        {"detection": 0.1},
        {**ANSWERED, "detection": 0.0},
        {**ANSWERED, "counter_share": 0.0, "title": 0.0},
        {**RELEVELED, "fair_trigger": 0},
        {**RELEVELED, "fair_trigger": 50, "fair_award": 0.0, "fair_raise": 0.0},
    ],
)
def test_answers_that_are_off_change_nothing(through, lively_run):
    assert differing(lively_run, answered(**through)) == []


@pytest.mark.parametrize("answer", [ANSWERED, {**RELEVELED, "fair_trigger": 50}])
def test_answers_that_are_on_change_something(answer, lively_run):
    assert {"moves", "months"} <= set(differing(lively_run, answered(**answer)))
