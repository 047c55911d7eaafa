"""What a benchmark leaves behind: a table on the screen, figures as JSON, the rate over the population as a picture."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator, StrMethodFormatter
from rich.console import Console
from rich.table import Table

from benchmarks.agreement import distance
from benchmarks.timing import Lap, ratios, times
from talentmarket.numbers import number
from talentmarket.plots.labels import label_end
from talentmarket.plots.style import Heading, canvas, dress, picture
from talentmarket.runs.folder.provenance import processor

OURS = "talentmarket"
QUESTION = "How fast is a market of nothing but offers and choices?"
MILLION = 1e6
OURS_COLOUR = "#0072B2"
OTHERS = ("#222222", "#D55E00", "#009E73", "#CC79A7", "#8C6D1F", "#56B4E9")  # colour-blind-safe (Okabe and Ito 2008)

Laps = Mapping[str, Sequence[Lap]]


def summary(laps: Laps) -> dict[str, Any]:
    """Rates in researcher-months a second, set-ups and ratios of one population, by contender."""
    ours = laps[OURS]
    return {
        name: {
            "rate": times([each.rate for each in runs])._asdict(),
            "setup_seconds_per_1000": times([each.setup for each in runs])._asdict(),
            "talentmarket_is_faster_by": ratios(ours, runs)._asdict(),
        }
        for name, runs in laps.items()
    }


def agreements(laps: Laps) -> dict[str, dict[str, float]]:
    """How far each contender's last run is from ours over the months that both ran, in standard errors."""
    found = {}
    for name, runs in laps.items():
        theirs, ours = runs[-1].record, laps[OURS][-1].record
        ours = type(ours)(*(column[: len(theirs.flows)] for column in ours))
        if name != OURS:
            found[name] = distance(ours, theirs)._asdict()
    return found


def show(people: int, figures: Mapping[str, Any], console: Console) -> None:
    """Print one population's table."""
    table = Table("", "rate", "min", "max", "faster by", "min", "max")
    for name, row in figures.items():
        rate, ratio = row["rate"], row["talentmarket_is_faster_by"]
        shown = [f"{rate[key] / MILLION:.3g}" for key in ("median", "low", "high")]
        table.add_row(name, *shown, *(f"{ratio[key]:.3g}" for key in ("median", "low", "high")))
    console.print(
        f"{people:,} researchers; million researcher-months a second, and how many times faster we are", highlight=False
    )
    console.print(table)


def machine() -> dict[str, Any]:
    """What figures are measured on: ratios, too, differ between processors."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def machine_line() -> str:
    """The machine, to stand beside every ratio."""
    return "{processor}, {cores} cores, {system}, Python {python}".format(**machine())


def save(
    found: Mapping[int, Mapping[str, Any]], agreement: Mapping[str, Any], skipped: Mapping[str, str], folder: Path
) -> None:
    """Write `bench.json`, with why rivals were skipped, and `rates.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    people = {str(key): row for key, row in found.items()}
    content = {"machine": machine(), "agreement": agreement, "skipped": dict(skipped), "people": people}
    (folder / "bench.json").write_text(json.dumps(content, indent=1) + "\n")
    rates(found).savefig(folder / "rates.png", dpi=150)


@picture
def rates(found: Mapping[int, Mapping[str, Any]]) -> Figure:
    """The rates over the population: median and range of each contender's rounds."""
    figure = canvas(4.2)
    axes = figure.subplots()
    for name, colour in zip(found[min(found)], (OURS_COLOUR, *OTHERS), strict=False):
        sizes = [people for people in sorted(found) if name in found[people]]
        rows = np.array([list(found[people][name]["rate"].values()) for people in sizes]) / MILLION
        low, middle, high = rows[:, 0], rows[:, 1], rows[:, 2]
        width = 2.4 if name == OURS else 1.2
        axes.errorbar(sizes, middle, (middle - low, high - middle), color=colour, lw=width, marker="o", ms=3, capsize=2)
        label_end(axes, name, (sizes[-1], middle[-1]), colour)
    axes.set(xscale="log", yscale="log", xlabel="researchers", ylabel="million researcher-months a processor second")
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    axes.xaxis.set_minor_locator(NullLocator())
    how = "Median and range of rounds, run in turn, one thread each, without the set-up. Both axes are logarithmic."
    return dress(figure, Heading(QUESTION, finding(found)), "poach-bench", f"{how} {machine_line()}.")


def finding(found: Mapping[int, Mapping[str, Any]]) -> str:
    """Our median rate in the largest market, and how many times that is each rival's."""
    people = max(found)
    rate = found[people][OURS]["rate"]["median"] / MILLION
    times = [
        f"{number(row['talentmarket_is_faster_by']['median'])} times {name}"
        for name, row in found[people].items()
        if name != OURS
    ]
    return f"{people:,} researchers: {number(rate)} million researcher-months a second, {', '.join(times)}"
