import warnings

import mesa
import numpy as np
import pytest
from markets import assert_same_tables, frames, lab, lively, outside, quiet, run

import talentmarket as tm
from talentmarket.market.mesa_model import LAB_REPORTERS, RAID_REPORTERS, Lab, folded

MONTHS = 24


@pytest.fixture(scope="module")
def scenario():
    return lively()


@pytest.fixture(scope="module")
def stepped(scenario):
    market = tm.TalentMarket(scenario)
    while market.running:
        market.step()
    return market


def test_the_market_is_a_mesa_model_of_labs(stepped, scenario):
    assert isinstance(stepped, mesa.Model)
    assert {type(agent) for agent in stepped.agents} == {Lab}
    assert [agent.name for agent in stepped.agents] == [each.name for each in scenario.labs]
    assert [agent.number for agent in stepped.agents] == [0, 1, 2, 3]


def test_stepping_gives_the_bits_of_simulate(stepped, scenario):
    assert stepped.month == MONTHS
    assert_same_tables(frames(stepped.tables()), run(scenario))


def test_mesa_s_own_loop_gives_the_same(scenario):
    market = tm.TalentMarket(scenario)
    market.run_model()
    assert market.month == MONTHS
    assert_same_tables(frames(market.tables()), run(scenario))


def test_the_model_stops_running_with_the_last_month(scenario):
    market = tm.TalentMarket(lively(run={"months": 3}))
    assert market.running
    running = []
    for _ in range(4):
        market.step()
        running.append((market.month, bool(market.running)))
    assert running == [(1, True), (2, True), (3, False), (3, False)]
    assert len(market.datacollector.get_model_vars_dataframe()) == 4


def test_labs_have_the_numbers_of_the_months_table():
    scenario = lively(run={"months": 5})
    months = run(scenario)["months"].set_index(["month", "lab"])
    market = tm.TalentMarket(scenario)
    for month in range(6):
        for agent in market.agents:
            row = months.loc[month, agent.name]
            assert agent.headcount == row.headcount
            assert agent.talent == pytest.approx(row.talent, rel=1e-12)
            assert agent.mean_loyalty == pytest.approx(row.loyalty_mean, rel=1e-12)
            assert (agent.stock, agent.hires, agent.departures) == (row.stock, row.hires, row.departures)
        market.step()


def test_the_data_collector_has_every_month_of_every_lab(stepped, scenario):
    collected = stepped.datacollector.get_agent_vars_dataframe().reset_index()
    assert len(collected) == (MONTHS + 1) * 4
    assert list(LAB_REPORTERS) == [name for name in collected.columns if name not in ("Step", "Time", "AgentID")]
    months = run(scenario)["months"]
    for ours, theirs in (("headcount", "headcount"), ("hires", "hires"), ("departures", "departures")):
        assert collected[ours].tolist() == months[theirs].tolist()
    assert collected.talent.to_numpy() == pytest.approx(months.talent.to_numpy(), rel=1e-12)
    assert collected.stock.tolist() == months.stock.tolist()
    assert collected.name.tolist() == months.lab.tolist()


def test_the_data_collector_counts_the_moves_of_every_month(stepped, scenario):
    collected = stepped.datacollector.get_model_vars_dataframe()
    assert collected.month.tolist() == list(range(MONTHS + 1))
    moves = run(scenario)["moves"].groupby("month").size()
    assert collected.moves.tolist() == [0, *(moves.get(month, 0) for month in range(1, MONTHS + 1))]


def test_another_seed_takes_the_place_of_the_scenario_s(scenario):
    market = tm.TalentMarket(scenario, seed=99)
    market.run_model()
    assert market.spec.run.seed == 99
    assert scenario.run.seed == 7
    assert_same_tables(frames(market.tables()), run(lively(run={"seed": 99})))


def test_seed_0_is_taken_as_a_seed(scenario):
    assert tm.TalentMarket(scenario, seed=0).spec.run.seed == 0


@pytest.mark.parametrize("seed", [-1, 1.5, "7", True, [1, 2]])
def test_a_seed_that_is_no_whole_number_from_0_is_refused(scenario, seed):
    with pytest.raises(tm.InputError, match="seed must be a whole number from 0, found"):
        tm.TalentMarket(scenario, seed=seed)


def test_a_seed_of_32_bits_stays_and_a_longer_one_is_folded_by_exclusive_or(scenario):
    assert [folded(seed) for seed in (0, 7, 2**32 - 1)] == [0, 7, 2**32 - 1]
    assert folded(0x1234_5678_0000_00FF) == 0x1234_5678 ^ 0xFF
    assert folded(2**64) == 1
    assert folded(np.uint64(2**63 + 5)) == 2**31 + 5
    assert tm.TalentMarket(scenario, seed=np.int64(99)).spec == tm.TalentMarket(scenario, seed=99).spec
    assert len({folded(seed << 29) for seed in range(1000)}) == 1000


def test_the_replicate_can_be_chosen(scenario):
    market = tm.TalentMarket(scenario, replicate=3)
    market.run_model()
    assert_same_tables(frames(market.tables()), run(scenario, 3))


def test_two_markets_do_not_share_anything(scenario):
    one, other = tm.TalentMarket(scenario), tm.TalentMarket(scenario, replicate=1)
    for _ in range(5):
        one.step()
        other.step()
    alone = tm.TalentMarket(scenario)
    for _ in range(5):
        alone.step()
    assert_same_tables(frames(one.tables()), frames(alone.tables()))


def test_reading_does_not_change_the_market(scenario):
    market = tm.TalentMarket(scenario)
    while market.running:
        market.tables()
        market.researchers.agg("pay", sum)
        market.datacollector.get_agent_vars_dataframe()
        market.rng.random()
        market.random.random()
        market.step()
    assert_same_tables(frames(market.tables()), run(scenario))


def test_an_empty_lab_has_no_mean_loyalty():
    market = tm.TalentMarket(quiet(labs=[lab("Alpha", 10), lab("Beta", 0), outside()]))
    beta = market.agents.select(lambda agent: agent.name == "Beta")
    assert len(beta) == 1
    assert all(agent.mean_loyalty != agent.mean_loyalty for agent in beta)


def test_labs_can_be_selected_and_aggregated_as_mesa_users_do(stepped):
    large = stepped.agents.select(lambda agent: agent.headcount > 300)
    assert {agent.name for agent in large} <= {"Alpha", "Beta", "Gamma", "outside"}
    assert stepped.agents.agg("headcount", sum) == stepped.spec.researchers
    assert sum(stepped.agents.get("hires")) == stepped.moves


def test_the_data_collector_adds_up_what_the_campaigns_have_done(stepped, scenario):
    collected = stepped.datacollector.get_model_vars_dataframe()
    months = run(scenario)["months"].groupby("month")[list(RAID_REPORTERS)].sum().cumsum()
    assert months.approached.iloc[-1] > 0
    for name in RAID_REPORTERS:
        assert collected[name].to_numpy() == pytest.approx(months[name].to_numpy(), rel=1e-12)


def test_a_lab_counts_those_it_has_lost_to_other_labs(stepped, scenario):
    flows = run(scenario)["flows"]
    lost = flows[flows["to"] != "outside"].groupby("from").moves.sum()
    for agent in stepped.agents:
        assert agent.lost == lost.get(agent.name, 0)


def test_a_scenario_goes_by_its_name_too():
    assert tm.TalentMarket("meta_raid", **SMALL).spec == tm.load("meta_raid", SMALL_SET)
    with pytest.raises(tm.InputError, match="meta_raid"):
        tm.TalentMarket("meta_raids")
    with pytest.raises(tm.InputError, match="expected a Scenario"):
        tm.TalentMarket(5)


SMALL = {"scale": 0.01, "run.months": 6}
SMALL_SET = ["population.scale=0.01", "run.months=6"]


def test_parameters_are_keywords_by_path_or_by_the_last_part_of_it():
    market = tm.TalentMarket(
        tm.load("meta_raid", SMALL_SET),
        loyalty_mean=np.float64(0.4),
        engage=0.3,
        **{"labs.Google DeepMind.mission": 0.1, "campaigns.Meta on OpenAI.tiers.top.total": np.int64(30)},
    )
    expected = [
        "population.loyalty_mean=0.4",
        "campaigns.Meta on OpenAI.engage=0.3",
        "labs.Google DeepMind.mission=0.1",
        "campaigns.Meta on OpenAI.tiers.top.total=30",
    ]
    loaded = tm.load("meta_raid", SMALL_SET + expected)
    words = {"title", "description", "sources"}  # which name the changes in the order in which they were made
    assert market.spec.model_dump(exclude=words) == loaded.model_dump(exclude=words)
    assert "campaigns.Meta on OpenAI.tiers.top.total" not in market.spec.sources


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ({"noize": 1}, "there is no parameter 'noize'; did you mean 'noise'"),
        ({"loyalty_mean": 2}, "^population.loyalty_mean is 2, but must be less than or equal to 0.99"),
        (
            {"total": 5},
            r"'total' is the name of 2 parameters .*write the path, as in \*\*\{'campaigns.Meta on OpenAI.tiers",
        ),
        ({"labs.OpenAI.mision": 0.1}, "no 'mision' in labs.OpenAI; did you mean 'mission'"),
        ({"noise": object()}, "noise must be a number, a text, true or false, or a list of them"),
        ({"noise": "much"}, "choice.noise"),
    ],
)
def test_a_keyword_that_cannot_be_is_refused_with_what_can(values, answer):
    with pytest.raises(tm.InputError, match=answer):
        tm.TalentMarket("meta_raid", **values)


def test_a_scenario_that_mesa_hands_over_at_reset_is_passed_over(scenario):
    handed = type("Scenario", (), {"__module__": "mesa.experimental.scenarios.scenario"})()
    assert tm.TalentMarket(scenario, scenario=handed).spec == scenario


def batch(**arguments):
    """Mesa's batch_run; its newer versions say that they would rather have `rng` than `iterations`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return mesa.batch_run(tm.TalentMarket, display_progress=False, **arguments)


def test_the_iterations_of_mesas_batch_run_are_replicates_to_their_last_month():
    scenario = lively(run={"months": 5})
    rows = batch(parameters={"spec": [scenario]}, iterations=3)
    assert len(rows) == 3 * len(scenario.labs)
    assert {row["month"] for row in rows} == {row["Step"] for row in rows} == {5}
    for replicate in range(3):
        months = run(scenario, replicate)["months"]
        last = months[months.month == 5].headcount.tolist()
        assert [row["headcount"] for row in rows if row["iteration"] == replicate] == last
    assert len({tuple(row["headcount"] for row in rows if row["iteration"] == one) for one in range(3)}) == 3


def test_parameters_of_mesas_batch_run_see_the_same_chance():
    scenario = lively(run={"months": 5})
    rows = batch(parameters={"spec": [scenario], "noise": [0.0, 1.0]}, iterations=2)
    for row in rows:
        expected = tm.TalentMarket(scenario, replicate=row["iteration"], noise=row["noise"])
        expected.run_model()
        assert row["headcount"] == next(lab.headcount for lab in expected.agents if lab.name == row["name"])


def test_mesas_batch_run_takes_replicates_among_its_parameters():
    scenario = lively(run={"months": 3})
    rows = batch(parameters={"spec": [scenario], "replicate": [0, 4]})
    months = run(scenario, 4)["months"]
    assert [row["headcount"] for row in rows if row["replicate"] == 4] == months[months.month == 3].headcount.tolist()


def test_a_scenario_that_mesas_batch_run_takes_for_a_list_is_refused_with_what_to_write(scenario):
    with pytest.raises(tm.InputError, match=r"write \{'spec': \[scenario\]\}"):
        batch(parameters={"spec": scenario})
