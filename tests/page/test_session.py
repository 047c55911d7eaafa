"""A session against a run of the same scenario, and what is drawn of it."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

from talentmarket.errors import ScenarioError
from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.records.codes import STARTED
from talentmarket.market.simulate import simulate
from talentmarket.page.choices import choices_for
from talentmarket.page.panels.charts import charts_of, series
from talentmarket.page.panels.counters import FUNNEL, counters_of
from talentmarket.page.panels.stage import stage_of, still_of
from talentmarket.page.session import Session, Setup
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.writing.dumping import dumps

SMALL = {"population.scale": 0.05, "run.months": 14}
CHOICES = choices_for("meta_raid")


def session(key: str = "meta_raid", seed: int | None = None, **changed: float) -> Session:
    return Session(Setup(key, {**SMALL, **changed}, seed), CHOICES)


def test_a_session_is_the_run_of_the_same_scenario_and_seed() -> None:
    one = session(seed=11)
    tables = simulate(load("meta_raid", ["population.scale=0.05", "run.months=14", "run.seed=11"]), 0)
    while not one.over:
        one.advance(one.month + 1, 0.0)
        stage_of(one), charts_of(one), counters_of(one)  # looking changes nothing
    mine = one.market.tables()
    for name in ("months", "flows", "offers", "moves"):
        for column, values in tables[name].items():
            theirs = mine[name][column]
            np.testing.assert_array_equal(getattr(theirs, "codes", theirs), getattr(values, "codes", values))
    counters = {each["name"]: each["value"] for group in counters_of(one) for each in group["counters"]}
    for name, _ in FUNNEL:
        assert counters[name] == tables["months"][name].sum()
    assert counters["between"] + counters["left"] + counters["entered"] == tables["flows"]["moves"].sum()


def test_time_is_budgeted_and_the_goal_is_kept() -> None:
    one = session()
    one.advance(9, 0.0)
    assert one.month == 1
    one.advance(9, float("inf"))
    assert one.month == 9
    one.advance(999, float("inf"))
    assert one.month == one.months == 14
    assert one.over
    one.advance(999, float("inf"))
    assert one.month == 14


def test_a_wrong_change_is_refused_in_words() -> None:
    with pytest.raises(ScenarioError, match="loyalty_mean"):
        session(**{"population.loyalty_mean": 7.0})
    with pytest.raises(ScenarioError, match="researchers would fit"):
        session(**{"population.scale": 90000.0})


def test_the_setup_as_a_file_is_the_same_scenario(tmp_path) -> None:
    one = session(**{"campaigns.Meta on OpenAI.tiers.top.total": 450.0})
    file = tmp_path / "saved.toml"
    file.write_text(dumps(one.scenario))
    assert load(file) == one.scenario
    assert load(file).campaigns[0].tiers[0].total == 450.0


@pytest.mark.parametrize(("scale", "most"), [(0.008, 10**6), (0.08, 1000), (0.8, 1000)])
def test_what_is_drawn_is_capped_at_any_size(scale: float, most: int) -> None:
    one = session(**{"population.scale": scale})
    one.advance(14, float("inf"))
    people = one.scenario.researchers
    dots = stage_of(one)["dots"].split(";")
    assert len(dots) <= min(people, most)
    assert len({dot.split(",")[0] for dot in dots}) == len(dots)
    if people < 700:
        assert len(dots) == people
    else:
        assert len(dots) >= 600
    assert len(stage_of(one)["dots"]) < 40_000
    assert sum(len(chart["svg"]) for chart in charts_of(one)) < 60_000


def test_dots_lie_in_the_pool_of_the_present_lab() -> None:
    one = session()
    one.advance(10, float("inf"))
    labs = one.market.replicate.world.researchers["lab"]
    for dot in stage_of(one)["dots"].split(";"):
        who, radius, shade, lab, x, y, _, _ = dot.split(",")
        assert int(lab) == labs[int(who)]
        assert np.hypot(int(x), int(y)) <= 1001
        assert 0.3 < float(radius) < 15
        assert 0 <= int(shade) <= 4


def test_whoever_comes_by_a_raid_is_drawn_from_then_on() -> None:
    one = session(**{"population.scale": 0.5})
    one.advance(7, float("inf"))
    assert set(one.won().tolist()) <= set(one.drawn.tolist())
    fates = {dot.split(",")[6] for dot in stage_of(one)["dots"].split(";")}
    assert {"", "came"} <= fates


def test_the_target_lists_show_every_approach() -> None:
    one = session(**{"population.scale": 0.5})
    one.advance(14, float("inf"))
    asked = approaches_table(one.market.replicate.world, one.scenario)
    months = one.market.tables()["months"]
    assert len(asked["rank"]) == months["approached"].sum()
    outcome = asked["outcome"].codes
    assert np.isfinite(asked["total"]).sum() == months["offers"].sum()
    assert (outcome >= STARTED).sum() == months["started"].sum()


def test_two_sessions_share_nothing() -> None:
    one, other = session(), session()
    one.advance(14, float("inf"))
    assert other.month == 0
    assert not np.shares_memory(one.market.replicate.world.researchers, other.market.replicate.world.researchers)
    other.advance(14, float("inf"))
    np.testing.assert_array_equal(series(one, "talent"), series(other, "talent"))


def test_a_closed_session_leaves_nothing_behind() -> None:
    one = session()
    one.advance(3, float("inf"))
    kept = weakref.ref(one.market)
    one.close()
    del one
    gc.collect()
    assert kept() is None


def test_still_says_how_many_a_dot_stands_for() -> None:
    assert "one of all 207" in still_of(session(**{"population.scale": 0.008}))["caption"]
    assert "one in 37 at every lab" in still_of(session(**{"population.scale": 1.0}))["caption"]
