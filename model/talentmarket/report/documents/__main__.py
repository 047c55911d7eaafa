"""Writes the generated parts of `docs/ODD.md` and `docs/gallery/` and the format of scenario files, and with `validation` those of `docs/validation.md`.

With `studies` it first runs the shipped studies anew and writes the tables that the gallery is made of; names behind it choose
some of them. From a checkout: `python -m talentmarket.report.documents`, `make docs` or `make studies`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from talentmarket.report.documents import (
    lab_table,
    parameter_tables,
    schedule_list,
    state_tables,
    validation_lines,
    with_content,
)
from talentmarket.scenario.writing.file_format import file_format_text

ODD = Path("docs/ODD.md")
VALIDATION = Path("docs/validation.md")
GALLERY = Path("docs/gallery")
FORMAT = Path("scenarios/scenario.schema.json")
STUDIES = Path("outputs/studies")


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


def write_studies(names: Sequence[str]) -> None:
    """Run the shipped studies of these names anew, and write their tables."""
    from talentmarket.studies.reading.file import read_study
    from talentmarket.studies.sampling.running import sample
    from talentmarket.studies.shipped import table_path, table_text

    for name in names:
        print(f"Running the study {name}", flush=True)
        sampled = sample(read_study(name), STUDIES / name, replace=True)
        table_path(name).parent.mkdir(exist_ok=True)
        table_path(name).write_text(table_text(sampled), encoding="utf-8")


def main(words: Sequence[str]) -> None:
    """Write what the words of the command ask for."""
    from talentmarket.report.documents.gallery import write_gallery
    from talentmarket.studies.reading.file import study_names

    if "studies" in words[:1]:
        write_studies(words[1:] or study_names())
    else:
        write_odd()
        FORMAT.write_text(file_format_text(), encoding="utf-8")
    write_gallery(GALLERY)
    if "validation" in words:
        write_validation()


if __name__ == "__main__":
    main(sys.argv[1:])
