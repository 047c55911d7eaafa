"""A parameter of a study: which values it takes, and how a share of the unit interval becomes one of them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from talentmarket.numbers import NO_BREAK, number
from talentmarket.scenario.places.labels import BARE
from talentmarket.scenario.text.paths import split_path
from talentmarket.scenario.text.tree import Place

Value = float | int | str | bool | list[Any]

COMMAND_LINE = Place("--vary", 0, 0)
GRID_STEPS = 5

# Name and numbers of each distribution, as they are written in a study.
DISTRIBUTIONS: Mapping[str, tuple[str, ...]] = {
    "normal": ("mean", "standard deviation"),
    "lognormal": ("median", "sigma"),
    "triangular": ("low", "mode", "high"),
    "beta": ("a", "b"),
}


@dataclass(frozen=True)
class Parameter:
    """A path of the scenario and the values that it takes: those of a list, of a range, or of a distribution.

    Attributes
    ----------
    path
        As in scenario files; `*` stands for any item of a list.
    low, high
        Ends of the range.
    log
        Whether equal ratios of the range have equal weight.
    whole
        Whether only whole numbers are taken.
    values
        A list in place of a range.
    distribution
        Name and numbers of a distribution in place of a range; see `DISTRIBUTIONS`.
    factor
        Whether values multiply what the scenario has, instead of taking its place.
    run_only
        Whether the base keeps its own value.
    both
        Whether it is said that it varies on both sides, even where that overwrites what tells them apart.
    steps
        Number of values on a grid.
    place
        Where it is written, for messages.
    unit
        Its unit, as the schema says.
    """

    path: str
    low: float = math.nan
    high: float = math.nan
    log: bool = False
    whole: bool = False
    values: tuple[Any, ...] = ()
    distribution: tuple[str, tuple[float, ...]] | None = None
    factor: bool = False
    run_only: bool = False
    steps: int = GRID_STEPS
    both: bool = field(default=False, compare=False)
    place: Place = field(default=COMMAND_LINE, compare=False)
    unit: str = field(default="", compare=False)

    @property
    def label(self) -> str:
        """The path as pictures and sentences call it: without what only says where it stands."""
        parts = split_path(self.path)
        text = parts[-1].replace("_", " ")
        items = [(kind, name) for kind, name in pairwise(parts[:-1]) if kind in ITEMS]
        if items:
            kind, name = items[-1]
            text = f"{text} of {f'every {ITEMS[kind]}' if name == '*' else name}"
        return f"{text} (times)" if self.factor else text

    @property
    def phrase(self) -> str:
        """The path within a sentence, such as `the top tier's total`."""
        parts = split_path(self.path)
        text = parts[-1].replace("_", " ")
        items = [(kind, name) for kind, name in pairwise(parts[:-1]) if kind in ITEMS]
        if not items:
            return text
        kind, name = items[-1]
        whose = f"every {ITEMS[kind]}" if name == "*" else name if kind == "labs" else f"the {name} {ITEMS[kind]}"
        return f"{whose}'s {text}"

    def text(self, value: Any) -> str:
        """One of its values with the unit, as it is read: `150 M$`; of a factor `2 times`."""
        bare = self.bare_text(value)
        if not isinstance(value, int | float) or isinstance(value, bool):
            return bare
        unit = "times" if self.factor else "" if self.unit in BARE else self.unit
        return f"{bare}{NO_BREAK}{unit}".strip()

    def bare_text(self, value: Any) -> str:
        """The same without the unit."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return number(float(value))
        return json.dumps(value, ensure_ascii=False).strip('"')

    def text_of(self, place: float) -> str:
        """The same for the number that stands for a value (see `numbers`)."""
        return self.text(place if self.is_number else self.values[round(place)])

    @property
    def short_label(self) -> str:
        """The last part of the path alone."""
        return split_path(self.path)[-1].replace("_", " ")

    @property
    def axis_label(self) -> str:
        """The label with the unit."""
        return f"{self.label}, {self.unit}" if self.unit and not self.factor else self.label

    @property
    def levels(self) -> tuple[Any, ...]:
        """The values on a grid."""
        if self.values:
            return self.values
        return tuple(dict.fromkeys(self.drawn(np.linspace(0.0, 1.0, self.steps) if self._bounded else _middles(self))))

    @property
    def ends(self) -> tuple[Any, ...]:
        """Values that are checked before anything runs: all of a list, else both ends."""
        return self.values or tuple(self.drawn(np.array([0.0, 1.0]) if self._bounded else np.array([0.001, 0.999])))

    @property
    def _bounded(self) -> bool:
        return self.distribution is None

    @property
    def is_number(self) -> bool:
        """Whether all values are numbers, so that they have distances."""
        return all(isinstance(value, int | float) and not isinstance(value, bool) for value in self.values)

    def drawn(self, shares: np.ndarray) -> list[Any]:
        """The values at shares of the unit interval (n,): quantiles of range or distribution, places in a list."""
        if self.values:
            places = np.minimum((shares * len(self.values)).astype(int), len(self.values) - 1)
            return [self.values[place] for place in places]
        numbers = self._quantiles(np.asarray(shares, dtype=float))
        if self.whole:
            return [round(number) for number in numbers.tolist()]
        return [float(f"{number:.12g}") for number in numbers]

    def _quantiles(self, shares: np.ndarray) -> np.ndarray:
        if self.distribution is not None:
            return _of_distribution(*self.distribution, shares)
        if self.whole:  # each whole number is as likely as any other
            low, high = self.low - 0.5 + 1e-9, self.high + 0.5 - 1e-9
        else:
            low, high = self.low, self.high
        if self.log:
            low = max(low, self.low / 2.0)
            return np.clip(low * (high / low) ** shares, self.low, self.high)
        return np.clip(low + (high - low) * shares, self.low, self.high)

    def numbers(self, values: Sequence[Any]) -> np.ndarray:
        """Values as numbers (n,): themselves, or their places in the list where they are no numbers."""
        if self.is_number:
            return np.array(values, dtype=float)
        known = [json.dumps(value) for value in self.values]
        return np.array([known.index(json.dumps(value)) for value in values], dtype=float)


# Lists of the scenario, and what one of their items is called.
ITEMS = {"labs": "lab", "campaigns": "campaign", "tiers": "tier", "events": "event"}


def _middles(parameter: Parameter) -> np.ndarray:
    return (np.arange(parameter.steps) + 0.5) / parameter.steps


def _of_distribution(name: str, numbers: tuple[float, ...], shares: np.ndarray) -> np.ndarray:
    from scipy import stats

    if name == "normal":
        quantiles = stats.norm(*numbers).ppf(shares)
    elif name == "lognormal":
        quantiles = stats.lognorm(numbers[1], scale=numbers[0]).ppf(shares)
    elif name == "triangular":
        low, mode, high = numbers
        quantiles = stats.triang((mode - low) / (high - low), low, high - low).ppf(shares)
    else:
        quantiles = stats.beta(*numbers).ppf(shares)
    return np.asarray(quantiles, dtype=float)
