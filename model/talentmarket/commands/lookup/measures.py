"""The command `measures`: what a summary, a comparison or a study may ask for."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talentmarket.commands.common import completion
from talentmarket.commands.common.options import AsJson
from talentmarket.commands.common.terminal import print_entry, print_json

if TYPE_CHECKING:
    from talentmarket.runs.measures.measure import Measure

ABOUT = {
    "market": "one number for the whole market",
    "labs": "one for each lab",
    "raids": "one for all raids together",
    "raided": "one for each raided lab, and one for all of them",
    "campaigns": "one for each campaign",
}


def measures(
    word: Annotated[
        str,
        typer.Argument(
            metavar="[WORD]",
            help="A word in names, definitions, units or groups; without one all are listed.",
            autocompletion=completion.measures,
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show the measures that runs are summed up by: name, unit, definition, and whom each is about.

    Example: talentmarket measures retention
    """
    from rich.console import Console

    from talentmarket.runs.measures.everything import measures_about
    from talentmarket.runs.measures.labels import label_of

    chosen = measures_about(word)
    if as_json:
        print_json("measures", [_as_json(measure) for measure in chosen])
        return
    console = Console(markup=False, highlight=False)
    for group, members in groupby(chosen, key=lambda measure: measure.group):
        console.print(group, style="bold")
        for measure in members:
            unit = measure.unit or "a number"
            label = label_of(measure.name)
            shown = [f"shown as: {label}"] if label != measure.name.replace("_", " ") else []
            print_entry(console, measure.name, [measure.definition, f"{unit}; {ABOUT[measure.scope]}", *shown])


def _as_json(measure: Measure) -> dict[str, Any]:
    return {
        "measure": measure.name,
        "unit": measure.unit,
        "definition": measure.definition,
        "group": measure.group,
        "about": measure.scope,
    }
