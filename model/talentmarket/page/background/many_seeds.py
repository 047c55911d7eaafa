"""Many seeds, run in a thread beside the tab's loop, so that the market can be played meanwhile."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from talentmarket.page.background.beside import beside
from talentmarket.page.told.ensemble import SEEDS, Ensemble, simulated
from talentmarket.runs.replicates import Progress
from talentmarket.scenario.schema import Scenario

MOST_KEPT, MOST_SHARED = 6, 24
WAIT = 0.25  # seconds between two looks whether the visitor still wants what has to wait
REDRAW_SECONDS = 0.5  # between two redraws that tell how far it is


class CancelledError(Exception):
    """The visitor wants no more of it."""


class Shared:
    """The ensembles of all tabs: one is run at a time, and a class that ends one scenario together has it run once."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._kept: deque[Ensemble] = deque(maxlen=MOST_SHARED)

    def ensemble(self, scenario: Scenario, progress: Progress) -> Ensemble:
        """The ensemble of a scenario, run if no tab has done so. What `progress` raises ends the run, or the wait for its turn."""
        while not self._turn.acquire(timeout=WAIT):
            progress(0, SEEDS)
        try:
            for one in self._kept:
                if one.scenario == scenario:
                    progress(SEEDS, SEEDS)
                    return one
            self._kept.append(found := simulated(scenario, SEEDS, progress))
            return found
        finally:
            self._turn.release()


SHARED = Shared()


class ManySeeds:
    """Ensembles of the scenarios that a tab looks at; the latest are kept, for as long as the tab is there.

    Parameters
    ----------
    redraw, fail
        What to do when something has changed, and when something went wrong.

    Attributes
    ----------
    done, count : int
        Replicates run so far, and in all; no run is under way while `count` is 0.
    """

    def __init__(self, redraw: Callable[[], object], fail: Callable[[Exception], None]) -> None:
        self._redraw, self._fail = redraw, fail
        self._kept: deque[Ensemble] = deque(maxlen=MOST_KEPT)
        self._task: asyncio.Task[None] | None = None
        self._wanted: tuple[Scenario, ...] = ()
        self.done = self.count = 0

    def of(self, scenario: Scenario) -> Ensemble | None:
        """The ensemble of a scenario, if it has been run."""
        return next((one for one in self._kept if one.scenario == scenario), None)

    def begin(self, scenarios: Sequence[Scenario]) -> None:
        """Run what is missing of some scenarios; nothing while a run is under way."""
        missing = [scenario for scenario in scenarios if self.of(scenario) is None]
        if self.count or not missing:
            return
        self._wanted = tuple(scenarios)
        self.done, self.count = 0, SEEDS * len(missing)
        self._task = asyncio.get_running_loop().create_task(self._run(self._wanted, missing))
        self._redraw()

    def keep_to(self, scenarios: Sequence[Scenario]) -> None:
        """Give up a run of scenarios that the tab no longer looks at."""
        if any(scenario not in scenarios for scenario in self._wanted):
            self.stop()

    def cancel(self) -> None:
        """Give up the run that is under way, and show that."""
        self.stop()
        self._redraw()

    def stop(self) -> None:
        """Give up the run that is under way."""
        self._wanted = ()
        self.done = self.count = 0

    async def _run(self, wanted: tuple[Scenario, ...], scenarios: Sequence[Scenario]) -> None:
        loop, told = asyncio.get_running_loop(), time.monotonic()

        def progress(done: int, _: int) -> None:
            nonlocal told
            if self._wanted is not wanted:
                raise CancelledError
            if time.monotonic() - told > REDRAW_SECONDS:
                told = time.monotonic()
                loop.call_soon_threadsafe(self._tell, wanted, place * SEEDS + done)

        try:
            for place, scenario in enumerate(scenarios):  # noqa: B007  # `progress` reads it
                self._kept.append(await beside(SHARED.ensemble, scenario, progress))
        except CancelledError:
            return
        except asyncio.CancelledError:  # the tab's loop ends; its thread hears of it at its next replicate
            self.stop()
            raise
        except Exception as error:  # whatever it was, the page says so and stays alive
            self.stop()
            self._fail(error)
            return
        if self._wanted is wanted:
            self.cancel()

    def _tell(self, wanted: tuple[Scenario, ...], done: int) -> None:
        if self._wanted is wanted:
            self.done = done
            self._redraw()
