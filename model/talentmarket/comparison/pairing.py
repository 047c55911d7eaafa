"""Pairs runs replicate by replicate: replicates of one number and one seed saw the same shocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import count

import numpy as np
import pandas as pd

from talentmarket.errors import InputError
from talentmarket.runs.measures.everything import MEASURES, questions
from talentmarket.runs.measures.measure import WHOLE, Measure
from talentmarket.runs.runs import Runs
from talentmarket.scenario.places.labels import COUNTED, LATER
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.told_apart import told_apart

LEAST_RUNS, MOST_RUNS = 2, 6  # of more, neither colours nor names could be told apart
LEAST_REPLICATES = 2


@dataclass(frozen=True)
class Pairing:
    """Runs that saw the same shocks; the first is the base that each other one is compared with.

    Attributes
    ----------
    runs
        Two or more.
    names
        A name for each, no two alike: as tables have it.
    titles
        What each is called where people read, no two alike.
    replicates
        Numbers of the replicates that went well in every run, in order (R,).
    common
        What three or more titles all had behind them, as something was changed on every side; empty for nothing.
    """

    runs: tuple[Runs, ...]
    names: tuple[str, ...]
    titles: tuple[str, ...]
    replicates: np.ndarray
    common: str = ""


def pair(runs: Sequence[Runs], names: Sequence[str] = (), titles: Sequence[str] = ()) -> Pairing:
    """Check that runs can be compared replicate by replicate.

    Parameters
    ----------
    runs
        The base and one or more to compare with it.
    names
        A name for each; none for the titles of their scenarios, and what differs where several share one.
    titles
        What each is called where people read; none for the titles of their scenarios, or the names where several share one.

    Raises
    ------
    InputError
        If there are fewer than two runs or more than six, their seeds or months differ, fewer than two replicates went well in all of
        them, or the names do not fit.
    """
    check_number(len(runs))
    if names and len(names) != len(runs):
        raise InputError(f"{len(runs)} runs need {len(runs)} names, found {len(names)}")
    scenarios = [run.scenario for run in runs]
    distinct = _distinct(names or told_apart(scenarios))
    check_alike(scenarios, distinct)
    called = tuple(titles or (scenario.title for scenario in scenarios))
    in_words, common = _without_common_change(called if len({*called}) == len(called) else distinct)
    return Pairing(tuple(runs), distinct, in_words, _common_replicates(runs, distinct), common)


def _without_common_change(titles: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Three or more titles without what was changed on every side alike, and that.

    Titles that would be alike then stay, and so do those that only say how many parameters were changed.
    """
    parts = [title.partition(LATER) for title in titles]
    short, changes = tuple(title for title, _, _ in parts), {change for _, _, change in parts}
    if len(titles) == LEAST_RUNS or len(changes) > 1 or len({*short}) < len(short) or COUNTED.search(parts[0][2]):
        return titles, ""
    return short, changes.pop()


def check_number(sides: int) -> None:
    """Check that there are so many runs or scenarios as can be compared.

    Raises
    ------
    InputError
        If there are fewer than two or more than six.
    """
    if sides < LEAST_RUNS:
        raise InputError(f"a comparison needs at least two runs, found {sides}")
    if sides > MOST_RUNS:
        raise InputError(f"a comparison has at most {MOST_RUNS} sides, found {sides}; compare some of them at a time")


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """The names; those that several runs share are numbered, past numbers that other names have already."""
    times, taken = Counter(names), set(names)
    distinct = []
    for name in names:
        own = next(each for each in _numbered(name) if each not in taken) if times[name] > 1 else name
        taken.add(own)
        distinct.append(own)
    return tuple(distinct)


def _numbered(name: str) -> Iterator[str]:
    return (f"{name} ({number})" for number in count(1))


def check_alike(scenarios: Sequence[Scenario], names: Sequence[str]) -> None:
    """Check that runs of these scenarios can be paired, whether or not they have run.

    Raises
    ------
    InputError
        If their seeds or months differ.
    """
    _check_same(names, "seeds", [scenario.run.seed for scenario in scenarios], "they saw different shocks")
    _check_same(names, "months", [scenario.run.months for scenario in scenarios], "they did not run equally long")


def check_enough(replicates: Sequence[int]) -> None:
    """Check that runs will share enough replicates, as far as their numbers can tell.

    Raises
    ------
    InputError
        If one has fewer than two.
    """
    if min(replicates) < LEAST_REPLICATES:
        raise InputError(
            f"a comparison needs at least {LEAST_REPLICATES} replicates of each run, found {min(replicates)}"
        )


def _check_same(names: Sequence[str], what: str, values: Sequence[int], why: str) -> None:
    base = values[0]
    for name, value in zip(names[1:], values[1:], strict=True):
        if value != base:
            raise InputError(
                f"{names[0]} and {name} cannot be compared: their {what} differ ({base} and {value}), so {why}"
            )


def _common_replicates(runs: Sequence[Runs], names: Sequence[str]) -> np.ndarray:
    finished = [_finished(run) for run in runs]
    common = reduce(np.intersect1d, finished)
    if len(common) < LEAST_REPLICATES:
        counts = ", ".join(f"{name} {len(replicates)}" for name, replicates in zip(names, finished, strict=True))
        raise InputError(
            f"a comparison needs at least {LEAST_REPLICATES} replicates that went well in every run, found "
            f"{len(common)} (went well: {counts})"
        )
    return common


def _finished(runs: Runs) -> np.ndarray:
    rows = runs.replicates
    return rows.loc[rows["error"].astype(str) == "", "replicate"].to_numpy()


def asked_of(runs: Sequence[Runs]) -> list[tuple[Measure, str]]:
    """Each measure with each lab or campaign that it is about in any of the runs, in the order in which they are shown.

    Where all raids together are one lab's, that lab is left out: it would only repeat the whole.
    """
    asked = [set(questions(run.scenario)) for run in runs]
    labs = list(dict.fromkeys(lab.name for run in runs for lab in run.scenario.labs))
    campaigns = list(dict.fromkeys(each.name for run in runs for each in run.scenario.campaigns))
    rows = []
    for measure in MEASURES:
        names = campaigns if measure.scope == "campaigns" else labs
        about = [lab for lab in (*names, WHOLE) if any((measure, lab) in of_run for of_run in asked)]
        named = [lab for lab in about if lab != WHOLE]
        rows += [(measure, lab) for lab in ([WHOLE] if WHOLE in about and len(named) == 1 else about)]
    return rows


def aligned(pairing: Pairing, asked: Sequence[tuple[Measure, str]]) -> np.ndarray:
    """Values of measures by run, measure and replicate (runs, len(asked), R); not a number where undefined."""
    rows = pd.MultiIndex.from_tuples([(measure.name, lab) for measure, lab in asked], names=["measure", "lab"])
    return np.stack([_values(run, rows, pairing.replicates) for run in pairing.runs])


def _values(runs: Runs, rows: pd.MultiIndex, replicates: np.ndarray) -> np.ndarray:
    values = runs.measures.set_index(["measure", "lab", "replicate"])["value"].unstack("replicate")
    return values.reindex(index=rows, columns=replicates).to_numpy(dtype=float)
