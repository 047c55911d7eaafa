"""CSV that spreadsheets open as it is meant: in the right letters, and with text that stays text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(table: pd.DataFrame | Mapping[str, Iterable[object]]) -> bytes:
    """A table, a frame or columns by name, as CSV in UTF-8 with a byte order mark, without which Excel misreads letters.

    Text that a spreadsheet would take for a formula gets an apostrophe in front, which says that it is text; numbers
    stay as they are, and what is missing is empty.
    """
    columns = {name: [_cell(each) for each in column] for name, column in table.items()}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return "" if value is None or value != value else value
