"""The scenario that a calibration arrives at: a file that extends the first of its scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from talentmarket.calibration.result import Fitted
from talentmarket.scenario.places.locating import inside, is_list_of_tables, schema_of
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import split_path
from talentmarket.scenario.writing.dumping import layer_text

DIGITS = 6


def fitted_text(fitted: Fitted) -> str:
    """The text of the file: the estimates, and as the source of each the fact that it hangs on most.

    Parameters that no target identifies are left as they are.
    """
    name = fitted.calibration.scenarios[0].name
    base = str(Path(name).resolve()) if name.endswith(".toml") else name
    values: dict[str, Any] = {}
    for (path, value), identified in zip(fitted.point.items(), fitted.found.identified, strict=True):
        if identified:
            _put(values, split_path(path), float(f"{value:.{DIGITS}g}"))
    content: dict[str, Any] = {
        "extends": base,
        "title": f"{fitted.calibration.title}, fitted",
        **_listed(values, schema_of(Scenario)),
    }
    sources = _sources(fitted)
    if sources:
        content["sources"] = sources
    return f"# What `talentmarket calibrate` arrives at.\n{layer_text(content)}"


def _put(table: dict[str, Any], path: tuple[str, ...], value: float) -> None:
    for part in path[:-1]:
        table = table.setdefault(part, {})
    table[path[-1]] = value


def _listed(table: Any, field: Any) -> Any:
    """Tables by name become lists of tables where the schema has such a list."""
    if not isinstance(table, dict):
        return table
    found = {}
    for key, below in table.items():
        there = inside(field, key)
        if is_list_of_tables(there):
            found[key] = tuple({"name": name, **_listed(item, there["items"])} for name, item in below.items())
        else:
            found[key] = _listed(below, there)
    return found


def _sources(fitted: Fitted) -> dict[str, str]:
    """For each identified parameter the fact of the target that moves its estimate most."""
    found = {}
    facts = [target.fact for target in fitted.calibration.targets]
    for path, identified, moved in zip(
        fitted.paths, fitted.found.identified, np.abs(fitted.found.sensitivity), strict=True
    ):
        fact = facts[int(np.argmax(moved))]
        if identified and fact and not path.startswith("defaults."):
            found[path] = fact
    return found
