"""What of a difference is whose doing: each thing in which two scenarios differ, switched on alone and in turn.

Under the same shocks the parts in turn add up to the whole, replicate by replicate. How much a part is given depends on the
order; where parts are few its Shapley value, the mean over all orders, does not (Shapley 1953).
"""

from __future__ import annotations

import copy
import math
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from talentmarket.comparison.intervals import paired_differences, t_interval
from talentmarket.errors import InputError
from talentmarket.runs.measures.everything import questions
from talentmarket.runs.measures.measure import inside, raided
from talentmarket.runs.runs import Runs
from talentmarket.scenario.places.differences import changes
from talentmarket.scenario.places.locating import members
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import path_text, split_path
from talentmarket.scenario.writing.dumping import dumps

MOST_FOR_SHAPLEY = 4
WORDS = ("title", "question", "description", "sources", "facts", "run")  # what makes no difference to a market

COLUMNS = {
    "measure": "Name of the summary measure.",
    "lab": "The lab it is about; empty for the whole market or all raided labs.",
    "part": "What differs: a table or a key of the scenario; `together` for all of them.",
    "alone": "Mean difference from the base with this part alone.",
    "alone_low": "Lower end of its 95 % interval (Student's).",
    "alone_high": "Upper end.",
    "in_turn": "Mean difference that it adds to all parts before it.",
    "in_turn_low": "Lower end of its 95 % interval.",
    "in_turn_high": "Upper end.",
    "shapley": "Mean of what it adds over all orders of the parts; empty where they are more than four.",
    "shapley_low": "Lower end of its 95 % interval.",
    "shapley_high": "Upper end.",
}
TOGETHER = "together"

Subset = tuple[int, ...]
Measured = Callable[[Scenario], pd.DataFrame]


@dataclass(frozen=True)
class Part:
    """Something in which two scenarios differ: its name, and the paths that are changed together."""

    name: str
    paths: tuple[str, ...]


def parts_of(base: Scenario, other: Scenario) -> list[Part]:
    """The parts of a difference: the keys of one item's table together, every other key by itself.

    Raises
    ------
    InputError
        If nothing differs that a market would notice.
    """
    grouped: dict[str, list[str]] = {}
    for change in changes(_content(base), _content(other)):
        path = split_path(change.path)
        if path[0] not in WORDS:
            grouped.setdefault(path_text(path[:-1]) if len(path) > 2 and path[0] in LISTS else change.path, []).append(
                change.path
            )
    if not grouped:
        raise InputError(
            "the scenarios differ in nothing that a market would notice, so that nothing can be told apart"
        )
    # What differs in one key alone is called by it.
    return [Part(paths[0] if len(paths) == 1 else name, tuple(paths)) for name, paths in grouped.items()]


LISTS = ("labs", "campaigns", "events")


def _content(scenario: Scenario) -> dict[str, Any]:
    return tomllib.loads(dumps(scenario))


def hybrid(base: Scenario, other: Scenario, parts: Sequence[Part]) -> Scenario:
    """The base with some parts as they are in the other scenario.

    Raises
    ------
    InputError
        If they cannot stand without the other parts.
    """
    content, source = _content(base), _content(other)
    del content["extends"]
    content["sources"] = {}
    for part in parts:
        for path in part.paths:
            _copy(content, source, split_path(path))
    try:
        return Scenario.model_validate(content)
    except ValidationError as error:
        names = " and ".join(part.name for part in parts)
        problem = error.errors(include_url=False)[0]
        raise InputError(f"{names} cannot stand without the other differences: {problem['msg']}") from None


def _copy(content: Any, source: Any, path: Sequence[str]) -> None:
    """Set what a path names to what it is in the source, or take it away if it is not there."""
    *parents, last = path
    for name in parents:
        content, source = members(content)[name], members(source)[name]
    if isinstance(content, list):
        place = next((number for number, item in enumerate(content) if item["name"] == last), None)
        if place is not None:
            del content[place]
        if last in members(source):
            content.append(copy.deepcopy(members(source)[last]))
    elif last in source:
        content[last] = copy.deepcopy(source[last])
    else:
        content.pop(last, None)


def subsets(count: int) -> list[Subset]:
    """The combinations of parts that are run: all where they are few, else each alone and the first ones together."""
    if count <= MOST_FOR_SHAPLEY:
        return [chosen for size in range(count + 1) for chosen in combinations(range(count), size)]
    first = [tuple(range(size)) for size in range(count + 1)]
    return list(dict.fromkeys([*first, *((number,) for number in range(count))]))


def taken_apart(base: Runs, other: Runs, measured: Measured) -> pd.DataFrame:
    """The difference of two runs taken apart, for every measure that all combinations of parts define.

    Parameters
    ----------
    base, other
        Runs with the same replicates.
    measured
        Runs a scenario; returns its measures by replicate: columns replicate, measure, lab and value.

    Returns
    -------
    pandas.DataFrame
        See `COLUMNS`; the parts of a measure in their order, and `together` below them.

    Raises
    ------
    InputError
        If nothing differs, or a part cannot stand without the others.
    """
    parts = parts_of(base.scenario, other.scenario)
    everything = tuple(range(len(parts)))
    chosen = [each for each in subsets(len(parts)) if each not in ((), everything)]
    scenarios = {each: hybrid(base.scenario, other.scenario, [parts[number] for number in each]) for each in chosen}
    measures = {(): base.measures, everything: other.measures}
    measures |= {each: measured(scenario) for each, scenario in scenarios.items()}
    values = {each: _by_replicate(table) for each, table in measures.items()}
    replicates = sorted(set().union(*(table.columns for table in values.values())))
    rows = []
    for measure, lab in ((measure.name, lab) for measure, lab in questions(other.scenario)):
        if all((measure, lab) in table.index for table in values.values()):
            at = {
                each: table.loc[(measure, lab)].reindex(replicates).to_numpy(dtype=float)
                for each, table in values.items()
            }
            rows += [(measure, lab, *row) for row in _rows(parts, at)]
    return pd.DataFrame(rows, columns=[*COLUMNS])


def _by_replicate(measures: pd.DataFrame) -> pd.DataFrame:
    """Values by measure and lab (rows) and replicate (columns)."""
    plain = measures.astype({"measure": str, "lab": str})
    return plain.set_index(["measure", "lab", "replicate"])["value"].unstack("replicate")


def _rows(parts: Sequence[Part], at: Mapping[Subset, np.ndarray]) -> Iterator[tuple[Any, ...]]:
    everything = tuple(range(len(parts)))
    for number, part in enumerate(parts):
        alone = paired_differences(at[()], at[(number,)])
        in_turn = paired_differences(at[everything[:number]], at[everything[: number + 1]])
        mean = shapley(number, at, len(parts)) if len(parts) <= MOST_FOR_SHAPLEY else np.empty(0)
        yield part.name, *_interval(alone), *_interval(in_turn), *_interval(mean)
    whole = _interval(paired_differences(at[()], at[everything]))
    yield TOGETHER, *whole, *whole, *whole


def shapley(number: int, at: Mapping[Subset, np.ndarray], count: int) -> np.ndarray:
    """The Shapley value of a part, replicate by replicate (R,).

    Over all sets S of other parts, |S|! (n - |S| - 1)! / n! times what the part adds to S.
    """
    total = np.zeros_like(at[()])
    others = [other for other in range(count) if other != number]
    for size in range(count):
        weight = math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count)
        for chosen in combinations(others, size):
            total = total + weight * (at[tuple(sorted((*chosen, number)))] - at[chosen])
    return total[~np.isnan(total)]


def _interval(values: np.ndarray) -> tuple[float, float, float]:
    return (float(values.mean()) if len(values) else math.nan, *t_interval(values))


def chief_rows(table: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """The parts of one measure, for a picture: people lost to labs by the first raided lab, or by the first lab."""
    lab = (*raided(scenario), *inside(scenario))[0]
    wanted = table[(table["measure"] == "lost_to_labs") & (table["lab"] == lab)]
    return wanted if len(wanted) else table[table["measure"] == table["measure"].iloc[0]]
