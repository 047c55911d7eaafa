"""Renewal theory: tenure and survival at a lab that people leave at a constant rate h and that grows at a rate g.

Mean elapsed tenure is 1/(g + h) years. In months, with those hired in a month at 0 months at its end, it is
1/(exp((g + h)/12) - 1) months: half a month less. A job that began within the run lasts t years or more with
probability exp(-h t); jobs that last at the end of the run are censored (Kaplan and Meier 1958).
"""

from __future__ import annotations

import math
import warnings

import numpy as np
from scipy import stats

from talentmarket.comparison.intervals import Interval
from talentmarket.market.records.codes import BY_SEPARATION
from talentmarket.market.simulate import Replicate
from talentmarket.validation.check import Check, Effort, around, exactly
from talentmarket.validation.markets import finished, theory

TENURE, SURVIVAL = "Tenure law", "Survival"
YEARS = (1, 2, 4)
MONTHS = 12
CONFIDENCE = 0.95


def _at_the_lab(replicate: Replicate) -> np.ndarray:
    """Months since joining of everyone at the lab at the end of the run."""
    people = replicate.world.researchers
    months: np.ndarray = replicate.month - people["joined"][people["lab"] == 0]
    return months


def tenure(worlds: list[Replicate]) -> Check:
    """Mean elapsed tenure."""
    lab = worlds[0].scenario.labs[0]
    target = 1.0 / math.expm1((lab.growth + lab.separation) / MONTHS) / MONTHS
    years = np.concatenate([_at_the_lab(replicate) for replicate in worlds]) / MONTHS
    value = float(years.mean())
    interval = around(value, float(years.std() / math.sqrt(len(years))))
    source = "1/(g + h), less half a month as hires come at the end of one"
    return Check(TENURE, "mean elapsed tenure", exactly(target), value, interval, "years", source)


def _jobs(worlds: list[Replicate]) -> stats.CensoredData:
    """Length in months of all jobs that began within a run; those that last are censored."""
    ended, lasting = [], []
    for replicate in worlds:
        moves = replicate.tables()["moves"]
        left = (moves["kind"].codes == BY_SEPARATION) & (moves["from"].codes == 0)
        length = moves["tenure"][left]
        ended.append(length[length < moves["month"][left]])
        still = _at_the_lab(replicate)
        lasting.append(still[still < replicate.month])
    return stats.CensoredData(uncensored=np.concatenate(ended), right=np.concatenate(lasting))


def survival(worlds: list[Replicate]) -> list[Check]:
    """Shares of jobs that last some years, by Kaplan and Meier with Greenwood's errors."""
    rate = worlds[0].scenario.labs[0].separation
    curve = stats.ecdf(_jobs(worlds)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # Greenwood's error has no value where nobody is left
        bounds = curve.confidence_interval(CONFIDENCE)
    z = float(stats.norm.ppf((1.0 + CONFIDENCE) / 2.0))
    lines = []
    for years in YEARS:
        months = np.array([float(MONTHS * years)])
        value = float(curve.evaluate(months)[0])
        spread = (float(bounds.high.evaluate(months)[0]) - float(bounds.low.evaluate(months)[0])) / 2.0 / z
        interval: Interval = around(value, spread)
        name = f"still there after {years} year{'s' if years > 1 else ''}"
        target = exactly(math.exp(-rate * years))
        lines.append(Check(SURVIVAL, name, target, value, interval, "share", "Kaplan-Meier against exp(-h t)"))
    return lines


def checks(effort: Effort) -> list[Check]:
    """Tenure and survival in one market."""
    worlds = finished(theory("turnover"), effort.replicates(24, 2), effort.workers)
    return [tenure(worlds), *survival(worlds)]
