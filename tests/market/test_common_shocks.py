"""Two scenarios with one seed see the same shocks wherever they ask the same question."""

import pytest
from markets import assert_same_tables, campaign, lab, outside, quiet, run, tier

PEOPLE = 1500
SEPARATE_LIVES = {"taste_sd": 0.1, "switching_cost": 0.05}  # no ties, no contagion, no envy


def market(first=None, second=None, **sections):
    """Two raids on different people in a busy market whose labs do not refill, so that nobody's fate is another's."""
    busy = {"separation": 0.3, "contact": 0.5}
    tiers = [tier("top", last_rank=20, total=30.0), tier("core", total=9.0)]
    one = {"approaches_per_month": 20, "months": 6, "tiers": tiers, "scouting_error": 0.3}
    two = {"lab": "Gamma", "targets": ["Beta"], "approaches_per_month": 9}
    raids = [campaign("first", **{**one, **(first or {})}), campaign("second", **{**two, **(second or {})})]
    labs = [lab("Alpha", PEOPLE, **busy), lab("Beta", 500, **busy), lab("Gamma", 300, **busy), outside(200)]
    return quiet(
        labs=labs,
        campaigns=raids,
        **{"choice": SEPARATE_LIVES, "population": {"ties_mean": 3.0}, "run": {"months": 18}, **sections},
    )


def moves_of_others(scenario, people):
    moves = run(scenario)["moves"]
    return moves[~moves.researcher.isin(people)].reset_index(drop=True)


@pytest.fixture(scope="module")
def everyone():
    return run(market())


def test_one_name_fewer_on_the_list_changes_nobody_else(everyone):
    """The last rank asked is left out: all others move as before, to the last bit."""
    offers = everyone["offers"].query("campaign == 'first'")
    last = offers.loc[offers["rank"].idxmax()]
    core = tier("core", last_rank=int(last["rank"]) - 1, total=9.0)
    shorter = market({"tiers": [tier("top", last_rank=20, total=30.0), core]})
    without = run(shorter)["offers"]
    assert len(without) == len(everyone["offers"]) - 1
    others = everyone["moves"][everyone["moves"].researcher != last.researcher].reset_index(drop=True)
    assert moves_of_others(shorter, [last.researcher]).equals(others)
    assert len(others) > 500


def test_fewer_approaches_a_month_change_only_those_on_the_list(everyone):
    """Without the first campaign at all, whoever it had not made an offer moves as before."""
    asked = set(everyone["offers"].query("campaign == 'first'").researcher)
    others = everyone["moves"][~everyone["moves"].researcher.isin(asked)].reset_index(drop=True)
    never = market({"approaches_per_month": 0})
    assert moves_of_others(never, asked).equals(others)
    kept = run(never)["offers"].query("campaign == 'second'").reset_index(drop=True)
    before = everyone["offers"].query("campaign == 'second'").reset_index(drop=True)
    strangers = ~before.researcher.isin(asked)
    assert kept[strangers].equals(before[strangers])


def test_one_more_step_of_the_funnel_changes_only_those_who_take_it():
    """Everyone engaged at .5 is engaged at .6 too, with the same choice at the end."""
    less, more = (run(market({"engage": share}))["offers"].query("campaign == 'first'") for share in (0.5, 0.6))
    common = less.merge(more, on=["month", "researcher", "rank", "attempt"], suffixes=("", "_more"))
    assert len(common) == len(less) < len(more)
    assert (common.outcome == common.outcome_more).all()
    assert (common.offer_value == common.offer_value_more).all()


def test_a_larger_package_wins_all_that_the_smaller_one_won():
    """The same draws against a larger value: nobody changes sides against the offer."""
    only = {"tiers": [tier("core", total=9.0)], "months": 1, "approaches_per_month": 800}
    small, large = (
        run(market({**only, "tiers": [tier("core", total=total)]}))["offers"].query("campaign == 'first'")
        for total in (9.0, 12.0)
    )
    won_small, won_large = (set(offers.query("outcome == 'started'").researcher) for offers in (small, large))
    assert won_small < won_large


def test_a_lab_far_away_does_not_matter():
    """Another lab that calls nobody and is called by nobody leaves the others' moves as they were."""
    quiet_lab = [lab("Alpha", 300, separation=0.5), lab("Beta", 200, separation=0.5), outside()]
    alone = run(quiet(labs=quiet_lab))["moves"]
    with_fourth = run(quiet(labs=[*quiet_lab, lab("Delta", 50)]))["moves"]
    assert with_fourth.equals(alone)


@pytest.mark.parametrize("channel", [{"tie_value": 0.3}, {"contagion": 0.5}, {"envy": 2.0}])
def test_ties_contagion_and_envy_are_the_channels_from_one_to_another(everyone, channel):
    """With one of them open, those who were never asked do feel the raid."""
    asked = set(everyone["offers"].query("campaign == 'first'").researcher)
    choice = {**SEPARATE_LIVES, **channel}
    raided = market(choice=choice)
    spared = market({"approaches_per_month": 0}, choice=choice)
    others = set(run(raided)["offers"].query("campaign == 'first'").researcher) | asked
    assert not moves_of_others(raided, others).equals(moves_of_others(spared, others))


def test_a_raid_does_not_change_who_separates(everyone):
    spared = run(market({"approaches_per_month": 0}, {"approaches_per_month": 0}))["moves"]
    raided = everyone["offers"].researcher
    before, after = (
        moves[(moves.kind == "separation") & ~moves.researcher.isin(raided)][["month", "researcher"]].to_numpy()
        for moves in (spared, everyone["moves"])
    )
    assert before.tolist() == after.tolist()
    assert len(before) > 300


def test_a_scenario_is_its_values_not_its_name():
    one, other = market(), market()
    assert one == other
    renamed = one.model_copy(update={"title": "Another title"})
    assert_same_tables(run(renamed), run(other))
