"""Many seeds: how often what this run shows comes about, and what the many say on average."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from talentmarket.comparison.intervals import Interval, mean_interval, paired_differences
from talentmarket.numbers import NO_BREAK, mean_and_interval, number, signed
from talentmarket.page.drawing.dot_strip import dot_strip
from talentmarket.page.told.ensemble import Ensemble, paired
from talentmarket.runs.measures.measure import WHOLE
from talentmarket.runs.summary import half_width

CAME, LOST = "started", "lost_to_labs"


class Row(NamedTuple):
    """A question to the many seeds: its name, its words, a value for each replicate, this run's, the mean's interval."""

    name: str
    words: str
    values: np.ndarray
    mine: float
    interval: Interval


def sentence_of(ensemble: Ensemble | None, lab: str) -> str:
    """How many come on average over many seeds, or without a raid how many a lab loses; empty before they have been run."""
    if ensemble is None:
        return ""
    raided = (CAME, WHOLE) in ensemble.values
    row = _of_one(ensemble, *((CAME, WHOLE) if raided else (LOST, lab)), "")
    mean, interval = mean_and_interval(float(row.values.mean()), *row.interval)
    mine = f"; in this run {number(row.mine)}" if np.isfinite(row.mine) else ""
    many = f"Over {len(row.values):,} seeds with these parameters, by the last month,"
    what = f"{mean} come" if raided else f"{lab} loses {mean} to other labs"
    return f"{many} {what} on average (95{NO_BREAK}% interval {interval}){mine}."


def seeds_of(a: Ensemble | None, b: Ensemble | None, lab: str, progress: tuple[int, int]) -> dict[str, Any]:
    """The panel as plain data.

    Parameters
    ----------
    a, b
        The many seeds of the runs A and B; None where they have not been run, or there is no B.
    lab
        Whose losses are shown.
    progress
        Replicates run so far, and in all; 0 in all if none is under way.

    Returns
    -------
    dict
        `done` and `count`, and `rows`: for each question its name, words, mean with interval as text, and SVG.
    """
    done, count = progress
    return {"done": done, "count": count, "rows": [_shown(row) for row in _rows(a, b, lab)]}


def _rows(a: Ensemble | None, b: Ensemble | None, lab: str) -> Sequence[Row]:
    if a is None:
        return []
    asked = [(CAME, WHOLE, "People who came with the raid"), (LOST, lab, f"Lost by {lab} to other labs")]
    if b is None:
        return [_of_one(a, *one) for one in asked if one[:2] in a.values]
    both = [one for one in asked if one[:2] in a.values and one[:2] in b.values]
    return [_difference(a, b, name, about, f"{words}, A less B") for name, about, words in both]


def _of_one(ensemble: Ensemble, name: str, lab: str, words: str) -> Row:
    """A measure of one run, with Student's interval of its mean, as the summary of a run has it."""
    values = ensemble.values[name, lab]
    half = float(half_width(np.array(np.std(values, ddof=1)), np.array(len(values))))
    mean = float(values.mean())
    return Row(name, words, values, _mine(ensemble.replicates, values), Interval(mean - half, mean + half))


def _difference(a: Ensemble, b: Ensemble, name: str, lab: str, words: str) -> Row:
    """The paired difference of a measure, with the interval that a comparison gives it."""
    in_a, in_b = paired(a, b, (name, lab))
    values = paired_differences(in_b, in_a)
    numbers = np.intersect1d(a.replicates, b.replicates)
    return Row(f"difference_{name}", words, values, _mine(numbers, values), mean_interval(values)[0])


def _mine(replicates: np.ndarray, values: np.ndarray) -> float:
    """The value of replicate 0, which is the run on the page; not a number if it failed."""
    return float(values[0]) if len(values) and replicates[0] == 0 else float("nan")


def _shown(row: Row) -> dict[str, str]:
    mean, interval = mean_and_interval(float(row.values.mean()), *row.interval)
    sign = signed if row.name.startswith("difference") else str
    mine = f" This run: {sign(number(row.mine))}." if np.isfinite(row.mine) else ""
    text = f"{sign(mean)} on average ({interval}) over {len(row.values):,} seeds.{mine}"
    return {
        "name": row.name,
        "words": row.words,
        "text": text,
        "svg": dot_strip(row.values, row.mine, row.interval, row.words),
    }
