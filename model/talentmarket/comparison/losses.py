"""What labs lose to one another in compared runs: by month, and between each two labs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from talentmarket.comparison import intervals
from talentmarket.comparison.apart import Part, parts_of
from talentmarket.comparison.effects import SIGNIFICANCE
from talentmarket.errors import InputError
from talentmarket.runs.runs import Runs
from talentmarket.runs.summary import half_width
from talentmarket.scenario.text.paths import split_path

if TYPE_CHECKING:
    from talentmarket.comparison.comparison import Comparison

SPREAD = (0.05, 0.95)


def labs_of(comparison: Comparison) -> list[str]:
    """Labs of kind `lab` of any of the runs, in the order of the base and then of the others."""
    return list(dict.fromkeys(lab.name for runs in comparison.runs for lab in runs.scenario.labs if lab.kind == "lab"))


def labs_concerned(comparison: Comparison) -> set[str]:
    """Labs that what differs is about: whose table differs, who raids or is raided; all if nothing names a lab."""
    every, found = set(labs_of(comparison)), set()
    for other in comparison.runs[1:]:
        for part in _differing(comparison.runs[0], other):
            table, *rest = split_path(part.name)
            if table == "labs" and rest:
                found.add(rest[0])
            if table == "campaigns":
                found |= {
                    lab
                    for runs in (comparison.runs[0], other)
                    for campaign in runs.scenario.campaigns
                    if not rest or campaign.name == rest[0]
                    for lab in (campaign.lab, *campaign.targets)
                }
    return (found & every) or every


def _differing(base: Runs, other: Runs) -> list[Part]:
    """The parts of the difference between the scenarios of two runs; none if a market would notice nothing."""
    try:
        return parts_of(base.scenario, other.scenario)
    except InputError:
        return []


def _between_labs(runs: Runs, labs: list[str]) -> pd.DataFrame:
    flows = runs.flows
    return flows[flows["from"].isin(labs) & flows["to"].isin(labs)]


def _lost(runs: Runs, replicates: np.ndarray, labs: list[str]) -> np.ndarray:
    """Moves from each lab to other labs up to each month (R, T + 1, labs)."""
    rows = _between_labs(runs, labs)
    rows = rows[rows["replicate"].isin(replicates)]
    lost = np.zeros((len(replicates), runs.scenario.run.months + 1, len(labs)))
    run = np.searchsorted(replicates, rows["replicate"])
    np.add.at(lost, (run, rows["month"], pd.Index(labs).get_indexer(rows["from"].astype(str))), rows["moves"])
    return lost.cumsum(axis=1)


def losses_by_month(comparison: Comparison) -> pd.DataFrame:
    """What each lab has lost to other labs up to each month, in every run and against the base.

    Returns
    -------
    pandas.DataFrame
        run, lab, month (from 0), mean, low and high (5 % and 95 % of the replicates), difference (mean over the
        replicates of run less base), difference_low and difference_high (95 % t-interval of that mean, month by
        month).
    """
    labs, replicates = labs_of(comparison), comparison.pairing.replicates
    lost = [_lost(runs, replicates, labs) for runs in comparison.runs]
    return pd.concat(
        [_by_month(name, of_run, lost[0], labs) for name, of_run in zip(comparison.names, lost, strict=True)],
        ignore_index=True,
    )


def _by_month(name: str, lost: np.ndarray, base: np.ndarray, labs: list[str]) -> pd.DataFrame:
    count, months, _ = lost.shape
    low, high = np.quantile(lost, SPREAD, axis=0)
    difference = (lost - base).mean(axis=0)
    half = half_width((lost - base).std(axis=0, ddof=1), np.array(count))
    columns = {
        "mean": lost.mean(axis=0),
        "low": low,
        "high": high,
        "difference": difference,
        "difference_low": difference - half,
        "difference_high": difference + half,
    }
    index = {"run": name, "lab": np.tile(labs, months), "month": np.repeat(np.arange(months), len(labs))}
    return pd.DataFrame({**index, **{column: values.ravel() for column, values in columns.items()}})


def _flows(runs: Runs, replicates: np.ndarray, labs: list[str]) -> np.ndarray:
    """Moves over the run from each lab to each other lab (R, labs, labs)."""
    rows = _between_labs(runs, labs)
    rows = rows[rows["replicate"].isin(replicates)]
    moves = np.zeros((len(replicates), len(labs), len(labs)))
    origin, destination = (pd.Index(labs).get_indexer(rows[column].astype(str)) for column in ("from", "to"))
    np.add.at(moves, (np.searchsorted(replicates, rows["replicate"]), origin, destination), rows["moves"])
    return moves


def flow_changes(comparison: Comparison) -> pd.DataFrame:
    """Moves between labs over the run against those of the base.

    Returns
    -------
    pandas.DataFrame
        run, from, to, base_mean, mean, difference, low and high (95 % t-interval), p (empty if no replicate differs), p_holm (over
        all rows that have a p) and significant. An empty `from` stands for all other labs less what goes back to them: what `to` wins (net).
    """
    labs, replicates = labs_of(comparison), comparison.pairing.replicates
    base, *others = (_flows(runs, replicates, labs) for runs in comparison.runs)
    rows = [
        {"run": name, "from": origin, "to": destination, **_change(before, after)}
        for name, other in zip(comparison.names[1:], others, strict=True)
        for origin, destination, before, after in _pairs(base, other, labs)
    ]
    changes = pd.DataFrame(rows)
    adjusted = intervals.holm(changes["p"].to_numpy(dtype=float))
    return changes.assign(p_holm=adjusted, significant=adjusted < SIGNIFICANCE)


def _pairs(base: np.ndarray, other: np.ndarray, labs: list[str]) -> list[tuple[str, str, np.ndarray, np.ndarray]]:
    """Each two labs, and each lab with all others, with the moves of both runs (R,)."""
    pairs = [
        (labs[origin], labs[destination], base[:, origin, destination], other[:, origin, destination])
        for origin in range(len(labs))
        for destination in range(len(labs))
        if origin != destination
    ]
    nets = [moves.sum(axis=1) - moves.sum(axis=2) for moves in (base, other)]
    return pairs + [("", lab, nets[0][:, number], nets[1][:, number]) for number, lab in enumerate(labs)]


def _change(before: np.ndarray, after: np.ndarray) -> dict[str, float]:
    differences = intervals.paired_differences(before, after)
    low, high = intervals.t_interval(differences)
    return {
        "base_mean": float(before.mean()),
        "mean": float(after.mean()),
        "difference": float(differences.mean()),
        "low": low,
        "high": high,
        "p": intervals.p_value(differences),
    }
