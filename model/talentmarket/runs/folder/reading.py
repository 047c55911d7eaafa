"""Reads run folders; what is damaged is named."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.bounded import read_bounded
from talentmarket.runs.folder.draft import MEASURES, RUN, SCENARIO, TABLES
from talentmarket.runs.folder.lock import locked
from talentmarket.runs.folder.manifest import FILE, FileEntry, Manifest, read_manifest
from talentmarket.runs.folder.provenance import scenario_hash
from talentmarket.runs.folder.swap import full_path, recover, sibling
from talentmarket.runs.runs import Runs
from talentmarket.runs.tables import columns
from talentmarket.runs.tables.arrow import joined, parquet_table
from talentmarket.runs.tables.checking import check_table
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.wording import one_line

LONGEST = 500  # letters of a message that others wrote
LARGEST_SCENARIO = 4_000_000  # bytes
COLUMNS = {**columns.TABLES, "measures": columns.MEASURES}


def is_run_folder(folder: Path) -> bool:
    """Whether a folder is one that a run leaves, as far as can be seen without reading it."""
    return (folder / SCENARIO).is_file()


def _check_presence(folder: Path, manifest: Manifest) -> None:
    for entry in manifest.files:
        place = folder / entry.path
        try:
            if not place.is_file():
                raise RunFolderError(f"{folder}: {entry.path} is missing")
            size = place.stat().st_size
        except OSError as error:
            raise RunFolderError(f"{folder}: {entry.path} cannot be read: {error.strerror or error}") from error
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
        content = read_bounded(folder / entry.path, entry.bytes)
    except OSError as error:
        raise RunFolderError(f"{folder}: {entry.path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise RunFolderError(f"{folder}: {entry.path} is damaged, {error}") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != entry.sha256:
        raise RunFolderError(
            f"{folder}: {entry.path} is damaged, its SHA-256 is {digest}, the manifest says {entry.sha256}"
        )
    return content


def scenario_document(content: bytes) -> dict[str, object]:
    """What a resolved scenario file holds.

    Raises
    ------
    ValueError
        If it is too large, no TOML, or nested too deep.
    """
    if len(content) > LARGEST_SCENARIO:
        raise ValueError(f"it is larger than {LARGEST_SCENARIO // 1_000_000} MB")
    try:
        return tomllib.loads(content.decode())
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def _scenario(folder: Path, manifest: Manifest) -> Scenario:
    """The scenario of a run folder; what the manifest says of it must be so."""
    content = content_of(folder, manifest.entry(SCENARIO))
    try:
        document = scenario_document(content)
        document.pop("extends", None)  # it is complete, and says so
        scenario = Scenario.model_validate(document)
    except (ValueError, RecursionError) as error:
        raise RunFolderError(f"{folder}: {SCENARIO} cannot be used by this version: {error}") from error
    pairs = {
        "seed": (manifest.seed, scenario.run.seed),
        "months": (manifest.months, scenario.run.months),
        "scenario's hash": (manifest.scenario_sha256, scenario_hash(scenario)),
    }
    if wrong := [
        f"{name} {claimed}, but {actual} in {SCENARIO}"
        for name, (claimed, actual) in pairs.items()
        if claimed != actual
    ]:
        raise RunFolderError(f"{folder}: {FILE} and {SCENARIO} disagree: {'; '.join(wrong)}")
    return scenario


def _parts(folder: Path, scenario: Scenario, manifest: Manifest, name: str) -> Iterator[pa.Table]:
    entries = [manifest.entry(MEASURES)] if name == "measures" else manifest.entries(f"{TABLES}/{name}")
    if not entries:
        raise RunFolderError(f"{folder}: the manifest names no parts of the table {name!r}")
    first = 0
    for entry in entries:
        content = content_of(folder, entry)
        try:
            table = parquet_table(content)
            check_table(table, COLUMNS[name], scenario, range(first, manifest.replicates))
        except (pa.ArrowException, ValueError, OSError) as error:
            raise RunFolderError(f"{folder}: {entry.path} cannot be used: {one_line(str(error), LONGEST)}") from error
        if len(table):
            first = table["replicate"][-1].as_py() + 1
        yield table


def runs_in(folder: Path, scenario: Scenario, manifest: Manifest) -> Runs:
    """The runs whose files a manifest names; tables are loaded, and checked, when first asked for.

    Asking raises RunFolderError if a file is missing, its hash is another one, or it is no table that a run leaves.
    """
    return Runs(
        scenario,
        manifest,
        lambda name: joined(list(_parts(folder, scenario, manifest, name))),
        lambda name: _parts(folder, scenario, manifest, name),
    )


def read(folder: Path | str) -> Runs:
    """Read a run folder; its tables are loaded, and their hashes checked, when first asked for.

    Raises
    ------
    RunFolderError
        If the folder is missing, damaged, or was not written by talentmarket.
    """
    try:
        place = full_path(Path(folder))
        if not place.exists() and sibling(place, "old").exists():
            with suppress(RunFolderError, OSError), locked(place):  # unless a process is just swapping it
                recover(place, RUN)
    except (OSError, ValueError) as error:
        raise RunFolderError(f"{folder}: cannot be read: {error}") from error
    manifest = read_manifest(place)
    _check_presence(place, manifest)
    return runs_in(place, _scenario(place, manifest), manifest)
