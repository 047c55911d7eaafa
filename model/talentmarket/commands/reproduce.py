"""The command `reproduce`: runs a run folder's manifest again and says whether every table is the same."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from talentmarket.commands.run import progress_bar, say_if_compiling

if TYPE_CHECKING:
    from talentmarket.runs.reproducing import Reproduction

MOST_DIFFERENCES = 20


@dataclass(frozen=True)
class Request:
    """What the user asked for; 0 workers mean one a processor."""

    folder: Path
    workers: int
    as_json: bool


def reproduce_run(request: Request) -> bool:
    """Run a run folder again; returns whether every value of its tables came out the same.

    Raises
    ------
    RunFolderError
        If the folder is missing, damaged, or was not written by talentmarket.
    """
    from talentmarket.runs.options import Options
    from talentmarket.runs.reproducing import reproduce

    console = Console(stderr=True, quiet=request.as_json)
    say_if_compiling(console)
    with progress_bar(console, str(request.folder)) as progress:
        found = reproduce(request.folder, Options(workers=request.workers, progress=progress))
    if request.as_json:
        print(json.dumps({"same": found.is_same, **asdict(found)}, indent=2))
    else:
        _print(request.folder, found)
    return found.is_same


def _print(folder: Path, found: Reproduction) -> None:
    files = found.files
    differing = [file for file in files if file.difference]
    if differing:
        print(f"{folder}: {len(differing)} of {len(files)} files came out differently:")
        for file in differing[:MOST_DIFFERENCES]:
            print(f"  {file.path}: {file.difference}")
        if len(differing) > MOST_DIFFERENCES:
            print(f"  and {len(differing) - MOST_DIFFERENCES} more")
    else:
        print(f"{folder}: the same, {len(files)} files and {sum(file.bytes for file in files):,} bytes of tables.")
    if found.changed_versions:
        print(f"Other versions than then: {', '.join(found.changed_versions)}")
