"""The report on a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from talentmarket.comparison.comparison import Comparison
from talentmarket.plots.comparison.gallery import comparison_plots
from talentmarket.report.changed_parameters import changed_parameters
from talentmarket.report.comparison_answers import comparison_answer, comparison_caveats
from talentmarket.report.effects_table import costs_table, definitions_table, effects_table, twins_table
from talentmarket.report.page import Chapter, Report, picture
from talentmarket.report.provenance_chapter import provenance_chapter

MOST_TWINS = 25


def comparison_report(comparison: Comparison, folders: Sequence[Path]) -> Report:
    """The report on a comparison.

    Parameters
    ----------
    comparison
        Two or more runs, the base first.
    folders
        Run folder of each, for the commands that reproduce them.
    """
    base, *others = comparison.names
    asked = dict.fromkeys(each.scenario.question for each in comparison.runs[1:])
    return Report(
        question=next(iter(asked)) if len(asked) == 1 else f"What do {_listed(others)} change?",
        title=f"{_listed(others)} against {base}",
        answer=tuple(comparison_answer(comparison)),
        caveats=tuple(comparison_caveats(comparison)),
        chapters=(
            _assumptions(comparison),
            Chapter("pictures", "Pictures", (), tuple(map(picture, comparison_plots(comparison).values()))),
            *_costs(comparison),
            *_effects(comparison),
            *_twins(comparison),
            Chapter("definitions", "What the measures are", (), (), (definitions_table(comparison.table),)),
            provenance_chapter(comparison.runs, comparison.names, folders),
        ),
        version=comparison.runs[0].manifest.versions.get("talentmarket", ""),
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _assumptions(comparison: Comparison) -> Chapter:
    table = changed_parameters([each.scenario for each in comparison.runs], comparison.names)
    descriptions = [
        f"{name}: {' '.join(runs.scenario.description.split())}"
        for name, runs in zip(comparison.names, comparison.runs, strict=True)
    ]
    text = "Everything that is not in the table is the same." if table else "The scenarios do not differ."
    return Chapter("assumptions", "What differs in the scenarios", (*descriptions, text), (), (table,) if table else ())


def _costs(comparison: Comparison) -> Iterator[Chapter]:
    costs = comparison.costs
    if len(costs[costs["spending"] != 0.0]):
        text = (
            f"Differences from {comparison.names[0]}. Spending: counter-offers accepted and re-levellings. Still there: staff of "
            "month 0 who have never left by the end of the run. The cost is their ratio, with Fieller's interval."
        )
        yield Chapter("costs", "What a person still there costs", (text,), (), (costs_table(costs),))


def _effects(comparison: Comparison) -> Iterator[Chapter]:
    for number, name in enumerate(comparison.names[1:], start=1):
        table = effects_table(comparison.table[comparison.table["run"] == name])
        text = "Differences of run less base; grey: not significant, or there is nothing to compare."
        yield Chapter(f"measures-{number}", f"All measures: {name}", (text,), (), (table,))


def _twins(comparison: Comparison) -> Iterator[Chapter]:
    for number, name in enumerate(comparison.names[1:], start=1):
        twins = comparison.twins[comparison.twins["run"] == name]
        raided = int((twins["kind"].astype(str) == "campaign").sum())
        if raided:
            shown = min(raided, MOST_TWINS)
            text = (
                f"{raided:,} simulated researchers, over all replicates, move with a raid in {name} and live another "
                f"life in {comparison.names[0]}; these are the {shown:,} with the largest packages."
            )
            heading = f"Whose lives differ: {name}"
            yield Chapter(f"twins-{number}", heading, (text,), (), (twins_table(twins, MOST_TWINS),))
