"""Many seeds: how often what this run shows comes about, and what the many say on average."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from talentmarket.comparison.intervals import Interval, mean_interval, paired_differences
from talentmarket.numbers import NO_BREAK, mean_and_interval, number, signed
from talentmarket.page.drawing.dot_strip import dot_strip
from talentmarket.page.told.ensemble import Ensemble, paired
from talentmarket.runs.measures.measure import WHOLE
from talentmarket.runs.summary import half_width
from talentmarket.scenario.text.wording import capital
from talentmarket.studies.analyses.answers import factor_of, is_share
from talentmarket.studies.reading.study import Outcome

CAME, LOST = "started", "lost_to_labs"


class Row(NamedTuple):
    """An answer of the many seeds: its name and words, a value for each replicate, the mean's interval.

    `mine` is the value of replicate 0, which is the run on the page; not a number if it has none.
    """

    name: str
    words: str
    values: np.ndarray
    mine: float
    interval: Interval


def questions_of(lab: str, asked: Outcome | None = None) -> tuple[Outcome, ...]:
    """Who came, whom a lab lost, and what a study asked whose point was opened, if it is neither."""
    usual = (
        Outcome(CAME, words="people who came with the raid"),
        Outcome(LOST, lab, words=f"lost by {lab} to other labs"),
    )
    if asked is None or _key(asked) in map(_key, usual):
        return usual
    return (asked, *usual)


def sentence_of(ensemble: Ensemble | None, lab: str) -> str:
    """How many come on average over many seeds, or without a raid how many a lab loses; empty before they have been run."""
    if ensemble is None:
        return ""
    raided = (CAME, WHOLE) in ensemble.values
    asked = Outcome(CAME) if raided else Outcome(LOST, lab)
    row = _row(*_known(ensemble, None, asked), asked, is_difference=False)
    mean, interval = mean_and_interval(float(row.values.mean()), *row.interval)
    mine = f"; in this run {number(row.mine)}" if np.isfinite(row.mine) else ""
    many = f"Over {len(row.values):,} seeds with these parameters, by the last month,"
    what = f"{mean} come" if raided else f"{lab} loses {mean} to other labs"
    return f"{many} {what} on average (95{NO_BREAK}% interval {interval}){mine}."


def seeds_of(
    a: Ensemble | None, b: Ensemble | None, asked: Sequence[Outcome], progress: tuple[int, int]
) -> dict[str, Any]:
    """The panel as plain data.

    Parameters
    ----------
    a, b
        The many seeds of the runs A and B; None where they have not been run, or there is no B.
    asked
        What is shown of them, where both have it.
    progress
        Replicates run so far, and in all; 0 in all if none is under way.

    Returns
    -------
    dict
        `done` and `count`, and `rows`: for each question its name, words, mean with interval as text, and SVG.
    """
    done, count = progress
    return {"done": done, "count": count, "rows": [_shown(row) for row in _rows(a, b, asked)]}


def _rows(a: Ensemble | None, b: Ensemble | None, asked: Sequence[Outcome]) -> Iterator[Row]:
    if a is None:
        return
    for one in asked:
        if all(_key(one) in each.values for each in (a, b) if each is not None):
            numbers, values = _known(a, b, one)
            if len(values) > 1:
                yield _row(numbers, values, one, is_difference=b is not None)


def _key(asked: Outcome) -> tuple[str, str]:
    """Where an ensemble has it."""
    return asked.measure, asked.lab


def _known(a: Ensemble, b: Ensemble | None, asked: Outcome) -> tuple[np.ndarray, np.ndarray]:
    """The replicates that have an answer, and their values, or paired differences; a share as a percentage."""
    if b is None:
        numbers, values = a.replicates, a.values[_key(asked)]
    else:
        in_a, in_b = paired(a, b, _key(asked))
        numbers, values = np.intersect1d(a.replicates, b.replicates), paired_differences(in_b, in_a)
    known = np.isfinite(values)
    return numbers[known], factor_of(asked) * values[known]


def _row(numbers: np.ndarray, values: np.ndarray, asked: Outcome, *, is_difference: bool) -> Row:
    """With Student's interval, as the summary of a run has it, or that which a comparison gives a difference."""
    mine = float(values[0]) if len(numbers) and numbers[0] == 0 else float("nan")
    if is_difference:
        words = f"{capital(asked.label)}, A less B{', in percentage points' if is_share(asked) else ''}"
        return Row(f"difference_{asked.measure}", words, values, mine, mean_interval(values)[0])
    half, mean = float(half_width(np.array(np.std(values, ddof=1)), np.array(len(values)))), float(values.mean())
    words = f"{capital(asked.label)}{', in per cent' if is_share(asked) else ''}"
    return Row(asked.measure, words, values, mine, Interval(mean - half, mean + half))


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
