"""The scenarios that come with talentmarket, listed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from talentmarket.scenario import shipped
from talentmarket.scenario.reading.chain import shipped_file, shipped_names
from talentmarket.scenario.reading.loading import load


@dataclass(frozen=True)
class Entry:
    """A shipped scenario: the name to load it by, its title, its question, and its file."""

    name: str
    title: str
    question: str
    path: Path


def shipped_scenarios() -> list[Entry]:
    """All scenarios that come with talentmarket, the baseline first."""
    found = []
    for name in shipped_names():
        scenario = load(name)
        found.append(Entry(name, scenario.title, scenario.question, shipped_file(name).path))
    return found


def print_scenarios(as_json: bool) -> None:
    """Print the shipped scenarios: a table in a terminal, otherwise a line each with tabs between, or JSON."""
    entries = shipped_scenarios()
    if as_json:
        print(json.dumps([asdict(entry) | {"path": str(entry.path)} for entry in entries], indent=2))
    elif sys.stdout.isatty():
        _print_table(entries)
    else:
        for entry in entries:
            print("\t".join((entry.name, entry.title, entry.question)))


def _print_table(entries: Sequence[Entry]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("scenario", no_wrap=True, style="bold")
    table.add_column("title")
    table.add_column("question")
    for entry in entries:
        table.add_row(entry.name, entry.title, entry.question)
    console = Console(markup=False, highlight=False)
    console.print(table)
    console.print(f"Files: {shipped.folder('scenarios')}", soft_wrap=True)
