"""What the commands share in a terminal: text that can do no harm, tables that fit, a bar, a word before compiling."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from talentmarket.errors import harmless

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from talentmarket.runs.workers import Crew


def messages(silent: bool) -> Console:
    """Standard error, or nothing."""
    from rich.console import Console

    return Console(stderr=True, quiet=silent)


def say(console: Console, text: str, style: str = "") -> None:
    """Print a text that may come from anyone's file."""
    console.print(harmless(text), style=style, markup=False, highlight=False, soft_wrap=True)


def cell(text: str) -> str:
    """A name from anyone's file, in a table: neither steers the terminal nor is taken for markup."""
    from rich.markup import escape

    return escape(harmless(text))


def print_json(command: str, results: Iterable[Any]) -> None:
    """Print what a command found as JSON, in the one shape that all have; what is undefined is null."""
    from importlib.metadata import version

    content = {"command": command, "version": version("talentmarket"), "results": [_plain(each) for each in results]}
    print(json.dumps(content, indent=2, allow_nan=False), flush=True)


def _plain(value: Any) -> Any:
    """What JSON knows: tables as lists of rows, no number as null."""
    if hasattr(value, "to_dict"):
        return _plain(value.to_dict(orient="records"))
    if isinstance(value, Mapping):
        return {str(key): _plain(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(below) for below in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Path):
        return str(value)
    return value.item() if hasattr(value, "item") else value


def print_entry(console: Console, name: str, lines: Iterable[str]) -> None:
    """Print a name, and below it what there is to say of it, set in and broken between words in any terminal."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(harmless(name), style="bold", markup=False, highlight=False)
    for line in lines:
        console.print(Padding(Text(harmless(line)), (0, 0, 0, 2), expand=False))


def print_table(
    console: Console, table: Table, *, stack: Sequence[tuple[str, str]] = (), drop: Sequence[str] = ()
) -> None:
    """Print a table so that no number is cut: where it is too wide, cells stand under others, then columns are left out.

    Parameters
    ----------
    stack
        Pairs of headers, in the order in which they are tried: the cells of the second go below those of the first.
    drop
        Headers of columns that can go, the first one first; a line below the table names those that went.
    """
    for column in table.columns:
        column.overflow = "fold"  # a word that is longer than its column goes on below
    for upper, lower in stack:
        if _is_too_wide(console, table):
            table = _stacked(table, upper, lower)
    gone = []
    for header in drop:
        if _is_too_wide(console, table):
            table = _without(table, header)
            gone.append(header)
    if _is_too_wide(console, table):
        for column in table.columns:
            column.min_width = column.min_width if column.no_wrap else None  # words may break, numbers may not
    console.print(table)
    if gone:
        console.print(f"Left out for want of room: {', '.join(gone)}.", highlight=False)


def _is_too_wide(console: Console, table: Table) -> bool:
    """Whether words would be broken, or lines of columns that must not wrap."""
    from rich.measure import Measurement

    cells = [[str(cell) for cell in column.cells] for column in table.columns]
    for number, column in enumerate(table.columns):
        if column.no_wrap:  # as one word, as Rich counts the words of such columns too
            cells[number] = [text.replace(" ", "_") for text in cells[number]]
    unbound = console.options.update(width=10_000)
    return Measurement.get(console, unbound, _with_cells(table, cells)).minimum > console.width


def _stacked(table: Table, upper: str, lower: str) -> Table:
    """A table in which one column stands below the other; the same one if either is not there."""
    headers = [str(column.header).split("\n") for column in table.columns]
    above = next((number for number, header in enumerate(headers) if upper in header), None)
    below = next((number for number, header in enumerate(headers) if lower in header), None)
    if above is None or below is None:
        return table
    columns = [[str(cell) for cell in column.cells] for column in table.columns]
    indent = "  " if table.columns[above].justify == "left" else ""
    pairs = zip(columns[above], columns[below], strict=True)
    columns[above] = [f"{one}\n{indent}{other}" if one and other else one or other for one, other in pairs]
    narrower = _with_cells(table, columns)
    narrower.columns[above].header = "\n".join([*headers[above], *headers[below]])
    return _without(narrower, "\n".join(headers[below]))


def _without(table: Table, header: str) -> Table:
    kept = [number for number, column in enumerate(table.columns) if column.header != header]
    return _with_cells(table, [[str(cell) for cell in table.columns[number].cells] for number in kept], kept)


def _with_cells(table: Table, cells: Sequence[Sequence[str]], kept: Sequence[int] | None = None) -> Table:
    """The same table with other cells, column by column, in all of its columns or those that are kept."""
    narrower, rows = copy(table), list(table.rows)
    narrower.columns, narrower.rows = [], []
    for number in range(len(table.columns)) if kept is None else kept:
        column = table.columns[number]
        narrower.add_column(
            column.header, justify=column.justify, no_wrap=column.no_wrap, min_width=column.min_width,
            style=column.style, overflow=column.overflow,
        )  # fmt: skip
    for row, words in zip(rows, zip(*cells, strict=True), strict=True):
        narrower.add_row(*words, style=row.style, end_section=row.end_section)
    return narrower


def say_if_compiling(console: Console) -> None:
    """Warn of the minute that the first run on a machine takes longer."""
    from talentmarket.market.numeric.progress import say_if_compiling as say_if_new

    say_if_new(lambda line: say(console, line))


@contextmanager
def crew_at(address: str, console: Console) -> Iterator[Crew | None]:
    """The workers of a cluster; without an address None, which stands for threads of this process."""
    if not address:
        yield None
        return
    from talentmarket.runs.cluster import cluster

    say(console, f"Reaching {address}; each worker compiles the engine if it is new there.")
    with cluster(address) as crew:
        yield crew


SILENCE = 30.0  # seconds between two lines of a log


def log_lines(
    say: Callable[[str], object], title: str, clock: Callable[[], float] = time.monotonic
) -> Callable[[int, int], None]:
    """What tells a log now and then how far something is; it is called with what is done and what there is in all.

    The time left is that of what came after the first call: what came before it also started, and perhaps compiled.
    """
    last, first = clock(), None

    def tell(done: int, total: int) -> None:
        nonlocal last, first
        now = clock()
        first = first or (done, now)
        if done < total and now - last >= SILENCE:
            last = now
            since, begun = first
            minutes = (now - begun) / (done - since) * (total - done) / 60.0 if done > since else None
            left = "" if minutes is None else f", about {max(1.0, minutes):.0f} min left"
            say(f"{title}: {done:,} of {total:,} done{left}")

    return tell


@contextmanager
def progress_bar(console: Console, title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error with the time left, or in a log a line now and then; gives the function that moves it."""
    if not console.is_terminal:
        yield log_lines(lambda line: say(console, line), title)
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(cell(title), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def print_answer(console: Console, sentences: Sequence[str]) -> None:
    """The answer in words, below everything else; nothing if there are no sentences."""
    if sentences:
        console.print("\nThe answer", style="bold")
        for each in sentences:
            console.print(cell(each), highlight=False)
