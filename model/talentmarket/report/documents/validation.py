"""What `talentmarket validate` found, as a table in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from talentmarket.report.documents.markdown import table
from talentmarket.validation.check import Check, cells

HEADER = ("check", "target", "model", "±", "unit", "verdict", "source")


def validation_lines(checks: Sequence[Check]) -> str:
    """A table for each group of checks."""
    parts = []
    for group, members in groupby(checks, key=lambda check: check.group):
        rows = [(check.name, *cells(check), check.source) for check in members]
        parts.append(f"### {group}\n\n{table(HEADER, rows)}")
    return "\n\n".join(parts)
