"""Searches that begin at a study's best points."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from small_calibrations import calibration, target

from talentmarket.calibration.starting import starts, starts_from
from talentmarket.errors import InputError
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.study import Design, Outcome, Side, Stopping, Study
from talentmarket.studies.result import StudyResult
from talentmarket.studies.sampling.design import design_at
from talentmarket.studies.sampling.evaluating import Evaluated
from talentmarket.studies.sampling.running import Sampled

PATHS = ("labs.Meta.separation", "labs.OpenAI.separation")


def studied(paths=PATHS[:1], measure="two_year_retention") -> StudyResult:
    """A study of retention at Meta, which is 1 less the first parameter; its range goes beyond that of the search."""
    parameters = tuple(Parameter(path, 0.0, 1.0) for path in paths)
    study = Study("s", "", None, (Side("baseline", "baseline"),), (), parameters, (), Design(points=9), Stopping(), (Outcome(measure, "Meta"),))  # fmt: skip
    cube = np.linspace(0.0, 1.0, 9)[:, None] * np.ones(len(paths))
    values = [Evaluated(n, np.full((8, 1, 1), 1.0 - share), "") for n, share in enumerate(cube[:, 0])]
    values[3] = Evaluated(3, np.empty((0, 0, 1)), "failed")
    return StudyResult(Sampled(study, design_at(study, cube), tuple(values)))


def test_the_points_that_meet_the_targets_best_come_after_the_files_own() -> None:
    asked = calibration([target("Meta", 0.62), target("OpenAI", 0.5)], starts=4)
    found = starts_from(asked, studied())
    own = (0.15 - 0.05) / (0.6 - 0.05)
    # Retention of .62 is met at .38: the points nearest are .5, .25 and .625, beyond the range; that of .375 failed.
    expected = [[own, own], *([(value - 0.05) / 0.55, own] for value in (0.5, 0.25, 0.6))]
    np.testing.assert_allclose(found, expected)
    np.testing.assert_allclose(starts_from(asked, studied(PATHS))[1], [0.45 / 0.55] * 2)
    np.testing.assert_allclose(starts(asked)[0], [own, own])
    assert pd.isna(studied().points["two_year_retention of Meta"].iloc[3])


def test_values_beyond_a_range_begin_at_its_end() -> None:
    asked = calibration([target("Meta", 0.0)], starts=2)
    assert starts_from(asked, studied())[1, 0] == pytest.approx(1.0)


def test_a_study_that_tells_nothing_of_the_targets_is_refused() -> None:
    with pytest.raises(InputError, match="none of the targets among its outcomes"):
        starts_from(calibration([target("Meta", 0.5)]), studied(measure="departures"))
    with pytest.raises(InputError, match=r"varies none of the free parameters: labs.Meta.separation, labs.OpenAI"):
        starts_from(calibration([target("Meta", 0.5)]), studied(("choice.noise",)))
