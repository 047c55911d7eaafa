import math

import numpy as np
import pytest
from markets import campaign, lab, lively, outside, quiet, run, run_to, tier

from talentmarket.market.choice import preferences, terms
from talentmarket.market.choice.terms import Terms
from talentmarket.market.jobs.offers import make_offer
from talentmarket.market.money.packages import Package
from talentmarket.market.numeric import chance
from talentmarket.market.records.world import OFFERS_MADE

WEIGHT = 4.0


def fresh(labs=None, **choice):
    """A market before its first month."""
    ties = {"ties_mean": 4.0} if choice.get("tie_value") or choice.get("contagion") else {}
    return run_to(quiet(labs=labs, choice=choice, population=ties), 0).world


def by_name(values):
    return dict(zip(Terms._fields, values, strict=True))


def offer_to(world, who, number, pay=1.0, bonus=0.0, stock=0.0):
    make_offer(world, who, number, Package(pay, bonus, stock, 0), 1)
    return world.counts[OFFERS_MADE] - 1


def test_money_counts_as_the_logarithm_of_wealth_for_those_without_loyalty():
    world = fresh()
    person = world.researchers[3]
    expected = WEIGHT * (1.0 - person["loyalty"]) * math.log(7.5)
    money = terms.money_term(world.setting[0], person, terms.log_of(7.5))
    assert money == pytest.approx(expected, rel=1e-12)
    assert math.isfinite(terms.log_of(0.0))


def test_staying_is_worth_the_money_and_the_mission_of_home():
    world = fresh(mission_scale=0.3, horizon=12, discount=0.0)
    person = world.researchers[11]
    got = by_name(preferences.staying_terms(world, 11, 0))
    money = WEIGHT * (1.0 - person["loyalty"]) * math.log(person["wealth"] + person["pay"])
    mission = WEIGHT * person["loyalty"] * 0.3 * 0.5
    assert got == pytest.approx({**dict.fromkeys(Terms._fields, 0.0), "money": money, "mission": mission}, rel=1e-12)


def test_an_offer_is_worth_its_package_on_top_of_liquid_wealth():
    world = fresh(mission_scale=0.3, switching_cost=0.2, horizon=12, discount=0.0)
    person = world.researchers[11]
    row = offer_to(world, 11, 1, pay=3.0, bonus=5.0, stock=7.0)
    got = by_name(preferences.offer_terms(world, row, 0))
    money = WEIGHT * (1.0 - person["loyalty"]) * math.log(person["wealth"] + 3.0 + 5.0 + 7.0)
    assert got["money"] == pytest.approx(money, rel=1e-12)
    assert got["mission"] == pytest.approx(WEIGHT * person["loyalty"] * 0.3 * 0.5, rel=1e-12)
    assert got["friction"] == pytest.approx(-WEIGHT * 0.2, rel=1e-12)


def test_the_mission_counts_as_far_as_culture_lives_up_to_it():
    world = fresh(labs=[lab("Alpha", 50, mission=0.9, culture=0.6), lab("Beta", 50), outside()], mission_scale=0.3)
    person = world.researchers[0]
    expected = WEIGHT * person["loyalty"] * 0.3 * 0.9 * 0.6
    assert terms.mission_term(world.setting[0], person, world.labs[0]) == pytest.approx(expected, rel=1e-12)


def test_ties_at_home_are_those_of_the_books():
    world = run_to(lively(), 12).world
    for who in range(0, 1600, 13):
        home = int(world.researchers[who].lab)
        assert terms.ties_at_home(world, who) == terms.ties_term(world, who, home)


def test_the_mission_of_another_lab_counts_as_far_as_it_fits():
    labs = [lab("Alpha", 50, fit={"Beta": 0.3}), lab("Beta", 50, fit={"Alpha": 0.6}), outside()]
    world = fresh(labs=labs, mission_scale=0.3)
    for who, number, fit in [(0, 1, 0.3), (0, 2, 1.0), (50, 0, 0.6)]:
        got = by_name(preferences.offer_terms(world, offer_to(world, who, number), 0))
        expected = WEIGHT * world.researchers[who]["loyalty"] * 0.3 * 0.5 * fit
        assert got["mission"] == pytest.approx(expected, rel=1e-12)


def test_size_counts_by_the_share_of_everyone_at_a_lab():
    world = fresh(labs=[lab("Alpha", 50), lab("Beta", 150), outside()], size_value=0.3)
    row = offer_to(world, 0, 1)
    assert by_name(preferences.staying_terms(world, 0, 0))["ties"] == pytest.approx(WEIGHT * 0.3 * 0.25, rel=1e-12)
    assert by_name(preferences.offer_terms(world, row, 0))["ties"] == pytest.approx(WEIGHT * 0.3 * 0.75, rel=1e-12)


def test_compute_counts_as_its_logarithm_against_the_reference():
    world = fresh(labs=[lab("Alpha", 50, compute=40.0), lab("Beta", 50), outside()], compute_value=0.05)
    setting = world.setting[0]
    assert terms.compute_term(setting, world.labs[0]) == pytest.approx(WEIGHT * 0.05 * math.log(4.0), rel=1e-12)
    assert terms.compute_term(setting, world.labs[1]) == 0.0


def test_promised_compute_stands_in_for_the_lab_s_in_that_offer_alone():
    """Offers of a tier that promises 40 accelerators where the lab has 20 are worth ln 2 more; nothing else is."""
    labs = [lab("Alpha", 50), lab("Beta", 50, compute=20.0), outside()]

    def offers(compute):
        tiers = [tier("top", last_rank=10, compute=compute), tier("core")]
        raid = campaign(approaches_per_month=50, tiers=tiers)
        choice = {"compute_value": 0.05, "compute_reference": 5.0}
        return run(quiet(labs=labs, campaigns=[raid], choice=choice, run={"months": 1}))["offers"]

    plain, promised = offers(0.0), offers(40.0)
    more = (promised.offer_value - plain.offer_value).to_numpy()
    expected = np.where(plain.tier == "top", WEIGHT * 0.05 * math.log(2.0), 0.0)
    assert more == pytest.approx(expected, abs=1e-12)
    assert (promised.stay_value == plain.stay_value).all()


def test_promised_compute_is_no_lab_s_compute():
    """Labs produce, and value their own people's compute, as without the promise."""
    raid = campaign(tiers=[tier(compute=500.0)])
    choice = {"compute_value": 0.05, "noise": 0.0, "mission_scale": 0.0}
    labs = [lab("Alpha", 50), lab("Beta", 50), outside()]
    world = run_to(quiet(labs=labs, campaigns=[raid], choice=choice, output={"compute_elasticity": 0.3}), 3).world
    came = int(np.flatnonzero(world.researchers["joined"] > 0)[0])
    assert by_name(preferences.staying_terms(world, came, 3))["compute"] == 0.0
    assert (world.labs["log_compute"] == 0.0).all()


def test_ties_count_by_the_share_that_is_at_a_lab():
    world = fresh(tie_value=0.5)
    for who in range(0, 300, 7):
        others = world.ties.other[world.ties.start[who] : world.ties.start[who + 1]]
        for number in range(3):
            there = np.count_nonzero(world.researchers["lab"][others] == number)
            expected = WEIGHT * 0.5 * there / max(len(others), 1)
            assert terms.ties_term(world, who, number) == pytest.approx(expected, rel=1e-12)


def test_pay_below_the_mean_of_one_s_level_hurts_and_pay_above_it_does_nothing():
    world = fresh(envy=0.6, merit_visibility=0.25)
    setting, person, alpha = world.setting[0], world.researchers[5], world.labs[0]
    colleagues = (world.researchers["lab"] == 0) & (world.researchers["level"] == person["level"])
    at_home = colleagues.copy()
    at_home[5] = False
    assert person["lab"] == 0
    for home, others in ((0, colleagues), (1, at_home)):
        reference = world.researchers["pay"][others].mean()
        for pay in (0.1 * reference, 0.8 * reference):
            expected = -WEIGHT * 0.6 * 0.75 * math.log(reference / pay)
            below = terms.shortfall(person, alpha, pay, home)
            assert terms.fairness_term(setting, below) == pytest.approx(expected, rel=1e-9)
        for pay in (reference * (1.0 + 1e-9), 5.0 * reference):
            assert terms.shortfall(person, alpha, pay, home) == 0.0


def test_nobody_envies_colleagues_that_do_not_exist():
    world = fresh(labs=[lab("Alpha", 50), lab("Beta", 0), outside()], envy=0.6)
    assert terms.shortfall(world.researchers[5], world.labs[1], 0.1, 0) == 0.0
    assert terms.reward_shortfall(world.setting[0], world.researchers[5], world.labs[1], 0.1, 0) == 0.0


def test_taste_is_a_lasting_normal_draw_for_each_researcher_and_lab():
    world = fresh(taste_sd=0.3)
    for who, number in ((0, 0), (0, 1), (17, 1), (299, 2)):
        draw = chance.normal(world.key, chance.TASTE, who, number, 0)
        assert terms.taste_term(world, who, number) == pytest.approx(WEIGHT * 0.3 * draw, rel=1e-12)
    tastes = np.array([terms.taste_term(world, who, 1) for who in range(300)])
    assert abs(tastes.mean()) < 4.5 * WEIGHT * 0.3 / math.sqrt(300)
    assert tastes.std() == pytest.approx(WEIGHT * 0.3, rel=4.5 / math.sqrt(600))


def kernel(since):
    """Restlessness by months since an exit: up to the peak after 70 days, down to nothing after 135; mean 1."""
    days = np.arange(5) * 365.25 / 12.0
    shape = np.array([0.0, days[1] / 70.0, days[2] / 70.0, (135.0 - days[3]) / 65.0, (135.0 - days[4]) / 65.0])
    return (shape / shape[1:].mean())[since] if since < 5 else 0.0


def tied(world):
    """Someone at Alpha with three different ties, and these."""
    for who in range(200):
        ties = np.unique(world.ties.other[world.ties.start[who] : world.ties.start[who + 1]])
        if len(ties) == 3 == world.ties.start[who + 1] - world.ties.start[who]:
            return who, ties
    raise AssertionError("nobody has three ties")


def leave(world, who, home, month):
    """As if a researcher had left a lab."""
    person = world.researchers[who]
    person["previous_lab"], person["joined"], person["lab"] = home, month, 2
    ties = world.ties.other[world.ties.start[who] : world.ties.start[who + 1]]
    world.researchers["last_tie_exit"][ties[world.researchers["lab"][ties] == home]] = month


def test_contagion_rises_for_seventy_days_and_is_gone_after_135():
    world = fresh(contagion=0.2)
    who, ties = tied(world)
    assert terms.turnover_contagion(world, who, 12) == 0.0
    leave(world, ties[0], 0, 10)
    got = [terms.turnover_contagion(world, who, month) for month in range(10, 20)]
    assert got == pytest.approx([0.2 * kernel(since) for since in range(10)], rel=1e-12)
    assert np.mean(got[1:5]) == pytest.approx(0.2)
    assert max(got) == got[2]


def test_each_exit_has_a_kernel_of_its_own():
    world = fresh(contagion=0.2)
    who, ties = tied(world)
    for tie, month in zip(ties, (10, 12, 12), strict=True):
        leave(world, tie, 0, month)
    for month in range(12, 20):
        expected = 0.2 * (kernel(month - 10) + 2.0 * kernel(month - 12))
        assert terms.turnover_contagion(world, who, month) == pytest.approx(expected, rel=1e-12)


def test_only_exits_from_one_s_own_lab_since_one_came_count():
    world = fresh(contagion=0.2)
    who, ties = tied(world)
    leave(world, ties[0], 1, 10)  # from another lab
    leave(world, ties[1], 0, 10)
    world.researchers[who]["joined"] = 10  # came in the same month
    assert terms.turnover_contagion(world, who, 12) == 0.0
    world.researchers[who]["joined"] = 9
    assert terms.turnover_contagion(world, who, 12) == pytest.approx(0.2 * kernel(2))


def test_contagion_speaks_against_staying():
    world = fresh(contagion=0.2)
    who, ties = tied(world)
    before = terms.total(preferences.staying_terms(world, who, 12))
    leave(world, ties[0], 0, 10)
    after = terms.total(preferences.staying_terms(world, who, 12))
    assert before - after == pytest.approx(0.2 * kernel(2))


def test_who_leaves_unsettles_the_ties_at_the_old_lab_and_nobody_else():
    labs = [lab("Alpha", 300, separation=0.6), lab("Beta", 300), outside()]
    scenario = quiet(labs=labs, choice={"contagion": 0.2}, population={"ties_mean": 4.0}, run={"months": 1})
    world = run_to(scenario, 1).world
    left = world.researchers["joined"] == 1
    assert left.sum() > 5
    for who in np.flatnonzero(~left):
        ties = world.ties.other[world.ties.start[who] : world.ties.start[who + 1]]
        expected = 0.2 * kernel(1) * left[ties].sum() if who < 300 else 0.0
        assert terms.turnover_contagion(world, who, 2) == pytest.approx(expected, rel=1e-12)
    assert any(
        left[world.ties.other[world.ties.start[who] : world.ties.start[who + 1]]].any() for who in range(300, 600)
    )


def test_contagion_after_many_moves_is_that_of_all_ties_looked_at():
    labs = [lab("Alpha", 300, contact=1.5, separation=0.4), lab("Beta", 300, contact=1.5), outside(200)]
    scenario = quiet(labs=labs, choice={"contagion": 0.2}, population={"ties_mean": 4.0}, run={"months": 9})
    world = run_to(scenario, 9).world
    people, exposed = world.researchers, 0
    for who in range(people.size):
        ties = people[world.ties.other[world.ties.start[who] : world.ties.start[who + 1]]]
        from_here = (ties["previous_lab"] == people["lab"][who]) & (ties["joined"] > people["joined"][who])
        expected = 0.2 * sum(kernel(since) for since in 10 - ties["joined"][from_here] if since < 5)
        assert terms.turnover_contagion(world, who, 10) == pytest.approx(expected, rel=1e-12)
        exposed += expected > 0.0
    assert exposed > 50


def test_insiders_count_their_unvested_stock_at_its_upside():
    package = tier(total=26.0, running_pay=1.5)
    scenario = quiet(
        labs=[lab("Alpha", 20), lab("Beta", 0, stock={"upside": 2.5}), outside()],
        campaigns=[campaign(months=1, approaches_per_month=20, tiers=[package])],
        choice={"noise": 0.0, "mission_scale": 0.0, "horizon": 48, "discount": 0.0},
        risk={"risk_aversion": 0.0, "equity_premium": 0.0},
    )
    world = run_to(scenario, 7).world
    person = world.researchers[4]
    assert person["lab"] == 1
    age = 6
    first_year = (0.25 * 26.0 - 1.5) / 20.0
    vested = first_year * age / 12.0
    sure = person["wealth"] + 20.0 * vested + 1.5 * 4
    waiting = 20.0 * (1.0 - vested)
    got = by_name(preferences.staying_terms(world, 4, 7))
    weight = WEIGHT * (1.0 - person["loyalty"])
    assert got["money"] == pytest.approx(weight * math.log(sure + waiting), rel=1e-9)
    upside = weight * (math.log(sure + 2.5 * waiting) - math.log(sure + waiting))
    assert got["upside"] == pytest.approx(upside, rel=1e-9)


def test_those_who_are_offered_stock_do_not_share_the_belief_in_its_upside():
    labs = [lab("Alpha", 20), lab("Beta", 0, stock={"upside": 2.5}), outside()]
    world = fresh(labs=labs)
    row = offer_to(world, 3, 1, pay=1.0, stock=9.0)
    assert by_name(preferences.offer_terms(world, row, 0))["upside"] == 0.0


def test_the_noise_is_a_gumbel_draw_of_the_person_the_lab_and_the_month():
    world = fresh(noise=0.7)
    draw = chance.gumbel(world.key, chance.CHOICE, 5, 1, 9)
    assert preferences.noise(world, 5, 1, 9) == pytest.approx(0.7 * draw, rel=1e-12)
    row = offer_to(world, 5, 1)
    known = terms.total(preferences.offer_terms(world, row, 9))
    assert preferences.offer_value(world, row, 9) == pytest.approx(known + 0.7 * draw, rel=1e-12)
    home = preferences.staying_value(world, 5, 9) - terms.total(preferences.staying_terms(world, 5, 9))
    assert home == pytest.approx(0.7 * chance.gumbel(world.key, chance.CHOICE, 5, 0, 9), rel=1e-9)


def test_the_value_is_the_sum_of_all_its_terms():
    assert terms.total(Terms(*(10.0**k for k in range(len(Terms._fields))))) == 111_111_111.0


@pytest.mark.parametrize("weight", [0.0, 2.0, 8.0])
def test_the_weight_scales_everything_but_the_noise_and_the_restlessness(weight):
    def values(money_weight):
        world = run_to(lively(choice={"money_weight": money_weight, "contagion": 0.0}), 0).world
        row = offer_to(world, 100, 1, pay=0.7)
        return np.array([*preferences.staying_terms(world, 100, 0), *preferences.offer_terms(world, row, 0)])

    assert values(weight) == pytest.approx(weight * values(1.0), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("switch", "term"),
    [
        ({"mission_scale": 0.0}, "mission"),
        ({"compute_value": 0.0}, "compute"),
        ({"tie_value": 0.0}, "ties"),
        ({"taste_sd": 0.0}, "taste"),
        ({"envy": 0.0}, "fairness"),
        ({"merit_visibility": 1.0}, "fairness"),
        ({"switching_cost": 0.0}, "friction"),
    ],
)
def test_a_term_that_is_switched_off_is_exactly_0_and_else_is_not(switch, term):
    def largest(**choice):
        world = run_to(lively(choice=choice), 0).world
        rows = [offer_to(world, who, 1, pay=0.2) for who in range(40)]
        return max(abs(by_name(preferences.offer_terms(world, row, 0))[term]) for row in rows)

    assert largest(**switch) == 0.0
    assert largest() > 0.0
