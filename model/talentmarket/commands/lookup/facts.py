"""The command `facts`: what the numbers rest on, all of it as a table, one fact in full, or either as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from talentmarket.commands.common import completion
from talentmarket.commands.common.options import AsJson
from talentmarket.commands.common.terminal import print_entry, print_json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from talentmarket.scenario.evidence.fact import Fact

HEADINGS = {"article": "What the article says", "published": "Published figures"}
WIDE, NARROW = 140, 80


def facts(
    identifier: Annotated[
        str, typer.Argument(metavar="[ID]", help="Print one fact in full.", autocompletion=completion.facts)
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show what the numbers rest on. Tells who claims each fact, where it stands, and how sure it is.

    Example: talentmarket facts max_package
    """
    from talentmarket.scenario.evidence import seeds

    chosen = [seeds.fact(identifier)] if identifier else list(seeds.facts().values())
    if as_json:
        print_json("facts", [one.model_dump(mode="json") for one in chosen])
        return
    from rich.console import Console

    console = Console(markup=False, highlight=False)
    if identifier:
        _print_one(console, chosen[0])
        return
    for collection, heading in HEADINGS.items():
        _print_all([one for one in chosen if one.collection == collection], heading, console)
    console.print("`talentmarket facts ID` prints one fact in full, with its caveat.")


def _print_all(chosen: Sequence[Fact], heading: str, console: Console) -> None:
    if console.width >= NARROW:
        table = _all_of(chosen, console.width >= WIDE)
        table.title = heading
        console.print(table)
        return
    console.print(heading, style="bold")
    for one in chosen:
        name_and_value, rest = _stacked(one)
        print_entry(console, one.id, [*name_and_value.splitlines()[1:], *rest.splitlines()])


def _all_of(chosen: Sequence[Fact], wide: bool) -> Table:
    """A row a fact: six columns in a wide terminal, two of several lines in a narrow one; no id or path is broken."""
    from rich import box
    from rich.table import Table

    columns = ("value", "claimed by", "where", "confidence") if wide else ()
    table = Table(title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, show_lines=not wide)
    table.add_column("fact" if wide else "fact and value", no_wrap=True, overflow="fold")
    for column in columns:
        table.add_column(column, no_wrap=column == "confidence", overflow="fold")
    longest_path = max(len(path) for one in chosen for path in one.sets)
    table.add_column(
        "sets or speaks of" if wide else "claimed by; where; confidence",
        width=longest_path if wide else longest_path + len("sets "),
    )
    for one in chosen:
        table.add_row(*(_in_columns(one) if wide else _stacked(one)))
    return table


def _in_columns(one: Fact) -> tuple[str, ...]:
    uses = "\n".join((*one.sets, *one.outcomes)) or "not used"
    breakable = one.value_text.replace("_", " ")
    return one.id, breakable, one.claimed_by, one.where, one.confidence, uses


def _stacked(one: Fact) -> tuple[str, ...]:
    uses = [*(f"sets {path}" for path in one.sets), *(f"on {outcome}" for outcome in one.outcomes)] or ["not used"]
    return f"{one.id}\n{one.value_text}", "\n".join((f"{one.claimed_by}; {one.where}; {one.confidence}", *uses))


def _print_one(console: Console, chosen: Fact) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for label, content in _lines(chosen):
        table.add_row(label, Text(content))
    console.print(chosen.id, style="bold")
    console.print(table)


def _lines(chosen: Fact) -> Iterator[tuple[str, str]]:
    from talentmarket.scenario.evidence.seeds import parameters

    yield "says", chosen.says
    yield "value", chosen.value_text
    for row in chosen.rows:
        yield "", ", ".join(f"{key} {_plain(entry)}" for key, entry in row.items())
    yield "claimed by", chosen.claimed_by
    yield "where", chosen.where
    yield "confidence", chosen.confidence
    yield "caveat", chosen.caveat
    yield "sets", "\n".join(chosen.sets) or "no parameter directly"
    if chosen.outcomes:
        yield "speaks of", "\n".join(chosen.outcomes)
    resting = [f"{one.path} ({one.basis})" for one in parameters().values() if chosen.id in one.facts]
    if resting:
        yield "used by", "\n".join(resting)


def _plain(entry: float | str) -> str:
    return entry if isinstance(entry, str) else f"{entry:g}"
