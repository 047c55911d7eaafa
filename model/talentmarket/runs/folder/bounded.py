"""Reads files of a sane size and depth, and nothing but ordinary files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic_core import from_json

LARGEST = 64_000_000  # bytes; the manifest of a million replicates has about as many


def read_bounded(path: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a file.

    Raises
    ------
    ValueError
        If it is no ordinary file, or a larger one.
    OSError
        If it cannot be read.
    """
    if path.exists() and not path.is_file():
        raise ValueError("it is no ordinary file")
    with path.open("rb") as stream:
        content = stream.read(largest + 1)
    if len(content) > largest:
        raise ValueError(f"it is larger than {largest // 1_000_000} MB")
    return content


def read_json(path: Path) -> Any:
    """What a JSON file holds; one that is nested too deep is refused. Raises as `read_bounded` does."""
    return from_json(read_bounded(path), allow_inf_nan=False)
