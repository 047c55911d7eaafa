"""What a benchmark leaves behind: a table on the screen, figures as JSON, the rate over the population as a picture."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.agreement import distance
from benchmarks.timing import Lap, ratios, times

OURS = "talentmarket"
MILLION = 1e6
LABEL_STEP = 1.25  # factor between two labels

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
    """What the figures were measured on, without its name."""
    return {"python": platform.python_version(), "processor": platform.machine(), "system": platform.system()}


def save(found: Mapping[int, Mapping[str, Any]], agreement: Mapping[str, Any], folder: Path) -> None:
    """Write `bench.json` and `rates.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"machine": machine(), "agreement": agreement, "people": {str(key): row for key, row in found.items()}}
    (folder / "bench.json").write_text(json.dumps(content, indent=1) + "\n")
    draw(found, folder / "rates.png")


def apart(heights: Mapping[str, float]) -> dict[str, float]:
    """Heights of labels on a logarithmic axis, moved up where they would touch."""
    placed: dict[str, float] = {}
    lowest = 0.0
    for name in sorted(heights, key=lambda each: heights[each]):
        placed[name] = max(heights[name], lowest)
        lowest = placed[name] * LABEL_STEP
    return placed


def draw(found: Mapping[int, Mapping[str, Any]], path: Path) -> None:
    """Draw the rates over the population."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(8.0, 5.0), layout="constrained")
    ends: dict[str, tuple[int, float]] = {}
    for name in found[min(found)]:
        sizes = [people for people in sorted(found) if name in found[people]]
        rates = [found[people][name]["rate"] for people in sizes]
        middle = [rate["median"] / MILLION for rate in rates]
        spread = [
            [(r["median"] - r["low"]) / MILLION for r in rates],
            [(r["high"] - r["median"]) / MILLION for r in rates],
        ]
        width = 2.6 if name == OURS else 1.4
        axes.errorbar(sizes, middle, yerr=spread, marker="o", markersize=4, linewidth=width, capsize=2, label=name)
        ends[name] = (sizes[-1], middle[-1])
    for name, height in apart({name: end[1] for name, end in ends.items()}).items():
        axes.annotate(name, (ends[name][0] * 1.08, height), va="center", fontsize=9)
    axes.set(xscale="log", yscale="log", xlabel="researchers", ylabel="million researcher-months a processor second")
    axes.set_title("poach-bench: median and range of interleaved runs", loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlim(min(found) / 1.5, max(found) * 3.5)
    figure.savefig(path, dpi=150)
    plt.close(figure)
