"""Files to take away, prepared beside the tab's loop, so that the market can go on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from talentmarket.page.background.beside import beside
from talentmarket.page.downloads import DOWNLOADS, Download, Run, run_of
from talentmarket.page.session import Session


class Preparing:
    """One file at a time.

    Parameters
    ----------
    redraw, fail
        What to do when something has changed, and when something went wrong.

    Attributes
    ----------
    kind : str
        What is being prepared; empty for nothing.
    ready : Download or None
        A file that the browser has not taken yet.
    """

    def __init__(self, redraw: Callable[[], None], fail: Callable[[Exception], None]) -> None:
        self._redraw, self._fail = redraw, fail
        self.kind = ""
        self.ready: Download | None = None
        self._task: asyncio.Task[None] | None = None

    def begin(self, kind: str, session: Session) -> None:
        """Prepare a file of the run as it is now; nothing while another one is being prepared."""
        if kind in DOWNLOADS and not self.kind:
            self.kind = kind
            self._task = asyncio.get_running_loop().create_task(self._prepare(run_of(session)))
            self._redraw()

    async def _prepare(self, run: Run) -> None:
        try:
            self.ready = await beside(DOWNLOADS[self.kind][1], run)
        except Exception as error:  # whatever it was, the page says so and stays alive
            self._fail(error)
        self.kind = ""
        self._redraw()

    def taken(self) -> None:
        """Forget the file that the browser has."""
        self.ready = None
        self._redraw()

    def close(self) -> None:
        """Give up; the tab has gone."""
        if self._task is not None:
            self._task.cancel()
