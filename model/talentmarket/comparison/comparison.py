"""Runs compared with the first of them: effects on every measure, and the researchers whose lives differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from math import inf
from numbers import Real
from typing import TYPE_CHECKING, Any

import pandas as pd

from talentmarket.comparison.costs import costs
from talentmarket.comparison.effects import effects
from talentmarket.comparison.pairing import Pairing, pair
from talentmarket.comparison.twins import TWINS, fates, twins_of, why_no_twins
from talentmarket.errors import InputError
from talentmarket.runs.runs import Runs

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DEFAULT_PRECISION = 0.1

# What the columns of `Comparison.table` mean.
COLUMNS = {
    "run": "The run that is compared with the base.",
    "group": "Heading under which the measure is shown.",
    "measure": "Name of the summary measure.",
    "lab": "The lab it is about; empty for the whole market or all raided labs.",
    "unit": "Unit of the means and of the difference.",
    "definition": "What the measure is.",
    "n": "Replicates in which both runs define it.",
    "base_mean": "Mean in the base, over the replicates that define it there.",
    "mean": "Mean in the run, over the replicates that define it there.",
    "difference": "Mean of run less base, replicate by replicate.",
    "sd": "Standard deviation of these differences (divisor n - 1).",
    "scale": "Standard deviation of a replicate, pooled over both runs: sqrt((var a + var b) / 2).",
    "low": "Lower end of the 95 % interval of the mean difference; of shares not below -1.",
    "high": "Its upper end; of shares not above 1.",
    "interval": "t: Student's; bootstrap: corrected for bias and skewness (BCa), where skewness spoils Student's.",
    "t_low": "Lower end of Student's interval, without such limits.",
    "t_high": "Its upper end.",
    "half_width": "Half the width of Student's interval of the paired differences.",
    "unpaired_half_width": "The same if the runs had nothing in common (Welch).",
    "width_ratio": "half_width over unpaired_half_width.",
    "variance_reduction": "Share of the difference's variance that pairing took away.",
    "p": "Two-sided p value of Student's paired test; empty if no replicate differs, which is no test.",
    "p_holm": "The same, corrected for testing all rows that have a p value at once (Holm's method).",
    "significant": "Whether p_holm is below .05 and the interval leaves zero out.",
    "verdict": "higher, lower, not distinguishable from zero, the same, only one run has it, undefined.",
    "replicates_needed": "Replicates at which the half-width is the wanted share of the difference; empty unless significant.",
    "replicates_needed_unpaired": "The same without pairing.",
}


def _no_pictures(comparison: Comparison, kind: str) -> Figure:
    raise InputError("this comparison was made without pictures; talentmarket.compare makes one with")


@dataclass(frozen=True)
class Comparison:
    """Two or more runs that saw the same shocks; the first is the base.

    Attributes
    ----------
    pairing
        The runs, their names and the replicates that all of them share.
    precision
        Wanted half-width of an interval as a share of the difference, for `replicates_needed`.
    table
        One row for each run but the base, each measure and lab; see `COLUMNS`.
    draw
        Draws a picture of a comparison, by its name.
    """

    pairing: Pairing
    precision: float
    table: pd.DataFrame = field(repr=False)
    draw: Callable[[Comparison, str], Figure] = field(default=_no_pictures, repr=False)

    @property
    def runs(self) -> tuple[Runs, ...]:
        """The runs, the base first."""
        return self.pairing.runs

    @property
    def names(self) -> tuple[str, ...]:
        """A name for each run."""
        return self.pairing.names

    @property
    def titles(self) -> tuple[str, ...]:
        """What each run is called where people read: see `pairing.pair`."""
        return self.pairing.titles

    @property
    def replicates(self) -> int:
        """Number of replicates that are compared."""
        return len(self.pairing.replicates)

    @property
    def tests(self) -> int:
        """Number of differences that are tested, and corrected for being so many; not those that no replicate shows."""
        return int(self.table["p"].notna().sum())

    @cached_property
    def twins(self) -> pd.DataFrame:
        """Researchers whose lives differ between the base and a run; see `twins.TWINS` for the columns.

        Runs whose researchers cannot be matched have no rows; `notes` says why.
        """
        tables = [twins for twins, _ in self._matched]
        return (
            pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=[column.name for column in TWINS])
        )

    @cached_property
    def fates(self) -> pd.DataFrame:
        """How many moves and researchers differ, a row for each run; see `twins.fates`."""
        return fates([counts for _, counts in self._matched])

    @cached_property
    def _matched(self) -> list[tuple[pd.DataFrame, dict[str, Any]]]:
        base, others = self.runs[0], zip(self.names[1:], self.runs[1:], strict=True)
        return [
            twins_of(base, other, self.pairing.replicates, name)
            for name, other in others
            if not why_no_twins(base, other)
        ]

    @cached_property
    def costs(self) -> pd.DataFrame:
        """What each person still there costs, a row for each run and lab; see `costs.COLUMNS`."""
        return costs(self.pairing)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know: versions that differ, replicates left out, twins that cannot be matched."""
        return tuple(_notes(self.pairing))

    def plot(self, kind: str = "effects") -> Figure:
        """A picture of the comparison: raids, effects, series, difference, flow_changes, twins or answers.

        Raises
        ------
        InputError
            If there is no picture of that name.
        """
        return self.draw(self, kind)

    def __repr__(self) -> str:
        """What is compared with what, over how many replicates."""
        return f"Comparison({' and '.join(self.names[1:])} against {self.names[0]}, {self.replicates:,} replicates)"

    def _repr_html_(self) -> str:
        columns = ["run", "measure", "lab", "base_mean", "mean", "difference", "low", "high", "unit", "verdict"]
        shown = self.table[columns].to_html(index=False, escape=True, na_rep="–", float_format="{:,.4g}".format)
        others = " and ".join(escape(name) for name in self.names[1:])
        heading = f"{others} against {escape(self.names[0])}, {self.replicates:,} replicates"
        return f"<p><strong>{heading}</strong></p>{shown}"


def _notes(pairing: Pairing) -> list[str]:
    base, notes = pairing.runs[0], [f"On every side: {pairing.common}."] if pairing.common else []
    for name, other in zip(pairing.names[1:], pairing.runs[1:], strict=True):
        if other.manifest.versions.get("engine", "") != base.manifest.versions.get("engine", ""):
            notes.append(f"{name} was run by another version of the engine than {pairing.names[0]}.")
        if reason := why_no_twins(base, other):
            notes.append(f"Twins of {pairing.names[0]} and {name} cannot be told: {reason}.")
    for name, runs in zip(pairing.names, pairing.runs, strict=True):
        if left_out := runs.manifest.replicates - len(pairing.replicates):
            notes.append(f"{left_out:,} of {name}'s {runs.manifest.replicates:,} replicates are left out: not in all.")
    return notes


def check_precision(precision: float) -> None:
    """Make sure that a wanted precision can be had at all.

    Raises
    ------
    InputError
        If it is no number, or not above 0.
    """
    if isinstance(precision, bool) or not isinstance(precision, Real):
        raise InputError(f"the precision must be a number above 0, found {precision!r:.70}")
    if not 0.0 < precision < inf:
        raise InputError(
            f"the precision must be above 0 and finite, found {precision:g}; 0.1 is a tenth of the difference"
        )


def compared(
    runs: Sequence[Runs],
    names: Sequence[str] = (),
    precision: float = DEFAULT_PRECISION,
    draw: Callable[[Comparison, str], Figure] = _no_pictures,
    titles: Sequence[str] = (),
) -> Comparison:
    """Compare runs with the first of them, replicate by replicate.

    Parameters
    ----------
    runs
        The base, and one or more to compare with it.
    names
        A name for each; none for their titles.
    precision
        Wanted half-width of a difference's interval as a share of the difference, above 0.
    draw
        Draws a picture of a comparison, by its name.
    titles
        What each is called where people read; see `pairing.pair`.

    Raises
    ------
    InputError
        If the runs cannot be paired (see `pairing.pair`) or the precision is not above 0.
    """
    check_precision(precision)
    pairing = pair(runs, names, titles)
    return Comparison(pairing, precision, effects(pairing, precision), draw)
