"""Finds the files that come with talentmarket: from a checkout and from an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def folder(name: str) -> Path:
    """The shipped folder `scenarios`, `seeds` or `docs`, of which a wheel holds the glossary."""
    installed = PACKAGE / "shipped" / name
    return installed if installed.is_dir() else PACKAGE.parent.parent / name
