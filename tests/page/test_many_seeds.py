"""Many seeds of what a tab looks at: the numbers of the command line, in the background, until the parameters change."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable

import numpy as np
import pytest
from test_controller import CHOICES, SMALL, in_a_loop, opened

from talentmarket.comparison.comparison import compared
from talentmarket.numbers import mean_and_interval, number, signed
from talentmarket.page.background import many_seeds
from talentmarket.page.browser import app
from talentmarket.page.browser.controller import TabController
from talentmarket.page.drawing.dot_strip import FEWEST, LEFT, RIGHT, dot_strip
from talentmarket.page.panels.counters import counters_of
from talentmarket.page.panels.seeds import questions_of, seeds_of, sentence_of
from talentmarket.page.session import Session, Setup
from talentmarket.page.told.ensemble import Ensemble, simulated
from talentmarket.runs.options import Options
from talentmarket.runs.running import run
from talentmarket.studies.reading.study import Outcome

COUNT = 24
IDLE = (0, 0)


def no_progress(done: int, count: int) -> None:
    """Nobody is told."""


@pytest.fixture(autouse=True)
def nothing_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that has run no ensemble yet."""
    monkeypatch.setattr(many_seeds, "SHARED", many_seeds.Shared())


@pytest.fixture(scope="module")
def sides() -> list[Session]:
    return [
        Session(Setup(key, {"population.scale": 0.1, "run.months": 12}), CHOICES) for key in ("meta_raid", "baseline")
    ]


@pytest.fixture(scope="module")
def ensembles(sides: list[Session]) -> list[Ensemble]:
    return [simulated(side.scenario, COUNT, no_progress) for side in sides]


@pytest.fixture(scope="module")
def runs(sides: list[Session]) -> list:
    return [run(side.scenario, Options(replicates=COUNT, workers=1)) for side in sides]


def test_they_are_the_replicates_of_a_run(ensembles: list[Ensemble], runs: list) -> None:
    told = {row["name"]: row for row in seeds_of(ensembles[0], None, questions_of("OpenAI"), IDLE)["rows"]}
    summary = runs[0].summary.set_index(["measure", "lab"])
    for name, lab in (("started", ""), ("lost_to_labs", "OpenAI")):
        row = summary.loc[(name, lab)]
        mean, interval = mean_and_interval(row["mean"], row["low"], row["high"])
        assert told[name]["text"].startswith(f"{mean} on average ({interval}) over {COUNT} seeds.")
    mean, interval = mean_and_interval(*summary.loc[("started", ""), ["mean", "low", "high"]])
    sentence = sentence_of(ensembles[0], "OpenAI")
    assert f"Over {COUNT} seeds with these parameters, by the last month, {mean} come on average" in sentence
    assert f"interval {interval})" in sentence


def test_the_run_on_the_page_is_the_first_of_them(sides: list[Session], ensembles: list[Ensemble]) -> None:
    sides[0].advance(12, float("inf"))
    counters = {each["name"]: each["value"] for group in counters_of(sides[0]) for each in group["counters"]}
    assert ensembles[0].replicates[0] == 0
    assert ensembles[0].values["started", ""][0] == counters["started"] > 0
    assert f"in this run {number(counters['started'])}." in sentence_of(ensembles[0], "OpenAI")


def test_a_less_b_is_the_paired_difference_of_a_comparison(ensembles: list[Ensemble], runs: list) -> None:
    told = seeds_of(*ensembles, questions_of("OpenAI"), IDLE)["rows"]
    assert [row["name"] for row in told] == ["difference_lost_to_labs"]  # nobody raids in B
    table = compared([runs[1], runs[0]]).table.set_index(["measure", "lab"])
    row = table.loc[("lost_to_labs", "OpenAI")]
    mean, interval = mean_and_interval(row["difference"], row["low"], row["high"])
    assert told[0]["text"].startswith(f"+{mean} on average ({interval}) over {COUNT} seeds.")


@pytest.mark.parametrize(
    ("outcome", "factor", "words"),
    [
        (Outcome("package_spending", words="what the raid spends"), 1.0, "What the raid spends"),
        (Outcome("share_came", words="who come"), 100.0, "Who come, in per cent"),
    ],
)
def test_what_a_study_asked_is_answered_first(
    ensembles: list[Ensemble], runs: list, outcome: Outcome, factor: float, words: str
) -> None:
    told = seeds_of(ensembles[0], None, questions_of("OpenAI", outcome), IDLE)["rows"]
    assert [row["name"] for row in told] == [outcome.measure, "started", "lost_to_labs"]
    row = runs[0].summary.set_index(["measure", "lab"]).loc[(outcome.measure, outcome.lab)]
    mean, interval = mean_and_interval(*(factor * row[column] for column in ("mean", "low", "high")))
    assert told[0]["words"] == words
    assert told[0]["text"].startswith(f"{mean} on average ({interval}) over {COUNT} seeds.")
    assert len(re.findall(r"<circle", told[0]["svg"])) == COUNT


def test_what_a_study_asked_is_compared_too_where_both_sides_have_it(ensembles: list[Ensemble], runs: list) -> None:
    culture, came = Outcome("culture_at_the_end", "Meta", words="its culture"), Outcome("share_came")
    told = seeds_of(*ensembles, questions_of("OpenAI", culture), IDLE)["rows"]
    row = compared([runs[1], runs[0]]).table.set_index(["measure", "lab"]).loc[("culture_at_the_end", "Meta")]
    mean, interval = mean_and_interval(*(100.0 * row[column] for column in ("difference", "low", "high")))
    assert told[0]["words"] == "Its culture, A less B, in percentage points"
    assert told[0]["text"].startswith(f"{signed(mean)} on average ({interval}) over {COUNT} seeds.")
    assert [row["name"] for row in seeds_of(*ensembles, questions_of("OpenAI", came), IDLE)["rows"]] == [
        "difference_lost_to_labs"
    ]
    assert questions_of("OpenAI", Outcome("started")) == questions_of("OpenAI")


def test_what_is_undefined_in_a_replicate_is_left_out(ensembles: list[Ensemble]) -> None:
    values = np.array([np.nan, 0.25, 0.75, np.nan])
    some = Ensemble(ensembles[0].scenario, {("share_came", ""): values}, np.arange(4))
    (row,) = seeds_of(some, None, questions_of("OpenAI", Outcome("share_came")), IDLE)["rows"]
    assert row["text"].startswith("50 on average (")
    assert "over 2 seeds." in row["text"]
    assert "This run" not in row["text"]  # it has no value in replicate 0
    none = Ensemble(ensembles[0].scenario, {("share_came", ""): np.full(4, np.nan)}, np.arange(4))
    assert seeds_of(none, None, questions_of("OpenAI", Outcome("share_came")), IDLE)["rows"] == []


def test_without_a_raid_nobody_comes_with_one(ensembles: list[Ensemble]) -> None:
    assert [row["name"] for row in seeds_of(ensembles[1], None, questions_of("xAI"), IDLE)["rows"]] == ["lost_to_labs"]
    told = ensembles[1].values["lost_to_labs", "xAI"]
    assert sentence_of(None, "xAI") == ""
    sentence = sentence_of(ensembles[1], "xAI")
    assert f"Over {COUNT} seeds with these parameters, by the last month, xAI loses " in sentence
    assert f"in this run {number(told[0])}." in sentence


def test_a_dot_for_each_run_in_its_place() -> None:
    values = np.array([3.0, 5.0, 5.0, 9.0])
    svg = dot_strip(values, 5.0, (4.0, 7.0), "words")
    dots = [(float(x), look) for look, x in re.findall(r'class="(seed[^"]*)" cx="([\d.]+)"', svg)]
    places = sorted(x for x, _ in dots)
    column = (RIGHT - LEFT) / FEWEST
    ticks = {text: float(x) for x, text in re.findall(r'class="tick middle" x="([\d.]+)" y="[\d.]+">(\d+)<', svg)}
    zero = ticks["0"]
    np.testing.assert_allclose(
        np.subtract(places, zero), np.multiply([3, 5, 5, 9], column), atol=0.2
    )  # each at its number
    np.testing.assert_allclose(np.diff(places), [2 * column, 0.0, 4 * column], atol=0.11)  # a column a whole number
    assert [x for x, look in dots if look == "seed mine"] == [places[1]]
    bar = [float(end) for end in re.search(r'class="interval" d="M([\d.]+) [\d.]+H([\d.]+)"', svg).groups()]
    assert bar[1] - bar[0] == pytest.approx(3 * column, abs=0.11)
    assert "mine" not in dot_strip(values, float("nan"), (4.0, 7.0), "words")


def test_values_that_are_no_whole_numbers_have_columns_of_their_own() -> None:
    """Dots at .5, .62 and .8 stand as far apart as these are, and above ticks that say so."""
    svg = dot_strip(np.array([0.5, 0.62, 0.8]), 0.5, (0.55, 0.7), "words")
    places = sorted(float(x) for x in re.findall(r'cx="([\d.]+)"', svg))
    assert (places[1] - places[0]) / (places[2] - places[0]) == pytest.approx(0.4, abs=0.03)
    ticks = {
        float(text): float(x) for x, text in re.findall(r'class="tick middle" x="([\d.]+)" y="[\d.]+">([.\d]+)<', svg)
    }
    assert len(ticks) >= 3
    (low, x_low), *_, (high, x_high) = sorted(ticks.items())
    assert x_low + (0.62 - low) / (high - low) * (x_high - x_low) == pytest.approx(places[1], abs=10.0)


@pytest.mark.parametrize(
    "values",
    [np.zeros(5), np.array([-3.0, -3.0, 400.0]), np.array([7.0]), np.full(3, 0.31), np.array([-1e-6, 2e-6, 3.3e7])],
)
def test_any_values_stay_within_the_picture(values: np.ndarray) -> None:
    svg = dot_strip(values, float(values[0]), (float(values.min()), float(values.max())), "words")
    places = [float(x) for x in re.findall(r'cx="([-\d.]+)"', svg)]
    assert len(places) == len(values)
    assert min(places) >= LEFT
    assert max(places) <= RIGHT


def made_up(steps: threading.Semaphore) -> Callable[..., Ensemble]:
    """Replicates that take as long as a test wants them to."""

    def run_them(scenario: object, count: int, progress: Callable[[int, int], None]) -> Ensemble:
        for done in range(1, count + 1):
            assert steps.acquire(timeout=120)
            progress(done, count)
        return Ensemble(scenario, {("started", ""): np.ones(count)}, np.arange(count))  # type: ignore[arg-type]

    return run_them


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not holds():
            await asyncio.sleep(0.005)


def test_they_run_while_the_market_plays_and_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = threading.Semaphore(0)
    monkeypatch.setattr(many_seeds, "simulated", made_up(steps))
    monkeypatch.setattr(many_seeds, "REDRAW_SECONDS", 0.0)

    async def watched(one: TabController) -> None:
        app.act(one, {"action": "run_seeds"})
        steps.release(3)
        await until(lambda: one.many_seeds.done == 3)
        one.clock.finish()  # the market goes on meanwhile
        await one.clock.task
        assert (one.session.month, one.many_seeds.count) == (6, many_seeds.SEEDS)
        steps.release(many_seeds.SEEDS)
        await until(lambda: one.many_seeds.count == 0)
        told = one.many_seeds.of(one.session.scenario)
        assert app.bar_of(one)["answer"]["seeds"] == sentence_of(told, "OpenAI") != ""
        one.set_seed("9")
        assert one.many_seeds.of(one.session.scenario) is None
        assert app.bar_of(one)["answer"]["seeds"] == ""
        one.set_seed("2025")
        assert one.many_seeds.of(one.session.scenario) is not None  # kept

    in_a_loop(watched, opened())


@pytest.mark.parametrize("what", [{"action": "cancel_seeds"}, {"action": "seed", "value": "9"}])
def test_they_end_when_they_are_wanted_no_more(monkeypatch: pytest.MonkeyPatch, what: dict) -> None:
    steps, began, ended = threading.Semaphore(0), threading.Event(), threading.Event()
    inner = made_up(steps)

    def run_them(*args: object) -> Ensemble:
        began.set()
        try:
            return inner(*args)
        finally:
            ended.set()

    monkeypatch.setattr(many_seeds, "simulated", run_them)

    async def watched(one: TabController) -> None:
        scenario = one.session.scenario
        app.act(one, {"action": "run_seeds"})
        await until(began.is_set)
        app.act(one, what)
        assert one.many_seeds.count == 0
        steps.release(2)
        await until(ended.is_set)
        assert one.many_seeds.of(scenario) is None
        assert not one.message

    in_a_loop(watched, opened())
    assert SMALL["run.months"] == 6


def test_they_begin_by_themselves_when_the_run_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = threading.Semaphore(0)
    monkeypatch.setattr(many_seeds, "simulated", made_up(steps))

    async def watched(one: TabController) -> None:
        one.clock.run_to(5)
        await one.clock.task
        assert one.many_seeds.count == 0
        one.clock.finish()
        await one.clock.task
        assert one.many_seeds.count == many_seeds.SEEDS
        assert app.bar_of(one)["many"] == [0, many_seeds.SEEDS, many_seeds.SEEDS]
        steps.release(many_seeds.SEEDS)
        await until(lambda: one.many_seeds.of(one.session.scenario) is not None)
        assert app.bar_of(one)["answer"]["seeds"] != ""

    in_a_loop(watched, opened())


def test_tabs_that_look_at_one_scenario_share_its_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    ran, steps = [], threading.Semaphore(0)
    inner = made_up(steps)

    def run_them(scenario: object, *rest: object) -> Ensemble:
        ran.append(scenario)
        return inner(scenario, *rest)

    monkeypatch.setattr(many_seeds, "simulated", run_them)
    others = [opened() for _ in range(3)]
    others[2].set_seed("9")

    async def watched(one: TabController) -> None:
        for each in (one, *others):
            app.act(each, {"action": "run_seeds"})
        await until(lambda: len(ran) == 1)
        app.act(others[1], {"action": "cancel_seeds"})  # while it waits for its turn
        steps.release(2 * many_seeds.SEEDS)
        await until(lambda: all(each.many_seeds.of(each.session.scenario) for each in (one, others[0], others[2])))
        assert others[0].many_seeds.of(one.session.scenario) is one.many_seeds.of(one.session.scenario)
        assert others[1].many_seeds.of(one.session.scenario) is None

    in_a_loop(watched, opened())
    assert [scenario.run.seed for scenario in ran] in ([2025, 9], [9, 2025])


def test_what_goes_wrong_is_said(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("made up")

    monkeypatch.setattr(many_seeds, "simulated", broken)

    async def watched(one: TabController) -> None:
        app.act(one, {"action": "run_seeds"})
        await until(lambda: bool(one.message))
        assert "made up" in one.message
        assert one.many_seeds.count == 0

    in_a_loop(watched, opened())
    assert "made up" in capsys.readouterr().err
