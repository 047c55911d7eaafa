"""The terms of a choice, looked up again, against what the run recorded; and that the two months are one."""

from __future__ import annotations

import ast
import inspect

import numpy as np
import pytest

from talentmarket.market import month, weighing
from talentmarket.market.readers.holdings import holdings_of
from talentmarket.market.simulate import Replicate
from talentmarket.market.weighing import options_of
from talentmarket.scenario.reading.loading import load

SCENARIO = load("meta_raid", ["population.scale=0.1", "run.months=12", "run.seed=3"])


def calls(module, name: str) -> list[str]:
    tree = ast.parse(inspect.getsource(module))
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)
    return [
        node.value.func.id for node in function.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]


def test_the_month_up_to_the_choice_is_that_of_the_run() -> None:
    whole = calls(month, "step")
    assert calls(weighing, "until_choice") == whole[: whole.index("choose")]


def test_every_offer_is_weighed_as_the_run_recorded_it() -> None:
    market = Replicate(SCENARIO, 0)
    market.advance(12)
    offers = market.tables()["offers"]
    assert len(offers["month"]) > 10
    for row in range(len(offers["month"])):
        options = options_of(SCENARIO, 0, int(offers["researcher"][row]), int(offers["month"][row]))
        assert not options[0].offered
        (offer,) = [one for one in options if one.by_campaign]
        assert options[0].value == pytest.approx(offers["stay_value"][row], rel=1e-12)
        assert offer.value == pytest.approx(offers["offer_value"][row], rel=1e-12)
        outcome = offers["outcome"].names[offers["outcome"].codes[row]]
        assert offer.chosen == (outcome in ("withdrew", "started", "returned"))
        best = max(options, key=lambda one: one.value + one.noise)
        assert best.chosen
        assert sum(one.chosen for one in options) == 1


def test_looking_changes_nothing() -> None:
    looked, plain = Replicate(SCENARIO, 0), Replicate(SCENARIO, 0)
    for each in range(1, 13):
        looked.advance(1)
        options_of(SCENARIO, 0, 5, each)
        holdings_of(looked.world, 5, each)
    plain.advance(12)
    assert looked.world.researchers.tobytes() == plain.world.researchers.tobytes()


def test_holdings_add_up() -> None:
    market = Replicate(SCENARIO, 0)
    market.advance(9)
    offers = market.tables()["offers"]
    came = offers["researcher"][offers["outcome"].codes == offers["outcome"].names.index("started")]
    assert came.size
    for who in came.tolist():
        person = market.world.researchers[who]
        held = holdings_of(market.world, who, 9)
        if person["grant"] == 0.0 or person["granted"] == 0:
            continue
        vested = held.vested[9 - held.granted]
        assert held.unvested == pytest.approx(held.grant * (1.0 - vested))
        assert held.wealth >= person["wealth"]
        assert held.pay == person["pay"]
    nobody = int(np.flatnonzero(market.world.researchers["grant"] == 0.0)[0])
    assert holdings_of(market.world, nobody, 9).grant == 0.0
