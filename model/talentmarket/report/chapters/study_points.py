"""The points of a study as a table of texts: what each parameter is there, and every outcome with its interval."""

from __future__ import annotations

import math

from talentmarket.numbers import NO_BREAK, UNKNOWN, mean_and_interval
from talentmarket.scenario.places.labels import BARE
from talentmarket.studies.analyses.answers import UNIT
from talentmarket.studies.reading.study import Outcome, Side, Study
from talentmarket.studies.result import StudyResult
from talentmarket.studies.sampling.design import POINT


def listed(result: StudyResult) -> tuple[list[str], list[list[str]]]:
    """Headings with units, and a row of cells for each point; an outcome is its mean with the 95 % interval behind it."""
    study = result.study
    varied = (*study.parameters, *study.levers)
    responses = [study.response_name(outcome, run) for outcome, run in study.responses]
    labels = [_heading(study, outcome, run) for outcome, run in study.responses]
    rows = []
    for row in result.points.to_dict("records"):
        cells = [str(row[POINT]), *(each.bare_text(row[each.path]) for each in varied)]
        rows.append(
            [*cells, *(_outcome(*(row[f"{name}{end}"] for end in ("", ", low", ", high"))) for name in responses)]
        )
    return ["Point", *(each.axis_label for each in varied), *labels], rows


def _heading(study: Study, outcome: Outcome, run: Side) -> str:
    """An outcome by its shown name with the unit, and of which run where there are several."""
    side, unit = f" in {run.name}" if len(study.runs) > 1 else "", UNIT[outcome.measure]
    return f"{outcome.label}{side}{'' if unit in BARE else f', {unit}'}"


def outcomes_of(study: Study) -> str:
    """Of which side all outcomes are: the run, or its difference from the base."""
    runs = ", ".join(run.name for run in study.runs)
    return f"{runs} less {study.base.name}" if study.base is not None else runs


def _outcome(mean: float, low: float, high: float) -> str:
    if math.isnan(mean):
        return UNKNOWN
    text, interval = mean_and_interval(mean, low, high)
    return f"{text} ({interval.replace(' ', NO_BREAK)})"
