"""Reads run folders; what is damaged is named."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.draft import MEASURES, OWN, SCENARIO, TABLES
from talentmarket.runs.folder.lock import locked
from talentmarket.runs.folder.manifest import FileEntry, Manifest, read_manifest
from talentmarket.runs.folder.swap import recover, sibling
from talentmarket.runs.runs import Runs
from talentmarket.runs.tables.arrow import joined, parquet_table
from talentmarket.scenario.schema import Scenario


def _check_presence(folder: Path, manifest: Manifest) -> None:
    for entry in manifest.files:
        place = folder / entry.path
        if not place.is_file():
            raise RunFolderError(f"{folder}: {entry.path} is missing")
        size = place.stat().st_size
        if size != entry.bytes:
            raise RunFolderError(f"{folder}: {entry.path} is damaged, it has {size} bytes instead of {entry.bytes}")


def content_of(folder: Path, entry: FileEntry) -> bytes:
    """A file's bytes, once its hash is the one in the manifest.

    Raises
    ------
    RunFolderError
        If it cannot be read or its hash is another one.
    """
    try:
        content = (folder / entry.path).read_bytes()
    except OSError as error:
        raise RunFolderError(f"{folder}: {entry.path} cannot be read: {error.strerror or error}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != entry.sha256:
        raise RunFolderError(
            f"{folder}: {entry.path} is damaged, its SHA-256 is {found}, the manifest says {entry.sha256}"
        )
    return content


def _scenario(folder: Path, manifest: Manifest) -> Scenario:
    content = content_of(folder, manifest.entry(SCENARIO))
    try:
        document = tomllib.loads(content.decode())
        # A resolved file is complete: it extends nothing, and says so.
        document.pop("extends", None)
        return Scenario.model_validate(document)
    except ValueError as error:
        raise RunFolderError(f"{folder}: {SCENARIO} cannot be used by this version: {error}") from error


def load_table(folder: Path, manifest: Manifest, name: str) -> pa.Table:
    """A table of a run folder, or its `measures`, from the files that the manifest names.

    Raises
    ------
    RunFolderError
        If a file is missing, its hash is another one, or it is no Parquet file.
    """
    return joined(list(load_parts(folder, manifest, name)))


def load_parts(folder: Path, manifest: Manifest, name: str) -> Iterator[pa.Table]:
    """The parts of a table of a run folder, read one after the other. Raises as `load_table` does."""
    entries = [manifest.entry(MEASURES)] if name == "measures" else manifest.entries(f"{TABLES}/{name}")
    if not entries:
        raise RunFolderError(f"{folder}: the manifest names no parts of the table {name!r}")
    for entry in entries:
        content = content_of(folder, entry)
        try:
            yield parquet_table(content)
        except pa.ArrowException as error:
            raise RunFolderError(f"{folder}: the table {name!r} cannot be used: {error}") from error


def read(folder: Path | str) -> Runs:
    """Read a run folder; its tables are loaded, and their hashes checked, when first asked for.

    Raises
    ------
    RunFolderError
        If the folder is missing, damaged, or was not written by talentmarket.
    """
    place = Path(folder).resolve()
    if not place.exists() and sibling(place, "old").exists():
        with suppress(RunFolderError, OSError), locked(place):  # unless a process is just swapping it
            recover(place, OWN)
    manifest = read_manifest(place)
    _check_presence(place, manifest)
    return Runs(
        _scenario(place, manifest),
        manifest,
        lambda name: load_table(place, manifest, name),
        lambda name: load_parts(place, manifest, name),
    )
