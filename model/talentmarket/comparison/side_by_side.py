"""Three or more sides beside one another: who comes and for how much, and what becomes of the labs that are raided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from talentmarket.comparison import intervals
from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.costs import answering_labs
from talentmarket.comparison.effects import SIGNIFICANCE
from talentmarket.comparison.hires import hires, per_person
from talentmarket.comparison.losses import labs_concerned, labs_of
from talentmarket.comparison.pairing import LEAST_RUNS, aligned
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.runs.measures.measure import WHOLE

SHARE, PEOPLE, LOST, MOVES = "share_came", "started", "lost_to_labs", "moves_between_labs"
SPENT, KEPT = "answer_spending", "staff_still_there"
PROMISED, COST = "promised", "cost"  # of no measure: ratios of two of them
MOST_LABS = 2


class Side(NamedTuple):
    """A quantity on one side: mean and 95 % interval, and the paired difference from the first side with its own.

    Not a number where it is undefined; `clear` says whether the difference is distinguishable from zero.
    """

    mean: float
    low: float
    high: float
    difference: float = float("nan")
    difference_low: float = float("nan")
    difference_high: float = float("nan")
    clear: bool = False


@dataclass(frozen=True)
class Quantity:
    """What is told of every side.

    Attributes
    ----------
    name
        A measure, or `PROMISED`: face value of the packages for each who comes; or `COST`: what a lab's answers cost for each
        person more who is still there, against the first side.
    lab
        The lab it is about; empty for all raids, or the market.
    unit
        Its unit.
    sides
        A `Side` for each run, the first one's without a difference.
    values
        By run and replicate (runs, R), of a measure.
    tests
        How many tests the comparison's table holds.
    """

    name: str
    lab: str
    unit: str
    sides: tuple[Side, ...]
    values: np.ndarray | None = None
    tests: int = 1


class Extremes(NamedTuple):
    """The runs (by number) with the largest and the smallest mean, and whether these can be told apart; None: not tested."""

    most: int
    least: int
    apart: bool | None


def has_several(comparison: Comparison) -> bool:
    """Whether there are more sides than a base and one other."""
    return len(comparison.names) > LEAST_RUNS


def quantity_of(comparison: Comparison, name: str, lab: str = WHOLE) -> Quantity:
    """A measure, or what each who comes is promised (`PROMISED`), on every side."""
    return _promised(comparison) if name == PROMISED else _measured(comparison, name, lab)


def quantities(comparison: Comparison) -> list[Quantity]:
    """What is told of every side, in order: who comes and for how much if any side has a raid, then the labs that this is about."""
    raids = any(runs.scenario.campaigns for runs in comparison.runs)
    found = [_measured(comparison, SHARE), _measured(comparison, PEOPLE), _promised(comparison)] if raids else []
    labs = labs_told(comparison)
    found += [_measured(comparison, LOST, lab) for lab in labs] or [_measured(comparison, MOVES)]
    return [*found, *(each for lab in answering(comparison) for each in _answer(comparison, lab))]


def answering(comparison: Comparison) -> list[str]:
    """The labs whose answers are told: those that answer offers otherwise on some side and spend on it, the first ones."""
    return answering_labs(comparison.costs)[:MOST_LABS]


def about_answers(comparison: Comparison) -> bool:
    """Whether labs answer offers otherwise, and the raids are the same on all sides."""
    first, *others = (runs.scenario.campaigns for runs in comparison.runs)
    return bool(answering(comparison)) and all(campaigns == first for campaigns in others)


def labs_told(comparison: Comparison) -> list[str]:
    """The labs that are raided on any side; without raids those that what differs is about, none if it is about all."""
    targets = [lab for runs in comparison.runs for campaign in runs.scenario.campaigns for lab in campaign.targets]
    concerned, every = labs_concerned(comparison), labs_of(comparison)
    about = [lab for lab in every if lab in concerned] if concerned != {*every} else []
    return list(dict.fromkeys(targets or about))[:MOST_LABS]


def extremes(quantity: Quantity) -> Extremes | None:
    """Where a quantity is largest and smallest; None if fewer than two sides define it.

    Whether they are apart is what the comparison's table says if one of them is the first side, which all its tests are against;
    else a paired test of the two (5 %), corrected for as many tests as that table holds (Bonferroni). Ratios are not tested.
    """
    known = [place for place, side in enumerate(quantity.sides) if side.mean == side.mean]
    if len(known) < LEAST_RUNS:
        return None
    most = max(known, key=lambda place: quantity.sides[place].mean)
    least = min(known, key=lambda place: quantity.sides[place].mean)
    if quantity.values is None:
        return Extremes(most, least, apart=None)
    if most == least or 0 in (most, least):
        return Extremes(most, least, quantity.sides[max(most, least)].clear)
    p = intervals.p_value(intervals.paired_differences(quantity.values[least], quantity.values[most]))
    return Extremes(most, least, p * quantity.tests < SIGNIFICANCE)


def alike(quantity: Quantity, place: int) -> list[int]:
    """The sides, by number, whose mean is exactly that of one of them."""
    return [other for other, side in enumerate(quantity.sides) if side.mean == quantity.sides[place].mean]


def _measured(comparison: Comparison, name: str, lab: str = WHOLE) -> Quantity:
    """A measure on every side, with the differences of the comparison's table."""
    measure = next(each for each in MEASURES if each.name == name)
    values = aligned(comparison.pairing, [(measure, lab)])[:, 0]
    table = comparison.table
    rows = table[(table["measure"] == name) & (table["lab"] == lab)].set_index("run")
    sides = []
    for run, own in zip(comparison.names, values, strict=True):
        known = own[~np.isnan(own)]
        mean = float(known.mean()) if len(known) else float("nan")
        low, high = np.clip(intervals.t_interval(known), *measure.bounds)
        row = rows.loc[run] if run in rows.index else None
        against = () if row is None else (row["difference"], row["low"], row["high"], bool(row["significant"]))
        sides.append(Side(mean, float(low), float(high), *against))
    return Quantity(name, lab, measure.unit, tuple(sides), values, comparison.tests)


def _promised(comparison: Comparison) -> Quantity:
    """Face value of the packages of those who come, M$ each, with Fieller's interval."""
    sides = []
    for runs in comparison.runs:
        offers = runs.offers[runs.offers["replicate"].isin(comparison.pairing.replicates)]
        mean, (low, high) = per_person(hires(offers, comparison.replicates, runs.scenario.run.months), "came")
        sides.append(Side(mean, low, high))
    return Quantity(PROMISED, WHOLE, "M$", tuple(sides))


def _answer(comparison: Comparison, lab: str) -> Iterator[Quantity]:
    """What a lab's answers cost, how many of its first staff are still there, and what each more of them costs."""
    yield _measured(comparison, SPENT, lab)
    yield _measured(comparison, KEPT, lab)
    rows = comparison.costs[comparison.costs["lab"] == lab].set_index("run")
    costs = rows.reindex(comparison.names)[["cost", "low", "high"]].to_numpy(dtype=float)
    sides = [Side(cost, low, high) for cost, low, high in costs.tolist()]
    yield Quantity(COST, lab, "M$", tuple(sides))
