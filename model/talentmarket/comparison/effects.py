"""The effect of one run against another on every measure: a table with intervals, tests and what pairing bought."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from talentmarket.comparison import intervals
from talentmarket.comparison.pairing import Pairing, aligned, asked_of
from talentmarket.runs.measures.measure import Measure

SIGNIFICANCE = 0.05
HIGHER, LOWER, UNCLEAR, SAME = "higher", "lower", "not distinguishable from zero", "the same"
ONE_ONLY, UNDEFINED = "only one run has it", "undefined"


def effects(pairing: Pairing, precision: float) -> pd.DataFrame:
    """Every measure of every run against that of the base.

    Parameters
    ----------
    pairing
        The runs; the first is the base.
    precision
        Wanted half-width of a difference's interval, as a share of the difference.

    Returns
    -------
    pandas.DataFrame
        One row for each run but the base, each measure and lab; the columns stand in `comparison.COLUMNS`.
    """
    asked = asked_of(pairing.runs)
    values = aligned(pairing, asked)
    rows = [
        {"run": name, **_described(measure, lab), **_effect(base, other, measure.bounds)}
        for name, others in zip(pairing.names[1:], values[1:], strict=True)
        for (measure, lab), base, other in zip(asked, values[0], others, strict=True)
    ]
    return _judged(pd.DataFrame(rows), precision)


def _described(measure: Measure, lab: str) -> dict[str, str]:
    return {
        "group": measure.group,
        "measure": measure.name,
        "lab": lab,
        "unit": measure.unit,
        "definition": measure.definition,
    }


def _mean(values: np.ndarray) -> float:
    defined = values[~np.isnan(values)]
    return float(defined.mean()) if len(defined) else float("nan")


def _effect(base: np.ndarray, other: np.ndarray, bounds: tuple[float, float]) -> dict[str, float | int | str]:
    """What the replicates of two runs (R,) say of one measure, whose values lie within bounds."""
    differences = intervals.paired_differences(base, other)
    both = ~(np.isnan(base) | np.isnan(other))
    student = intervals.t_interval(differences)
    shown, kind = intervals.mean_interval(differences)
    widest = bounds[1] - bounds[0]
    low, high = np.clip(shown, -widest, widest)
    half, unpaired = (student.high - student.low) / 2.0, intervals.unpaired_half_width(base[both], other[both])
    return {
        "n": len(differences),
        "base_mean": _mean(base),
        "mean": _mean(other),
        "difference": float(differences.mean()) if len(differences) else float("nan"),
        "sd": intervals.deviation(differences),
        "scale": intervals.pooled_deviation(base[both], other[both]),
        "low": low,
        "high": high,
        "interval": kind,
        "t_low": student.low,
        "t_high": student.high,
        "half_width": half,
        "unpaired_half_width": unpaired,
        "width_ratio": half / unpaired if unpaired > 0.0 else float("nan"),
        "variance_reduction": intervals.variance_reduction(base[both], other[both]),
        "p": intervals.p_value(differences),
    }


def _judged(table: pd.DataFrame, precision: float) -> pd.DataFrame:
    """The table with what follows from all its rows together."""
    adjusted = intervals.holm(table["p"].to_numpy(dtype=float))
    apart = (table["low"] > 0.0) | (table["high"] < 0.0)
    significant = (adjusted < SIGNIFICANCE) & apart.to_numpy()
    target = np.where(significant, precision * table["difference"].abs(), np.nan)
    spread_apart = table["unpaired_half_width"] / table["half_width"] * table["sd"]
    return table.assign(
        p_holm=adjusted,
        significant=significant,
        verdict=[_verdict(*pair) for pair in zip(table.itertuples(), significant, strict=True)],
        replicates_needed=_replicates_needed(table["sd"], target),
        replicates_needed_unpaired=_replicates_needed(spread_apart.where(table["half_width"] > 0.0), target),
    )


def _replicates_needed(spread: pd.Series, target: np.ndarray) -> list[float]:
    return [intervals.replicates_needed(*pair) for pair in zip(spread, target, strict=True)]


def _verdict(row: Any, significant: bool) -> str:
    if row.n == 0:
        return UNDEFINED if np.isnan(row.base_mean) and np.isnan(row.mean) else ONE_ONLY
    if row.difference == 0.0 and not row.sd > 0.0:
        return SAME
    if not significant:
        return UNCLEAR
    return HIGHER if row.difference > 0.0 else LOWER
