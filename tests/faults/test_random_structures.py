"""Markets of random structure keep their books: people, flows, replayed moves, counters, fees, money."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from markets import frames, run_to
from processes import LONG
from random_structures import random_structure

from talentmarket.market.money.packages import unvested_stock
from talentmarket.runs.tables.arrow import arrow_table
from talentmarket.runs.tables.columns import TABLES

SEED = 20251128
PARTS = 8
STRUCTURES = 400 if LONG else 80

Tables = dict


def column(tables: Tables, name: str, labs: list[str]) -> np.ndarray:
    """A column of `months` by month and lab."""
    return tables["months"][name].to_numpy().reshape(-1, len(labs))


def check_people(tables: Tables, labs: list[str], scenario) -> None:
    """Nobody is made or lost; heads follow from the first month's and the moves alone; flows are sums of moves."""
    headcount, hires, departures = (column(tables, name, labs) for name in ("headcount", "hires", "departures"))
    assert (headcount.sum(axis=1) == scenario.researchers).all()
    assert (np.diff(headcount, axis=0) == (hires - departures)[1:]).all()
    moves = tables["moves"]
    assert (moves["from"] != moves["to"]).all()
    assert not moves.duplicated(["month", "researcher"]).any()
    at = np.repeat(np.arange(len(labs)), headcount[0])
    position = {name: number for number, name in enumerate(labs)}
    by_month = moves.groupby("month")
    for month in sorted(by_month.groups):
        rows = by_month.get_group(month)
        who = rows["researcher"].to_numpy()
        assert (at[who] == rows["from"].map(position)).all()
        at[who] = rows["to"].map(position)
        assert (np.bincount(at, minlength=len(labs)) == headcount[month]).all()
    flows = tables["flows"].set_index(["month", "from", "to"])["moves"].sort_index()
    recount = moves.groupby(["month", "from", "to"]).size()
    assert flows.index.equals(recount.index)
    assert (flows.to_numpy() == recount.to_numpy()).all()


def check_counters(tables: Tables, labs: list[str]) -> None:
    """Nobody passes a step of the funnel, or takes an answer, that was not made."""
    steps = [
        column(tables, name, labs).sum(axis=0)
        for name in ("approached", "engaged", "offers", "accepted", "started", "returned")
    ]
    for before, after in pairwise(steps):
        assert (after <= before).all()
    for few, many in (("counters_accepted", "counters"), ("exits_avoided", "headcount")):
        assert (column(tables, few, labs) <= column(tables, many, labs)).all()
    offers = tables["offers"]
    assert len(offers) == column(tables, "offers", labs).sum()
    decided = offers["decided"] >= 0
    assert ((offers["outcome"] == "waiting") == ~decided).all()
    assert (offers.loc[decided, "decided"] >= offers.loc[decided, "month"]).all()
    assert offers.loc[decided, "acceptance_probability"].between(0.0, 1.0).all()


def check_finite(tables: Tables) -> None:
    """Every number of the months is finite, but for what nobody is there to have."""
    nobody = tables["months"]["headcount"] == 0
    for name in tables["months"].select_dtypes("number").columns:
        numbers = tables["months"][name]
        if name in ("top1_share", "top10_share"):
            continue
        if name in ("talent_mean", "loyalty_mean", "pay_p10", "pay_p50", "pay_p90"):
            numbers = numbers[~nobody]
        assert np.isfinite(numbers).all(), name


def check_arrow(tables: dict, offers) -> None:
    """What a market records fits the tables of a run; an offer that still waits has no reason yet."""
    converted = {name: arrow_table(name, tables[name], 0) for name in TABLES}
    reasons, outcomes = (converted["offers"][name].to_pylist() for name in ("reason", "outcome"))
    assert [reason is None for reason in reasons] == [outcome == "waiting" for outcome in outcomes]
    assert len(reasons) == len(offers)


def check_money(tables: Tables, labs: list[str], market, still: bool) -> None:
    """Fees paid are fees received. Where stock stands still: money granted = paid + forfeited + not yet vested."""
    paid, received = (column(tables, name, labs).sum() for name in ("fees_paid", "fees_received"))
    assert received == pytest.approx(paid, rel=1e-9, abs=1e-9)
    for name in ("spend_packages", "spend_paid", "forfeited", "fees_paid", "fees_received", "wage_bill"):
        assert (column(tables, name, labs) >= -1e-9).all(), name
    if not still:
        return
    world, month = market.world, market.month
    came = tables["offers"][tables["offers"]["outcome"].isin(["started", "returned"])]
    tiers = {(each.name, one.name): one for each in market.scenario.campaigns for one in each.tiers}
    granted = sum(
        offer.total
        * (
            1.0
            - tiers[offer.campaign, offer.tier].running_pay
            * tiers[offer.campaign, offer.tier].years
            / tiers[offer.campaign, offer.tier].total
        )
        for offer in came.itertuples()
    )
    ahead = sum(
        unvested_stock(person, world.labs[person.lab], world.tiers[person.vesting], month)
        for person in world.researchers
        if person.grant > 0.0
    )
    spent = column(tables, "spend_paid", labs).sum() + column(tables, "forfeited", labs).sum() + ahead
    assert spent == pytest.approx(granted, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_books_of_markets_of_random_structure(part: int) -> None:
    rng = random.Random(SEED + part)
    for number in range(STRUCTURES // PARTS):
        scenario, still = random_structure(rng)
        try:
            market = run_to(scenario, scenario.run.months)
            tables = frames(market.tables())
            check_arrow(market.tables(), tables["offers"])
            labs = [lab.name for lab in scenario.labs]
            check_people(tables, labs, scenario)
            check_counters(tables, labs)
            check_finite(tables)
            check_money(tables, labs, market, still)
        except Exception as error:
            raise AssertionError(
                f"structure {number} of part {part}: {len(scenario.labs)} labs, {scenario.run.months} months"
            ) from error
