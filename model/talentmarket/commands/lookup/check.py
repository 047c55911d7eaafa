"""The command `check`: scenario files in; what each holds, or everything that is wrong with it, out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talentmarket.commands.common import completion
from talentmarket.commands.common.options import AsJson, Overrides
from talentmarket.commands.common.terminal import print_json

if TYPE_CHECKING:
    from talentmarket.errors import ScenarioError
    from talentmarket.scenario.schema import Campaign, Scenario

LONGEST = 300


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="Scenario files, or names of shipped ones.", autocompletion=completion.scenarios
        ),
    ],
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Check scenario files. Says what each holds, or everything that is wrong with it.

    Example: talentmarket check my_raid.toml --set choice.noise=0.5
    """
    found = {file: _checked(file, overrides or ()) for file in files}
    if as_json:
        print_json("check", [_as_json(file, scenario) for file, scenario in found.items()])
    else:
        for file, scenario in found.items():
            _print(_line(file), scenario)
    if any(isinstance(scenario, Exception) for scenario in found.values()):
        raise typer.Exit(2)


def _checked(file: str, overrides: Iterable[str]) -> Scenario | ScenarioError:
    """The scenario of a file, or what is wrong with it."""
    from talentmarket.errors import ScenarioError
    from talentmarket.scenario.memory import check_memory
    from talentmarket.scenario.reading.loading import load
    from talentmarket.scenario.reading.tours import tour_of

    try:
        scenario = load(file, list(overrides))
        check_memory(scenario, workers=1)
        tour_of(file)
    except ScenarioError as error:
        return error
    return scenario


def _print(name: str, scenario: Scenario | ScenarioError) -> None:
    """Print what came of one file: to standard output if it is right, else to standard error."""
    from talentmarket.errors import ScenarioError, harmless

    if isinstance(scenario, ScenarioError):
        sys.stdout.flush()
        print(f"{name}: cannot be used", *map(harmless, scenario.problems), sep="\n", file=sys.stderr)
    else:
        print(f"{name}: OK", *_content(scenario), sep="\n")


def _as_json(file: str, scenario: Scenario | ScenarioError) -> dict[str, Any]:
    from talentmarket.errors import ScenarioError

    if isinstance(scenario, ScenarioError):
        return {"file": file, "ok": False, "problems": scenario.problems}
    return {
        "file": file,
        "ok": True,
        "problems": [],
        "notes": _notes(scenario),
        "title": scenario.title,
        "question": scenario.question,
        "researchers": scenario.researchers,
        "months": scenario.run.months,
        "replicates": scenario.run.replicates,
        "own_facts": list(scenario.facts),
        "labs": [lab.name for lab in scenario.labs],
        "campaigns": [campaign.name for campaign in scenario.campaigns],
    }


def _notes(scenario: Scenario) -> list[str]:
    """Sources that disagree, and parameters that act on nothing."""
    from talentmarket.scenario.evidence.disagreements import disagreements
    from talentmarket.scenario.inactive.notes import without_effect

    return [*disagreements(scenario), *without_effect(scenario)]


def _content(scenario: Scenario) -> Iterator[str]:
    yield f"  title        {_line(scenario.title)}"
    yield f"  question     {_line(scenario.question)}"
    yield f"  labs         {_listed(lab.name for lab in scenario.labs)}"
    yield f"  researchers  {scenario.researchers:,}"
    yield f"  months       {scenario.run.months:,}, {scenario.run.replicates:,} replicates"
    yield f"  campaigns    {', '.join(map(_campaign, scenario.campaigns)) or 'none'}"
    for identifier, fact in scenario.facts.items():
        yield f"  own fact     {_line(f'{identifier}: {fact.says} ({fact.claimed_by}; {fact.where})')}"
    for message in _notes(scenario):
        yield f"  note         {_line(message)}"


def _campaign(campaign: Campaign) -> str:
    return f"{_listed([campaign.name])} ({_listed([campaign.lab])} on {_listed(campaign.targets)})"


def _listed(names: Iterable[str]) -> str:
    from talentmarket.scenario.text.wording import one_line

    return ", ".join(one_line(name) for name in names)


def _line(text: str) -> str:
    from talentmarket.scenario.text.wording import one_line

    return one_line(text, LONGEST)
