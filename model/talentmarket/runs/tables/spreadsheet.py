"""CSV that spreadsheets open as it is meant: in the right letters, and with text that stays text."""

from __future__ import annotations

import pandas as pd

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8 with a byte order mark, without which Excel misreads letters beyond ASCII.

    Text that a spreadsheet would take for a formula gets an apostrophe in front, which says that it is text; numbers
    stay as they are.
    """
    text = frame.select_dtypes(exclude="number").astype(object).map(_as_text)
    return frame.assign(**text).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _as_text(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
