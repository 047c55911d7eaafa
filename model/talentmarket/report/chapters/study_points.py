"""The points of a study as a table of texts: what each parameter is there, and every outcome with its interval."""

from __future__ import annotations

import math

from talentmarket.numbers import UNKNOWN, mean_and_interval
from talentmarket.studies.result import StudyResult
from talentmarket.studies.sampling.design import POINT


def listed(result: StudyResult) -> tuple[list[str], list[list[str]]]:
    """Headings, and a row of cells for each point; an outcome is its mean with the 95 % interval behind it."""
    study = result.study
    varied = (*study.parameters, *study.levers)
    responses = [study.response_name(outcome, run) for outcome, run in study.responses]
    labels = [f"{run.name} less {study.base.name}: {name}" if study.base else name
              for name, (_, run) in zip(responses, study.responses, strict=True)]  # fmt: skip
    rows = []
    for row in result.points.to_dict("records"):
        cells = [str(row[POINT]), *(each.text(row[each.path]) for each in varied)]
        rows.append(
            [*cells, *(_outcome(*(row[f"{name}{end}"] for end in ("", ", low", ", high"))) for name in responses)]
        )
    return ["Point", *(each.label for each in varied), *labels], rows


def _outcome(mean: float, low: float, high: float) -> str:
    if math.isnan(mean):
        return UNKNOWN
    text, interval = mean_and_interval(mean, low, high)
    return f"{text} ({interval})"
