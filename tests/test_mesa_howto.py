"""What docs/mesa.md shows is run, block after block."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

HOWTO = (Path(__file__).resolve().parents[1] / "docs" / "mesa.md").read_text(encoding="utf-8")


def test_python_of_the_howto() -> None:
    names: dict[str, object] = {}
    for number, block in enumerate(re.findall(r"```python\n(.*?)```", HOWTO, re.DOTALL)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Mesa 3.5 would rather have `rng` than `iterations`
            exec(compile(block, f"block {number} of mesa.md", "exec"), names)
    rows = names["rows"]
    assert {row["month"] for row in rows} == {48}
    assert {row["iteration"] for row in rows} == {0, 1, 2}
