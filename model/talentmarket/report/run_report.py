"""The report on one run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from talentmarket.numbers import UNKNOWN, decimals, fixed, mean_and_interval
from talentmarket.plots.run.gallery import plots_of
from talentmarket.report.answers import run_answer, run_caveats
from talentmarket.report.chapters.changed_parameters import changed_parameters
from talentmarket.report.chapters.funnel_chapter import funnel_chapters
from talentmarket.report.chapters.hanging import hanging
from talentmarket.report.chapters.provenance_chapter import provenance_chapter
from talentmarket.report.page import Chapter, Report, Row, Section, Table, picture
from talentmarket.runs.measures.labels import label_of
from talentmarket.runs.runs import Runs
from talentmarket.runs.summary import Row as SummaryRow
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.writing.resting import deciding_paths, differing_paths

BASE = "baseline"
COLUMNS = ("Measure", "Lab", "Mean", "95 % interval", "Single runs: 5 % to 95 %", "Unit", "Runs", "What it is")
NUMERIC = (False, False, True, True, True, False, True, False)


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
            Chapter("measures", "All measures", (), (), (measures_table(runs),)),
            provenance_chapter([runs], [scenario.title], [folder]),
        ),
        version=versions.get("talentmarket", ""),
        lead=pictures[0] if pictures else None,
        hangs_on=hanging([scenario], deciding_paths(differing_paths(load(BASE), [scenario]))),
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


def measures_table(runs: Runs) -> Table:
    """A table of the summary (see `runs.summary.Row`), in its groups; undefined measures are played down."""
    grouped = groupby(runs.summary_rows, lambda row: row.group)
    sections = (Section(group, tuple(_rows(members, runs))) for group, members in grouped)
    return Table(COLUMNS, NUMERIC, tuple(sections))


def _rows(members: Iterator[SummaryRow], runs: Runs) -> Iterator[Row]:
    last = ""
    for row in members:
        again = row.measure == last
        last = row.measure
        mean, interval = mean_and_interval(row.mean, row.low, row.high)
        definition = "" if again else row.definition
        single = _single(row, *runs.spread.get((row.measure, row.lab), (math.nan, math.nan)))
        cells = (label_of(row.measure), row.lab or "all", mean, interval, single, row.unit, f"{row.n:,}", definition)
        yield Row(cells, faint=row.n == 0)


def _single(row: SummaryRow, low: float, high: float) -> str:
    """Between which values single runs lie, with the decimals that their spread deserves."""
    if math.isnan(low):
        return UNKNOWN
    places = decimals(row.mean, high - low)
    return f"{fixed(low, places)} to {fixed(high, places)}"
