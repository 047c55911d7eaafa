"""The command `check`: scenario files in; what each holds, or everything that is wrong with it, out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from talentmarket.commands.options import Overrides

if TYPE_CHECKING:
    from talentmarket.scenario.schema import Campaign, Scenario

LONGEST = 300


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Scenario files, or names of shipped ones.")],
    overrides: Overrides = None,
) -> None:
    """Check scenario files. Says what each holds, or everything that is wrong with it.

    Example: talentmarket check my_raid.toml --set choice.noise=0.5
    """
    right = [_is_right(file, overrides or ()) for file in files]
    if not all(right):
        raise typer.Exit(2)


def _is_right(file: str, overrides: Iterable[str]) -> bool:
    """Print what came of one file: to standard output if it is right, else to standard error."""
    from talentmarket.errors import ScenarioError, harmless
    from talentmarket.scenario.memory import check_memory
    from talentmarket.scenario.reading.loading import load
    from talentmarket.scenario.reading.tours import tour_of

    name = _line(file)
    try:
        scenario = load(file, list(overrides))
        check_memory(scenario, workers=1)
        tour = tour_of(file)
    except ScenarioError as error:
        sys.stdout.flush()
        print(f"{name}: cannot be used", *map(harmless, error.problems), sep="\n", file=sys.stderr)
        return False
    print(f"{name}: OK", *_content(scenario, len(tour)), sep="\n")
    return True


def _content(scenario: Scenario, tour: int) -> Iterator[str]:
    from talentmarket.scenario.evidence.disagreements import disagreements
    from talentmarket.scenario.reading.inactive import without_effect

    yield f"  title        {_line(scenario.title)}"
    yield f"  question     {_line(scenario.question)}"
    yield f"  labs         {_listed(lab.name for lab in scenario.labs)}"
    yield f"  researchers  {scenario.researchers:,}"
    yield f"  months       {scenario.run.months:,}, {scenario.run.replicates:,} replicates"
    yield f"  campaigns    {', '.join(map(_campaign, scenario.campaigns)) or 'none'}"
    if tour:
        yield f"  tour         {tour} steps"
    for message in (*disagreements(scenario), *without_effect(scenario)):
        yield f"  note         {_line(message)}"


def _campaign(campaign: Campaign) -> str:
    return f"{_listed([campaign.name])} ({_listed([campaign.lab])} on {_listed(campaign.targets)})"


def _listed(names: Iterable[str]) -> str:
    from talentmarket.scenario.text.wording import one_line

    return ", ".join(one_line(name) for name in names)


def _line(text: str) -> str:
    from talentmarket.scenario.text.wording import one_line

    return one_line(text, LONGEST)
