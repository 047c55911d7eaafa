"""What the commands share in a terminal: text that can do no harm, a bar, and a word before the engine compiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from talentmarket.errors import harmless

if TYPE_CHECKING:
    from rich.console import Console

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


def say_if_compiling(console: Console) -> None:
    """Warn of the minute that the first run on a machine takes longer."""
    from talentmarket.market.numeric.compiled import CACHE_FOLDER
    from talentmarket.market.numeric.progress import watch_compiler

    if not CACHE_FOLDER.is_dir():
        console.print("Compiling the engine: about a minute, and only the first time.")
        watch_compiler(lambda name, seconds: console.print(f"  {name}: {seconds:.0f} s", highlight=False))


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


@contextmanager
def progress_bar(console: Console, title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error with the time left, if it is a terminal; gives the function that moves it."""
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
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(cell(title), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
