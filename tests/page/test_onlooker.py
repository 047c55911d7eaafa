"""A researcher followed through a run, against the run itself, month by month."""

from __future__ import annotations

import ast
import inspect

import numpy as np
import pytest

from talentmarket.market import month, onlooker
from talentmarket.market.onlooker import Onlooker
from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.records.layout import NOBODY
from talentmarket.market.records.world import OFFERS_MADE
from talentmarket.market.simulate import Replicate
from talentmarket.market.weighing import options_of, until_choice
from talentmarket.scenario.reading.loading import load

MONTHS = 14
SET = ["population.scale=0.05", f"run.months={MONTHS}", "run.seed=3"]
SCENARIO = load("meta_raid", SET)


def calls(module, name: str) -> list[str]:
    tree = ast.parse(inspect.getsource(module))
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)
    return [
        node.value.func.id for node in function.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]


def followed(scenario, who: int) -> Onlooker:
    one = Onlooker(scenario, 0, who)
    one.advance(MONTHS)
    return one


def offers_by_month(scenario) -> dict[int, dict[int, int]]:
    """For each month how many offers each researcher had, read from the book of a run that stops at each choice."""
    found: dict[int, dict[int, int]] = {}
    for each in range(1, MONTHS + 1):
        looked = Replicate(scenario, 0)
        looked.advance(each - 1)
        looked.begin_month()
        until_choice(looked.world, each)
        book = looked.world.book[: looked.world.counts[OFFERS_MADE]]
        numbers, counts = np.unique(book["who"], return_counts=True)
        found[each] = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
    return found


def test_the_rest_of_the_month_is_that_of_the_run() -> None:
    whole = calls(month, "step")
    assert calls(onlooker, "from_choice") == whole[whole.index("choose") :]


def test_following_leaves_the_run_as_it_is() -> None:
    one = followed(SCENARIO, 7)
    plain = Replicate(SCENARIO, 0)
    plain.advance(MONTHS)
    mine = one._market.world
    assert mine.researchers.tobytes() == plain.world.researchers.tobytes()
    assert mine.months.tobytes() == plain.world.months.tobytes()
    for name in mine.labs.dtype.names:  # between the fields lie bytes that nobody sets
        np.testing.assert_array_equal(mine.labs[name], plain.world.labs[name])


@pytest.mark.parametrize("windows", ["[]", "[4, 9]"])
def test_every_month_with_an_offer_is_found_and_no_other(windows: str) -> None:
    scenario = load("meta_raid", [*SET, f"transfer.windows={windows}"])
    expected = offers_by_month(scenario)
    most: dict[int, int] = {}
    for had in expected.values():
        for who in had:
            most[who] = most.get(who, 0) + 1
    busiest = sorted(most, key=lambda who: -most[who])[:12]
    idle = next(who for who in range(scenario.researchers) if who not in most)
    assert most[busiest[0]] > 1
    for who in [*busiest, idle]:
        found = {choice.month: len(choice.offers) for choice in followed(scenario, who).choices}
        assert found == {each: had[who] for each, had in expected.items() if who in had}


def test_every_choice_is_the_one_weighed_in_its_month() -> None:
    market = Replicate(SCENARIO, 0)
    market.advance(MONTHS)
    moves = market.tables()["moves"]
    ordinary = moves["researcher"][moves["kind"].codes == moves["kind"].names.index("ordinary")]
    people = [*ordinary[:6].tolist(), *market.tables()["offers"]["researcher"][:6].tolist()]
    assert len(people) == 12
    for who in people:
        for choice in followed(SCENARIO, who).choices:
            assert [choice.staying, *(offer.option for offer in choice.offers)] == options_of(
                SCENARIO, 0, who, choice.month
            )


def test_offers_carry_the_terms_on_record() -> None:
    market = Replicate(SCENARIO, 0)
    market.advance(MONTHS)
    asked = approaches_table(market.world, SCENARIO)
    moves = market.tables()["moves"]
    rows = np.flatnonzero(np.isfinite(asked["total"]))[:10]
    assert rows.size == 10
    for row in rows.tolist():
        who, when = int(asked["researcher"][row]), int(asked["month"][row])
        (choice,) = [one for one in followed(SCENARIO, who).choices if one.month == when]
        (offer,) = [one for one in choice.offers if one.approach != NOBODY]
        assert offer.approach == row
        assert offer.option.by_campaign
    taken = np.flatnonzero(moves["kind"].codes == moves["kind"].names.index("ordinary"))[:10]
    for row in taken.tolist():
        who, when = int(moves["researcher"][row]), int(moves["month"][row])
        (choice,) = [one for one in followed(SCENARIO, who).choices if one.month == when]
        (offer,) = [one for one in choice.offers if one.option.chosen]
        assert offer.pay == pytest.approx(moves["pay_after"][row], rel=1e-12)
        assert choice.pay == pytest.approx(moves["pay_before"][row], rel=1e-12)
        assert offer.option.lab == moves["to"].names[moves["to"].codes[row]]
        assert choice.staying.chosen is False


def test_it_goes_on_from_where_it_is_and_ends_with_the_run() -> None:
    who = int(np.argmax(Replicate(SCENARIO, 0).world.researchers["talent"]))
    whole, piecewise = followed(SCENARIO, who), Onlooker(SCENARIO, 0, who)
    for each in (2, 2, 7, 99):
        piecewise.advance(each)
    assert piecewise.month == MONTHS
    assert piecewise.choices == whole.choices
