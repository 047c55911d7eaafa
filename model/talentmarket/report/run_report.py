"""The report on one run."""

from __future__ import annotations

from pathlib import Path

from talentmarket.plots.gallery import all_plots
from talentmarket.report.answers import run_answer, run_caveats
from talentmarket.report.changed_parameters import changed_parameters
from talentmarket.report.measures_table import measures_table
from talentmarket.report.page import Chapter, Report
from talentmarket.report.pictures import picture
from talentmarket.report.provenance_chapter import provenance_chapter
from talentmarket.runs.runs import Runs
from talentmarket.scenario.reading.loading import load

BASE = "baseline"


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
    return Report(
        question=scenario.question,
        title=scenario.title,
        answer=tuple(run_answer(runs)) or ("No run was finished.",),
        caveats=tuple(run_caveats(runs)),
        chapters=(
            _assumptions(runs),
            Chapter("pictures", "Pictures", (), tuple(picture(each) for each in _figures(runs))),
            Chapter("measures", "All measures", (), (), (measures_table(runs.summary),)),
            provenance_chapter([runs], [scenario.title], [folder]),
        ),
        version=versions.get("talentmarket", ""),
    )


def _assumptions(runs: Runs) -> Chapter:
    table = changed_parameters([load(BASE), runs.scenario], ["Baseline", "Here"])
    text = (
        "Everything else is as in the baseline; the command talentmarket facts prints the facts that numbers rest on."
        if table
        else "Every parameter is as in the baseline."
    )
    description = " ".join(runs.scenario.description.split())
    return Chapter("assumptions", "What is assumed", (description, text), (), (table,) if table else ())


def _figures(runs: Runs) -> list:
    tables = {name: getattr(runs, name) for name in ("months", "flows", "offers", "moves", "events", "replicates")}
    return list(all_plots(tables, runs.scenario).values())
