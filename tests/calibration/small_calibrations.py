"""Calibrations of a small market, and plain functions in the market's place."""

from __future__ import annotations

import numpy as np

from talentmarket.calibration.file import Calibration

FREE = {"low": 0.05, "high": 0.6, "start": 0.15}
SMALL = {"population.scale": 0.2, "defaults.lab.response.counter_share": 0.0}


def calibration(targets, parameters=None, identification=None, **changes):
    settings = {"replicates": 4, "months": 24, "seed": 3, "starts": 1, "evaluations": 12, "step": 0.05}
    return Calibration.model_validate(
        {
            "title": "Hidden",
            "parameters": parameters or {"labs.Meta.separation": FREE, "labs.OpenAI.separation": FREE},
            "scenarios": [{"name": "baseline", "set": SMALL}],
            "targets": targets,
            "fit": settings | changes,
        }
        | ({"identification": identification} if identification else {})
    )


def target(lab, value):
    named = {"name": lab, "scenario": "baseline", "measure": "two_year_retention", "of": lab}
    return named | {"value": value, "tolerance": 0.02, "source": "hidden"}


def plain_market(calibration, point, replicates, seed, workers):
    """Retention falls with the two separation rates, exits to outside rise with them; a replicate adds a little noise."""
    meta, openai = point["labs.Meta.separation"], point["labs.OpenAI.separation"]
    noise = np.random.default_rng(seed).normal(size=(100, 3))[:replicates]
    return {
        "baseline: two_year_retention of Meta": np.exp(-2.0 * meta) + 0.01 * noise[:, 0],
        "baseline: two_year_retention of OpenAI": np.exp(-2.0 * openai) - 0.1 * meta + 0.01 * noise[:, 1],
        "baseline: exits_to_outside": 0.3 + meta + openai + 0.01 * noise[:, 2],
    }
