"""What a study says, in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from talentmarket.numbers import NO_BREAK, count, factor_of_unit, mean_and_interval, number, percent, signed
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.scenario.text.wording import capital, listed
from talentmarket.studies.analyses.boxes import Box
from talentmarket.studies.analyses.indices import strongest
from talentmarket.studies.analyses.panel import Panel
from talentmarket.studies.analyses.robustness import Robustness, robustness
from talentmarket.studies.analyses.space import MOST_NAMED, space
from talentmarket.studies.reading.study import Outcome, Study

# Designs whose points are a sample of the space, so that a share of points estimates a share of it; those of Saltelli share
# columns and are not independent.
SAMPLED = ("sobol", "latin", "random")
MOST_LISTED = 3  # points of a grid that are told one by one
INDICES = {"pawn": "PAWN index", "sobol_total": "Sobol's total index"}  # the others by their name
UNIT = {measure.name: measure.unit for measure in MEASURES}
BOUNDS = {measure.name: measure.bounds for measure in MEASURES}


def answers(
    study: Study,
    panels: Sequence[Panel],
    indices: pd.DataFrame,
    found_boxes: Sequence[tuple[Panel, tuple[Box, ...]]],
    failures: pd.DataFrame,
) -> Iterator[str]:
    """Sentences: what is found of each response, what it hangs on, where it fails, and what is missing."""
    for panel in panels:
        if not len(panel.mean):
            yield f"{headed(study, panel)} is undefined at every point."
            continue
        yield finding(study, panel)
        if (text := hangs_on(study, indices, panel)) != "":
            yield text
        if panel.outcome.per:
            yield _ratio(panel, panels)
    for panel, found in found_boxes:
        yield from _where_it_fails(study, panel, found)
    for note in dict.fromkeys(indices.loc[indices["note"] != "", "note"]):
        named = sorted({name.partition("_")[0].capitalize() for name in indices.loc[indices["note"] == note, "index"]})
        yield f"Indices of {' and '.join(named)} are refused: {note}."
    if len(failures):
        first = failures.iloc[0]
        yield f"{count(len(failures), 'point')} failed; point {first['point']}: {first['error']}"
    if study.design.refine:
        yield (
            "Shares and indices are of the points that sample the space; half of the later ones were chosen where the sign of a"
            " difference was unclear, and show where it turns."
        )
    if study.stopping.looks > 1:
        yield (f"Intervals are widened for up to {study.stopping.looks} looks at a point's replicates (Bonferroni).")


def bounds_of(outcome: Outcome, is_difference: bool) -> tuple[float, float]:
    """Between what an outcome lies, or its difference from the base: of a share 0 and 1, or -1 and 1."""
    low, high = BOUNDS[outcome.measure]
    return (low - high, high - low) if is_difference else (low, high)


def headed(study: Study, panel: Panel) -> str:
    """The response as the subject of a sentence."""
    name = panel.outcome.label
    run = f" in {panel.run.name}" if len(study.runs) > 1 or study.base is None else ""
    versus = f", {panel.run.name} less {study.base.name}," if study.base is not None else run
    with_levers = f" with {panel.choice_label}," if panel.choice else ""
    return f"{capital(name)}{versus}{with_levers}"


def sign_counts(study: Study, panel: Panel, lower: bool) -> Robustness:
    """Points of a panel by their sign; only points that sample the space give an interval."""
    sampled = study.design.kind in SAMPLED and bool(study.parameters)
    return robustness(panel.mean, panel.low, panel.high, lower, sampled)


def finding(study: Study, panel: Panel) -> str:
    """One sentence: in what share of the points a difference has its sign, or from where to where an outcome goes."""
    if len(panel.mean) <= MOST_LISTED and study.design.kind not in SAMPLED:
        return f"{headed(study, panel)} is {_each(study, panel)}."
    if study.base is None:
        return f"{headed(study, panel)} {_middle(study, panel)}runs from {extremes(study, panel)}."
    lower = is_lower(panel)
    found = sign_counts(study, panel, lower)
    interval = f" ({percent(found.interval.low)} to {percent(found.interval.high)})" if _known(found) else ""
    place = f"of {space(study)}" if _known(found) else f"of {count(found.points, 'point')}"
    return (
        f"{headed(study, panel)} is {'below' if lower else 'above'} zero in {percent(found.share)}{interval} {place}; "
        f"{found.clear_wanted:,} of {count(found.points, 'point')} are clear about it, {found.clear_other:,} clearly the "
        f"other way, {found.unclear:,} unclear. It runs from {extremes(study, panel)}."
    )


def _middle(study: Study, panel: Panel) -> str:
    """Where nine tenths of the space lie, if the points are a sample of it."""
    if study.design.kind not in SAMPLED or not study.parameters:
        return ""
    low, middle, high = (shown(panel.outcome, float(each)) for each in np.quantile(panel.mean, [0.05, 0.5, 0.95]))
    return f"lies between {low} and {high} in nine tenths of {space(study)}, with {middle} in the middle; it "


def in_short(study: Study, panel: Panel) -> str:
    """What a picture's title says of a difference: which sign most points have, and in what share of them."""
    lower = is_lower(panel)
    found, other = sign_counts(study, panel, lower), sign_counts(study, panel, not lower)
    if other.wanted > found.wanted:
        lower, found = not lower, other
    between = f" ({percent(found.interval.low)} to {percent(found.interval.high)})" if _known(found) else ""
    verb = "lowers" if lower else "raises"
    where = f"With {panel.choice_label}: " if panel.choice else ""
    if not found.clear_wanted + found.clear_other:
        return f"{where}{'whether' if where else 'Whether'} {panel.run.name} {verb} {panel.outcome.label} is not clear at any point"
    clearly = f", clearly at {percent(found.clear_wanted / found.points)}" if found.clear_wanted < found.wanted else ""
    sizes = (float(each) for each in (np.median(panel.mean), panel.mean.min(), panel.mean.max()))
    middle, least, most = (shown(panel.outcome, size, is_difference=True) for size in sizes)
    return (
        f"{where}{panel.run.name} {verb} {panel.outcome.label} at {percent(found.share)}{between} of the points{clearly}: "
        f"{middle} in the middle, {least} to {most} at the ends"
    )


def is_share(outcome: Outcome) -> bool:
    """Whether an outcome is a share, which is read in per cent."""
    return UNIT[outcome.measure] == "share"


def factor_of(outcome: Outcome) -> float:
    """By what the values of an outcome are multiplied where they are shown."""
    return factor_of_unit(UNIT[outcome.measure])


def shown(outcome: Outcome, value: float, is_difference: bool = False) -> str:
    """A value of an outcome as it is read: a share in per cent, a difference with its sign, that of shares in points.

    Two digits, as a point has few replicates.
    """
    if not is_share(outcome):
        return signed(number(value, 2)) if is_difference else number(value, 2)
    text = number(100.0 * value, 2)
    return f"{signed(text)}{NO_BREAK}points" if is_difference else f"{text}{NO_BREAK}%"


def is_lower(panel: Panel) -> bool:
    """Whether a difference is spoken of as lower: that is wanted, or nothing is and it mostly is."""
    return panel.outcome.want == "lower" or (panel.outcome.want == "" and float(np.median(panel.mean)) < 0.0)


def _known(found: Robustness) -> bool:
    return not math.isnan(found.interval.low)


def extremes(study: Study, panel: Panel) -> str:
    """The lowest and the highest point, with their intervals and what the parameters are there; shares in per cent."""
    return " to ".join(_point(study, panel, int(place)) for place in (np.argmin(panel.mean), np.argmax(panel.mean)))


def _each(study: Study, panel: Panel) -> str:
    """Every point, where they are few: what the outcome is there, with its interval, and what the parameters are."""
    told = [_point(study, panel, place) for place in range(len(panel.mean))]
    return listed(told) if len(study.parameters) == 1 else "; ".join(told)


def _point(study: Study, panel: Panel, place: int) -> str:
    factor = factor_of(panel.outcome)
    unit = f"{NO_BREAK}{'points' if study.base is not None else '%'}" if is_share(panel.outcome) else ""
    mean, interval = mean_and_interval(*(factor * float(each[place]) for each in (panel.mean, panel.low, panel.high)))
    return f"{mean}{unit} ({interval}) at {_at(study, panel, place)}"


def _at(study: Study, panel: Panel, place: int) -> str:
    """What the parameters are at a point, where they are few enough to be said."""
    if not 0 < len(study.parameters) <= MOST_NAMED:
        return f"point {panel.points[place]}"
    values = zip(study.parameters, panel.inputs[place], strict=True)
    return ", ".join(f"{parameter.phrase} {parameter.text_of(value)}" for parameter, value in values)


def hangs_on(study: Study, indices: pd.DataFrame, panel: Panel) -> str:
    """One sentence: the parameters that matter most, those above the noise floor or clearly off zero."""
    rows = strongest(indices, panel.name, panel.choice)
    if not len(rows):
        return ""
    floor = rows["floor"].iloc[0]
    telling = rows[rows["value"] > floor] if not math.isnan(floor) else rows[rows["low"] * rows["high"] > 0.0]
    if not len(telling):
        return "No parameter stands out from chance."
    labels = {parameter.path: parameter.label for parameter in study.parameters}
    arrows = {1: "rising", -1: "falling", 0: "neither rising nor falling throughout"}
    named = [
        f"{labels[row.parameter]} ({INDICES.get(row.index) or row.index.replace('_', ' ')} {number(row.value, 2)}, {arrows[row.direction]})"
        for row in telling.head(MOST_NAMED).itertuples()
    ]
    return f"It hangs most on {', '.join(named)}."


def _ratio(panel: Panel, panels: Sequence[Panel]) -> str:
    """One sentence: the response over another one's size, at the points where that is clearly not zero."""
    other = next(
        each
        for each in panels
        if (each.outcome.name, each.run, each.choice) == (panel.outcome.per, panel.run, panel.choice)
    )
    rows = zip(other.points, other.mean, other.low, other.high, strict=True)
    clear = {point: abs(mean) for point, mean, low, high in rows if low * high > 0.0}
    values = [mean / clear[point] for point, mean in zip(panel.points, panel.mean, strict=True) if point in clear]
    if not values:
        return f"There is no point at which {other.outcome.label} is clearly not zero, to divide it by."
    middle, low, high = (number(float(each)) for each in (np.median(values), min(values), max(values)))
    return (
        f"Divided by {other.outcome.label} it is {middle} {UNIT[panel.outcome.measure]} in the middle, from {low} to {high}, at the "
        f"{count(len(values), 'point')} of {len(panel.mean):,} that are clear about it."
    )


def _where_it_fails(study: Study, panel: Panel, found: tuple[Box, ...]) -> Iterator[str]:
    discover = study.discover
    assert discover is not None
    rule = f"{'above' if discover.above else 'below'} {number(discover.limit)}"
    run = f" in {panel.run.name}" if len(study.runs) > 1 else ""
    with_levers = f"{run}{f' with {panel.choice_label}' if panel.choice else ''}"
    failing = sum(discover.holds(mean) for mean in panel.mean)
    if not found:
        yield f"{panel.outcome.label} is {rule} at {failing:,} of {count(len(panel.mean), 'point')}{with_levers}: no box tells where."
    for box in found:
        sides = " and ".join(_side(study, panel, which, ends) for which, ends in box.limits.items())
        yield (
            f"{panel.outcome.label} is {rule}{with_levers} where {sides}: at {percent(box.density)} of the "
            f"{count(box.points, 'point')} there, which are {percent(box.coverage)} of all such points."
        )


def _side(study: Study, panel: Panel, which: int, ends: tuple[float, float]) -> str:
    """A restriction in words; an end that is that of the range is not told."""
    column, label = panel.inputs[:, which], study.parameters[which].label
    low, high = (number(end) for end in ends)
    if ends[0] <= column.min():
        return f"{label} is at most {high}"
    return f"{label} is at least {low}" if ends[1] >= column.max() else f"{label} is from {low} to {high}"
