"""The look of every picture: the question, the finding as title, the scenario, and at the foot what is drawn and decides it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from importlib.metadata import version
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple, ParamSpec

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text

from talentmarket.plots import labels, words
from talentmarket.plots.colours import DARK, SOFT
from talentmarket.scenario.schema import Scenario

STYLE = Path(__file__).with_name("talentmarket.mplstyle")
WIDTH = 7.2
MARGIN = 0.12
SLACK = 0.05  # inches: bold letters drawn in pixels may run a little wider than they measure
HINTING = 0.035  # share: small letters drawn in pixels may run so much wider than they measure
TITLE_SIZE, SUBTITLE_SIZE, CAPTION_SIZE, ANSWER_SIZE = 12.0, 8.5, 7.0, 10.0
DECIDES = "What decides it: "
LEADING = 1.33
LAYOUT_DIGITS = 6

# matplotlib keeps its settings for the whole process, so that only one thread at a time may draw.
_LOCK = RLock()
Inputs = ParamSpec("Inputs")


@cache
def _look() -> dict[str, Any]:
    """All settings: matplotlib's defaults, and over them the style."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rc_file(STYLE, use_default_template=False)
        settings: Any = matplotlib.rcParams
        # To ask for the backend would choose one.
        return {name: settings[name] for name in settings if name != "backend"}


@contextmanager
def styled(svg_text: bool = False) -> Iterator[None]:
    """Draw in the one style of all pictures; other threads wait, and their settings come back afterwards.

    With `svg_text` letters in SVG stay text, which editors can change and readers search, in whatever font they have.
    """
    with _LOCK, matplotlib.rc_context():
        # Each setting is checked as it is set: most are what they should be.
        now: Any = matplotlib.rcParams
        now.update({name: value for name, value in _look().items() if now[name] != value})
        if svg_text:
            matplotlib.rcParams["svg.fonttype"] = "none"
        yield


def picture(function: Callable[Inputs, Figure]) -> Callable[Inputs, Figure]:
    """Make a function that returns a figure draw it in the style of all pictures."""

    @wraps(function)
    def draw(*args: Inputs.args, **kwargs: Inputs.kwargs) -> Figure:
        with styled():
            return function(*args, **kwargs)

    return draw


class Picture(Figure):
    """A figure that a notebook shows by itself."""

    def _repr_png_(self) -> bytes:
        content = io.BytesIO()
        with styled():
            self.savefig(content, format="png")
        return content.getvalue()


class Heading(NamedTuple):
    """What a picture asks, what it finds (its title), and the assumption that the finding hangs on; empty: not said."""

    question: str
    finding: str
    decides: str = ""


def canvas(height: float) -> Figure:
    """An empty figure whose drawing area is `height` inches high; `dress` adds room for title and caption."""
    return Picture(figsize=(WIDTH, height))


def dress(figure: Figure, heading: Heading | str, scenario: Scenario | str, caption: str) -> Figure:
    """Give a figure its title, the scenario's name, its caption and what made it, and settle its layout for good.

    Parameters
    ----------
    figure
        From `canvas`, with everything drawn.
    heading
        The title, or question, finding and what decides it.
    scenario
        Its title stands below the finding; or what stands there instead.
    caption
        What is drawn: number of runs, what a band means.

    Returns
    -------
    matplotlib.figure.Figure
        The same figure, higher by the room for the texts. Its first text is the title.
    """
    room = WIDTH - 2 * MARGIN
    question, finding, decides = heading if isinstance(heading, Heading) else Heading("", heading)
    above = words.wrapped(question, SUBTITLE_SIZE, room)
    title = words.wrapped(finding, TITLE_SIZE, room - (SLACK if question else 0.0), "bold")
    below = scenario if isinstance(scenario, str) else scenario.title
    subtitle = words.wrapped(below, SUBTITLE_SIZE, (1.0 - HINTING) * room)
    foot = words.wrapped(caption, CAPTION_SIZE, room)
    source = words.wrapped(f"{DECIDES}{decides}", CAPTION_SIZE, room) if decides else []
    source += words.wrapped(f"Simulation: talentmarket {version('talentmarket')}", CAPTION_SIZE, room)
    header = 2 * MARGIN + _height(above + subtitle, SUBTITLE_SIZE) + _height(title, TITLE_SIZE)
    footer = 2 * MARGIN + _height(foot + source, CAPTION_SIZE)
    body = float(figure.get_figheight())
    total = header + body + footer
    figure.set_figheight(total)
    top = total - MARGIN - _height(above, SUBTITLE_SIZE)
    _write(figure, title, top, TITLE_SIZE).set(weight="bold", color=DARK)
    _write(figure, subtitle, top - _height(title, TITLE_SIZE), SUBTITLE_SIZE)
    _write(figure, foot + source, footer - MARGIN, CAPTION_SIZE)
    if above:
        _write(figure, above, total - MARGIN, SUBTITLE_SIZE)
    for text in figure.findobj(Text):
        if len(families := words.fonts(text.get_text())) > 1:
            text.set_fontfamily(families)
    # Names of rows are measured on the screen's grid and may come out wider on a finer one.
    left = (MARGIN + SLACK) / WIDTH
    area = (left, footer / total, 1.0 - left - MARGIN / WIDTH, body / total)
    # Once and for all: a figure that keeps its engine lays itself out again at each saving.
    if figure.axes:
        ConstrainedLayoutEngine(rect=area).execute(figure)
    for axes in figure.axes:
        # The solver's last digits depend on where objects lie in memory; without them a picture has the same bytes.
        left, bottom, width, height = np.round(axes.get_position().bounds, LAYOUT_DIGITS).tolist()
        axes.set_position((left, bottom, width, height))
    labels.settle(figure)
    return figure


def _height(lines: list[str], size: float) -> float:
    """Height in inches of lines of text."""
    return len(lines) * size * LEADING / words.POINTS_PER_INCH


def _write(figure: Figure, lines: list[str], top: float, size: float) -> Text:
    """Write lines of text at the left margin, their top so many inches above the foot of the figure."""
    place = (MARGIN / WIDTH, top / float(figure.get_figheight()))
    return figure.text(*place, "\n".join(lines), size=size, color=SOFT, va="top", linespacing=LEADING / 1.13)


def message(question: str, scenario: Scenario | str, answer: str) -> Figure:
    """A figure that answers its question with a sentence, for a run in which there is nothing to draw."""
    figure = canvas(0.5)
    lines = words.wrapped(answer, ANSWER_SIZE, WIDTH - 2 * MARGIN)
    figure.text(MARGIN / WIDTH, 0.4, "\n".join(lines), size=ANSWER_SIZE, va="center", color=DARK)
    return dress(figure, question, scenario, "")
