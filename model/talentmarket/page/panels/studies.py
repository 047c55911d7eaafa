"""The shipped studies on the page: what each found, its points as a chart, and a point as the two runs that it compares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from talentmarket.numbers import NO_BREAK, decimals, fixed, number, percent
from talentmarket.page.choices import Choices
from talentmarket.page.drawing.points import Mark, points_chart
from talentmarket.page.session import Setup
from talentmarket.page.told.studied import settings, shipped_study, study_titles
from talentmarket.scenario.places.locating import value_at
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.analyses.answers import factor_of, is_share
from talentmarket.studies.analyses.panel import Panel
from talentmarket.studies.analyses.space import is_plausible, space
from talentmarket.studies.reading.file import read_study
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.setting import overrides_of, own_scenario
from talentmarket.studies.reading.study import Outcome, Side, Study
from talentmarket.studies.result import StudyResult

LEVELS = 5  # values of a second parameter that shades tell apart


def study_shown(name: str, response: int, point: int, choices: Choices) -> dict[str, Any]:
    """A study as plain data.

    Parameters
    ----------
    name
        One of `study_titles`.
    response
        Number of the response under a choice of levers, from 0.
    point
        The point that was chosen; -1 for none.
    choices
        The scenarios that can be opened.
    """
    result = shipped_study(name)
    panel = _panel(result, response)
    known = set(panel.points.tolist())
    chosen = point if point in known else -1
    return {
        "titles": list(study_titles().items()),
        "name": name,
        "question": result.study.question,
        "answers": list(result.answers),
        "responses": [_response_words(result.study, each) for each in result.panels],
        "response": response if response < len(result.panels) else 0,
        "svg": _chart(result, panel, chosen),
        "point": chosen,
        "about": _about(result, panel, chosen) if chosen >= 0 else [],
        "can_open": chosen >= 0 and setups_at(name, response, chosen, choices) is not None,
    }


def waiting_for(name: str) -> dict[str, Any]:
    """What is shown of a study before it is ready."""
    return {"titles": list(study_titles().items()), "name": name, "question": read_study(name).question}


def setups_at(name: str, response: int, point: int, choices: Choices) -> tuple[Setup, Setup] | None:
    """A study's run and its base at a point, as A and B; without a base B is the run's scenario as loaded.

    None if a side is no scenario of the page, or takes values that are no numbers.
    """
    result = shipped_study(name)
    study = result.study
    run, base = _panel(result, response).run, study.base
    if any(side.source not in choices.titles for side in (run, base or run)):
        return None
    a = _changed(result, run, point)
    b = {} if base is None else _changed(result, base, point)
    if a is None or b is None:
        return None
    return Setup(run.source, a), Setup(run.source if base is None else base.source, b)


def outcome_of_response(name: str, response: int) -> Outcome:
    """What a response of a study asks."""
    return _panel(shipped_study(name), response).outcome


def _panel(result: StudyResult, response: int) -> Panel:
    """A response by its number; the first one for a number that is none."""
    return result.panels[response if 0 <= response < len(result.panels) else 0]


def _changed(result: StudyResult, side: Side, point: int) -> dict[str, float] | None:
    study = result.study
    own = own_scenario(study, side)
    loaded = load(side.source)
    wanted = settings((*study.fixed, *_overrides(result, side, own, point)))
    changed = {path: value for path, value in wanted if value_at(loaded, path) != value}
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in changed.values()):
        return None
    return changed


def _overrides(result: StudyResult, side: Side, own: Scenario, point: int) -> Iterator[str]:
    study = result.study
    for parameter in (*study.parameters, *study.levers):
        if not (parameter.run_only and side == study.base):
            yield from overrides_of(parameter, _value(result, parameter, point), own)


def _value(result: StudyResult, parameter: Parameter, point: int) -> Any:
    """What a parameter is at a point, as a plain value."""
    value = result.design[parameter.path].to_numpy()[point]
    return value.item() if isinstance(value, np.generic) else value


def _response_words(study: Study, panel: Panel) -> str:
    versus = f", {panel.run.name} less {study.base.name}" if study.base is not None else f" in {panel.run.name}"
    return f"{panel.outcome.label}{versus}" + (f", {panel.choice_label}" if panel.choice_label else "")


def _about(result: StudyResult, panel: Panel, point: int) -> list[list[str]]:
    """What a point is, in rows of words and value: the response with its interval, then each parameter."""
    row = panel.points.tolist().index(point)
    mean, half = (
        float(factor_of(panel.outcome) * each) for each in (panel.mean[row], (panel.high[row] - panel.low[row]) / 2)
    )
    study = result.study
    places = decimals(mean, half)
    return [
        [_response_words(study, panel), f"{fixed(mean, places)} ± {fixed(half, places)}{_unit(panel)}"],
        *([each.label, _text(each, _value(result, each, point))] for each in (*study.parameters, *study.levers)),
    ]


def _text(parameter: Parameter, value: Any) -> str:
    """A parameter's value with its unit, a share in per cent."""
    return percent(value) if parameter.unit == "share" else parameter.text(value)


def _unit(panel: Panel) -> str:
    return f"{NO_BREAK}%" if is_share(panel.outcome) else ""


def _chart(result: StudyResult, panel: Panel, chosen: int) -> str:
    """Differences in the order of their size; a plain outcome along the parameter of a grid."""
    study = result.study
    if study.base is None and study.design.kind == "grid" and not study.levers:
        return _along(result, panel, chosen)
    order = np.argsort(panel.mean, kind="stable").tolist()
    marks = [_mark(result, panel, row, float(place), _side(panel, row)) for place, row in enumerate(order)]
    sample = "what is plausible" if is_plausible(study) else space(study)
    across = f"the {len(marks)} points of {sample}, in the order of the mean; lines are 95 % intervals"
    return points_chart(marks, across, (), chosen, _unit(panel))


def _along(result: StudyResult, panel: Panel, chosen: int) -> str:
    first, *others = result.study.parameters
    steps = np.unique(panel.inputs[:, 0])
    levels = np.unique(panel.inputs[:, 1]) if others else np.zeros(1)
    marks = []
    for row in range(len(panel.points)):
        level = int(np.searchsorted(levels, panel.inputs[row, 1])) if others else 0
        place = float(np.searchsorted(steps, panel.inputs[row, 0])) + 0.16 * (level - (len(levels) - 1) / 2)
        shade = round(level * (LEVELS - 1) / max(len(levels) - 1, 1))
        marks.append(_mark(result, panel, row, place, f"s{shade}"))
    ticks = [(float(place), number(float(step))) for place, step in enumerate(steps)]
    values = result.design[first.path].to_numpy()
    if values.dtype.kind in "if":
        ticks = [(float(place), number(float(value))) for place, value in enumerate(np.unique(values))]
    beside = (
        f"; shade: {others[0].label} from {_end(result, others[0], min)} to {_end(result, others[0], max)}"
        if others
        else ""
    )
    return points_chart(marks, f"{first.label}, {first.unit}{beside}", ticks, chosen, _unit(panel))


def _end(result: StudyResult, parameter: Parameter, which: Callable[[Any], Any]) -> str:
    return _text(parameter, which(result.design[parameter.path].tolist()))


def _side(panel: Panel, row: int) -> str:
    if panel.high[row] < 0.0:
        return "below"
    return "above" if panel.low[row] > 0.0 else "unclear"


def _mark(result: StudyResult, panel: Panel, row: int, place: float, look: str) -> Mark:
    point = int(panel.points[row])
    words = "; ".join(f"{name}: {value}" for name, value in _about(result, panel, point))
    mean, low, high = (float(factor_of(panel.outcome) * each[row]) for each in (panel.mean, panel.low, panel.high))
    if is_share(panel.outcome) and result.study.base is None:
        low, high = max(low, 0.0), min(high, 100.0)  # there is nothing beyond, also for an interval
    return Mark(point, place, mean, low, high, look, f"Point {point}. {words}")
