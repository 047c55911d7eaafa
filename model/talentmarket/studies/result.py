"""A study that has run: its points, what they say, and its pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from talentmarket.errors import InputError
from talentmarket.studies.analyses.answers import answers, bounds_of
from talentmarket.studies.analyses.boxes import Box, boxes
from talentmarket.studies.analyses.indices import INDEX_COLUMNS, indices_of
from talentmarket.studies.analyses.panel import Panel
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.study import Outcome, Side, Study
from talentmarket.studies.sampling.design import DESIGN_POINT, POINT
from talentmarket.studies.sampling.evaluating import Evaluated, responses
from talentmarket.studies.sampling.refining import is_refined
from talentmarket.studies.sampling.running import Sampled
from talentmarket.studies.sampling.stopping import half_width

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

CHOSEN = "chosen"
BOX_COLUMNS = ("choice", "box", "parameter", "low", "high", "points", "failures", "density", "low_density", "high_density", "coverage")  # fmt: skip


def no_pictures(result: StudyResult, kind: str) -> Figure:
    """Stands in for what draws. Raises InputError."""
    raise InputError("this study was made without pictures; talentmarket.study makes one with")


@dataclass(frozen=True)
class StudyResult:
    """A study with its points.

    Attributes
    ----------
    sampled
        The study, its design, and what came of each point.
    draw
        Draws a picture of it, by its name.
    """

    sampled: Sampled = field(repr=False)
    draw: Callable[[StudyResult, str], Figure] = field(default=no_pictures, repr=False)

    @property
    def study(self) -> Study:
        """What was asked."""
        return self.sampled.study

    @property
    def design(self) -> pd.DataFrame:
        """The points: their numbers, parameters and levers."""
        return self.sampled.design

    @cached_property
    def effects(self) -> pd.DataFrame:
        """One row for each point and response: point, the parameters there, response, n (replicates), mean, sd, low, high, clear.

        `low` and `high` are the ends of the 95 % interval, widened for repeated looks, of a share within its bounds; `clear` is 1
        or -1 where the interval leaves zero out, else 0.
        """
        rows = [row for each in self.sampled.evaluated for row in _effects(self.study, each)]
        found = pd.DataFrame(rows, columns=[POINT, "response", "n", "mean", "sd", "low", "high", "clear"])
        varied = [each.path for each in (*self.study.parameters, *self.study.levers)]
        at = self.design.set_index(POINT)[varied].reindex(found[POINT]).reset_index(drop=True)
        return pd.concat([found[[POINT]], at, found.drop(columns=POINT)], axis=1)

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row for each point: the design, replicates, error, and three columns a response: its name, low and high.

        With `refine` also `chosen`: whether a point was chosen where a sign is unclear, instead of sampling the space.
        """
        table = self.design.copy()
        table["replicates"] = [len(each.values) for each in self.sampled.evaluated]
        table["error"] = [each.error for each in self.sampled.evaluated]
        if self.study.design.refine:
            table[CHOSEN] = self.is_chosen
        for name, rows in self.effects.groupby("response", sort=False):
            by_point = rows.set_index(POINT)
            table[name] = table[POINT].map(by_point["mean"])
            table[f"{name}, low"] = table[POINT].map(by_point["low"])
            table[f"{name}, high"] = table[POINT].map(by_point["high"])
        return table

    @property
    def failures(self) -> pd.DataFrame:
        """Points that failed, with their errors."""
        return self.points.loc[self.points["error"] != "", [POINT, "error"]]

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """Each response under each choice of levers, at the points that sample the space."""
        return self._panels(self.is_chosen)

    @cached_property
    def panels_of_all(self) -> tuple[Panel, ...]:
        """The same with the points that were chosen where a sign is unclear: of a surface they tell more, of shares less."""
        return self._panels(np.zeros(len(self.design), dtype=bool))

    @property
    def is_chosen(self) -> np.ndarray:
        """Which points (n,) were chosen where a sign is unclear."""
        refined = is_refined(self.design[DESIGN_POINT].to_numpy())
        return refined if self.study.design.refine else np.zeros(len(refined), dtype=bool)

    def _panels(self, left_out: np.ndarray) -> tuple[Panel, ...]:
        return tuple(
            _panel(self, outcome, run, choice, left_out)
            for outcome, run in self.study.responses
            for choice in self._choices
        )

    @property
    def _choices(self) -> list[tuple[tuple[Parameter, Any], ...]]:
        levers = self.study.levers
        return [tuple(zip(levers, choice, strict=True)) for choice in product(*(lever.values for lever in levers))]

    @cached_property
    def indices(self) -> pd.DataFrame:
        """What each response hangs on; see `indices.INDEX_COLUMNS`."""
        rows = [row for panel in self.panels for row in indices_of(self.study, panel)]
        return pd.DataFrame(rows, columns=[*INDEX_COLUMNS])

    @cached_property
    def found_boxes(self) -> tuple[tuple[Panel, tuple[Box, ...]], ...]:
        """For each choice of levers where the outcome of [discover] fails; empty without one."""
        discover = self.study.discover
        if discover is None:
            return ()
        chosen = [panel for panel in self.panels if panel.outcome.name == discover.outcome]
        return tuple(
            (panel, tuple(boxes(panel.inputs, np.array([discover.holds(mean) for mean in panel.mean], dtype=bool))))
            for panel in chosen
        )

    @cached_property
    def boxes(self) -> pd.DataFrame:
        """The boxes of [discover], a row for each parameter that one restricts."""
        rows = [
            (panel.choice, number, self.study.parameters[which].path, low, high, box.points, box.failures, box.density,
             *box.interval, box.coverage)
            for panel, found in self.found_boxes
            for number, box in enumerate(found, start=1)
            for which, (low, high) in box.limits.items()
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=[*BOX_COLUMNS])

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """What the study says, in sentences."""
        return tuple(answers(self.study, self.panels, self.indices, self.found_boxes, self.failures))

    @property
    def xarray(self) -> xarray.Dataset:
        """Means, low and high of each response by point, with the design as coordinates.

        Raises
        ------
        InputError
            If xarray is not installed.
        """
        try:
            import xarray
        except ModuleNotFoundError:
            raise InputError("labelled arrays need xarray: pip install 'talentmarket[arrays]'") from None
        table = self.points.set_index(POINT)
        names = [each.path for each in (*self.study.parameters, *self.study.levers)]
        data = table.drop(columns=[DESIGN_POINT, "error", *names])
        coordinates = {name: (POINT, np.asarray(table[name])) for name in names}
        return xarray.Dataset.from_dataframe(data).assign_coords(coordinates)

    def plot(self, kind: str = "curve") -> Figure:
        """A picture of the study: curve, heat, tornado, indices or differences.

        Raises
        ------
        InputError
            If there is no picture of that name, or the study has nothing for it.
        """
        return self.draw(self, kind)

    def __repr__(self) -> str:
        """What was studied, at how many points, and what of each."""
        responses = ", ".join(self.study.response_name(outcome, run) for outcome, run in self.study.responses)
        return f"StudyResult({self.study.title!r}, {len(self.design):,} points of {responses})"

    def _repr_html_(self) -> str:
        from html import escape

        items = "".join(f"<li>{escape(answer)}</li>" for answer in self.answers)
        return f"<p><strong>{escape(self.study.title)}</strong></p><ul>{items}</ul>"


def _effects(study: Study, point: Evaluated) -> Iterator[tuple[Any, ...]]:
    """Rows of `effects` of a point."""
    found = responses(point.values, study.base is not None) if len(point.values) else None
    for number, (outcome, run) in enumerate(study.responses):
        name = study.response_name(outcome, run)
        if found is None:
            yield point.point, name, 0, np.nan, np.nan, np.nan, np.nan, 0
            continue
        side, place = divmod(number, len(study.outcomes))
        values = found[:, side, place]
        values = values[~np.isnan(values)]
        mean = float(values.mean()) if len(values) else np.nan
        half = half_width(values, study.stopping.looks)
        clear = int(np.sign(mean)) if abs(mean) > half else 0
        spread = float(values.std(ddof=1)) if len(values) > 1 else np.nan
        low, high = bounds_of(outcome, study.base is not None)
        yield point.point, name, len(values), mean, spread, max(mean - half, low), min(mean + half, high), clear


def _panel(
    result: StudyResult, outcome: Outcome, run: Side, choice: tuple[tuple[Parameter, Any], ...], left_out: np.ndarray
) -> Panel:
    study, design = result.study, result.design
    name = study.response_name(outcome, run)
    own = result.effects[result.effects["response"] == name].set_index(POINT)
    # Points follow one another with the levers' choices innermost.
    number = result._choices.index(choice)
    chosen = np.arange(number, len(design), len(result._choices))
    chosen = chosen[~left_out[chosen]]
    mean = own["mean"].to_numpy()[chosen]
    known = ~np.isnan(mean)
    kept = chosen[known]
    table = design.iloc[kept]
    columns = [parameter.numbers(table[parameter.path].tolist()) for parameter in study.parameters]
    side = study.runs.index(run)
    place = study.outcomes.index(outcome)
    shared = study.stopping.least
    replicates = [
        responses(result.sampled.evaluated[point].values[:shared], study.base is not None)[:, side, place]
        for point in kept
    ]
    return Panel(
        outcome,
        run,
        name,
        ", ".join(f"{lever.path}={json.dumps(value)}" for lever, value in choice),
        ", ".join(f"{lever.short_label} {value}" for lever, value in choice),
        np.column_stack(columns) if columns else np.empty((len(kept), 0)),
        kept,
        table[DESIGN_POINT].to_numpy(),
        mean[known],
        own["low"].to_numpy()[kept],
        own["high"].to_numpy()[kept],
        np.array(replicates).reshape(len(kept), shared),
        bool(known.all()),
    )
