"""The manifest of a run folder: what was run, from what, and which files came of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from talentmarket.errors import RunFolderError

FILE = "manifest.json"
FORMAT = "talentmarket run"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class FileEntry:
    """A file of the run folder: its path from there (with `/`), its size in bytes and its SHA-256."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Failure:
    """A replicate that failed, and why."""

    replicate: int
    error: str


@dataclass(frozen=True)
class Manifest:
    """All of it; see `provenance` for `versions`, `git` and `scenario_sha256`.

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
    """

    title: str
    scenario_sha256: str
    seed: int
    replicates: int
    months: int
    versions: dict[str, str]
    git: dict[str, Any]
    started: str
    finished: str
    command: tuple[str, ...]
    overrides: tuple[str, ...]
    failures: tuple[Failure, ...]
    plots_error: str
    files: tuple[FileEntry, ...]

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


def dumps(manifest: Manifest) -> str:
    """A manifest as JSON text."""
    content = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(manifest)}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def loads(text: str) -> Manifest:
    """A manifest from JSON text.

    Raises
    ------
    ValueError
        If the text is no manifest of a run of this version, or not a whole one.
    """
    content = json.loads(text)
    if not isinstance(content, dict) or content.pop("format", "") != FORMAT:
        raise ValueError("it is not a manifest of talentmarket")
    version = content.pop("format_version", 0)
    if version != FORMAT_VERSION:
        raise ValueError(f"its format version is {version}, this talentmarket reads {FORMAT_VERSION}")
    try:
        content["files"] = tuple(FileEntry(**each) for each in content["files"])
        content["failures"] = tuple(Failure(**each) for each in content["failures"])
        return Manifest(**{**content, "command": tuple(content["command"]), "overrides": tuple(content["overrides"])})
    except (KeyError, TypeError) as error:
        raise ValueError(f"it is incomplete: {error}") from error


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run folder.

    Raises
    ------
    RunFolderError
        If the folder or its manifest is missing, damaged or was not written by talentmarket.
    """
    if not folder.is_dir():
        raise RunFolderError(f"{folder}: there is no such run folder")
    path = folder / FILE
    if not path.is_file():
        raise RunFolderError(f"{folder}: not a run folder, it has no {FILE}")
    try:
        return loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise RunFolderError(f"{path}: cannot be used: {error}") from error


def written_by_talentmarket(folder: Path) -> bool:
    """Whether a folder holds a manifest of talentmarket, of this version or another."""
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (ValueError, OSError):
        return False
    return isinstance(content, dict) and content.get("format") == FORMAT
