"""Output by hand, from talent, compute, culture and the colleagues who are there or gone."""

import numpy as np
import pytest
from markets import ALIKE, campaign, lab, lively, outside, quiet, run, run_to, tier

from talentmarket.market.records.limits import STRANGER_MONTHS

SURE = {"noise": 0.0, "mission_scale": 0.0}  # the best paid job wins


def output_of(tables, name):
    return tables["months"].query("lab == @name").output.to_numpy()


def ten_stars(months=70, population=None, **output):
    """Alpha's ten best go to Beta in the first month, and nothing else happens."""
    raid = campaign(months=1, tiers=[tier(total=46.0)])
    run_of = {"choice": SURE, "population": population or {}, "output": output, "run": {"months": months}}
    return quiet(campaigns=[raid], **run_of)


def test_output_is_culture_times_talent_and_compute_to_their_powers():
    labs = [lab("Alpha", 200, compute=40.0, culture=0.7), lab("Beta", 100, culture=0.0), lab("Nobody", 0), outside(50)]
    powers = {"talent_elasticity": 0.6, "compute_elasticity": 0.3}
    months = run(quiet(labs=labs, output=powers, run={"months": 1}))["months"].query("month == 0").set_index("lab")
    expected = 0.7 * months.talent["Alpha"] ** 0.6 * (40.0 / 10.0) ** 0.3
    assert months.output["Alpha"] == pytest.approx(expected, rel=1e-12)
    assert months.output["Beta"] == 0.0
    assert months.output["Nobody"] == 0.0
    assert months.output["outside"] == pytest.approx(months.talent["outside"] ** 0.6, rel=1e-12)


def test_a_settled_researcher_of_median_talent_makes_one():
    labs = [lab("Alpha", 1), lab("Beta", 1), outside()]
    tables = run(quiet(labs=labs, population=ALIKE, output={"talent_elasticity": 0.5, "compute_elasticity": 0.9}))
    assert (output_of(tables, "Alpha") == 1.0).all()


def test_who_came_alone_works_at_portability_for_sixty_months_and_then_whole():
    tables = run(ten_stars(portability=0.7))
    moved = tables["moves"].talent.sum()
    before = output_of(tables, "Beta")[0]
    assert len(tables["moves"]) == 10
    expected = np.full(71, before + moved)
    expected[0] = before
    expected[1 : 1 + STRANGER_MONTHS] = before + 0.7 * moved
    assert output_of(tables, "Beta") == pytest.approx(expected, rel=1e-6)
    assert STRANGER_MONTHS == 60


def test_nobody_is_a_stranger_in_the_first_month_or_with_full_portability():
    tables = run(ten_stars(months=12, portability=1.0))
    assert output_of(tables, "Beta")[-1] == pytest.approx(
        output_of(tables, "Beta")[0] + tables["moves"].talent.sum(), rel=1e-6
    )
    assert output_of(run(ten_stars(portability=0.0)), "Alpha")[0] == output_of(tables, "Alpha")[0]


def test_each_tie_lost_costs_those_who_stay_the_same_share():
    """sum of talent (1 - spillover)^lost over those left behind; the movers begin anew."""
    market = run_to(ten_stars(population={"ties_mean": 4.0}, spillover=0.1), 1)
    people, ties = market.world.researchers, market.world.ties
    moved = people["previous_lab"] != -1
    assert moved.sum() == 10
    lost = np.zeros(len(people))
    for who in np.flatnonzero(moved):
        for other in ties.other[ties.start[who] : ties.start[who + 1]]:
            lost[other] += people["lab"][other] == people["previous_lab"][who]
    assert lost[~moved].sum() > 10
    lost[moved] = 0.0
    worth = people["talent"] * 0.9**lost
    for number, name in enumerate(("Alpha", "Beta")):
        expected = worth[people["lab"] == number].sum()
        tables = market.tables()["months"]
        found = tables["output"][(tables["month"] == 1) & (tables["lab"].codes == number)]
        assert found == pytest.approx([expected], rel=1e-9), name


def totals_by_hand(world, month):
    """Skill and strangers of each lab, from everyone's ties counted anew."""
    people, jobs, ties = world.researchers, world.jobs, world.ties
    spillover = float(world.setting["spillover"][0])
    skill, strangers = np.zeros(len(world.labs)), np.zeros(len(world.labs))
    for who, person in enumerate(people):
        others = ties.other[ties.start[who] : ties.start[who + 1]]
        here = int((people["lab"][others] == person.lab).sum())
        assert here == jobs["ties_here"][who]
        worth = person.talent * (1.0 - spillover) ** max(jobs["ties_before"][who] - here, 0)
        skill[person.lab] += worth
        if person.previous_lab != -1 and here == 0 and month - person.joined < STRANGER_MONTHS:
            strangers[person.lab] += worth
    return skill, strangers


@pytest.mark.parametrize("month", [0, 7, 24])
def test_the_totals_kept_by_moves_are_those_of_counting_everyone_anew(month):
    world = run_to(lively(), month).world
    skill, strangers = totals_by_hand(world, month)
    assert world.labs["skill"] == pytest.approx(skill, rel=1e-9)
    assert world.labs["strangers"].sum(axis=1) == pytest.approx(strangers, rel=1e-9, abs=1e-9)
    assert month == 0 or strangers.sum() > 0.0


def test_a_friend_at_the_new_lab_makes_a_mover_no_stranger():
    world = run_to(ten_stars(population={"ties_mean": 6.0, "ties_within_lab": 0.0}, portability=0.0), 1).world
    moved = np.flatnonzero(world.researchers["previous_lab"] != -1)
    alone = moved[world.jobs["ties_here"][moved] == 0]
    assert 0 < len(alone) < len(moved)
    assert world.labs["strangers"][1].sum() == pytest.approx(world.researchers["talent"][alone].sum(), rel=1e-12)


def test_output_only_watches():
    plain = run(
        lively(output={"talent_elasticity": 1.0, "compute_elasticity": 0.0, "portability": 1.0, "spillover": 0.0})
    )
    other = run(lively())
    for name in ("moves", "flows", "offers"):
        assert plain[name].equals(other[name])


def test_the_wage_bill_is_a_month_of_everyone_s_pay():
    scenario = quiet(labs=[lab("Alpha", 80), outside(20)], population={"pay_growth": 0.12}, run={"months": 6})
    market = run_to(scenario, 6)
    pay = market.world.researchers["pay"]
    months = market.tables()["months"]
    found = months["wage_bill"][(months["month"] == 6) & (months["lab"].codes == 0)]
    assert found == pytest.approx([pay[:80].sum() / 12.0 * np.exp(0.01 * 6)], rel=1e-12)
