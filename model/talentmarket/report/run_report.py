"""The report on one run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from talentmarket.numbers import mean_and_interval
from talentmarket.plots.gallery import plots_of
from talentmarket.report.answers import run_answer, run_caveats
from talentmarket.report.changed_parameters import changed_parameters
from talentmarket.report.funnel_chapter import funnel_chapters
from talentmarket.report.hanging import hanging
from talentmarket.report.page import Chapter, Report, Row, Section, Table, picture, readable
from talentmarket.report.provenance_chapter import provenance_chapter
from talentmarket.runs.runs import Runs
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.writing.resting import differing_paths

BASE = "baseline"
COLUMNS = ("Measure", "Lab", "Mean", "95 % interval", "Unit", "Runs", "What it is")
NUMERIC = (False, False, True, True, False, True, False)


def run_report(runs: Runs, folder: Path) -> Report:
    """The report on a run.

    Parameters
    ----------
    runs
        What was run.
    folder
        Its run folder, for the command that reproduces it.
    """
    scenario, versions = runs.scenario, runs.manifest.versions
    finished = runs.manifest.replicates > len(runs.failures)
    pictures = [picture(figure) for figure in plots_of(runs).values()] if finished else []
    return Report(
        question=scenario.question,
        title=scenario.title,
        answer=tuple(run_answer(runs)) or ("No run was finished.",),
        caveats=tuple(run_caveats(runs)),
        chapters=(
            *funnel_chapters(runs.summary),
            _assumptions(runs),
            Chapter("pictures", "Pictures", (), tuple(pictures[1:])),
            Chapter("measures", "All measures", (), (), (measures_table(runs.summary),)),
            provenance_chapter([runs], [scenario.title], [folder]),
        ),
        version=versions.get("talentmarket", ""),
        lead=pictures[0] if pictures else None,
        hangs_on=hanging([scenario], differing_paths(load(BASE), [scenario])),
    )


def _assumptions(runs: Runs) -> Chapter:
    tables = changed_parameters([load(BASE), runs.scenario], ["Baseline", "Here"])
    text = (
        "Everything else is as in the baseline; the command talentmarket facts prints the facts that numbers rest on."
        if tables
        else "Every parameter is as in the baseline."
    )
    description = " ".join(runs.scenario.description.split())
    return Chapter("assumptions", "What is assumed", (description, text), (), tables)


def measures_table(summary: pd.DataFrame) -> Table:
    """A table of a summary (see `runs.summary.Row`), in its groups; undefined measures are played down."""
    rows = list(summary.itertuples())
    sections = (Section(group, tuple(_rows(members))) for group, members in groupby(rows, lambda row: str(row.group)))
    return Table(COLUMNS, NUMERIC, tuple(sections))


def _rows(members: Iterator[Any]) -> Iterator[Row]:
    last = ""
    for row in members:
        again = row.measure == last
        last = row.measure
        mean, interval = mean_and_interval(row.mean, row.low, row.high)
        definition = "" if again else row.definition
        cells = (readable(row.measure), row.lab or "all", mean, interval, row.unit, f"{row.n:,}", definition)
        yield Row(cells, faint=row.n == 0)
