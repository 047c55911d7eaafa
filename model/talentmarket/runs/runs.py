"""The replicates of one scenario, as a user meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
import pyarrow as pa

from talentmarket.runs.frames import frame, plain_frame
from talentmarket.runs.manifest import Failure, Manifest
from talentmarket.runs.summary import summarise
from talentmarket.scenario.schema import Scenario


@dataclass(frozen=True)
class Runs:
    """Everything that a run left behind; tables are loaded when they are first asked for.

    Columns, units and meanings of the tables stand in `talentmarket.runs.columns`.

    Attributes
    ----------
    scenario
        The resolved scenario.
    manifest
        Versions, times, files and failures.
    load
        Returns a table by its name.
    """

    scenario: Scenario
    manifest: Manifest
    load: Callable[[str], pa.Table] = field(repr=False)

    @cached_property
    def months(self) -> pd.DataFrame:
        """One row for each replicate, month from 0 and lab."""
        return frame(self.load("months"), self.scenario)

    @cached_property
    def flows(self) -> pd.DataFrame:
        """One row for each replicate, month, origin and destination with any moves."""
        return frame(self.load("flows"), self.scenario)

    @cached_property
    def offers(self) -> pd.DataFrame:
        """One row for each campaign offer and its end."""
        return frame(self.load("offers"), self.scenario)

    @cached_property
    def moves(self) -> pd.DataFrame:
        """One row for each move that was written out."""
        return frame(self.load("moves"), self.scenario)

    @cached_property
    def events(self) -> pd.DataFrame:
        """One row for each event that happened."""
        return frame(self.load("events"), self.scenario)

    @cached_property
    def replicates(self) -> pd.DataFrame:
        """One row for each replicate, with its error where it failed."""
        return self.load("replicates").to_pandas()

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Summary measures by replicate: replicate, measure, lab (empty: the whole) and value."""
        return plain_frame(self.load("measures"))

    @property
    def summary(self) -> pd.DataFrame:
        """Each measure over the replicates; see `summary.summarise`."""
        return summarise(self.scenario, self.measures)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Replicates that failed, and why."""
        return self.manifest.failures
