"""Runs markets without compiling anything: JSON in, a scenario and a replicate a line, and their tables out.

Started by `test_plain_python.py` as a process of its own, because Numba reads NUMBA_DISABLE_JIT once.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from talentmarket.market.records.codes import Named
from talentmarket.market.simulate import simulate
from talentmarket.scenario.schema import Scenario

Columns = dict[str, dict[str, list[Any]]]


def as_lists(tables: dict[str, dict[str, Any]]) -> Columns:
    """Tables with Python lists as columns, codes in place of names."""

    def column(values: Any) -> list[Any]:
        values = values.codes if isinstance(values, Named) else values
        return values if isinstance(values, list) else values.tolist()

    return {name: {key: column(values) for key, values in table.items()} for name, table in tables.items()}


def main() -> None:
    """Answer line by line until the input ends."""
    for line in sys.stdin:
        question = json.loads(line)
        scenario = Scenario.model_validate_json(question["scenario"])
        print(json.dumps(as_lists(simulate(scenario, question["replicate"]))), flush=True)


if __name__ == "__main__":
    main()
