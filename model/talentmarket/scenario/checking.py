"""Checks scenario files for the command line and says what they hold, or everything that is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from talentmarket.errors import ScenarioError
from talentmarket.scenario.evidence.disagreements import disagreements
from talentmarket.scenario.memory import check_memory
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Campaign, Scenario
from talentmarket.scenario.text.wording import one_line

LONGEST = 300


def print_checks(files: Sequence[str], overrides: Sequence[str]) -> bool:
    """Check each file, or shipped scenario by its name, with the overrides; returns whether all are right.

    What is right goes to standard output, what is wrong to standard error.
    """
    right = [_print_check(file, overrides) for file in files]
    return all(right)


def _print_check(file: str, overrides: Sequence[str]) -> bool:
    name = one_line(file, LONGEST)
    try:
        scenario = load(file, overrides)
        check_memory(scenario, workers=1)
    except ScenarioError as error:
        sys.stdout.flush()
        print(f"{name}: cannot be used", *error.problems, sep="\n", file=sys.stderr)
        return False
    print(f"{name}: OK", *_content(scenario), sep="\n")
    return True


def _content(scenario: Scenario) -> Iterator[str]:
    yield f"  title        {one_line(scenario.title, LONGEST)}"
    yield f"  question     {one_line(scenario.question, LONGEST)}"
    yield f"  labs         {_listed(lab.name for lab in scenario.labs)}"
    yield f"  researchers  {scenario.researchers:,}"
    yield f"  months       {scenario.run.months:,}, {scenario.run.replicates:,} replicates"
    yield f"  campaigns    {', '.join(map(_campaign, scenario.campaigns)) or 'none'}"
    for message in disagreements(scenario):
        yield f"  note         {one_line(message, LONGEST)}"


def _campaign(campaign: Campaign) -> str:
    return f"{one_line(campaign.name)} ({one_line(campaign.lab)} on {_listed(campaign.targets)})"


def _listed(names: Iterator[str] | Sequence[str]) -> str:
    return ", ".join(one_line(name) for name in names)
