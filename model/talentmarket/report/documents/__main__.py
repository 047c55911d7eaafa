"""Writes the generated parts of `docs/ODD.md`, and with `validation` those of `docs/validation.md`.

From a checkout: `python -m talentmarket.report.documents` or `make docs`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from talentmarket.report.documents import (
    lab_table,
    parameter_tables,
    schedule_list,
    state_tables,
    validation_lines,
    with_content,
)

ODD = Path("docs/ODD.md")
VALIDATION = Path("docs/validation.md")


def write_odd() -> None:
    """Bring the tables of the ODD protocol up to date."""
    document = ODD.read_text(encoding="utf-8")
    for name, content in (
        ("state", state_tables()),
        ("schedule", schedule_list()),
        ("parameters", parameter_tables()),
        ("labs", lab_table()),
    ):
        document = with_content(document, name, content)
    ODD.write_text(document, encoding="utf-8")


def write_validation() -> None:
    """Run the whole validation and record its table."""
    from talentmarket.validation import Effort, all_checks

    checks = [check for _, found in all_checks(Effort()) for check in found]
    document = VALIDATION.read_text(encoding="utf-8")
    VALIDATION.write_text(with_content(document, "checks", validation_lines(checks)), encoding="utf-8")


if __name__ == "__main__":
    write_odd()
    if "validation" in sys.argv[1:]:
        write_validation()
