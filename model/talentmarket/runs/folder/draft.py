"""Run folders: built beside their place and swapped into it whole, so that no reader ever meets half of one.

What an interrupted run has finished stays beside the place, for a later one to go on from.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from talentmarket.errors import InputError, ReplicateError, RunFolderError
from talentmarket.runs.folder import manifest
from talentmarket.runs.folder.lock import locked
from talentmarket.runs.folder.manifest import FileEntry, Manifest
from talentmarket.runs.folder.swap import recover, sibling

SCENARIO = "scenario.toml"
MEASURES = "measures.parquet"
SUMMARY = "summary.csv"
TABLES = "tables"
PLOTS = "plots"
REPORT = "report.html"  # written later, if at all, and gone with the run that it is about
OWN = frozenset({manifest.FILE, SCENARIO, MEASURES, SUMMARY, TABLES, PLOTS, REPORT})

LONGEST_NAME = 100


def folder_name(name: str) -> str:
    """A name as one folder's name: anything but letters, digits, `.`, `_`, `-` and blanks becomes `-`.

    Raises
    ------
    InputError
        If nothing is left of it.
    """
    plain = re.sub(r"[^\w .-]+", "-", name).strip(" .-")[:LONGEST_NAME].rstrip(" .-")
    if not plain:
        raise InputError(f"{name!r} is no name for a run folder: it needs at least one letter or digit")
    return plain


def part(table: str, number: int) -> str:
    """Path of a part of a table within a run folder."""
    return f"{TABLES}/{table}/part-{number:05d}.parquet"


class Draft:
    """A run folder that is being built.

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
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = place.with_name(f".{place.name}.{uuid4().hex}.part")
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(place)
        self._note(path, content)

    def note_files(self, folder: str) -> None:
        """Note files that others wrote below a folder of the draft."""
        for place in sorted((self.folder / folder).rglob("*")):
            if place.is_file():
                self._note(place.relative_to(self.folder).as_posix(), place.read_bytes())

    def write_manifest(self, content: Manifest) -> None:
        """Write the manifest, again if it is there already."""
        self.write(manifest.FILE, manifest.dumps(content).encode())
        self.files = [entry for entry in self.files if entry.path != manifest.FILE]

    def keep_only(self, paths: Collection[str]) -> None:
        """Delete what an earlier run left in the draft, halves of files among it, but for some files."""
        for place in sorted(self.folder.rglob("*"), reverse=True):
            if not place.is_dir():
                if place.relative_to(self.folder).as_posix() not in paths:
                    place.unlink()
            else:
                with suppress(OSError):  # it is not empty
                    place.rmdir()

    def holds_batches(self) -> bool:
        """Whether it holds any finished batch of replicates, whose last table is `replicates`."""
        return any((self.folder / TABLES / "replicates").glob("part-*.parquet"))

    def _note(self, path: str, content: bytes) -> None:
        self.files.append(FileEntry(path, len(content), hashlib.sha256(content).hexdigest()))


def check_target(target: Path) -> None:
    """Check that a run folder may be put there.

    Raises
    ------
    InputError
        If something else than a folder is there.
    RunFolderError
        If a folder is there that talentmarket did not write.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError(f"{target}: cannot write a run folder there, it is a file")
    if any(target.iterdir()) and not manifest.written_by_talentmarket(target):
        raise RunFolderError(
            f"{target}: this folder was not written by talentmarket and is left alone; choose another name or place"
        )


def _swap(new: Path, target: Path) -> None:
    """Put `new` in the place of `target`; on any failure the earlier `target` is back in its place."""
    check_target(target)
    try:
        if target.exists():
            target.rename(sibling(target, "old"))
        new.rename(target)
    finally:
        recover(target, OWN)


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{target}: the run folder cannot be written: {error.strerror or error}") from error


@contextmanager
def new_run_folder(target: Path) -> Iterator[Draft]:
    """Build a run folder; it takes the place of `target` when the block ends well, otherwise nothing changes there.

    A draft that holds a finished batch outlives an interruption, and the next call for this `target` finds it as it
    was left. One of which every replicate failed does not.

    Raises
    ------
    InputError
        If the place is not writable, the disk is full, or a file is in the way.
    RunFolderError
        If a folder is there that talentmarket did not write, or another process is writing it.
    """
    target = target.resolve()
    with _explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target):
            recover(target, OWN)
            check_target(target)
            draft = Draft(sibling(target, "new"))
            draft.folder.mkdir(exist_ok=True)
            try:
                yield draft
                _swap(draft.folder, target)
            except ReplicateError:
                draft.keep_only(())
                raise
            finally:
                if not draft.holds_batches():
                    shutil.rmtree(draft.folder, ignore_errors=True)
