"""The report on a calibration: what was found, how well the figures tell it, pictures, which further figure would help."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from talentmarket.calibration.result import Fitted, question_text
from talentmarket.calibration.words import profile_text, sentences
from talentmarket.numbers import count, mean_and_interval, number, percent, signed
from talentmarket.plots.calibration.gallery import PICTURES, pictures_of
from talentmarket.report.page import Chapter, Report, Row, Section, Table, picture
from talentmarket.runs.folder.provenance import versions

MOST_SUGGESTIONS = 10
CAVEAT = (
    "Intervals hold if the model is right and each figure is as far off as its tolerance says, one independently of another."
    " The tolerances are judgements, and they decide how narrow the intervals are."
)

SUGGESTED = (
    "What one more published figure would leave of a standard error, were it known as well as those above usually are."
)


def calibration_report(fitted: Fitted, folder: Path) -> Report:
    """The report on a calibration.

    Parameters
    ----------
    fitted
        A calibration that has run.
    folder
        Its folder, which the report names.
    """
    fit = fitted.calibration.fit
    kept = (
        f"{count(fitted.trials, 'point')} simulated, {count(fit.replicates, 'replicate')} of {fit.months} months each (seed"
        f" {fit.seed}), kept in {folder.name}."
    )
    figures = tuple(picture(PICTURES[name](fitted)) for name in pictures_of(fitted))
    return Report(
        question=f"What do the published figures tell of {count(len(fitted.paths), 'parameter')}?",
        title=fitted.calibration.title,
        answer=sentences(fitted),
        caveats=(CAVEAT,),
        chapters=(
            Chapter("estimates", "What was found", (kept,), (), (_estimates(fitted),)),
            Chapter("targets", "How well the figures are met", (), (), (_targets(fitted),)),
            Chapter("pictures", "Pictures", (), figures),
            Chapter("suggestions", "Which further figure would help most", (SUGGESTED,), (), (_suggestions(fitted),)),
        ),
        version=versions().get("talentmarket", ""),
    )


def _estimates(fitted: Fitted) -> Table:
    rows = []
    for row in fitted.estimates.itertuples():
        value, interval = mean_and_interval(row.value, row.low, row.high)
        shown = value if row.identified else number(row.value)
        span = f"{number(row.range_low)} to {number(row.range_high)}"
        cells = (row.parameter, shown, interval, profile_text(row.profile_low, row.profile_high), span)
        rows.append(Row(cells, faint=not row.identified))
    columns = ("Parameter", "Value", "95 % interval", "By profile", "Searched in")
    return Table(columns, (False, True, True, True, True), (Section("", tuple(rows)),))


def _targets(fitted: Fitted) -> Table:
    rows = tuple(
        Row(
            (row.target, number(row.figure), number(row.tolerance, 2), number(row.model),
             signed(number(row.miss, 2)), row.source),
        )
        for row in fitted.targets.itertuples()
    )  # fmt: skip
    columns = ("Target", "Figure", "Tolerance", "Model", "Off, in tolerances", "Source")
    return Table(columns, (False, True, True, True, True, False), (Section("", rows),))


def _suggestions(fitted: Fitted) -> Table:
    rows = []
    for place, ratios in zip(fitted.told.order[:MOST_SUGGESTIONS], fitted.told.ratios[fitted.told.order], strict=False):
        helped = int(np.argmin(ratios))
        asked = question_text(fitted.candidates[place])
        value, tolerance = (float(each[place]) for each in (fitted.measured.here.values, fitted.told.tolerance))
        cells = (asked, number(value), number(tolerance, 2), fitted.paths[helped], percent(float(ratios[helped])))
        rows.append(Row(cells))
    columns = ("Figure", "Here", "Known to", "Parameter that it tells most of", "Of its standard error is left")
    return Table(columns, (False, True, True, False, True), (Section("", tuple(rows)),))
