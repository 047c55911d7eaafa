"""The report on a study: what it answers, what was varied, pictures, indices."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from talentmarket.errors import ScenarioError
from talentmarket.numbers import mean_and_interval, number
from talentmarket.plots.studies.gallery import draw, pictures_of
from talentmarket.report.hanging import hanging
from talentmarket.report.page import Chapter, Report, Row, Section, Table, picture
from talentmarket.runs.folder.provenance import versions
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.setting import own_scenario
from talentmarket.studies.reading.study import Study
from talentmarket.studies.result import StudyResult

ARROWS = {1: "rises", -1: "falls", 0: ""}


def study_report(result: StudyResult, folder: Path) -> Report:
    """The report on a study.

    Parameters
    ----------
    result
        A study that has run.
    folder
        Its folder, which the report names.
    """
    study = result.study
    sides = f"{', '.join(run.name for run in study.runs)}{f' against {study.base.name}' if study.base else ''}"
    kept = f"{len(result.points):,} points ({study.design.kind}, seed {study.design.seed}) of {sides}, kept in {folder.name}."
    figures = tuple(picture(draw(result, name)) for name in pictures_of(result))
    return Report(
        question=study.question or study.title,
        title=study.title,
        answer=result.answers,
        caveats=(),
        chapters=(
            Chapter("varied", "What is varied", (kept,), (), (_varied(study.parameters + study.levers),)),
            Chapter("pictures", "Pictures", (), figures),
            Chapter("indices", "What it hangs on", (), (), (_indices(result),)),
        ),
        version=versions().get("talentmarket", ""),
        hangs_on=hanging(_scenarios(study), [each.path for each in study.parameters + study.levers]),
    )


def _scenarios(study: Study) -> list[Scenario]:
    """The scenarios of a study; a folder that has come from elsewhere may be without their files."""
    found = []
    for side in study.sides:
        with suppress(ScenarioError):
            found.append(own_scenario(study, side))
    return found


def _varied(parameters: tuple[Parameter, ...]) -> Table:
    rows = tuple(Row((each.path, values_text(each), each.unit)) for each in parameters)
    return Table(("Parameter", "Values", "Unit"), (False, False, False), (Section("", rows),))


def values_text(parameter: Parameter) -> str:
    """The values that a parameter takes, as they are read."""
    times = "times " if parameter.factor else ""
    if parameter.values:
        return times + ", ".join(number(each) if parameter.is_number else str(each) for each in parameter.values)
    if parameter.distribution is not None:
        name, numbers = parameter.distribution
        return f"{name} ({', '.join(map(number, numbers))})"
    return f"{times}{number(parameter.low)} to {number(parameter.high)}{', in ratios' if parameter.log else ''}"


def _indices(result: StudyResult) -> Table:
    """A section for each response and choice of levers; what does not reach the floor is played down."""
    sections = []
    for panel in result.panels:
        table = result.indices
        mine = table[(table["response"] == panel.name) & (table["choice"] == panel.choice)]
        rows = [
            Row(
                (row.parameter, row.index.replace("_", " "), *mean_and_interval(row.value, row.low, row.high),
                 ARROWS[row.direction], row.note),
                faint=bool(row.value <= row.floor),
            )
            for row in mine.itertuples()
        ]  # fmt: skip
        heading = f"{panel.name}{f' with {panel.choice_label}' if panel.choice else ''}"
        sections.append(Section(heading, tuple(rows)))
    columns = ("Parameter", "Index", "Value", "95 % interval", "Response", "Note")
    return Table(columns, (False, False, True, True, False, False), tuple(sections))
