"""The replicates of one scenario, as a user meets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import pyarrow as pa

from talentmarket.errors import InputError
from talentmarket.runs.folder.manifest import Failure, Manifest
from talentmarket.runs.summary import Row, spread_of_runs, summary_rows
from talentmarket.runs.tables.arrow import values_of
from talentmarket.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import xarray
    from matplotlib.figure import Figure


def _no_pictures(runs: Runs, kind: str) -> Figure:
    raise InputError("these runs were made without pictures; talentmarket.run and talentmarket.read make them with")


@dataclass(frozen=True)
class Runs:
    """Everything that a run left behind; tables are loaded when they are first asked for.

    Columns, units and meanings of the tables stand in `talentmarket.runs.tables.columns`.

    Attributes
    ----------
    scenario
        The resolved scenario.
    manifest
        Versions, times, files and failures.
    load
        Returns a table by its name.
    load_parts
        Yields the parts of a table, the replicates in their order; None if there is only the whole.
    draw
        Draws a picture of the runs, by its name.
    """

    scenario: Scenario
    manifest: Manifest
    load: Callable[[str], pa.Table] = field(repr=False)
    load_parts: Callable[[str], Iterator[pa.Table]] | None = field(default=None, repr=False)
    draw: Callable[[Runs, str], Figure] = field(default=_no_pictures, repr=False)

    def parts(self, name: str) -> Iterator[pa.Table]:
        """The parts of a table, one after the other in memory; the replicates come in their order."""
        return iter([self.load(name)]) if self.load_parts is None else self.load_parts(name)

    def _frame(self, name: str) -> pd.DataFrame:
        from talentmarket.runs.tables.frames import frame

        return frame(self.load(name), self.scenario)

    @cached_property
    def months(self) -> pd.DataFrame:
        """One row for each replicate, month from 0 and lab."""
        return self._frame("months")

    @cached_property
    def flows(self) -> pd.DataFrame:
        """One row for each replicate, month, origin and destination with any moves."""
        return self._frame("flows")

    @cached_property
    def approaches(self) -> pd.DataFrame:
        """One row for each asking by a campaign, of whomever: also of those who did not talk or got no offer."""
        return self._frame("approaches")

    @cached_property
    def offers(self) -> pd.DataFrame:
        """One row for each campaign offer and its end."""
        return self._frame("offers")

    @cached_property
    def moves(self) -> pd.DataFrame:
        """One row for each move that was written out."""
        return self._frame("moves")

    @cached_property
    def events(self) -> pd.DataFrame:
        """One row for each event that happened."""
        return self._frame("events")

    @cached_property
    def replicates(self) -> pd.DataFrame:
        """One row for each replicate, with its error where it failed."""
        return self.load("replicates").to_pandas()

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Summary measures by replicate: replicate, measure, lab (empty: the whole) and value."""
        from talentmarket.runs.tables.frames import plain_frame

        return plain_frame(self.load("measures"))

    @cached_property
    def summary_rows(self) -> list[Row]:
        """Each measure over the replicates, without pandas."""
        return summary_rows(self.scenario, values_of(self.load("measures")["value"]))

    @cached_property
    def spread(self) -> dict[tuple[str, str], tuple[float, float]]:
        """Between which values single replicates lie, by measure and lab; see `summary.spread_of_runs`."""
        return spread_of_runs(self.scenario, values_of(self.load("measures")["value"]))

    @property
    def summary(self) -> pd.DataFrame:
        """Each measure over the replicates, a row of `summary.Row` each."""
        import pandas as pd

        return pd.DataFrame(self.summary_rows)

    @property
    def xarray(self) -> xarray.Dataset:
        """The table `months` by replicate, month and lab, with units; see `arrays.months_dataset`.

        Raises
        ------
        InputError
            If xarray is not installed.
        """
        from talentmarket.runs.tables.arrays import months_dataset

        return months_dataset(self.months, self.scenario)

    def plot(self, kind: str = "headcount") -> Figure:
        """A picture of the runs, such as headcount, flows, pay, approaches, acceptance or offers.

        Raises
        ------
        InputError
            If there is no picture of that name, or the runs have nothing for it; the message says which there are.
        """
        return self.draw(self, kind)

    def __repr__(self) -> str:
        """What was run, and how often."""
        return f"Runs({self.scenario.title!r}, {self._size})"

    @property
    def _size(self) -> str:
        failed = f", {len(self.failures):,} of them failed" if self.failures else ""
        manifest = self.manifest
        return f"{manifest.replicates:,} replicates of {manifest.months} months, seed {manifest.seed}{failed}"

    def _repr_html_(self) -> str:
        """What a notebook shows: title, question, size and summary."""
        scenario = self.scenario
        columns = ["measure", "lab", "mean", "low", "high", "unit", "definition"]
        table = self.summary[columns].to_html(index=False, escape=True, na_rep="–", float_format="{:,.4g}".format)
        return f"<p><strong>{escape(scenario.title)}</strong><br>{escape(scenario.question)}<br>{self._size}</p>{table}"

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Replicates that failed, and why."""
        return self.manifest.failures
