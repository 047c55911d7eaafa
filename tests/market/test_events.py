"""Events change parameters at their month; what a run would have been with them from the start, it is from there on."""

import math

import numpy as np
import pytest
from markets import assert_same_tables, assert_share, campaign, everything, lab, lively, outside, quiet, run, run_to
from pydantic import ValidationError

from talentmarket.market.numeric.chance import key_of
from talentmarket.market.setup.events import NEVER, month_of
from talentmarket.scenario.places.locating import fields_of, value_at
from talentmarket.scenario.schema import Event, Scenario, after
from talentmarket.scenario.text.paths import pattern_fits


def event(name="change", month=0, hazard=0.0, **changes):
    return {"name": name, "month": month, "hazard": hazard, "set": {}, "reprice": {}, **changes}


def with_events(scenario, *events):
    return Scenario.model_validate({**scenario.model_dump(), "events": list(events)})


def before(tables, month):
    """Rows of earlier months; how an offer ends may still change later, as some go back, and so may when a hire leaves."""
    cut = {name: table[table.month < month] for name, table in tables.items() if "month" in table}
    del cut["events"]
    return {**cut, "offers": cut["offers"].drop(columns=["outcome", "left"])}


def from_on(tables, month):
    cut = {
        name: table[table.month >= month].reset_index(drop=True) for name, table in tables.items() if "month" in table
    }
    del cut["events"]
    return cut


# A path that each pattern stands for, and a value that is another one in the lively market.
CHANGES = {
    "choice.money_weight": 7.0,
    "choice.mission_scale": 0.9,
    "choice.compute_value": 0.3,
    "choice.compute_reference": 2.0,
    "choice.tie_value": 0.9,
    "choice.size_value": 0.9,
    "choice.taste_sd": 0.6,
    "choice.envy": 2.0,
    "choice.merit_visibility": 0.1,
    "choice.switching_cost": 0.4,
    "choice.contagion": 1.5,
    "choice.exit_response": 0.5,
    "choice.exit_contagion": 0.9,
    "choice.patience": 6,
    "choice.noise": 0.3,
    "choice.horizon": 24,
    "choice.discount": 0.3,
    "risk.risk_aversion": 4.0,
    "risk.risk_free": 0.2,
    "risk.equity_premium": 0.2,
    "risk.stock_share": 0.8,
    "contacts.reach_outside": 0.1,
    "contacts.candidates_per_vacancy": 2,
    "culture.recovery": 9.0,
    "culture.growth_norm": 0.01,
    "culture.growth_strain": 5.0,
    "culture.mercenary_strain": 5.0,
    "culture.inequality_strain": 5.0,
    "culture.loss_strain": 9.0,
    "output.talent_elasticity": 0.3,
    "output.compute_elasticity": 0.9,
    "output.portability": 0.1,
    "contacts.envious_search": 9.0,
    "contacts.referral": 1.0,
    "transfer.fee_years_of_pay": 1.0,
    "transfer.fee_share": 0.5,
    "transfer.borne_by": "coase",
    "transfer.solidarity": 0.9,
    "labs.Alpha.refill": False,
    "labs.Alpha.mission": 0.1,
    "labs.Alpha.culture": 0.2,
    "labs.Beta.compute": 1.0,
    "labs.Alpha.pay_level": 3.0,
    "labs.Alpha.separation": 2.0,
    "labs.Alpha.contact": 4.0,
    "labs.Alpha.premium_mean": 2.0,
    "labs.Alpha.premium_sigma": 0.9,
    "labs.Alpha.posting.distribution": "lognormal",
    "labs.Alpha.posting.sigma": 0.9,
    "labs.Alpha.posting.productivity": 9.0,
    "labs.Alpha.posting.reservation": 0.1,
    "labs.Alpha.posting.competition": 1.0,
    "labs.Beta.stock.drift": 0.9,
    "labs.Beta.stock.volatility": 0.9,
    "labs.Beta.stock.beta": 4.0,
    "labs.Beta.stock.success_rate": 5.0,
    "labs.Beta.stock.success_size": 3.0,
    "labs.Beta.stock.upside": 4.0,
    "campaigns.raid.approaches_per_month": 40,
    "campaigns.raid.engage": 0.2,
    "campaigns.raid.offer": 0.2,
    "campaigns.raid.start_work": 0.2,
    "campaigns.raid.sweetener": 3.0,
    "campaigns.raid.return_rate": 9.0,
    "campaigns.raid.return_months": 1,
    "campaigns.raid.max_offers": 3,
    "campaigns.raid.max_hires": 2,
    "campaigns.raid.budget": 40.0,
    "campaigns.raid.next_trend": 12.0,
    "campaigns.raid.engage_response": 0.5,
    "campaigns.raid.engage_reference": 5.0,
    "campaigns.raid.tiers.core.total": 25.0,
    "campaigns.raid.tiers.core.years": 3,
    "campaigns.raid.tiers.core.running_pay": 1.2,
    "campaigns.raid.tiers.core.stock_share": 0.8,
    "campaigns.raid.tiers.core.first_year_share": 0.5,
    "campaigns.raid.tiers.core.vesting": "annual",
    "campaigns.raid.tiers.core.cliff": 9,
    "campaigns.raid.tiers.core.rank_exponent": 0.3,
    "campaigns.raid.tiers.core.floor": 12.0,
    "campaigns.raid.tiers.core.compute": 90.0,
    "choice.fairness_reference": "reward",
    "choice.fairness_scope": "lab",
    "contacts.room": True,
    "labs.Alpha.ordinary_response.detection": 0.3,
    "labs.Alpha.ordinary_response.counter_share": 0.8,
    "labs.Alpha.ordinary_response.counter_cap": 1.0,
    "labs.Alpha.equity.years_of_pay": 3.0,
    "labs.Alpha.equity.refresh_years_of_pay": 0.5,
    "labs.Alpha.equity.years": 2,
    "labs.Alpha.equity.vesting": ((1, 0.5), (20, 0.5)),
    "labs.Alpha.equity.cliff": 0,
}
RESPONSE = {
    "counter_to": "approached",
    "detection": 0.2,
    "counter_share": 0.1,
    "counter_cap": 0.5,
    "counter_budget": 5.0,
    "title": 0.3,
    "fair_trigger": 5,
    "fair_delay": 0,
    "fair_levels": 1,
    "fair_award": 4.0,
    "fair_ratio": 5.0,
    "fair_raise": 0.4,
    "raise_moves_scale": True,
    "fair_years": 1,
    "fair_vesting": "annual",
}
CHANGES |= {f"labs.Alpha.response.{name}": value for name, value in RESPONSE.items()}


def test_everything_that_can_change_is_tried_here():
    patterns = {path for path, field in fields_of(Scenario).items() if field.get("settable")}
    tried = {pattern for pattern in patterns if any(pattern_fits(pattern, path) for path in CHANGES)}
    assert tried == patterns


# What people have in the first month follows from them.
INITIAL = {"labs.Alpha.pay_level", *(path for path in CHANGES if ".equity." in path)}


@pytest.mark.parametrize("path", [path for path in CHANGES if path not in INITIAL])
def test_an_event_in_the_first_month_is_the_same_as_having_it_so_from_the_start(path):
    scenario = everything()
    changed = with_events(scenario, event(month=1, set={path: CHANGES[path]}))
    from_the_start = after(scenario, changed.events[0])
    assert value_at(from_the_start, path) == CHANGES[path]
    assert_same_tables(from_on(run(changed), 1), from_on(run(from_the_start), 1))


@pytest.mark.parametrize(
    "path", ["choice.noise", "labs.Alpha.separation", "campaigns.raid.engage", "labs.Alpha.mission"]
)
def test_before_an_event_nothing_differs_and_from_it_on_something_does(path):
    scenario = lively()
    plain, changed = run(scenario), run(with_events(scenario, event(month=9, set={path: CHANGES[path]})))
    assert_same_tables(before(changed, 9), before(plain, 9))
    assert not from_on(changed, 9)["moves"].equals(from_on(plain, 9)["moves"])


@pytest.mark.parametrize("path", CHANGES)
def test_setting_what_is_so_already_changes_nothing(path):
    scenario = everything()
    changed = with_events(scenario, event(month=9, set={path: value_at(scenario, path)}))
    assert_same_tables(from_on(run(changed), 0), from_on(run(scenario), 0))


def test_a_new_level_of_pay_is_what_those_who_come_from_then_on_are_offered():
    """Those who are there keep their pay, which was settled with the old level."""
    labs = [lab("Alpha", 200, separation=1.0, refill=True), outside(500)]
    scenario = quiet(labs=labs, events=[event(month=5, set={"labs.Alpha.pay_level": 2.5})], choice={"noise": 0.0})
    hired = run(scenario)["moves"].query("kind == 'growth'")
    level = np.where(hired.month < 5, 1.0, 2.5)
    assert hired.pay_after.to_numpy() == pytest.approx(level * hired.talent**0.5, rel=1e-6)
    assert {4, 5} < set(hired.month)


def test_later_events_add_to_earlier_ones():
    scenario = lively()
    changed = with_events(
        scenario,
        event("second", month=2, set={"choice.noise": 0.5, "labs.Alpha.mission": 0.1}),
        event("first", month=1, set={"choice.noise": 0.1, "choice.envy": 3.0}),
        event("also second", month=2, set={"labs.Alpha.mission": 0.6}),
    )
    at_once = with_events(
        scenario,
        event("first", month=1, set={"choice.noise": 0.1, "choice.envy": 3.0}),
        event("second", month=2, set={"choice.noise": 0.5, "labs.Alpha.mission": 0.6}),
    )
    assert_same_tables(from_on(run(changed), 0), from_on(run(at_once), 0))
    happened = run(changed)["events"]
    assert list(zip(happened.month, happened.event, strict=True)) == [(1, "first"), (2, "second"), (2, "also second")]


def test_stepping_and_running_at_once_give_the_same_bits():
    scenario = with_events(
        lively(),
        event("a", month=4, set={"choice.noise": 0.1}, reprice={"Beta": 2.0}),
        event("b", hazard=3.0, set={"labs.Alpha.mission": 0.1}),
    )
    stepped = run_to(scenario, 0)
    for _ in range(scenario.run.months):
        stepped.advance(1)
    assert stepped.tables()["events"]["month"].tolist() == run(scenario)["events"].month.tolist()
    assert (stepped.world.labs["talent"] == run_to(scenario, scenario.run.months).world.labs["talent"]).all()
    assert (stepped.world.researchers == run_to(scenario, scenario.run.months).world.researchers).all()


def test_a_repricing_multiplies_the_stock_at_its_month_and_no_other_one():
    scenario = lively()
    repriced = with_events(scenario, event(month=5, reprice={"Beta": 1.667}))
    plain, changed = (run(each)["months"].query("lab == 'Beta'").stock.to_numpy() for each in (scenario, repriced))
    assert changed[:5] == pytest.approx(plain[:5], rel=0)
    assert changed[5:] == pytest.approx(1.667 * plain[5:], rel=1e-12)
    others = [run(each)["months"].query("lab != 'Beta'").stock for each in (scenario, repriced)]
    assert others[0].equals(others[1])


def test_the_hazard_is_the_rate_at_which_it_happens():
    """P(by month t) = 1 - exp(-h t/12), over 4,000 seeds, and no later than the run lasts."""
    happens = Event.model_validate(event(hazard=0.7, set={"choice.noise": 0.0}))
    months = np.array([month_of(happens, 0, key_of(7, replicate), 48) for replicate in range(4000)])
    for month in (1, 6, 24, 48):
        by_then = int(((months != NEVER) & (months <= month)).sum())
        assert_share(by_then, 4000, 1.0 - math.exp(-0.7 * month / 12.0))
    assert months.max() <= 48


def test_an_event_beyond_the_run_never_happens():
    scenario = lively()
    assert_same_tables(
        run(with_events(scenario, event(month=25, set={"choice.noise": 0.0}))),
        {**run(scenario), "events": run(scenario)["events"]},
    )


def test_the_book_has_room_for_what_an_event_lets_loose():
    labs = [lab("Alpha", 300), lab("Beta", 100), outside(100)]
    busy = {"labs.Beta.contact": 120.0, "campaigns.raid.approaches_per_month": 300}
    scenario = quiet(labs=labs, campaigns=[campaign(approaches_per_month=1)], events=[event(month=3, set=busy)])
    months = run(scenario)["months"].query("lab == 'Alpha'").set_index("month")
    assert months.approached[2] == 1
    assert months.approached[3] > 200


def test_the_commitment_of_a_raider_may_end_by_an_event():
    scenario = quiet(campaigns=[campaign()], events=[event(month=4, set={"campaigns.raid.next_trend": 120.0})])
    approached = run(scenario)["months"].groupby("month").approached.sum()
    assert (approached[1:4] == 10).all()
    assert (approached[5:] == 0).all()


def test_stock_granted_before_an_event_keeps_its_schedule_and_new_stock_follows_the_new_one():
    """A cliff of twelve months that falls in month 6, as at OpenAI: those who left before their cliff lose all by the old rule."""
    equity = {"years_of_pay": 2.0, "years": 4, "vesting": "monthly", "cliff": 12}
    labs = [lab("Alpha", 300, equity=equity, separation=1.5, refill=True), lab("Beta", 0), outside(900)]
    no_cliff = event(month=6, set={"labs.Alpha.equity.cliff": 0})
    moves = run(quiet(labs=labs, events=[no_cliff], choice={"noise": 0.0}, run={"months": 20}))["moves"]
    came = moves.query("to == 'Alpha'").set_index("researcher")
    left = moves[(moves["from"] == "Alpha") & (moves.tenure < 12) & moves.researcher.isin(came.index)]
    joined = left.month - left.tenure
    left = left[joined >= 1]
    joined = left.month - left.tenure
    grant = 2.0 * left.pay_before
    vested = np.where(joined < 6, 0.0, left.tenure / 48.0)
    assert (joined < 6).sum() > 5 < (joined >= 6).sum()
    assert left.forfeited.to_numpy() == pytest.approx((grant * (1.0 - vested)).to_numpy(), rel=1e-5)


def test_offers_from_an_event_on_have_the_new_terms_and_earlier_ones_the_old():
    terms = "campaigns.raid.tiers.all"
    dearer = event("dearer", month=4, set={f"{terms}.total": 20.0, f"{terms}.vesting": ((6, 0.5), (30, 0.5))})
    later = event("later", month=8, set={f"{terms}.running_pay": 3.0})
    scenario = quiet(campaigns=[campaign()], events=[later, dearer], choice={"noise": 0.0, "switching_cost": 100.0})
    offers = run(scenario)["offers"]
    by_month = offers.groupby("month")[["total", "first_year"]].first()
    assert by_month.total.tolist() == [8.0] * 3 + [20.0] * 9
    assert by_month.first_year.tolist() == pytest.approx([2.0] * 3 + [1.5 + 14.0 / 2] * 4 + [3.0 + 8.0 / 2] * 5)
    assert offers.tier.eq("all").all()


def test_values_of_one_event_are_judged_together():
    terms = "campaigns.raid.tiers.all"
    base = quiet(campaigns=[campaign()])
    together = {f"{terms}.running_pay": 3.0, f"{terms}.total": 30.0}
    assert with_events(base, event(month=2, set=together)).events[0].set == together
    with pytest.raises(ValidationError, match=r"times years comes to 12 M\$, more than the total of 8 M\$"):
        with_events(base, event(month=2, set={f"{terms}.running_pay": 3.0}))


def test_an_event_at_a_hazard_must_fit_whenever_it_comes():
    path = "labs.Alpha.equity"
    longer = event("longer", month=3, set={f"{path}.years": 6})
    with pytest.raises(ValidationError, match="cliff is 60, which is not allowed: cliff is 60 months"):
        with_events(quiet(), longer, event("some day", hazard=1.0, set={f"{path}.cliff": 60}))
    assert with_events(quiet(), longer, event("later", month=4, set={f"{path}.cliff": 60})).events[1].month == 4


def test_an_event_that_does_not_fit_with_an_earlier_one_is_refused_before_the_run():
    path = "labs.Alpha.equity"
    shorter = event("shorter", month=3, set={f"{path}.years": 1})
    longer = event("longer", month=5, set={f"{path}.cliff": 24})
    assert len(with_events(quiet(), {**longer, "month": 2, "set": {f"{path}.cliff": 12}}, shorter).events) == 2
    with pytest.raises(
        ValidationError, match="cliff is 24, which is not allowed: cliff is 24 months, longer than the grant"
    ):
        with_events(quiet(), longer, shorter)
