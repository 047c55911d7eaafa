"""What a study is once it is read: sides, parameters, levers, design, replicates, outcomes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

from talentmarket.runs.measures.labels import label_of
from talentmarket.runs.measures.measure import WHOLE
from talentmarket.scenario.text.tree import Place
from talentmarket.studies.reading.parameter import COMMAND_LINE, Parameter

Kind = Literal["grid", "latin", "sobol", "random", "morris", "saltelli", "points"]
Want = Literal["lower", "higher", ""]

KINDS: tuple[str, ...] = get_args(Kind)
ROUND = 8  # replicates that are added at once


@dataclass(frozen=True)
class Side:
    """A scenario that is run at every point: its name, and the file or shipped name to load it by."""

    name: str
    source: str


@dataclass(frozen=True)
class Design:
    """Which points are run: the kind, how many (a grid and a list of points bring their own number), and the seed.

    With `refine` some are chosen where the sign of a difference is unclear by those before them.
    """

    kind: Kind = "sobol"
    points: int = 64
    seed: int = 1
    file: Path | None = None
    refine: bool = False


@dataclass(frozen=True)
class Stopping:
    """How many replicates a point gets: in rounds of eight, from `least` until the aim is reached, or `most`.

    Attributes
    ----------
    least, most
        Multiples of eight.
    half_width
        Aim: half the width of every outcome's interval, in its unit.
    relative
        Aim: the same as a share of the outcome's mean.
    sign
        Aim: zero outside every outcome's interval.
    budget
        Replicates of all points and sides together, from which `most` follows; 0 for none.
    place
        Where it is written, for messages.
    """

    least: int = ROUND
    most: int = ROUND
    half_width: float = math.inf
    relative: float = math.inf
    sign: bool = False
    budget: int = 0
    place: Place = field(default=COMMAND_LINE, compare=False)

    @property
    def has_aim(self) -> bool:
        """Whether anything can end it before `most`."""
        return self.sign or math.isfinite(self.half_width) or math.isfinite(self.relative)

    @property
    def looks(self) -> int:
        """How often the replicates of a point may be looked at."""
        return 1 + (self.most - self.least) // ROUND if self.has_aim else 1


@dataclass(frozen=True)
class Outcome:
    """A measure of a lab (empty: of the whole), and what is asked of it.

    Attributes
    ----------
    want
        The sign that is wanted of it, or of its difference.
    words
        What it is called in sentences and pictures; empty for what the measure is called.
    per
        Name of another outcome of the study by which it is divided, point by point; empty for none.
    """

    measure: str
    lab: str = WHOLE
    want: Want = ""
    place: Place = field(default=COMMAND_LINE, compare=False)
    words: str = field(default="", compare=False)
    per: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """As it is written in a study."""
        return f"{self.measure} of {self.lab}" if self.lab else self.measure

    @property
    def label(self) -> str:
        """As it is read: its own words, or what the measure is called."""
        called, comma, more = label_of(self.measure).partition(",")
        return self.words or f"{called}{f' of {self.lab}' if self.lab else ''}{comma}{more}"


@dataclass(frozen=True)
class Discover:
    """Where an outcome fails: the points at which it lies above, or below, a limit."""

    outcome: str
    above: bool
    limit: float

    def holds(self, value: float) -> bool:
        """Whether the rule holds of a value."""
        return value > self.limit if self.above else value < self.limit


@dataclass(frozen=True)
class Study:
    """A checked study.

    Attributes
    ----------
    title, question
        For pictures and tables.
    base
        What the runs are compared with, under the same shocks; None for plain outcomes.
    runs
        The scenarios that are studied.
    fixed
        `path=value` each, the same on all sides at every point.
    parameters
        What is uncertain.
    levers
        What is chosen: crossed with the design and shown apart; see `crossed`.
    design, stopping, outcomes, discover
        Which points, how many replicates, what is asked, and where it fails.
    places
        Where each of `fixed` is written, for messages; empty if it comes from a command.
    """

    title: str
    question: str
    base: Side | None
    runs: tuple[Side, ...]
    fixed: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    levers: tuple[Parameter, ...]
    design: Design
    stopping: Stopping
    outcomes: tuple[Outcome, ...]
    discover: Discover | None = None
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)

    @property
    def sides(self) -> tuple[Side, ...]:
        """All scenarios that are run at a point, the base first."""
        return self.runs if self.base is None else (self.base, *self.runs)

    @property
    def responses(self) -> tuple[tuple[Outcome, Side], ...]:
        """Each outcome of each run, or its difference from the base."""
        return tuple((outcome, run) for run in self.runs for outcome in self.outcomes)

    @property
    def crossed(self) -> Study:
        """Levers alone are a grid: each combination is a point, and nothing is left to show them apart from."""
        if self.parameters:
            return self
        return replace(self, parameters=self.levers, levers=(), design=Design("grid"))

    def response_name(self, outcome: Outcome, run: Side) -> str:
        """What a response is called in tables: the outcome and, if there are several runs, which."""
        return outcome.name if len(self.runs) == 1 else f"{outcome.name} in {run.name}"
