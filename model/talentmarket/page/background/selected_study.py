"""What of the studies a tab looks at; a study is read and summed up beside the tab's loop, so that the market can go on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from talentmarket.page.address import whole
from talentmarket.page.background.beside import beside
from talentmarket.page.told.studied import prepared, study_titles

FIRST = "offer_size"  # the article's question: what a larger offer wins
MOST = 999_999  # points and responses that a visitor may ask for by number


class SelectedStudy:
    """A study, one of its responses, and one of its points.

    Parameters
    ----------
    redraw, fail
        What to do when something has changed, and when something went wrong.

    Attributes
    ----------
    name : str
        The study.
    response, point : int
        Numbers from 0; -1 for no point.
    ready : bool
        Whether the study has been read and summed up.
    """

    def __init__(self, redraw: Callable[[], None], fail: Callable[[Exception], None]) -> None:
        self._redraw, self._fail = redraw, fail
        self.name, self.response, self.point = FIRST, 0, -1
        self.ready = False
        self._task: asyncio.Task[None] | None = None

    def choose(self, name: str) -> None:
        """Look at a study, from its first response on; a name that is none changes nothing."""
        if name not in study_titles():
            return
        self.name, self.response, self.point, self.ready = name, 0, -1, False
        self.close()
        self._task = asyncio.get_running_loop().create_task(self._prepare(name))
        self._redraw()

    def look_at(self, text: str) -> None:
        """Look at another response by its number."""
        self.response = whole(text, MOST) or 0
        self._redraw()

    def point_at(self, text: str) -> None:
        """Look at a point by its number; whatever is no number is no point."""
        point = whole(text, MOST)
        self.point = -1 if point is None else point
        self._redraw()

    def close(self) -> None:
        """Give up what is being prepared."""
        if self._task is not None:
            self._task.cancel()

    async def _prepare(self, name: str) -> None:
        try:
            await beside(prepared, name)
            self.ready = self.name == name
        except Exception as error:  # whatever it was, the page says so and stays alive
            self._fail(error)
        self._redraw()
