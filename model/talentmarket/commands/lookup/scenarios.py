"""The command `scenarios`: those that come along."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from talentmarket.commands.common.options import AsJson
from talentmarket.commands.common.terminal import print_json, print_table

if TYPE_CHECKING:
    from talentmarket.scenario.catalogue import Entry


def scenarios(as_json: AsJson = False) -> None:
    """List the scenarios that come along. Each begins with the name to use and ends with its question.

    Example: talentmarket scenarios
    """
    from talentmarket.scenario.catalogue import shipped_scenarios

    entries = shipped_scenarios()
    if as_json:
        print_json("scenarios", map(asdict, entries))
    elif sys.stdout.isatty():
        _print_table(entries)
    else:
        for entry in entries:
            print("\t".join((entry.name, entry.title, entry.question)))


def _print_table(entries: Sequence[Entry]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from talentmarket.scenario import shipped

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("scenario", no_wrap=True, style="bold")
    table.add_column("title")
    table.add_column("question")
    for entry in entries:
        table.add_row(entry.name, entry.title, entry.question)
    console = Console(markup=False, highlight=False)
    print_table(console, table, stack=(("title", "question"), ("scenario", "title")))
    console.print(f"Files: {shipped.folder('scenarios')}", soft_wrap=True)
