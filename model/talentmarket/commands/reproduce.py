"""The command `reproduce`: a run folder's manifest run again; whether every table is the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from talentmarket.commands.common.options import AsJson, RunFolder, Workers
from talentmarket.commands.common.terminal import messages, print_json, progress_bar, say_if_compiling
from talentmarket.errors import harmless

if TYPE_CHECKING:
    from talentmarket.runs.reproducing import Reproduction

MOST_DIFFERENCES = 20


def reproduce(folder: RunFolder, workers: Workers = 0, as_json: AsJson = False) -> None:
    """Run a run folder's manifest again. Says whether every byte of its tables is the same.

    Example: talentmarket reproduce outputs/meta_raid
    """
    from talentmarket.runs import reproducing
    from talentmarket.runs.options import Options

    console = messages(as_json)
    say_if_compiling(console)
    with progress_bar(console, str(folder)) as progress:
        found = reproducing.reproduce(folder, Options(workers=workers, progress=progress))
    if as_json:
        print_json("reproduce", [{"same": found.is_same, **asdict(found)}])
    else:
        print(harmless("\n".join(_lines(folder, found))))
    if not found.is_same:
        raise typer.Exit(1)


def _lines(folder: Path, found: Reproduction) -> Iterator[str]:
    files = found.files
    differing = [file for file in files if file.difference]
    if differing:
        yield f"{folder}: {len(differing)} of {len(files)} files came out differently:"
        for file in differing[:MOST_DIFFERENCES]:
            yield f"  {file.path}: {file.difference}"
        if len(differing) > MOST_DIFFERENCES:
            yield f"  and {len(differing) - MOST_DIFFERENCES} more"
    else:
        yield f"{folder}: the same, {len(files)} files and {sum(file.bytes for file in files):,} bytes of tables."
    if found.changed_versions:
        yield f"Other versions than then: {', '.join(found.changed_versions)}"
