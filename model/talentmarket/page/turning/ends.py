"""How far a parameter can be turned: as far as the schema allows it, and what stands beside it in its package."""

from __future__ import annotations

import math
from collections.abc import Mapping

from talentmarket.scenario.places.locating import fields_of, value_at
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.schema.campaigns import TOLERANCE, Tier
from talentmarket.scenario.text.paths import path_text, split_path

ROUNDING = 1e-9
TOTAL, SHARE = "total", "first_year_share"


def ends(scenario: Scenario, path: str, pattern: str, wanted: tuple[float, float], step: float) -> tuple[float, float]:
    """Ends of a slider, on its steps: both can be set in the scenario as it stands; equal ones leave nothing to turn.

    Parameters
    ----------
    scenario
        As it is now.
    path, pattern
        The parameter, and its path with `*` for the names of the scenario.
    wanted
        Between which values it would go if nothing else stood in its way.
    step
        Of the slider.
    """
    field = fields_of(Scenario)[pattern]
    low, high = max(wanted[0], field.get("minimum", -math.inf)), min(wanted[1], field.get("maximum", math.inf))
    least, most = _within_its_package(scenario, path)
    low = max(low, math.ceil(least / step - ROUNDING) * step) if math.isfinite(least) else low
    high = min(high, math.floor(most / step + ROUNDING) * step) if math.isfinite(most) else high
    if low > high:
        low = high = float(value_at(scenario, path))
    return round(low, 9), round(high, 9)


def turned(present: Scenario, loaded: Scenario, path: str, value: float) -> dict[str, float]:
    """What is set when a slider is let go: the parameter, and the first year's share of a package where it must follow.

    A share that does not fit the new total becomes that of the loaded scenario if this one fits, else the nearest one.

    Parameters
    ----------
    present, loaded
        The scenario as it is now, and as it was loaded.
    path, value
        What was turned, and to what.
    """
    tier, name = _tier_of(present, path), split_path(path)[-1]
    if tier is None or name not in (TOTAL, SHARE) or not tier.first_year_share:
        return {path: value}
    share_path = path_text((*split_path(path)[:-1], SHARE))
    if name == SHARE:
        return {path: _nearest(value, tier)}
    value = max(value, tier.running_pay * tier.years, tier.floor)
    changed = tier.model_copy(update={TOTAL: value})
    fitting = (share for share in (tier.first_year_share, value_at(loaded, share_path)) if _fits(share, changed))
    return {path: value, share_path: next(fitting, _nearest(tier.first_year_share, changed))}


def _tier_of(scenario: Scenario, path: str) -> Tier | None:
    """The package that a parameter is part of; none if it is part of none."""
    steps = split_path(path)
    return value_at(scenario, path_text(steps[:4])) if "tiers" in steps[2:3] else None


def _within_its_package(scenario: Scenario, path: str) -> tuple[float, float]:
    """Between which values a parameter fits with the rest of its package."""
    tier, name = _tier_of(scenario, path), split_path(path)[-1]
    if tier is None or name not in (TOTAL, SHARE):
        return -math.inf, math.inf
    return tier.first_year_bounds if name == SHARE else (max(tier.running_pay * tier.years, tier.floor), math.inf)


def _fits(share: float, tier: Tier) -> bool:
    least, most = tier.first_year_bounds
    return least - TOLERANCE <= share <= most + TOLERANCE


def _nearest(share: float, tier: Tier) -> float:
    """The share itself if the package can pay it in the first year, else the nearest that it can."""
    least, most = tier.first_year_bounds
    return share if _fits(share, tier) else min(max(share, least), most)


def merged(changed: Mapping[str, float], new: Mapping[str, float], loaded: Scenario) -> dict[str, float]:
    """What is changed in a scenario once more is set: what is as it was loaded is no change."""
    together = {**{path: value for path, value in changed.items() if path not in new}, **new}
    return {path: value for path, value in together.items() if value != value_at(loaded, path)}
