"""Reset, Play and Step of Mesa's page, and its parameters, without a browser."""

from __future__ import annotations

import asyncio
import importlib.util
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("altair") is None, reason="Mesa's own page needs altair"),
    pytest.mark.filterwarnings("ignore:Failed to validate hooks"),
    pytest.mark.filterwarnings("ignore:(?s).*found despite early return"),  # Mesa 3.3 has a hook behind an early return
]
solara = pytest.importorskip("solara")

import talentmarket as tm  # noqa: E402
from talentmarket.scenario.reading.chain import shipped_names  # noqa: E402

SMALL = {"population.scale": 0.02, "run.months": 9}


@pytest.fixture
def scenario():
    return tm.TalentMarket("meta_raid", **SMALL).spec


def in_a_loop(played):
    """What a coroutine gives, in an event loop of its own beside whatever loop another test has left running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, played).result(timeout=120)


def player_of(model, parameters, steps=1):
    from talentmarket.page.mesa_page.controls import Player

    shown = solara.reactive(model)
    return shown, Player(shown, solara.reactive(parameters), solara.reactive(1), solara.reactive(steps))


def heads(model):
    return [lab.headcount for lab in model.agents]


def test_step_goes_on_to_the_next_redraw_and_not_beyond_the_last_month(scenario):
    shown, player = player_of(tm.TalentMarket(scenario), {}, steps=4)
    months = []
    for _ in range(4):
        player.step()
        months.append(shown.value.month)
    assert months == [4, 8, 9, 9]


def test_play_goes_on_to_the_end_and_gives_what_stepping_gives(scenario):
    async def played():
        shown, player = player_of(tm.TalentMarket(scenario), {})
        player.play_or_pause()
        assert player.playing.value
        await player._task
        assert not player.playing.value
        return shown.value

    expected = tm.TalentMarket(scenario)
    expected.run_model()
    model = in_a_loop(played())
    assert model.month == 9
    assert heads(model) == heads(expected)


def test_pause_stops_where_it_is(scenario):
    async def paused():
        shown, player = player_of(tm.TalentMarket(scenario), {})
        player.play_or_pause()
        await asyncio.sleep(0)
        player.play_or_pause()
        month = shown.value.month
        await asyncio.sleep(0.1)
        return month, shown.value.month, player.playing.value

    assert in_a_loop(paused()) == (1, 1, False)


def test_no_more_steps_are_sent_than_the_browser_shows(scenario, monkeypatch):
    from talentmarket.page.browser import redrawing

    monkeypatch.setattr(redrawing, "PROMPT", 0.0)

    async def watched():
        shown, player = player_of(tm.TalentMarket(scenario), {})
        player.play_or_pause()
        player.redrawing.has_shown(0)
        months = []
        for _ in range(3):
            await asyncio.sleep(0.2)
            months.append(shown.value.month)
            player.redrawing.has_shown(player.redrawing.redraws.value)
        player.stop()
        return months

    assert in_a_loop(watched()) == [1, 2, 3]


def test_reset_makes_the_model_of_the_parameters_as_they_are(scenario):
    from talentmarket.page.mesa_components import make_model_params

    parameters = {name: options["value"] for name, options in make_model_params(scenario).items()}
    shown, player = player_of(tm.TalentMarket(scenario), {"spec": scenario, **parameters})
    player.step()
    player.reset()
    assert shown.value.month == 0
    assert shown.value.spec.model_dump(exclude={"sources"}) == scenario.model_dump(exclude={"sources"})
    player._parameters.value = {**player._parameters.value, "population.loyalty_mean": 0.2, "seed": 5}
    player.reset()
    assert shown.value.spec.population.loyalty_mean == 0.2
    assert shown.value.spec.run.seed == 5


def test_a_reset_that_cannot_be_leaves_the_model_and_says_why(scenario):
    first = tm.TalentMarket(scenario)
    shown, player = player_of(first, {"spec": scenario, "population.loyalty_mean": 2.0})
    player.reset()
    assert shown.value is first
    assert "population.loyalty_mean is 2.0, but must be less than or equal to 0.99" in player.problem.value
    player._parameters.value = {"spec": scenario}
    player.reset()
    assert shown.value is not first
    assert player.problem.value == ""


def test_what_goes_wrong_in_a_step_is_said_and_stops_the_clock(scenario, capsys):
    model = tm.TalentMarket(scenario)
    model.step = lambda: 1 / 0

    async def played():
        _, player = player_of(model, {})
        player.play_or_pause()
        await player._task
        return player

    player = in_a_loop(played())
    assert not player.playing.value
    assert "ZeroDivisionError" in player.problem.value
    assert "Traceback" in capsys.readouterr().err


def test_every_slider_of_every_scenario_stands_on_its_grid_and_names_its_unit():
    from talentmarket.page.mesa_components import make_model_params
    from talentmarket.page.turning.sliders import sliders

    for name in shipped_names():
        scenario = tm.load(name)
        units = {one.path: one.unit for one in sliders(scenario, scenario)}
        for path, options in make_model_params(scenario).items():
            steps = (options["value"] - options["min"]) / options["step"]
            assert steps == pytest.approx(round(steps), abs=1e-6), (name, path)
            assert options["min"] <= options["value"] <= options["max"]
            assert units.get(path, "") in options["label"]


def test_without_altair_mesas_page_says_what_to_install(monkeypatch):
    from talentmarket.page.serving import launcher

    monkeypatch.setattr(launcher, "find_spec", lambda name: None if name == "altair" else object())
    launcher.check_installed()
    with pytest.raises(
        tm.InputError, match=r"Mesa's page needs .* 'mesa' \(altair is not .*pip install 'talentmarket\[mesa\]'"
    ):
        launcher.check_installed(mesas=True)


def test_the_page_comes_up_with_its_pages_and_its_month(scenario, monkeypatch):
    from solara.components.applayout import AppLayout

    from talentmarket.page.browser import parts
    from talentmarket.page.mesa_page import app

    for name in ("Stage", "Counters", "TargetList", "Charts"):
        monkeypatch.setattr(parts, name, lambda name=name, **_: solara.Text(name))

    @solara.component
    def Whole():
        with AppLayout():
            app.Shown(scenario)

    box, context = solara.render(Whole(), handle_error=False)
    shown = _texts(box)
    context.close()
    assert {"Market", "Charts", "Compare", "Month 0 of 9", "Stage", "Reset", "Loyalty, mean (share): 0.6"} <= shown
    assert not any(text.startswith(("Page ", "Step:", "Time:")) for text in shown)


def _texts(widget):
    """Every text in a tree of widgets: of elements, buttons and labels."""
    found = set()
    for child in getattr(widget, "children", []) or []:
        found |= {child.strip()} if isinstance(child, str) else _texts(child)
    label = getattr(widget, "label", None)
    return found | ({label} if isinstance(label, str) else set())


def test_a_tab_that_goes_in_the_middle_of_a_step_is_no_failure(scenario, capsys):
    async def closed():
        model = tm.TalentMarket(scenario)
        _, player = player_of(model, {})

        def step_in_a_tab_that_goes():
            player.close()
            raise RuntimeError("the tab has gone")

        model.step = step_in_a_tab_that_goes
        player.play_or_pause()
        await asyncio.wait([player._task])
        return player

    player = in_a_loop(closed())
    assert not player.playing.value
    assert player.problem.value == ""
    assert "Traceback" not in capsys.readouterr().err
