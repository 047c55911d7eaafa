"""The report on a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.costs import SPENT_ON
from talentmarket.comparison.side_by_side import about_answers, answering, has_several
from talentmarket.plots.comparison.gallery import PICTURES, comparison_plots
from talentmarket.report.chapters.changed_parameters import changed_parameters
from talentmarket.report.chapters.effects_table import costs_table, definitions_table, effects_table, twins_table
from talentmarket.report.chapters.funnel_chapter import funnel_chapters
from talentmarket.report.chapters.hanging import OF_ANSWERS, hanging
from talentmarket.report.chapters.provenance_chapter import provenance_chapter
from talentmarket.report.chapters.side_table import side_chapter
from talentmarket.report.comparison_answers import comparison_answer, comparison_caveats
from talentmarket.report.page import OPENING, Chapter, Picture, Report, picture, pictures_in
from talentmarket.report.side_opening import opening, question_of_sides
from talentmarket.scenario.text.wording import listed
from talentmarket.scenario.writing.resting import deciding_between

MOST_TWINS = 25
WORDS = (
    "A run is one simulated market among the many of a scenario (a replicate, in the tables). Log-odds are the natural logarithm "
    "of the odds of a choice: 0 is fifty-fifty, 0.7 two to one, and a log point of .01 is about 1 %. A talent of 1 is that of the median "
    "researcher."
)
APART = "apart"


def comparison_report(comparison: Comparison, folders: Sequence[Path], plots: Path | None = None) -> Report:
    """The report on a comparison.

    Parameters
    ----------
    comparison
        Two or more runs, the base first.
    folders
        Run folder of each, for the commands that reproduce them.
    plots
        Folder with the pictures of the comparison, if they have been drawn; else they are drawn.
    """
    base, *others = comparison.titles
    scenarios = [runs.scenario for runs in comparison.runs]
    pictures, several = _pictures(comparison, plots), has_several(comparison)
    lead = next((name for name in _leads(comparison) if name in pictures), "")
    first = opening(comparison) if several else []
    return Report(
        question=question_of_sides(comparison) if several else comparison.runs[1].scenario.question,
        title=f"{listed(others)} against {base}",
        answer=(*first, *comparison_answer(comparison)),
        caveats=tuple(comparison_caveats(comparison)),
        chapters=(
            *_funnels(comparison),
            *_costs(comparison),
            _assumptions(comparison),
            Chapter("pictures", "Pictures", (), tuple(each for name, each in pictures.items() if name != lead)),
            *_effects(comparison),
            *_twins(comparison),
            Chapter("definitions", "What the measures are", (WORDS,), (), (definitions_table(comparison.table),)),
            provenance_chapter(comparison.runs, comparison.titles, folders),
        ),
        version=comparison.runs[0].manifest.versions.get("talentmarket", ""),
        lead=pictures.get(lead),
        hangs_on=hanging(
            scenarios, deciding_between(scenarios[0], scenarios[1:]), OF_ANSWERS if answering(comparison) else ()
        ),
        opening=len(first) or OPENING,
        sides=side_chapter(comparison) if several else None,
    )


def _pictures(comparison: Comparison, plots: Path | None) -> dict[str, Picture]:
    """The pictures of a comparison: those that have just been drawn, or drawn now."""
    drawn = pictures_in(plots, (*PICTURES, APART)) if plots is not None else {}
    return drawn or {name: picture(figure) for name, figure in comparison_plots(comparison).items()}


def _leads(comparison: Comparison) -> list[str]:
    """The pictures that show the answer, the best first."""
    if has_several(comparison) and about_answers(comparison):
        return ["answers", "effects"]
    return [*(["raids"] if _raid_differs(comparison) else []), "effects"]


def _raid_differs(comparison: Comparison) -> bool:
    """Whether a raid is what differs: the base has none, or another one; or there are several sides, of each of which it is told."""
    base, *others = (runs.scenario.campaigns for runs in comparison.runs)
    return has_several(comparison) or not base or any(campaigns != base for campaigns in others)


def _funnels(comparison: Comparison) -> Iterator[Chapter]:
    """The steps of the raids of every run that has any: of two runs the base's last, of several in their order."""
    places = range(len(comparison.runs))
    order = places if has_several(comparison) else reversed(places)
    for number in order:
        yield from funnel_chapters(comparison.runs[number].summary, comparison.titles[number], number)


def _assumptions(comparison: Comparison) -> Chapter:
    tables = changed_parameters([each.scenario for each in comparison.runs], comparison.titles)
    descriptions = [
        f"{title}: {' '.join(runs.scenario.description.split())}"
        for title, runs in zip(comparison.titles, comparison.runs, strict=True)
    ]
    text = (
        "Everything that is not in the table is the same, or switched off."
        if tables
        else "The scenarios do not differ."
    )
    return Chapter("assumptions", "What differs in the scenarios", (*descriptions, text), (), tables)


def _costs(comparison: Comparison) -> Iterator[Chapter]:
    costs = comparison.costs
    if len(costs[costs["spending"] != 0.0]):
        text = (
            f"Differences from {comparison.titles[0]}. Spending: {SPENT_ON}. Still there: staff of month 0 "
            "who have never left by the end of the run. The cost is their ratio, with Fieller's interval."
        )
        yield Chapter(
            "costs",
            "What a person still there costs",
            (text,),
            (),
            (costs_table(costs, dict(zip(comparison.names, comparison.titles, strict=True))),),
        )


def _effects(comparison: Comparison) -> Iterator[Chapter]:
    for number, (name, title) in enumerate(zip(comparison.names[1:], comparison.titles[1:], strict=True), start=1):
        table = effects_table(comparison.table[comparison.table["run"] == name])
        text = "Differences of run less base; grey: not distinguishable from zero, or there is nothing to compare."
        yield Chapter(f"measures-{number}", f"All measures: {title}", (text,), (), (table,))


def _twins(comparison: Comparison) -> Iterator[Chapter]:
    for number, (name, title) in enumerate(zip(comparison.names[1:], comparison.titles[1:], strict=True), start=1):
        twins = comparison.twins[comparison.twins["run"] == name]
        raided = int((twins["kind"].astype(str) == "campaign").sum())
        if raided:
            shown = min(raided, MOST_TWINS)
            text = (
                f"{raided:,} simulated researchers, over all runs, move with a raid in {title} and live another "
                f"life in {comparison.titles[0]}: the same people under the same shocks (twins). These are the {shown:,} with the largest packages."
            )
            heading = f"Whose lives differ: {title}"
            yield Chapter(
                f"twins-{number}",
                heading,
                (text,),
                (),
                (twins_table(twins, MOST_TWINS, comparison.runs[number].scenario),),
            )
