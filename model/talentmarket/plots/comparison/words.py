"""What the pictures of a comparison share: the line below the title, colours of runs, panels for labs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.losses import labs_concerned, labs_of
from talentmarket.numbers import count
from talentmarket.plots import words
from talentmarket.plots.colours import DARK, SHADE, ink, lab_colours
from talentmarket.plots.events import Mark, event_marks
from talentmarket.scenario.text.wording import listed
from talentmarket.scenario.writing.resting import deciding_between, named_with_basis

BASE = "#7F7F7F"
# None of them a lab's, as labs are often in the same picture; the first ones are told apart best beside grey and in print.
RUNS = ("#6B2C91", "#E0559C", "#2BA6B8", "#8A5A2B", "#B3B000")
PANEL_HEIGHT = 1.7
COLUMNS = 2
NAME_ROOM = 1.1
MOST_PARTS = 4
MOST_LETTERS = 40  # of a run's title within a picture's
MOST_NAMED = 3  # sides in a picture's title
CHANCE = "; their order may be chance"
NO_DIFFERENCE = "no difference that can be told"
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240)


def run_colours(names: Sequence[str]) -> dict[str, str]:
    """A colour for each run: grey for the base."""
    return {name: BASE if place == 0 else RUNS[(place - 1) % len(RUNS)] for place, name in enumerate(names)}


def quoted_run(comparison: Comparison, name: str) -> str:
    """The same as `quoted`, of a run by its name."""
    return quoted(comparison, comparison.names.index(name))


def quoted(comparison: Comparison, place: int) -> str:
    """The title of a run within a picture's title, by its number: in quotation marks, cut if it is long.

    If titles that are cut are no longer told apart it is the run's name, which is.
    """
    cut = [_cut(title) for title in comparison.titles]
    return f"“{cut[place] if len({*cut}) == len(cut) else words.printable(comparison.names[place])}”"


def _cut(title: str) -> str:
    text = words.printable(title)
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + words.ELLIPSIS


def quoted_all(comparison: Comparison, places: Sequence[int]) -> str:
    """The titles of several runs, such as `“A” and “B”`."""
    return listed([quoted(comparison, place) for place in places])


def others_told(rows: pd.DataFrame, told: pd.Series) -> list[pd.Series]:
    """Of other runs' rows about the same those that a title names beside the one that it tells: the nearest first, or the farthest alone.

    Up to two are all named; of more the one whose `difference` is farthest from that of the one that is told.
    """
    others = rows[rows["run"] != told["run"]]
    order = (others["difference"] - told["difference"]).abs().sort_values(kind="stable").index
    return [others.loc[place] for place in (order if len(order) < MOST_NAMED else order[-1:])]


def by_run(comparison: Comparison, told: Sequence[tuple[str, str]]) -> str:
    """Texts, each of a run, as a title has them, such as `+3 in “A”, −1 in “B” and “C”`: runs of which the same is told together."""
    places: dict[str, list[int]] = {}
    for text, run in told:
        places.setdefault(text, []).append(comparison.names.index(run))
    return ", ".join(f"{text} in {quoted_all(comparison, each)}" for text, each in places.items())


def subtitle(comparison: Comparison) -> str:
    """Which scenarios are compared, by their titles."""
    return f"{' / '.join(comparison.titles[1:])} – against {comparison.titles[0]}"


def replicates_text(comparison: Comparison) -> str:
    """How many pairs of runs there are."""
    return f"{count(comparison.replicates, 'pair')} of runs under the same shocks"


def deciding(comparison: Comparison) -> str:
    """What decides what the difference between the scenarios does: parameters, each with what it rests on."""
    scenarios = [runs.scenario for runs in comparison.runs]
    found = deciding_between(scenarios[0], scenarios[1:])
    if not found:
        return "nothing: the scenarios do not differ."
    named = named_with_basis(scenarios, found[:MOST_PARTS])
    return f"{named}."


def colours_of_labs(comparison: Comparison) -> dict[str, str]:
    """A colour for each lab of any of the runs."""
    every = {lab.name: lab for each in comparison.runs for lab in each.scenario.labs}
    return lab_colours(list(every.values()))


def labs_that_differ(series: pd.DataFrame, comparison: Comparison) -> list[str]:
    """Labs whose losses differ distinguishably in the end, and those that what differs is about; all if there are none.

    `series` is as `losses.losses_by_month` makes it.
    """
    end = series[(series["month"] == series["month"].max()) & (series["run"] != comparison.names[0])]
    clear = set(end.loc[end["difference_low"] * end["difference_high"] > 0.0, "lab"])
    every = labs_of(comparison)
    concerned = labs_concerned(comparison)
    drawn = clear if concerned == set(every) else clear | concerned
    return [lab for lab in every if lab in drawn] or every


def not_drawn(labs: list[str], comparison: Comparison) -> str:
    """Which labs have no panel, and why; empty if all have one."""
    missing = [lab for lab in labs_of(comparison) if lab not in labs]
    return (
        f" Not drawn, as nothing is changed there and losses do not differ distinguishably in the end: {', '.join(missing)}."
        if missing
        else ""
    )


def lab_panels(figure: Figure, comparison: Comparison, labs: list[str]) -> Iterator[tuple[str, Axes]]:
    """A panel over the months for each of some labs, headed by its name in its colour."""
    colours = colours_of_labs(comparison)
    months = comparison.runs[0].scenario.run.months
    step = next((step for step in MONTH_STEPS if months <= 5 * step), MONTH_STEPS[-1])
    for place, lab in enumerate(labs):
        axes = figure.add_subplot(math.ceil(len(labs) / COLUMNS), COLUMNS, place + 1)
        text, size = words.fitted(lab, (8.5, 6.0), 2.2, "bold")
        axes.set_title(text, color=ink(colours[lab]), weight="bold", size=size)
        axes.set_xlabel("month" if place + COLUMNS >= len(labs) else "")
        axes.set_xlim(0, months)
        axes.xaxis.set_major_locator(MultipleLocator(step))
        axes.grid(axis="y")
        yield lab, axes


def panels_height(labs: list[str]) -> float:
    """Height in inches of the panels of some labs."""
    return math.ceil(len(labs) / COLUMNS) * PANEL_HEIGHT


def shade_campaigns(axes: Axes, comparison: Comparison) -> bool:
    """Shade the months in which any run's campaigns may make offers; says whether there are any."""
    spans = {
        (max(campaign.start - 1, 0), min(campaign.start - 1 + campaign.months, each.scenario.run.months))
        for each in comparison.runs
        for campaign in each.scenario.campaigns
        if campaign.start <= each.scenario.run.months
    }
    for start, end in spans:
        axes.axvspan(start, end, color=SHADE, linewidth=0, zorder=0)
    return bool(spans)


def marks_of(comparison: Comparison) -> list[Mark]:
    """Events of all runs; one that happens in several of them is marked once."""
    events = pd.concat([each.events.astype({"event": str}) for each in comparison.runs])
    events = events[events["replicate"].isin(comparison.pairing.replicates)]
    return event_marks(
        events.drop_duplicates(["replicate", "event"]), comparison.replicates, comparison.runs[0].scenario
    )


def labels_of(comparison: Comparison) -> dict[str, str]:
    """What each run is called at the end of its line: its title, or its name where titles are too long to be told apart."""
    cut = [short(title) for title in comparison.titles]
    return dict(zip(comparison.names, cut if len({*cut}) == len(cut) else map(short, comparison.names), strict=True))


def short(name: str, size: float = 7.5, room: float = NAME_ROOM) -> str:
    """A run's name in at most two lines, cut if it takes more room."""
    return words.in_lines(name, size, room, 2)


def zero_line(axes: Axes) -> None:
    """A thin line at no difference."""
    axes.axhline(0, color=DARK, linewidth=0.7, zorder=1)
