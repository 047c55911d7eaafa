"""A researcher followed through a run, against the run itself, month by month."""

from __future__ import annotations

import numpy as np
import pytest

from talentmarket.market.inspect import Onlooker
from talentmarket.market.month import run_until_choice
from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.readers.holdings import holdings_of
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import OFFERS_MADE
from talentmarket.market.simulate import Replicate
from talentmarket.scenario.reading.loading import load

MONTHS = 14
SET = ["population.scale=0.05", f"run.months={MONTHS}", "run.seed=3"]
SCENARIO = load("meta_raid", SET)


def followed(scenario, researcher: int) -> Onlooker:
    onlooker = Onlooker(scenario, 0, researcher)
    onlooker.advance(MONTHS)
    return onlooker


def ended() -> Replicate:
    market = Replicate(SCENARIO, 0)
    market.advance(MONTHS)
    return market


def offers_by_month(scenario) -> dict[int, dict[int, int]]:
    """For each month how many offers each researcher had, read from a run that stops at each choice."""
    counted: dict[int, dict[int, int]] = {}
    for month in range(1, MONTHS + 1):
        market = Replicate(scenario, 0)
        market.advance(month - 1)
        market.begin_month()
        run_until_choice(market.world, month)
        offers = market.world.offers[: market.world.counts[OFFERS_MADE]]
        numbers, counts = np.unique(offers["researcher"], return_counts=True)
        counted[month] = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
    return counted


def test_following_leaves_the_run_as_it_is() -> None:
    mine, plain = followed(SCENARIO, 7)._market.world, ended().world
    assert mine.researchers.tobytes() == plain.researchers.tobytes()
    assert mine.months.tobytes() == plain.months.tobytes()
    for name in mine.labs.dtype.names:  # between the fields lie bytes that nobody sets
        np.testing.assert_array_equal(mine.labs[name], plain.labs[name])


@pytest.mark.parametrize("windows", ["[]", "[4, 9]"])
def test_every_month_with_an_offer_is_found_and_no_other(windows: str) -> None:
    scenario = load("meta_raid", [*SET, f"transfer.windows={windows}"])
    expected = offers_by_month(scenario)
    most: dict[int, int] = {}
    for had in expected.values():
        for researcher in had:
            most[researcher] = most.get(researcher, 0) + 1
    busiest = sorted(most, key=lambda researcher: -most[researcher])[:12]
    idle = next(researcher for researcher in range(scenario.researchers) if researcher not in most)
    assert most[busiest[0]] > 1
    for researcher in [*busiest, idle]:
        got = {choice.month: len(choice.offers) for choice in followed(scenario, researcher).choices}
        assert got == {month: had[researcher] for month, had in expected.items() if researcher in had}


def test_every_offer_is_weighed_as_the_run_recorded_it() -> None:
    offers = ended().tables()["offers"]
    assert len(offers["month"]) > 10
    for row in range(len(offers["month"])):
        choices = followed(SCENARIO, int(offers["researcher"][row])).choices
        (choice,) = [choice for choice in choices if choice.month == offers["month"][row]]
        (option,) = [offer.option for offer in choice.offers if offer.option.by_campaign]
        assert not choice.staying.offered
        assert choice.staying.value == pytest.approx(offers["stay_value"][row], rel=1e-12)
        assert option.value == pytest.approx(offers["offer_value"][row], rel=1e-12)
        outcome = offers["outcome"].names[offers["outcome"].codes[row]]
        assert option.chosen == (outcome in ("withdrew", "started", "returned"))
        options = [choice.staying, *(offer.option for offer in choice.offers)]
        assert max(options, key=lambda option: option.value + option.noise).chosen
        assert sum(option.chosen for option in options) == 1


def test_offers_carry_the_terms_on_record() -> None:
    market = ended()
    asked, moves = approaches_table(market.world, SCENARIO), market.tables()["moves"]
    rows = np.flatnonzero(np.isfinite(asked["total"]))[:10]
    assert rows.size == 10
    for row in rows.tolist():
        choices = followed(SCENARIO, int(asked["researcher"][row])).choices
        (choice,) = [choice for choice in choices if choice.month == asked["month"][row]]
        (offer,) = [offer for offer in choice.offers if offer.approach != NOBODY]
        assert offer.approach == row
        assert offer.option.by_campaign
    taken = np.flatnonzero(moves["kind"].codes == moves["kind"].names.index("ordinary"))[:10]
    for row in taken.tolist():
        choices = followed(SCENARIO, int(moves["researcher"][row])).choices
        (choice,) = [choice for choice in choices if choice.month == moves["month"][row]]
        (offer,) = [offer for offer in choice.offers if offer.option.chosen]
        assert offer.pay == pytest.approx(moves["pay_after"][row], rel=1e-12)
        assert choice.pay == pytest.approx(moves["pay_before"][row], rel=1e-12)
        assert offer.option.lab == moves["to"].names[moves["to"].codes[row]]
        assert choice.staying.chosen is False


def test_it_goes_on_from_where_it_is_and_ends_with_the_run() -> None:
    best = int(np.argmax(Replicate(SCENARIO, 0).world.researchers["talent"]))
    whole, piecewise = followed(SCENARIO, best), Onlooker(SCENARIO, 0, best)
    for month in (2, 2, 7, 99):
        piecewise.advance(month)
    assert piecewise.month == MONTHS
    assert piecewise.choices == whole.choices


def test_looking_at_holdings_changes_nothing() -> None:
    market = Replicate(SCENARIO, 0)
    for month in range(1, MONTHS + 1):
        market.advance(1)
        holdings_of(market.world, 5, month)
    assert market.world.researchers.tobytes() == ended().world.researchers.tobytes()


def test_holdings_add_up() -> None:
    market = ended()
    offers = market.tables()["offers"]
    came = offers["researcher"][offers["outcome"].codes == offers["outcome"].names.index("started")]
    assert came.size
    for researcher in came.tolist():
        person = market.world.researchers[researcher]
        held = holdings_of(market.world, researcher, MONTHS)
        if person.grant == 0.0 or person.granted == 0:
            continue
        vested = held.vested[MONTHS - held.granted]
        assert held.unvested == pytest.approx(held.grant * (1.0 - vested))
        assert held.wealth >= person.wealth
        assert held.pay == person.pay
    without = int(np.flatnonzero(market.world.researchers["grant"] == 0.0)[0])
    assert holdings_of(market.world, without, MONTHS).grant == 0.0
