import math

import numpy as np
import pytest
from markets import ALIKE, assert_share, lab, outside, quiet, run

from talentmarket.market.choice.terms import most_ties_term
from talentmarket.market.records import Setting, records

EAGER = {"money_weight": 50.0, "mission_scale": 0.0, "noise": 0.0}


def growing(people=400, there=4000, months=24, choice=None, candidates=30, population=None, **changes):
    """Alpha refills from an outside world that pays half as much."""
    settings = {"refill": True, "separation": 0.3, **changes}
    return quiet(
        labs=[lab("Alpha", people, **settings), outside(there, mission=0.5)],
        choice=choice or EAGER,
        contacts={"candidates_per_vacancy": candidates},
        run={"months": months},
        population=population or {},
    )


def heads(tables, name="Alpha"):
    return tables["months"].query("lab == @name").headcount.to_numpy()


def test_a_lab_refills_to_its_aim_when_people_want_to_come():
    tables = run(growing())
    assert (heads(tables) == 400).all()
    kinds = tables["moves"].kind.value_counts()
    assert kinds["growth"] == kinds["separation"] > 200


@pytest.mark.parametrize("growth", [0.3, 1.0])
def test_the_aim_grows_exponentially(growth):
    tables = run(growing(growth=growth))
    aims = [math.floor(400 * math.exp(growth * month / 12.0) + 0.5) for month in range(25)]
    assert heads(tables).tolist() == aims


def test_a_lab_whose_aim_shrinks_fires_nobody():
    tables = run(growing(growth=-1.0, separation=0.0))
    assert (heads(tables) == 400).all()
    assert len(tables["moves"]) == 0


def test_a_shrinking_aim_lets_leavers_go_without_replacement():
    shrinking = heads(run(growing(growth=-0.1, separation=2.0)))
    assert shrinking[-1] == math.floor(400 * math.exp(-0.2) + 0.5)


def test_a_lab_that_does_not_refill_loses_its_leavers_for_good():
    tables = run(growing(refill=False, growth=1.0))
    assert set(tables["moves"].kind) == {"separation"}
    assert (np.diff(heads(tables)) <= 0).all()


def test_the_outside_world_never_refills():
    scenario = quiet(labs=[lab("Alpha", 100), lab("Beta", 50), outside(500, refill=True, growth=2.0)])
    assert len(run(scenario)["moves"]) == 0


def test_only_people_outside_are_hired_at_the_ordinary_pay():
    tables = run(growing(pay_level=1.7))
    hired = tables["moves"].query("kind == 'growth'")
    assert set(hired["from"]) == {"outside"}
    assert set(hired.to) == {"Alpha"}
    assert hired.pay_after.to_numpy() == pytest.approx(1.7 * hired.talent.to_numpy() ** 0.5, rel=1e-6)
    assert hired.first_year.to_numpy() == pytest.approx(hired.pay_after.to_numpy())


def test_nobody_comes_who_would_rather_stay_outside():
    tables = run(growing(pay_level=0.2))
    assert "growth" not in set(tables["moves"].kind)


def test_who_has_left_this_month_is_not_hired_back_at_once():
    tables = run(growing(there=0, separation=6.0, months=12))
    moves = tables["moves"]
    assert not moves.duplicated(["month", "researcher"]).any()
    assert len(moves.query("kind == 'growth'")) > 100


def test_candidates_choose_by_the_logit_and_a_vacancy_asks_so_many():
    """One candidate a vacancy: hires are binomial with the logit's probability, within 4.5 standard errors."""
    annuity = sum(1.04 ** (-k / 12.0) / 12.0 for k in range(1, 49))
    scenario = growing(
        people=3000,
        there=30_000,
        months=1,
        candidates=1,
        choice={"noise": 1.0, "mission_scale": 0.0},
        population={**ALIKE, "loyalty_mean": 0.5},
        separation=4.0,
        pay_level=1.0,
    )
    tables = run(scenario)
    vacancies = (tables["moves"].kind == "separation").sum()
    hired = (tables["moves"].kind == "growth").sum()
    odds = ((2.0 + annuity) / (2.0 + 0.5 * annuity)) ** (4.0 * 0.5)
    assert vacancies > 500
    assert_share(hired, vacancies, odds / (1.0 + odds))


def test_everybody_outside_is_equally_likely_to_be_hired():
    """Hires by row and by talent within 4.5 standard errors of even."""
    tables = run(
        growing(people=1000, there=10_000, months=6, separation=2.0, choice={"money_weight": 0.0, "noise": 1.0})
    )
    hired = tables["moves"].query("kind == 'growth' and researcher >= 1000")
    assert_share((hired.researcher < 6000).sum(), len(hired), 0.5)
    assert_share((hired.talent < 1.0).sum(), len(hired), 0.5)
    assert len(hired) > 700


def test_labs_that_refill_compete_for_the_same_people():
    scenario = quiet(
        labs=[lab("Alpha", 100, refill=True, growth=2.0), lab("Beta", 100, refill=True, growth=2.0), outside(150)],
        choice=EAGER,
        contacts={"candidates_per_vacancy": 200},
    )
    months = run(scenario)["months"].pivot(index="month", columns="lab", values="headcount")
    assert months.sum(axis=1).eq(350).all()
    assert (months[["Alpha", "Beta"]].iloc[-1] > 100).all()
    assert months["outside"].iloc[-1] == 0


@pytest.mark.parametrize("weight", [0.3, 1.7, 6.1])
def test_no_share_of_ties_is_worth_more_than_all_of_them(weight):
    """Whoever is refused by the bound would be refused by the ties."""
    setting = records(Setting, 1)
    setting[0].money_weight, setting[0].tie_value = weight, 0.7
    most = most_ties_term(setting[0])
    for ties in range(1, 2000):
        assert weight * 0.7 * ties / ties <= most
    assert most == pytest.approx(weight * 0.7)
