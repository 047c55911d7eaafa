"""The parts of `docs/` that are written by the program, so that they cannot go stale: `python -m` this package."""

from talentmarket.report.documents.markdown import GENERATED, content_of, with_content
from talentmarket.report.documents.parameters import lab_table, parameter_tables
from talentmarket.report.documents.schedule import schedule_list
from talentmarket.report.documents.state import state_tables
from talentmarket.report.documents.validation import validation_lines

__all__ = [
    "GENERATED",
    "content_of",
    "lab_table",
    "parameter_tables",
    "schedule_list",
    "state_tables",
    "validation_lines",
    "with_content",
]
