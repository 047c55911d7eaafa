"""A calibration that has run: the point found, how well it is identified, and its tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from talentmarket.calibration.analyses.derivatives import Derivatives, derivatives
from talentmarket.calibration.analyses.identification import Identification, identification
from talentmarket.calibration.analyses.profile import LINE, Profile, profile, weakest
from talentmarket.calibration.analyses.suggestions import Suggestions, suggestions
from talentmarket.calibration.file import Calibration
from talentmarket.calibration.moments import Question, column, outcomes, question
from talentmarket.calibration.outcomes import Outcomes
from talentmarket.calibration.scales import slope_at, value_at, values_at
from talentmarket.calibration.search import Problem, fit
from talentmarket.calibration.starting import starts
from talentmarket.calibration.trials import Trials
from talentmarket.runs.measures.everything import questions


@dataclass(frozen=True)
class Fitted:
    """The best point of all searches, and what is known of it.

    Attributes
    ----------
    calibration
        What was fitted.
    found
        Estimates and how well the targets identify them.
    simulation
        Covariance of the misses that is the simulation's, in tolerances (T, T).
    candidates
        All measures that are no targets.
    measured
        Their derivatives (K, P).
    told
        Which of them would help most, were they published.
    profiles
        Of the weakest parameters.
    confirmed
        The targets at the point found, with more replicates.
    trials
        Points that were simulated.
    begun
        Where the searches began, in shares of the ranges (starts, parameters).
    """

    calibration: Calibration
    found: Identification
    simulation: np.ndarray
    candidates: tuple[Question, ...]
    measured: Derivatives
    told: Suggestions
    profiles: tuple[Profile, ...]
    confirmed: Outcomes
    trials: int
    begun: np.ndarray

    @property
    def paths(self) -> tuple[str, ...]:
        """The free parameters."""
        return tuple(self.calibration.parameters)

    @property
    def point(self) -> dict[str, float]:
        """Estimates by path."""
        return values_at(self.calibration, self.found.unit)

    @property
    def misses(self) -> np.ndarray:
        """Of the targets at the point found, in tolerances (T,), with the replicates that confirm it."""
        figures, tolerances = self.calibration.figures
        found: np.ndarray = (self.confirmed.values - figures) / tolerances
        return found

    def value(self, parameter: int, share: float) -> float:
        """The value of a parameter at a share of its range."""
        return value_at(self.calibration.parameters[self.paths[parameter]], share)

    @property
    def estimates(self) -> pd.DataFrame:
        """A row for each parameter: value, standard errors, 95 % interval, profile; empty where there is none."""
        rows = []
        profiles = {each.parameter: each for each in self.profiles}
        half = np.sqrt(LINE) * self.found.errors
        for number, (path, free) in enumerate(self.calibration.parameters.items()):
            unit, identified = float(self.found.unit[number]), bool(self.found.identified[number])
            slope = slope_at(free, unit)
            along = profiles.get(number)
            rows.append(
                {
                    "parameter": path,
                    "value": value_at(free, unit),
                    "identified": identified,
                    "standard_error": slope * self.found.errors[number] if identified else np.nan,
                    "of_simulation": slope * np.sqrt(self.found.simulated[number, number]) if identified else np.nan,
                    "low": value_at(free, unit - half[number]) if identified else np.nan,
                    "high": value_at(free, unit + half[number]) if identified else np.nan,
                    "profile_low": value_at(free, along.low) if along else np.nan,
                    "profile_high": value_at(free, along.high) if along else np.nan,
                    "start": free.start,
                    "range_low": free.low,
                    "range_high": free.high,
                }
            )
        return pd.DataFrame(rows)

    @property
    def targets(self) -> pd.DataFrame:
        """A row for each target: figure, tolerance, what the model says with its standard error, and the miss."""
        figures, tolerances = self.calibration.figures
        errors = np.sqrt(self.confirmed.covariance.diagonal())
        return pd.DataFrame(
            {
                "target": [target.name for target in self.calibration.targets],
                "scenario": [target.scenario for target in self.calibration.targets],
                "measure": [target.measure for target in self.calibration.targets],
                "of": [" > ".join(each.of) if isinstance(each.of, tuple) else each.of for each in self.calibration.targets],
                "less": [target.less for target in self.calibration.targets],
                "figure": figures,
                "tolerance": tolerances,
                "model": self.confirmed.values,
                "model_error": errors,
                "miss": self.misses,
                "source": [target.fact or target.source for target in self.calibration.targets],
            }
        )  # fmt: skip

    @property
    def jacobian(self) -> pd.DataFrame:
        """Change of every target and measure, in its unit, over the whole range of a parameter, with its standard error."""
        tolerances = self.calibration.figures[1][:, None]
        names = [
            *(target.name for target in self.calibration.targets),
            *(question_text(each) for each in self.candidates),
        ]
        kinds = ["target"] * len(self.calibration.targets) + ["measure"] * len(self.candidates)
        changes = np.concatenate([self.found.jacobian * tolerances, self.measured.jacobian])
        errors = np.concatenate([self.found.error * tolerances, self.measured.error])
        count = len(self.paths)
        return pd.DataFrame(
            {
                "kind": np.repeat(kinds, count),
                "outcome": np.repeat(names, count),
                "parameter": np.tile(self.paths, len(names)),
                "change": changes.ravel(),
                "error": errors.ravel(),
            }
        )  # fmt: skip

    @property
    def sensitivity(self) -> pd.DataFrame:
        """Change of each estimate, in its unit and in standard errors, for a figure that is one tolerance higher."""
        rows = []
        for number, (path, free) in enumerate(self.calibration.parameters.items()):
            slope = slope_at(free, float(self.found.unit[number]))
            for target, change in zip(self.calibration.targets, self.found.sensitivity[number], strict=True):
                known = self.found.identified[number]
                rows.append(
                    {
                        "parameter": path,
                        "target": target.name,
                        "change": slope * change if known else np.nan,
                        "standard_errors": change / self.found.errors[number] if known else np.nan,
                    }
                )
        return pd.DataFrame(rows)

    @property
    def directions(self) -> pd.DataFrame:
        """Singular values of the Jacobian, and each direction's share of a parameter's range, the strongest first."""
        shares = {path: self.found.directions[:, number] for number, path in enumerate(self.paths)}
        return pd.DataFrame({"singular_value": self.found.singular_values, **shares})

    @property
    def correlations(self) -> pd.DataFrame:
        """Correlations of the estimates."""
        return pd.DataFrame(self.found.correlations, columns=list(self.paths)).assign(parameter=self.paths)[
            ["parameter", *self.paths]
        ]

    @property
    def suggestions(self) -> pd.DataFrame:
        """Measures that would help if they were published, the best first; what each would leave of a standard error."""
        order = self.told.order
        asked = [self.candidates[number] for number in order]
        return pd.DataFrame(
            {
                "scenario": [each.scenario for each in asked],
                "measure": [each.measure for each in asked],
                "of": [each.of for each in asked],
                "value": self.measured.here.values[order],
                "tolerance": self.told.tolerance[order],
                "all": self.told.gain[order],
                **{path: self.told.ratios[order, number] for number, path in enumerate(self.paths)},
            }
        )

    @property
    def profile_table(self) -> pd.DataFrame:
        """A row for each value at which a parameter was held: the least sum of squares, and where all parameters were."""
        rows = [
            {"parameter": self.paths[along.parameter], "squares": squares, "line": along.line}
            | values_at(self.calibration, point)
            for along in self.profiles
            for squares, point in zip(along.squares, along.points, strict=True)
        ]
        return pd.DataFrame(rows, columns=["parameter", "squares", "line", *self.paths])


def question_text(asked: Question) -> str:
    """A measure as tables and sentences call it."""
    return column(asked.scenario, asked.measure, str(asked.of))


def problem_of(calibration: Calibration, trials: Trials, figures: np.ndarray | None = None) -> Problem:
    """What is to be solved; with other figures than those of the file if they are given."""
    own, tolerances = calibration.figures
    return Problem(
        trials.targets(),
        own if figures is None else figures,
        tolerances,
        calibration.fit.step,
        [target.where for target in calibration.targets],
    )


def calibrate(calibration: Calibration, trials: Trials, confirm: int, begin: np.ndarray | None = None) -> Fitted:
    """Search, and find out what the targets tell.

    Parameters
    ----------
    trials
        Simulates points, and knows those that were.
    confirm
        Replicates of the targets at the point found.
    begin
        Where searches begin, in shares of the ranges (starts, parameters); None for what the file says.

    Raises
    ------
    InputError
        If a path, a value or a measure does not go with a scenario, or a target is constant or undefined.
    """
    problem = problem_of(calibration, trials)
    begun = starts(calibration) if begin is None else begin
    unit = fit(problem, begun, calibration.fit.evaluations)
    slopes = problem.derivatives(unit)
    found = identification(unit, slopes, problem.figures, problem.tolerances)
    asked = calibration.identification
    profiles = tuple(
        profile(problem, found, parameter, asked.steps, asked.evaluations)
        for parameter in weakest(found, asked.profile)
    )
    candidates = _candidates(calibration, trials, unit)
    measured = derivatives(trials.model(candidates), unit, calibration.fit.step)
    simulation = slopes.here.covariance / np.outer(problem.tolerances, problem.tolerances)
    relative = float(np.median(problem.tolerances / np.abs(problem.figures)))
    told = suggestions(found, simulation, measured, relative)
    wanted = [question(target) for target in calibration.targets]
    confirmed = outcomes(wanted, trials.sample(unit, max(confirm, calibration.fit.replicates)))
    return Fitted(
        calibration, found, simulation, tuple(candidates), measured, told, profiles, confirmed, len(trials), begun
    )  # fmt: skip


def _candidates(calibration: Calibration, trials: Trials, unit: np.ndarray) -> list[Question]:
    """All measures of all scenarios that no target is about, as far as the trials hold them."""
    there = set(trials.sample(unit))
    targets = {question(target) for target in calibration.targets}
    every = [
        Question(market.name, measure.name, lab)
        for market in calibration.scenarios
        for measure, lab in questions(trials.scenario(market))
    ]
    return [each for each in every if each not in targets and set(each.columns) <= there]
