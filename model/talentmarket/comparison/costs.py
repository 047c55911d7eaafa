"""What a policy costs for each person who is still there because of it, in every lab and for every policy alike."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from talentmarket.comparison import intervals
from talentmarket.comparison.pairing import Pairing, aligned
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.runs.measures.measure import inside
from talentmarket.scenario.schema import Scenario

SPENDING, STAFF = (
    next(each for each in MEASURES if each.name == name) for name in ("answer_spending", "staff_still_there")
)

SPENT_ON = "raises, awards and counter-offers"  # what is spent on an answer, wherever it is named

# What the columns of `Comparison.costs` mean.
COLUMNS = {
    "run": "The run that is compared with the base.",
    "lab": "The lab.",
    "n": "Replicates in which both runs have the lab.",
    "spending": f"Mean of run less base, M$: {SPENT_ON} that were accepted, over the run.",
    "people": "Mean of run less base: staff of month 0 who have not left by the end of the run.",
    "cost": "spending over people, M$ a person; empty unless the lab's policy differs, it spends more, and significantly more people are there (5 %).",
    "low": "Lower end of its 95 % interval (Fieller).",
    "high": "Upper end.",
    "note": "Why there is no cost; empty where there is one.",
}
SAME_POLICY = "the lab answers offers alike in both"
NO_SPENDING = f"the runs spend the same on {SPENT_ON}"
NO_MORE_SPENT = "it spends no more"
NOBODY_MORE = "that more people are still there cannot be told"


def costs(pairing: Pairing) -> pd.DataFrame:
    """One row for each run but the base and each lab that both have; see `COLUMNS`."""
    base = pairing.runs[0].scenario
    rows = []
    for place, (name, run) in enumerate(zip(pairing.names[1:], pairing.runs[1:], strict=True), start=1):
        labs = [lab for lab in inside(run.scenario) if lab in inside(base)]
        values = aligned(pairing, [(measure, lab) for lab in labs for measure in (SPENDING, STAFF)])
        for number, lab in enumerate(labs):
            spending, people = values[place, 2 * number : 2 * number + 2] - values[0, 2 * number : 2 * number + 2]
            policy = differs_in_policy(base, run.scenario, lab)
            rows.append({"run": name, "lab": lab, **cost_per_person(spending, people, policy)})
    return pd.DataFrame(rows, columns=[*COLUMNS])


def answering_labs(found: pd.DataFrame) -> list[str]:
    """The labs that answer offers otherwise than in the base in some run, and spend on it; `found` is as `costs` makes it."""
    return list(dict.fromkeys(of_answers(found)["lab"]))


def of_answers(found: pd.DataFrame) -> pd.DataFrame:
    """The rows of labs that answer offers otherwise than in the base, and spend on it."""
    return found[~found["note"].isin([SAME_POLICY, NO_SPENDING])]


def differs_in_policy(base: Scenario, other: Scenario, lab: str) -> bool:
    """Whether a lab answers offers otherwise in the other scenario, from the start or by an event."""
    return _policy(base, lab) != _policy(other, lab)


def _policy(scenario: Scenario, lab: str) -> tuple[object, ...]:
    """How a lab answers offers, by policy and by practice, and the events that change it."""
    tables = ("response", "ordinary_response")
    paths = tuple(f"labs.{each}.{table}." for each in (lab, "*") for table in tables)
    events = [
        (event.month, event.hazard, {path: value for path, value in event.set.items() if path.startswith(paths)})
        for event in scenario.events
    ]
    home = next(each for each in scenario.labs if each.name == lab)
    return (*(getattr(home, table) for table in tables), [each for each in events if each[2]])


def cost_per_person(spending: np.ndarray, people: np.ndarray, policy: bool = True) -> dict[str, float | int | str]:
    """The cost from the differences of spending (M$) and of people, replicate by replicate (R,).

    There is one where the lab's policy differs, it spends more, and more people are there.
    """
    known = ~(np.isnan(spending) | np.isnan(people))
    spending, people = spending[known], people[known]
    low, high = intervals.ratio_interval(spending, people)
    told = bool(len(people)) and people.mean() > 0.0 and not math.isnan(low)
    note = _why_none(spending, policy, told)
    means = [float(each.mean()) if len(each) else math.nan for each in (spending, people)]
    has_cost = not note
    return {
        "n": len(people),
        "spending": means[0],
        "people": means[1],
        "cost": means[0] / means[1] if has_cost else math.nan,
        "low": low if has_cost else math.nan,
        "high": high if has_cost else math.nan,
        "note": note,
    }


def _why_none(spending: np.ndarray, policy: bool, told: bool) -> str:
    """Why there is no cost; empty where there is one."""
    if not spending.any():
        return NO_SPENDING
    if not policy:
        return SAME_POLICY
    if intervals.t_interval(spending).low <= 0.0 or spending.mean() <= 0.0:
        return NO_MORE_SPENT
    return "" if told else NOBODY_MORE
