"""The picture of `docs/explanation/common-random-numbers.md`: differences under the same shocks, and without."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from talentmarket.plots.colours import GREY, LABS, SOFT
from talentmarket.plots.style import canvas, dress, picture
from talentmarket.runs.runs import Runs

LOSSES = "measure == 'lost_to_labs' and lab == 'OpenAI'"
NORMAL_95 = 1.959964


def losses(runs: Runs) -> np.ndarray:
    """What OpenAI loses to other labs, by replicate."""
    measures = runs.measures.astype({"measure": str, "lab": str})
    return measures.query(LOSSES).sort_values("replicate")["value"].to_numpy()


@picture
def same_shocks(without: np.ndarray, with_raid: np.ndarray) -> Figure:
    """A line a replicate on the left; on the right the differences, paired and between runs with nothing in common.

    Parameters
    ----------
    without, with_raid
        OpenAI's losses by replicate, of the same length.
    """
    paired, apart = with_raid - without, with_raid - np.roll(without, 1)
    half = [NORMAL_95 * each.std(ddof=1) / np.sqrt(each.size) for each in (paired, apart)]
    figure = canvas(2.9)
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.5))
    for pair in zip(without, with_raid, strict=True):
        left.plot((0, 1), pair, color=GREY, linewidth=0.7, alpha=0.7)
    left.plot((0, 1), (without.mean(), with_raid.mean()), color=LABS["OpenAI"], linewidth=2.5)
    left.set_xticks((0, 1), ("baseline", "raid"))
    left.set_xlim(-0.15, 1.15)
    left.set_ylabel("people lost by OpenAI")
    rows = ((1, paired, LABS["OpenAI"], "same shocks"), (0, apart, GREY, "other shocks"))
    for height, values, colour, _ in rows:
        spread = np.linspace(-0.16, 0.16, values.size)
        right.scatter(values, height + spread, s=9, color=colour, alpha=0.6, linewidths=0)
    right.set_yticks([row[0] for row in rows], [row[3] for row in rows])
    right.axvline(0.0, color=SOFT, linewidth=0.8)
    right.set_ylim(-0.5, 1.5)
    right.set_xlabel("more people lost because of the raid")
    title = (
        f"{paired.size} runs tell the effect to ±{half[0]:.1f} people under the same shocks, to ±{half[1]:.1f} without"
    )
    caption = (
        f"OpenAI's losses to other labs in four years. Left: {paired.size} runs with and without the raid, green: their mean. "
        "Right: each run's difference, and that between each run and the baseline of another one."
    )
    return dress(figure, title, "baseline and meta_raid", caption)
