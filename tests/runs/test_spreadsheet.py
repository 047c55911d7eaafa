"""Tables as CSV: text stays text in a spreadsheet, numbers stay numbers."""

from __future__ import annotations

import codecs
import io

import numpy as np
import pandas as pd
import pytest

from talentmarket.runs.tables.spreadsheet import csv_bytes


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
@pytest.mark.parametrize("kind", ["object", "string", "category"])
def test_text_that_looks_like_a_formula_gets_an_apostrophe(text: str, kind: str) -> None:
    content = csv_bytes(pd.DataFrame({"lab": pd.Series([text, "Groß"], dtype=kind)}))
    read = pd.read_csv(io.BytesIO(content), lineterminator="\n")
    assert list(read["lab"]) == [f"'{text}", "Groß"]


def test_numbers_and_what_is_missing_stay_as_they_are() -> None:
    frame = pd.DataFrame(
        {"mean": [-1.5, np.nan, 1e-12], "n": [-3, 0, 2], "sure": [True, False, True], "lab": ["", None, "a-b"]}
    )
    content = csv_bytes(frame)
    assert content.startswith(codecs.BOM_UTF8 + b"mean,n,sure,lab\n")
    assert content.removeprefix(codecs.BOM_UTF8) == frame.to_csv(index=False, lineterminator="\n").encode()
    assert csv_bytes(frame.iloc[:0]).removeprefix(codecs.BOM_UTF8) == b"mean,n,sure,lab\n"
