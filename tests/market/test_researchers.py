import random

import mesa
import numpy as np
import pytest
from markets import lab, outside, quiet
from mesa.agent import AgentSet

import talentmarket as tm
from talentmarket.market.readers.researchers import COLUMNS, NAMES, Researcher


@pytest.fixture(scope="module")
def market():
    labs = [lab("Alpha", 120, separation=1.0), lab("Beta", 60), outside(20)]
    market = tm.TalentMarket(quiet(labs=labs))
    for _ in range(3):
        market.step()
    return market


@pytest.fixture(scope="module")
def researchers(market):
    return market.researchers


@pytest.fixture(scope="module")
def everybody(researchers):
    """The same people as Mesa's agents."""
    model = mesa.Model()
    agents = []
    for one in researchers:
        agent = mesa.Agent(model)
        for name in NAMES:
            setattr(agent, name, getattr(one, name))
        agents.append(agent)
    return agents


@pytest.fixture(scope="module")
def agents(everybody):
    """The same people in a real AgentSet, which does not keep them alive itself."""
    return AgentSet(everybody, random=random.Random(5))


def numbers(people):
    return [one.number for one in people]


def test_the_set_has_everybody(researchers):
    assert len(researchers) == 200
    assert [each.number for each in researchers] == list(range(200))


def test_columns_are_read_by_name(market, researchers):
    for name in COLUMNS:
        column = researchers.get(name)
        assert column.shape == (200,)
        if name != "lab":
            assert (column == market.replicate.world.researchers[name]).all()


def test_labs_are_read_as_names(researchers):
    months = np.unique(researchers.get("lab"), return_counts=True)
    assert set(months[0]) == {"Alpha", "Beta", "outside"}
    assert (researchers.get("lab")[120:180] == "Beta").all()


def test_a_column_that_is_not_there_is_named_in_the_error(researchers):
    for name in ("salary", "latest_offer"):
        with pytest.raises(tm.InputError, match=f"no column '{name}'; there are number, talent, loyalty"):
            researchers.get(name)


def test_select_takes_a_mask_or_a_function(researchers):
    by_function = researchers.select(lambda one: one.talent > 1.5)
    by_mask = researchers.select(researchers.get("talent") > 1.5)
    expected = np.flatnonzero(researchers.get("talent") > 1.5)
    assert numbers(by_function) == numbers(by_mask) == expected.tolist()
    assert 0 < len(by_mask) < 200


def test_a_selection_can_be_selected_from(researchers):
    loyal = researchers.select(researchers.get("loyalty") > 0.6)
    at_beta = loyal.select(lambda one: one.lab == "Beta")
    assert set(at_beta.get("lab")) == {"Beta"}
    assert (at_beta.get("loyalty") > 0.6).all()
    assert at_beta[0].number >= 120
    assert len(researchers) == 200


@pytest.mark.parametrize(
    "asked",
    [
        lambda people: people.select(lambda one: one.talent > 1.2 and one.lab == "Beta"),
        lambda people: people.select(lambda one: one.lab in {"Alpha", "outside"}, at_most=7),
        lambda people: people.select(at_most=0.1),
        lambda people: people.select(at_most=1.0),
        lambda people: people.select(lambda one: one.talent < 0),
        lambda people: people.sort("talent"),
        lambda people: people.sort("level", ascending=True),
        lambda people: people.sort("level"),
        lambda people: people.sort(lambda one: (one.lab, -one.pay), ascending=True),
        lambda people: people.select(lambda one: one.talent > 1).sort("pay").select(at_most=5),
    ],
)
def test_the_same_people_are_chosen_in_the_order_of_a_real_agentset(researchers, agents, asked):
    assert numbers(asked(researchers)) == numbers(asked(agents))


def test_shuffled_people_stand_in_the_order_of_a_real_agentset(market, agents):
    market.random.seed(11)
    agents.random.seed(11)
    ours, theirs = market.researchers.shuffle(), agents.shuffle()
    assert numbers(ours) == numbers(theirs) != list(range(200))
    assert numbers(market.researchers) == list(range(200))


def test_groups_are_those_of_a_real_agentset(researchers, agents):
    for by in ("lab", lambda one: one.talent > 1.0):
        ours, theirs = researchers.groupby(by), agents.groupby(by)
        assert list(ours.groups) == list(theirs.groups)
        assert len(ours) == len(theirs) > 1
        assert ours.count() == theirs.count()
        assert ours.agg("talent", max) == theirs.agg("talent", max)
        assert [(key, numbers(part)) for key, part in ours] == [(key, numbers(part)) for key, part in theirs]
        assert ours.map(lambda part: part.agg("pay", min)) == theirs.map(lambda part: part.agg("pay", min))


def test_columns_and_functions_are_read_as_from_a_real_agentset(researchers, agents):
    assert researchers.get("lab").tolist() == agents.get("lab")
    assert researchers.get(["number", "talent", "lab"]) == agents.get(["number", "talent", "lab"])
    assert researchers.agg("pay", [min, max, len]) == agents.agg("pay", [min, max, len])
    assert researchers.map(lambda one: one.talent**2) == agents.map(lambda one: one.talent**2)
    seen = []
    assert researchers.do(lambda one: seen.append(one.number)) is researchers
    assert seen == list(range(200))


def test_in_place_a_set_keeps_only_those_who_are_selected(market):
    people = market.researchers
    assert people.select(lambda one: one.lab == "Beta", inplace=True) is people
    assert set(people.get("lab")) == {"Beta"}
    assert len(market.researchers) == 200


def test_slices_places_and_masks_give_sets(researchers, agents):
    assert numbers(researchers[10:40:7]) == numbers(list(agents)[10:40:7]) == [10, 17, 24, 31, 38]
    assert numbers(researchers[[5, -1, 2]]) == [5, 199, 2]
    assert numbers(researchers[researchers.get("lab") == "Beta"]) == numbers(
        researchers.select(lambda r: r.lab == "Beta")
    )
    assert researchers[np.int64(3)] == researchers[3]


def test_a_researcher_is_in_the_sets_that_hold_it(researchers):
    assert researchers[7] in researchers
    assert researchers[7] not in researchers[8:]
    assert 7 not in researchers
    assert len({researchers[7], researchers[7], researchers[8]}) == 2


def test_a_frame_has_a_row_for_each_researcher(researchers):
    frame = researchers[20:30].to_frame()
    assert list(frame.index) == list(range(20, 30))
    assert list(frame.columns) == list(COLUMNS)
    assert frame.loc[25, "talent"] == researchers[25].talent
    assert frame.lab.tolist() == researchers[20:30].get("lab").tolist()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (
            lambda people: people["Alpha"],
            r"found by place, as researchers\[17\].*not by 'Alpha'.*write researchers.select",
        ),
        (lambda people: people[1.5], "found by place"),
        (lambda people: people[None], "found by place"),
        (
            lambda people: people.select("Beta"),
            r"select\(lambda r: r.talent > 2\), or 200 true or false values.*'Beta'",
        ),
        (lambda people: people.select(np.ones(3, dtype=bool)), "or 200 true or false values"),
        (lambda people: people.select([3, 5]), "or 200 true or false values"),
        (lambda people: people.agg("pay", "mean"), r"agg\('pay', \[min, np.median, max\]\), found 'mean'"),
        (lambda people: people.agg("pay", []), "agg takes a function or several"),
        (lambda people: people.sort("salary"), "no column 'salary'"),
        (lambda people: people.groupby("salary"), "no column 'salary'"),
    ],
)
def test_what_a_set_cannot_do_is_refused_with_what_to_write(researchers, asked, answer):
    with pytest.raises(tm.InputError, match=answer):
        asked(researchers)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("set", r"TalentMarket\(spec, loyalty_mean=0.4\)"), ("shuffle_do", r"shuffle\(\).do"), ("pay", r"get\('pay'\)")],
)
def test_what_an_agentset_has_besides_is_refused_with_what_to_write(researchers, name, hint):
    with pytest.raises(AttributeError, match=hint):
        getattr(researchers, name)


def test_nobody_can_be_selected(researchers):
    nobody = researchers.select(np.zeros(200, dtype=bool))
    assert len(nobody) == 0
    assert list(nobody) == []
    assert nobody.get("pay").shape == (0,)


def test_agg_is_a_function_of_a_column(researchers):
    assert researchers.agg("pay", np.median) == np.median(researchers.get("pay"))
    assert researchers.agg("talent", len) == 200
    beta = researchers.select(lambda one: one.lab == "Beta")
    assert beta.agg("loyalty", np.mean) == pytest.approx(beta.get("loyalty").mean())


def test_a_row_is_a_view_of_one_researcher(market, researchers):
    row = researchers[17]
    assert isinstance(row, Researcher)
    record = market.replicate.world.researchers[17]
    for name in COLUMNS:
        if name != "lab":
            assert getattr(row, name) == record[name]
    assert row.lab == researchers.get("lab")[17]
    assert isinstance(row.pay, float)
    assert isinstance(row.joined, int)
    assert repr(row).startswith(f"Researcher(17, lab={row.lab!r}, talent=")


def test_a_row_has_only_what_a_researcher_has(researchers):
    with pytest.raises(AttributeError, match="no 'salary'; there are number, talent"):
        _ = researchers[17].salary


def test_rows_can_be_counted_from_the_end_and_not_beyond(researchers):
    assert researchers[-1].number == 199
    with pytest.raises(IndexError):
        researchers[200]


def test_a_row_is_read_at_the_moment_of_asking():
    market = tm.TalentMarket(quiet(labs=[lab("Alpha", 100, separation=12.0), outside()]))
    rows = list(market.researchers)
    assert {row.lab for row in rows} == {"Alpha"}
    market.step()
    assert {row.lab for row in rows} == {"Alpha", "outside"}
    assert all(row.joined == 1 for row in rows if row.lab == "outside")
