"""The command `parameters`: what a scenario file may set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from talentmarket.commands.common import completion
from talentmarket.commands.common.options import AsJson
from talentmarket.commands.common.terminal import print_entry, print_json

if TYPE_CHECKING:
    from talentmarket.scenario.writing.reference import Entry


def parameters(
    word: Annotated[
        str,
        typer.Argument(
            metavar="[WORD]",
            help="A path, or a word in paths, meanings or units; without one all are listed.",
            autocompletion=completion.parameters,
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show what a scenario file or --set may change: path, meaning, unit, range, default, and what it rests on.

    Example: talentmarket parameters loyalty
    """
    from rich.console import Console

    from talentmarket.scenario.writing.reference import entries, entries_about

    chosen = entries_about(word) if word else list(entries())
    if as_json:
        print_json("parameters", [asdict(entry) for entry in chosen])
        return
    console = Console(markup=False, highlight=False)
    for entry in chosen:
        print_entry(console, entry.path, _lines(entry) if word else [_range(entry)])
    if not word:
        console.print("`talentmarket parameters WORD` says what they mean and what they rest on.")


def _lines(entry: Entry) -> Iterator[str]:
    yield entry.meaning
    yield _range(entry)
    if entry.labs:
        yield ", ".join(f"{name} {_written(value)}" for name, value in entry.labs.items())
    if entry.off is not None:
        yield f"{_written(entry.off)} switches it off"
    if entry.settable:
        yield "events may set it"
    facts = f" ({', '.join(entry.facts)})" if entry.facts else ""
    yield f"{entry.basis}{facts}: {entry.note}"


def _range(entry: Entry) -> str:
    """What it may be, and what it is if no file says so; title and question are a scenario's own."""
    if "." not in entry.path:
        return entry.allowed
    default = "each has its own" if entry.default is None else f"default {_written(entry.default)}"
    return f"{entry.allowed}; {default}"


def _written(value: object) -> str:
    from talentmarket.scenario.text.wording import as_written

    return "empty" if value in ({}, []) else as_written(value)
