"""Reset, Play and Step in one loop, in place of Mesa's `ModelController`.

Mesa steps in a thread of its own while another one draws: changing pages while it plays can wedge the page. Here the loop
that plays and the handlers of the buttons take turns in the tab's own event loop, and never meet inside a step.
"""

from __future__ import annotations

import asyncio
import traceback
from typing import Any

import mesa
import solara
from mesa.visualization.utils import force_update, update_counter

from talentmarket.errors import InputError
from talentmarket.page.browser import parts
from talentmarket.page.browser.redrawing import Redrawing
from talentmarket.page.mesa_page.parts import Month

BREATH = 0.02  # seconds in which the buttons are heard, however short the play interval


class Player:
    """What the buttons do to a model that is shown.

    Parameters
    ----------
    model
        The model; Reset puts another one in its place.
    parameters
        What Reset makes it of.
    play_interval, render_interval
        Milliseconds between two redraws while it plays, and steps from one redraw to the next.

    Attributes
    ----------
    playing : solara.Reactive
        Whether it goes on by itself; no step is sent before the browser has shown the last one.
    redrawing : Redrawing
        Which step the browser has shown.
    problem : solara.Reactive
        What went wrong, in words; empty if nothing did.
    """

    def __init__(
        self,
        model: solara.Reactive[mesa.Model],
        parameters: solara.Reactive[dict[str, Any]],
        play_interval: solara.Reactive[int],
        render_interval: solara.Reactive[int],
    ) -> None:
        self._model, self._parameters = model, parameters
        self._play_interval, self._render_interval = play_interval, render_interval
        self.playing, self.problem = solara.reactive(False), solara.reactive("")
        self.redrawing = Redrawing()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    def play_or_pause(self) -> None:
        """Go on by itself, or stop where it is."""
        if self.playing.value:
            self.stop()
        else:
            self.playing.value = True
            self._task = asyncio.get_running_loop().create_task(self._play())

    def step(self) -> None:
        """Go on to the next redraw."""
        try:
            self._advance()
        except Exception as error:  # whatever it was, the page says so and stays alive
            self._fail(error)

    def reset(self) -> None:
        """A new model of the parameters as they are shown; if there is none, the old one stays and the page says why."""
        self.stop()
        self.problem.value = ""
        try:
            self._model.value = type(self._model.value)(**self._parameters.value)
        except InputError as error:
            self.problem.value = str(error)
        except Exception as error:
            self._fail(error)
        force_update()

    def stop(self) -> None:
        """Stop where it is."""
        self.playing.value = False
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Stop for good; the tab has gone."""
        self._closed = True
        self.stop()

    async def _play(self) -> None:
        try:
            while self.playing.value and self._model.value.running:
                self._advance()
                await asyncio.sleep(max(BREATH, self._play_interval.value / 1000))
                await self.redrawing.until_shown()
            self.playing.value = False
        except Exception as error:
            if not self._closed:  # a tab that goes may take away what a step is being drawn in
                self._fail(error)

    def _advance(self) -> None:
        for _ in range(self._render_interval.value):
            if self._model.value.running:
                self._model.value.step()
        force_update()
        self.redrawing.redraw(self._model.value, still=True)

    def _fail(self, error: Exception) -> None:
        traceback.print_exception(error)
        self.playing.value = False
        self.problem.value = f"Something went wrong ({type(error).__name__}: {error}). Reset starts again."


@solara.component
def Controls(  # noqa: N802
    model: solara.Reactive[mesa.Model],
    *,
    model_parameters: solara.Reactive[dict[str, Any]],
    play_interval: solara.Reactive[int],
    render_interval: solara.Reactive[int],
    **_: Any,
) -> None:
    """Mesa's three buttons; `SolaraViz` also hands over a renderer and threads, of which there are none."""
    _redrawn = update_counter.value
    player = solara.use_memo(lambda: Player(model, model_parameters, play_interval, render_interval), [])
    solara.use_effect(lambda: player.close, [])
    playing, running = player.playing.value, bool(model.value.running)
    steps = render_interval.value
    every = "every step" if steps == 1 else f"every {steps} steps"
    Month(model.value)
    solara.Text(f"Play draws {every}, {play_interval.value} ms apart.", classes=["tm-note"])
    with solara.Row(justify="space-between"):
        solara.Button(label="Reset", color="primary", on_click=player.reset)
        solara.Button(
            label="❚❚ Pause" if playing else "▶ Play",
            color="primary",
            on_click=player.play_or_pause,
            disabled=not running,
        )
        solara.Button(label="Step", color="primary", on_click=player.step, disabled=playing or not running)
    if player.problem.value:
        solara.Error(label=player.problem.value)
    parts.Shown(
        drawn=player.redrawing.redraws.value, event_do=lambda told: player.redrawing.has_shown(int(told["value"]))
    )
