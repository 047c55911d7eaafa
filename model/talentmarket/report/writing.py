"""Writes a report, whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from talentmarket.errors import InputError
from talentmarket.report.page import Report, html


def write_report(report: Report, place: Path) -> None:
    """Write a report as an HTML file; an earlier one there is replaced.

    Raises
    ------
    InputError
        If the place cannot be written, or is a folder.
    """
    if place.is_dir():
        raise InputError(f"{place}: is a folder; name a file for the report, such as {place / 'report.html'}")
    temporary = place.with_name(f".{place.name}.{uuid4().hex}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(html(report), encoding="utf-8", newline="\n")
        temporary.replace(place)
    except OSError as error:
        raise InputError(f"{place}: the report cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
