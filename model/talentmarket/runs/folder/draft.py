"""A run folder that is being built: files written whole or not at all, and listed with their hashes.

What an interrupted run has finished stays beside the place, for a later one to go on from.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from talentmarket.errors import ReplicateError
from talentmarket.runs.folder import manifest
from talentmarket.runs.folder.manifest import FileEntry, Manifest
from talentmarket.runs.folder.swap import MARK, Contents, building

SCENARIO = "scenario.toml"
MEASURES = "measures.parquet"
SUMMARY = "summary.csv"
TABLES = "tables"
PLOTS = "plots"
REPORT = "report.html"  # written later, if at all, and gone with the run that it is about
RUN = Contents(
    "run folder",
    manifest.FILE,
    manifest.FORMAT,
    frozenset({manifest.FILE, SCENARIO, MEASURES, SUMMARY, TABLES, PLOTS, REPORT}),
    frozenset({REPORT}),
)


def part(table: str, number: int) -> str:
    """Path of a part of a table within a run folder."""
    return f"{TABLES}/{table}/part-{number:05d}.parquet"


class Draft:
    """A folder that is being built.

    Attributes
    ----------
    folder
        Where it is built.
    files
        What has been written so far.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[FileEntry] = []

    def write(self, path: str, content: bytes) -> None:
        """Write a file whole or not at all, and note its hash; `path` is relative, with `/`."""
        place = self.folder / path
        if not self.folder.is_dir():
            raise FileNotFoundError(errno.ENOENT, "the folder was taken away meanwhile", str(self.folder))
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = place.with_name(f".{place.name}.{uuid4().hex}.part")
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(place)
        self._note(path, content)

    def note(self, path: str) -> None:
        """Note a file that others wrote."""
        self._note(path, (self.folder / path).read_bytes())

    def note_files(self, folder: str) -> None:
        """Note the files that others wrote below a folder of the draft."""
        for place in sorted((self.folder / folder).rglob("*")):
            if place.is_file() and place.name != MARK:
                self.note(place.relative_to(self.folder).as_posix())

    def write_manifest(self, content: Manifest) -> None:
        """Write the manifest, again if it is there already."""
        self.write(manifest.FILE, manifest.dumps(content).encode())
        self.files = [entry for entry in self.files if entry.path != manifest.FILE]

    def keep_only(self, paths: Collection[str]) -> None:
        """Delete what an earlier run left in the draft, halves of files among it, but for some files."""
        for place in sorted(self.folder.rglob("*"), reverse=True):
            if not place.is_dir():
                if place.relative_to(self.folder).as_posix() not in {MARK, *paths}:
                    place.unlink()
            else:
                with suppress(OSError):  # it is not empty
                    place.rmdir()

    def _note(self, path: str, content: bytes) -> None:
        self.files.append(FileEntry(path, len(content), hashlib.sha256(content).hexdigest()))


def holds_batches(folder: Path) -> bool:
    """Whether a draft holds any finished batch of replicates, whose last table is `replicates`."""
    return any((folder / TABLES / "replicates").glob("part-*.parquet"))


@contextmanager
def new_run_folder(target: Path) -> Iterator[Draft]:
    """Build a run folder at a place that this process is `swap.writing`; see `swap.building`.

    A draft that holds a finished batch outlives an interruption, and the next call for this `target` finds it as it
    was left. One of which every replicate failed does not.
    """
    with building(target, RUN, holds_batches) as folder:
        draft = Draft(folder)
        try:
            yield draft
        except ReplicateError:
            draft.keep_only(())
            raise
