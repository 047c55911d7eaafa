"""The ruler of a campaign's tiers above a plot over list ranks: where each begins and what it offers."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import ScaledTranslation, Transform

from talentmarket.numbers import money
from talentmarket.plots import words
from talentmarket.plots.colours import DARK
from talentmarket.plots.labels import spread
from talentmarket.scenario.schema import Campaign, Tier

SIZE, SMALLEST = 7.5, 5.5
GAP = 0.12
RULER, TEXT = 18, 28


def tier_edges(campaign: Campaign, last: int) -> np.ndarray:
    """Ends of the tiers that reach down to list rank `last`, half a rank beyond the ranks themselves.

    Parameters
    ----------
    campaign
        Its tiers follow one another down the list.
    last
        Last rank of the plot.

    Returns
    -------
    numpy.ndarray
        0.5 and then the end of each tier; the last one ends at `last` + 0.5.
    """
    inner = [tier.last_rank + 0.5 for tier in campaign.tiers if tier.last_rank < last]
    return np.array([0.5, *inner, last + 0.5])


def draw_tiers(axes: Axes, campaign: Campaign, edges: np.ndarray, inches: float) -> None:
    """Draw a segment for each tier above `axes` and its name and package above that.

    Parameters
    ----------
    axes
        Its horizontal axis, with its final limits and scale, counts list ranks.
    campaign
        The campaign whose tiers are drawn.
    edges
        From `tier_edges`.
    inches
        Width of the axes, or a little less.
    """
    tiers = campaign.tiers[: len(edges) - 1]
    places = (axes.transScale + axes.transLimits).transform([(edge, 0.0) for edge in edges])[:, 0]
    size, texts = _fitted([_text(tier) for tier in tiers], inches)
    if any(words.ELLIPSIS in text for text in texts):
        # Too many tiers for their names: the packages alone say more than words cut short.
        size, texts = _fitted([money(tier.total) for tier in tiers], inches)
    boxes = [(words.width(text, size) + GAP) / inches for text in texts]
    middles = (places[:-1] + places[1:]) / 2
    centres = spread(middles, boxes, -GAP / inches, 1 + GAP / inches)
    ruler, line = _above(axes, RULER), _above(axes, TEXT)
    for left, right, middle, centre, text in zip(places[:-1], places[1:], middles, centres, texts, strict=True):
        # A gap between neighbours shows where a tier ends.
        gap = min(0.003, 0.2 * (right - left))
        axes.plot([left + gap, right - gap], [1, 1], transform=ruler, color=DARK, linewidth=1.2, clip_on=False)
        axes.annotate(
            text,
            (middle, 1),
            xytext=(centre, 1),
            xycoords=ruler,
            textcoords=line,
            size=size,
            ha="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": DARK, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 0},
        )


def _above(axes: Axes, points: float) -> Transform:
    """Fractions of the axes, moved up by so many points."""
    scale = axes.get_figure().dpi_scale_trans  # type: ignore[union-attr]
    return axes.transAxes + ScaledTranslation(0, points / words.POINTS_PER_INCH, scale)


def _text(tier: Tier) -> str:
    return f"{tier.name}: {'up to ' if tier.rank_exponent else ''}{money(tier.total)}"


def _fitted(texts: list[str], inches: float) -> tuple[float, list[str]]:
    """The largest size at which the texts fit side by side; at the smallest, they are cut."""
    for size in np.arange(SIZE, SMALLEST - 0.1, -0.5):
        if sum(words.width(text, size) + GAP for text in texts) <= inches:
            return float(size), [words.printable(text) for text in texts]
    return SMALLEST, [words.shortened(text, SMALLEST, inches / len(texts) - GAP) for text in texts]
