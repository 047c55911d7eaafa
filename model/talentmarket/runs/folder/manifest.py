"""The manifest of a run folder: what was run, from what, and which files came of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path, PureWindowsPath
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.bounded import read_json

FILE = "manifest.json"
FORMAT = "talentmarket run"
FORMAT_VERSION = 1
MOST_PROBLEMS = 3

STRICT = ConfigDict(strict=True, extra="forbid")
Count = Annotated[int, Field(ge=0, lt=2**63)]


def _inside(path: str) -> str:
    """A path that stays within the folder, on every system."""
    parts = path.split("/")
    if "\\" in path or "\0" in path or PureWindowsPath(path).drive or not all(parts) or {".", ".."} & {*parts}:
        raise ValueError(f"{path!r} is no path within the folder")
    return path


def _distinct(files: tuple[FileEntry, ...]) -> tuple[FileEntry, ...]:
    if len({entry.path for entry in files}) < len(files):
        raise ValueError("a file is named twice")
    return files


@dataclass(frozen=True, config=STRICT)
class FileEntry:
    """A file of the run folder: its path from there (with `/`), its size in bytes and its SHA-256."""

    path: Annotated[str, AfterValidator(_inside)]
    bytes: Count
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, config=STRICT)
class Failure:
    """A replicate that failed, and why."""

    replicate: Count
    error: str


@dataclass(frozen=True, config=STRICT)
class Manifest:
    """All of it; see `provenance` for `versions`, `processor`, `git` and `scenario_sha256`.

    Attributes
    ----------
    started, finished
        Times in UTC, ISO 8601.
    command
        The command line, word by word; empty when run from Python.
    overrides
        What was set on top of the scenario file, each as `path=value`.
    plots_error
        Why the plots are missing; empty when they are there or were not asked for.
    processor
        On what it ran.
    replaces
        Whether the run folder that was there before was given up for this one.
    """

    title: str
    scenario_sha256: str
    seed: int
    replicates: Annotated[int, Field(ge=1, lt=2**31)]
    months: Annotated[int, Field(ge=1, lt=2**31)]
    versions: dict[str, str]
    git: dict[str, str | bool]
    started: str
    finished: str
    command: tuple[str, ...]
    overrides: tuple[str, ...]
    failures: tuple[Failure, ...]
    plots_error: str
    files: Annotated[tuple[FileEntry, ...], AfterValidator(_distinct)]
    processor: str = ""
    replaces: bool = False

    def entries(self, folder: str) -> Sequence[FileEntry]:
        """Files below a folder of the run folder, in their order."""
        return [entry for entry in self.files if entry.path.startswith(f"{folder}/")]

    def entry(self, path: str) -> FileEntry:
        """The file of that path.

        Raises
        ------
        RunFolderError
            If the manifest does not name it.
        """
        for each in self.files:
            if each.path == path:
                return each
        raise RunFolderError(f"the manifest names no file {path}")


_MANIFEST = TypeAdapter(Manifest)


def dumps(manifest: Manifest) -> str:
    """A manifest as JSON text."""
    content = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(manifest)}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def of_json(content: object) -> Manifest:
    """A manifest from what a JSON text holds.

    Raises
    ------
    ValueError
        If it is no manifest of a run of this version, or something in it is missing or wrong.
    """
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError("it is not a manifest of talentmarket")
    version = content.get("format_version")
    if version != FORMAT_VERSION:
        raise ValueError(f"its format version is {version!r:.20}, this talentmarket reads {FORMAT_VERSION}")
    fields = {name: value for name, value in content.items() if name not in ("format", "format_version")}
    try:
        return _MANIFEST.validate_json(json.dumps(fields))
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()[:MOST_PROBLEMS]]
        raise ValueError("; ".join(problems)) from None


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run folder.

    Raises
    ------
    RunFolderError
        If the folder or its manifest is missing, damaged or was not written by talentmarket.
    """
    path = folder / FILE
    try:
        if not folder.is_dir():
            raise RunFolderError(f"{folder}: there is no such run folder")
        if not path.is_file():
            raise RunFolderError(f"{folder}: not a run folder, it has no {FILE}")
        return of_json(read_json(path))
    except OSError as error:
        raise RunFolderError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise RunFolderError(f"{path}: cannot be used: {error}") from error
