"""Writes the generated parts of the README, of `docs/ODD.md`, `docs/reference/` and `docs/gallery/`, and the format of scenario files.

`python -m talentmarket.report.documents`, which is `make docs`, writes what is only read: tables, pages and the studies' pictures.
A word before it runs something anew:

- `validation`: the whole validation, and records it in `docs/validation.md`;
- `studies`: the shipped studies, and writes the tables that their pages are made of; names behind it choose some;
- `gallery`: the shipped scenarios, and draws the pictures of their pages; names behind it choose some, and without any the tables
  of `docs/answers.md` are written too;
- `answers`: the scenarios that `docs/answers.md` sets beside one another, and writes its tables;
- `notebooks`: nothing, and writes the tutorials as notebooks and nothing else.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
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
ANSWERS = Path("docs/answers.md")
README = Path("README.md")
REFERENCE = Path("docs/reference")
TUTORIALS = Path("docs/tutorials")
NOTEBOOKS = Path("build/notebooks")
GALLERY = Path("docs/gallery")
FORMAT = Path("scenarios/scenario.schema.json")
SCENARIOS = GALLERY / "scenarios"
SHOCKS = Path("docs/explanation/common-random-numbers.svg")
SHOWN = 40  # runs in the picture of common shocks
STUDIES = Path("outputs/studies")


def write_odd() -> None:
    """Bring the tables of the ODD protocol up to date, and what the gallery says of sensitivity."""
    from talentmarket.report.documents.gallery import sensitivity_list

    document = ODD.read_text(encoding="utf-8")
    for name, content in (
        ("state", state_tables()),
        ("schedule", schedule_list()),
        ("parameters", parameter_tables()),
        ("labs", lab_table()),
    ):
        document = with_content(document, name, content)
    ODD.write_text(with_content(document, "sensitivity", sensitivity_list(GALLERY)), encoding="utf-8")


def write_reference() -> None:
    """Write the pages of the reference that the code has, and the README's table of scenarios."""
    from talentmarket.report.documents.reference import PAGES
    from talentmarket.report.documents.scenarios import scenario_table

    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
    document = README.read_text(encoding="utf-8")
    written = with_content(document, "scenarios", scenario_table(f"{SCENARIOS.as_posix()}/"))
    README.write_text(written, encoding="utf-8")


def write_shocks() -> None:
    """Draw what common shocks do."""
    from talentmarket.api import run
    from talentmarket.plots.files import svg_bytes
    from talentmarket.report.documents.shocks import losses, same_shocks

    figure = same_shocks(*(losses(run(name, SHOWN)) for name in ("baseline", "meta_raid")))
    SHOCKS.write_bytes(svg_bytes(figure))


def write_validation() -> None:
    """Run the whole validation and record its table."""
    from talentmarket.validation import Effort, all_checks

    checks = [check for _, found in all_checks(Effort()) for check in found]
    document = VALIDATION.read_text(encoding="utf-8")
    VALIDATION.write_text(with_content(document, "checks", validation_lines(checks)), encoding="utf-8")


def write_answers() -> None:
    """Run what the page of answers sets beside one another, and write its tables."""
    from talentmarket.report.documents.answer_tables import answer_tables

    document = ANSWERS.read_text(encoding="utf-8")
    for name, content in answer_tables():
        document = with_content(document, name, content)
    ANSWERS.write_text(document, encoding="utf-8")


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
    """Write what the words of the command ask for.

    Raises
    ------
    SystemExit
        2 if the command has no such word, or no study or scenario of such a name.
    """
    from talentmarket.report.documents.gallery import write_gallery
    from talentmarket.report.documents.scenarios import write_pages, write_pictures
    from talentmarket.scenario.reading.chain import shipped_names
    from talentmarket.studies.reading.file import study_names

    known = {"studies": study_names(), "gallery": shipped_names()}
    parser = ArgumentParser(
        prog="python -m talentmarket.report.documents", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("anew", nargs="?", choices=("validation", "studies", "gallery", "answers", "notebooks"))
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args(words)
    if unknown := [name for name in asked.names if name not in known.get(asked.anew, ())]:
        parser.error(
            f"there is no {unknown[0]!r} to choose; {asked.anew} knows {', '.join(known.get(asked.anew, ())) or 'no names'}"
        )

    if asked.anew == "notebooks":
        from talentmarket.report.documents.notebooks import write_notebooks

        print(*write_notebooks(TUTORIALS, NOTEBOOKS), sep="\n")
        return
    if asked.anew == "studies":
        write_studies(asked.names or known["studies"])
    if asked.anew == "gallery":
        write_pictures(SCENARIOS, tuple(asked.names))
        write_shocks()
    if asked.anew == "answers" or (asked.anew == "gallery" and not asked.names):
        write_answers()
    write_gallery(GALLERY)
    write_pages(SCENARIOS)
    write_odd()
    write_reference()
    FORMAT.write_text(file_format_text(), encoding="utf-8")
    if asked.anew == "validation":
        write_validation()


if __name__ == "__main__":
    main(sys.argv[1:])
