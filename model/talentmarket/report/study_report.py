"""The report on a study: what it answers, what was varied, pictures, indices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from talentmarket.numbers import mean_and_interval, number
from talentmarket.plots.studies.gallery import draw, pictures_of
from talentmarket.report.chapters.hanging import hanging
from talentmarket.report.chapters.study_points import listed, outcomes_of
from talentmarket.report.page import Chapter, Report, Row, Section, Table, picture
from talentmarket.runs.folder.provenance import versions
from talentmarket.studies.reading.deciding import held, own_scenarios
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.result import StudyResult

POINTS_TEXT = (
    "Outcomes of {} with their 95 % intervals; the same stands, with every digit, in points.csv of the study's folder."
)
MOST_SHOWN = 30  # points that are not folded away
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
            Chapter("pictures", "Pictures", (), figures[1:]),
            Chapter("points", "All points", (POINTS_TEXT.format(outcomes_of(study)),), (), (_points(result),)),
            *_indices(result),
        ),
        version=versions().get("talentmarket", ""),
        lead=figures[0] if figures else None,
        hangs_on=hanging(own_scenarios(study), held(study)),
    )


def _varied(parameters: tuple[Parameter, ...]) -> Table:
    rows = tuple(
        Row(
            (
                each.path,
                f"{values_text(each)}{', in the run alone' if each.run_only else ''}",
                "" if each.factor else each.unit,
            )
        )
        for each in parameters
    )
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


def _points(result: StudyResult) -> Table:
    """A row for each point; of many they are folded away."""
    columns, rows = listed(result)
    folded = f"{len(rows):,} points" if len(rows) > MOST_SHOWN else ""
    sections = (Section("", tuple(Row(tuple(cells)) for cells in rows)),)
    return Table(tuple(columns), tuple(True for _ in columns), sections, folded)


def _indices(result: StudyResult) -> Iterator[Chapter]:
    """A section for each response and choice of levers, if there are indices; what does not reach the floor is played down."""
    if not len(result.indices):
        return
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
    table = Table(columns, (False, False, True, True, False, False), tuple(sections))
    yield Chapter("indices", "Which parameters move it", (), (), (table,))
