"""What a calibration found, in sentences."""

from __future__ import annotations

import math

import numpy as np

from talentmarket.calibration.analyses.profile import Profile
from talentmarket.calibration.result import Fitted, question_text
from talentmarket.numbers import count, number, percent

STRONG = 0.8  # correlation from which it is told
PART = 0.3  # of the largest part of a direction, from which a parameter is named
MOST = 3
REFUTED = 0.05
AT_END = 0.005  # of the range


def sentences(fitted: Fitted) -> tuple[str, ...]:
    """What there is to say, the most important first."""
    return (
        fit_sentence(fitted),
        *_unidentified(fitted),
        *_at_ends(fitted),
        direction_sentence(fitted),
        *_correlated(fitted),
        *(profile_sentence(fitted, along) for along in fitted.profiles),
        *_better(fitted),
        suggestion_sentence(fitted),
    )


def fit_sentence(fitted: Fitted) -> str:
    """How well the figures are met, and what the J test says of it."""
    sizes = np.abs(fitted.misses)
    worst = int(np.argmax(sizes))
    met = int(np.sum(sizes <= 1.0))
    text = (
        f"{met} of {count(len(sizes), 'target')} {'is' if met == 1 else 'are'} met within the tolerance; the largest miss is"
        f" {number(float(sizes[worst]), 2)} tolerances, of {fitted.calibration.targets[worst].name}"
    )
    found = fitted.found
    if not found.freedom:
        return f"{text}. There are no more targets than parameters, so that nothing tests the model."
    test = f"J = {number(found.j)} with {count(found.freedom, 'degree')} of freedom, p = {number(found.p, 2)}"
    verdict = "the model cannot meet all of them at once" if found.p < REFUTED else "nothing speaks against the model"
    return f"{text}. {test}: {verdict}."


def _unidentified(fitted: Fitted) -> list[str]:
    """Parameters of which the targets tell nothing, and those that only act together."""
    found, told = fitted.found, []
    for place, path in enumerate(fitted.paths):
        if not found.seen[place]:
            how = "changes with it by more than chance" if found.jacobian[:, place].any() else "changes with it"
            told.append(f"{path} is not identified: no target {how}.")
    together = [path for place, path in enumerate(fitted.paths) if found.seen[place] and not found.identified[place]]
    if together:
        told.append(f"{', '.join(together)} are not identified: the targets see them in combination alone.")
    return told


def _at_ends(fitted: Fitted) -> list[str]:
    return [
        f"{path} lies at the end of its range, {number(fitted.point[path])}: a wider one might fit better."
        for path, unit in zip(fitted.paths, fitted.found.unit, strict=True)
        if not AT_END <= unit <= 1.0 - AT_END
    ]


def weakest_direction(fitted: Fitted) -> tuple[float, np.ndarray]:
    """The weakest direction of the parameters that are seen: its singular value, and its parts (P,), the largest positive."""
    found = fitted.found
    blind = np.abs(found.directions[:, ~found.seen]).max(axis=1, initial=0.0) > 0.5
    place = int(np.flatnonzero(~blind)[-1]) if not blind.all() else len(blind) - 1
    parts = found.directions[place]
    return float(found.singular_values[place]), parts * np.sign(parts[np.argmax(np.abs(parts))])


def direction_sentence(fitted: Fitted) -> str:
    """Which parameters can change together so that the targets hardly notice, and by how much."""
    strength, parts = weakest_direction(fitted)
    order = np.argsort(-np.abs(parts), kind="stable")
    named = [place for place in order if abs(parts[place]) >= PART * abs(parts[order[0]])][:MOST]
    # As far as one tolerance in all, but no farther than the range of any parameter.
    rooms = np.where(parts > 0.0, 1.0 - fitted.found.unit, fitted.found.unit)
    most = float(min(rooms[place] / abs(parts[place]) for place in named))
    length = min(1.0 / strength if strength > 0.0 else np.inf, max(most, AT_END))
    changes = [
        f"{fitted.paths[place]} from {number(fitted.value(place, fitted.found.unit[place]))} to"
        f" {number(fitted.value(place, fitted.found.unit[place] + length * parts[place]))}"
        for place in named
    ]
    moved = number(length * strength, 2)
    unit = "tolerance" if moved == "1" else "tolerances"
    return f"The targets see least of this: {', '.join(changes)}; that moves them by {moved} {unit} in all."


def _correlated(fitted: Fitted) -> list[str]:
    """The pairs of estimates that go together most."""
    found = np.triu(np.nan_to_num(fitted.found.correlations), 1)
    pairs = np.argwhere(np.abs(found) >= STRONG)
    pairs = pairs[np.argsort(-np.abs(found[tuple(pairs.T)]), kind="stable")][:MOST]
    return [
        f"The estimates of {fitted.paths[one]} and {fitted.paths[other]} go"
        f" {'together' if found[one, other] > 0 else 'against each other'}, correlation {number(found[one, other], 2)}."
        for one, other in pairs
    ]


def profile_sentence(fitted: Fitted, along: Profile) -> str:
    """Which values fit as well with all others fitted again, against what the standard error says."""
    path = fitted.paths[along.parameter]
    unit, half = fitted.found.unit[along.parameter], 1.96 * fitted.found.errors[along.parameter]
    linear = [number(fitted.value(along.parameter, unit + sign * half)) for sign in (-1.0, 1.0)]
    low, high = (number(fitted.value(along.parameter, end)) for end in (along.low, along.high))
    ends = ["to the end of the range" if end in (0.0, 1.0) else "as far as was tried" for end in along.unit[[0, -1]]]
    if np.isnan(along.low) and np.isnan(along.high):
        text = f"every value, down {ends[0]} and up {ends[1]}, fits as well"
    elif np.isnan(along.low):
        text = f"values up to {high} fit as well, down {ends[0]}"
    elif np.isnan(along.high):
        text = f"values from {low} fit as well, up {ends[1]}"
    else:
        text = f"values from {low} to {high} fit as well"
    return f"{path}: {text}, with the others fitted again (its standard error says {linear[0]} to {linear[1]})."


def _better(fitted: Fitted) -> list[str]:
    """A profile that found a better point than the search did."""
    for along in fitted.profiles:
        here = float(along.squares[np.argmin(np.abs(along.unit - fitted.found.unit[along.parameter]))])
        least = int(np.argmin(along.squares))
        if along.squares[least] < 0.99 * here - 0.01:
            value = number(fitted.value(along.parameter, along.unit[least]))
            return [
                f"The search ended early: at {fitted.paths[along.parameter]} = {value} the sum of squares is"
                f" {number(along.squares[least])} instead of {number(here)}; allow more evaluations, or start there."
            ]
    return []


def suggestion_sentence(fitted: Fitted) -> str:
    """The further number that would tell most, were it published."""
    if not len(fitted.told.order):
        return "No other measure of these runs would tell more of the parameters."
    best = fitted.told.order[0]
    ratios = fitted.told.ratios[best]
    helped = int(np.argmin(ratios))
    return (
        f"The number that would help most, were it published: {question_text(fitted.candidates[best])}, here"
        f" {number(float(fitted.measured.here.values[best]))}; known to"
        f" ±{number(float(fitted.told.tolerance[best]), 2)} it would leave {percent(float(ratios[helped]))} of the standard"
        f" error of {fitted.paths[helped]}."
    )


def profile_text(low: float, high: float) -> str:
    """The interval of a profile; an end that is not a number is open, and without either there is none."""
    if math.isnan(low) and math.isnan(high):
        return ""
    if math.isnan(low):
        return f"up to {number(high)}"
    return f"from {number(low)}" if math.isnan(high) else f"{number(low)} to {number(high)}"
