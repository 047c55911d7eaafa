import mesa
import pytest
from markets import assert_same_tables, frames, lab, lively, outside, quiet, run

import talentmarket as tm
from talentmarket.market.mesa_model import LAB_REPORTERS, Lab

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


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_out_of_range_is_refused(scenario, seed):
    with pytest.raises(tm.InputError, match="seed"):
        tm.TalentMarket(scenario, seed=seed)


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
