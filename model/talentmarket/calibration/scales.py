"""Between the values of parameters and shares of their ranges."""

from __future__ import annotations

import math

import numpy as np

from talentmarket.calibration.file import Calibration, Free


def value_at(free: Free, share: float) -> float:
    """The value at a share of a range."""
    if free.log:
        return float(free.low * (free.high / free.low) ** share)
    return free.low + share * (free.high - free.low)


def share_at(free: Free, value: float) -> float:
    """The share of a range at which a value lies."""
    if free.log:
        return math.log(value / free.low) / math.log(free.high / free.low)
    return (value - free.low) / (free.high - free.low)


def slope_at(free: Free, share: float) -> float:
    """Change of the value for a whole range, at a share of it."""
    if free.log:
        return value_at(free, share) * math.log(free.high / free.low)
    return free.high - free.low


def values_at(calibration: Calibration, unit: np.ndarray) -> dict[str, float]:
    """Values by path at a point in shares of the ranges (parameters,)."""
    return {
        path: value_at(free, float(share))
        for (path, free), share in zip(calibration.parameters.items(), unit, strict=True)
    }
