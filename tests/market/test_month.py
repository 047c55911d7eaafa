import ast
import inspect

import numpy as np
import pytest
from markets import campaign, lab, outside, quiet, run, run_to, tier

from talentmarket.market import month

THE_ORDER_OF_A_MONTH = [
    "settle_in",
    "move_stock",
    "pay_out",
    "grant_anew",
    "separate",
    "go_back",
    "contact",
    "search",
    "refer",
    "raid",
    "release",
    "respond",
    "choose",
    "keep_promises",
    "carry_out_moves",
    "change_culture",
    "produce",
    "grow",
    "follow_hires",
    "write_month",
]


def calls_of(name):
    """Names of what a function of the month calls; no step hides in a branch, and all take the same arguments."""
    module = ast.parse(inspect.getsource(month))
    function = next(node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == name)
    calls = [node.value for node in function.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    assert len(function.body) == len(calls) + 1  # and the docstring
    for call in calls:
        assert [argument.id for argument in call.args] == ["world", "month"]
    return [call.func.id for call in calls]


def test_the_order_of_a_month_is_the_written_one():
    """Calls of the two halves of a month in the order of their source: swapping two of them changes every result."""
    assert calls_of("until_choice") + calls_of("from_choice") == THE_ORDER_OF_A_MONTH


def test_stock_moves_before_it_vests_and_before_anyone_leaves():
    """The tranche of a month is paid, and what is left forfeited, at the price of that month."""
    stock = {"drift": 1.2}
    labs = [lab("Alpha", 60), lab("Beta", 0, separation=12.0, stock=stock), outside()]
    raid = campaign(months=1, approaches_per_month=60, tiers=[tier(total=46.0)])
    scenario = quiet(labs=labs, campaigns=[raid], choice={"noise": 0.0, "mission_scale": 0.0})
    tables = run(scenario)
    left = tables["moves"].query("kind == 'separation'")
    first_year = (0.25 * 46.0 - 1.5) / 40.0
    unvested = 1.0 - first_year * (left.month - 1) / 12.0
    assert left.forfeited.to_numpy() == pytest.approx(40.0 * unvested * np.exp(0.1 * (left.month - 1)), rel=1e-6)
    paid = tables["months"].query("lab == 'Beta' and month == 2").spend_paid.item()
    assert paid == pytest.approx(60 * 40.0 * first_year / 12.0 * np.exp(0.1), rel=1e-9)


def test_who_has_separated_this_month_gets_no_call_and_no_approach():
    busy = {"separation": 12.0}
    labs = [lab("Alpha", 1000, **busy), lab("Beta", 0, contact=120.0), outside()]
    raid = campaign(months=1, approaches_per_month=1000)
    tables = run(quiet(labs=labs, campaigns=[raid], run={"months": 1}))
    separated = set(tables["moves"].query("kind == 'separation'").researcher)
    assert len(separated) > 500
    assert separated.isdisjoint(tables["offers"].researcher)
    assert tables["months"].query("lab == 'Alpha' and month == 1").approached.item() == 1000 - len(separated)


def test_all_choose_at_once_on_the_state_before_the_month_s_moves():
    """Everybody's pay is compared with the same colleagues, however many of them leave this month."""
    labs = [lab("Alpha", 500), lab("Beta", 0), outside()]
    raid = campaign(months=1, approaches_per_month=500, tiers=[tier(total=60.0)])
    scenario = quiet(labs=labs, campaigns=[raid], choice={"envy": 1.0, "mission_scale": 0.0}, run={"months": 1})
    before = run_to(scenario, 0).world
    annuity = sum(1.04 ** (-k / 12.0) / 12.0 for k in range(1, 49))
    offers = run(scenario)["offers"].set_index("researcher").sort_index()
    people = before.researchers
    same = people["level"][:, None] == people["level"][None, :]
    np.fill_diagonal(same, False)
    reference = (same @ people["pay"]) / same.sum(axis=1)
    money = 4.0 * (1.0 - people["loyalty"]) * np.log(people["wealth"] + people["pay"] * annuity)
    envy = 4.0 * 0.5 * np.maximum(0.0, np.log(reference / people["pay"]))
    assert offers.stay_value.to_numpy() == pytest.approx(money - envy, rel=1e-9)
    assert (offers.outcome == "started").sum() > 300


def test_vacancies_of_a_month_are_filled_in_the_same_month():
    labs = [lab("Alpha", 300, separation=1.0, refill=True), outside(2000)]
    tables = run(quiet(labs=labs, choice={"noise": 0.0, "mission_scale": 0.0}))
    assert tables["months"].query("lab == 'Alpha'").headcount.eq(300).all()
