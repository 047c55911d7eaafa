"""What a study asks, as its folder keeps it in `study.json`, and back."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

from talentmarket.runs.folder.provenance import ENGINE, code_versions, scenario_hash
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.file import outcome
from talentmarket.studies.reading.parameter import COMMAND_LINE, GRID_STEPS, Parameter
from talentmarket.studies.reading.study import Design, Discover, Outcome, Side, Stopping, Study
from talentmarket.studies.sampling.store import FORMAT

# What may change without any point becoming another one.
WORDS = ("title", "question", "wanted", "discover")


def described(study: Study, own: dict[Side, Scenario]) -> dict[str, Any]:
    """What a study asks, as it is kept: two that are alike here, `WORDS` apart, have the same points."""
    varied = [(each, "parameter") for each in study.parameters] + [(each, "lever") for each in study.levers]
    discover = study.discover
    content = {
        "format": FORMAT,
        "title": study.title,
        "question": study.question,
        "base": study.base.name if study.base else "",
        "runs": [side.name for side in study.runs],
        "scenarios": {side.name: scenario_hash(scenario) for side, scenario in own.items()},
        "set": list(study.fixed),
        "varied": [
            {
                "path": each.path,
                "role": role,
                "low": None if math.isnan(each.low) else each.low,
                "high": None if math.isnan(each.high) else each.high,
                "log": each.log,
                "whole": each.whole,
                "values": list(each.values),
                "distribution": list(each.distribution) if each.distribution else None,
                "factor": each.factor,
                "run_only": each.run_only,
                "steps": each.steps if study.design.kind == "grid" else None,
                "unit": each.unit,
            }
            for each, role in varied
        ],
        "design": {
            "kind": study.design.kind,
            "points": study.design.points,
            "seed": study.design.seed,
            "file": _digest(study),
            "refine": study.design.refine,
        },
        "replicates": {
            "least": study.stopping.least,
            "most": study.stopping.most,
            "half_width": study.stopping.half_width if math.isfinite(study.stopping.half_width) else None,
            "relative": study.stopping.relative if math.isfinite(study.stopping.relative) else None,
            "until_sign": study.stopping.sign,
        },
        "outcomes": [each.name for each in study.outcomes],
        "wanted": [{"want": each.want, "words": each.words, "per": each.per} for each in study.outcomes],
        "discover": discover and {"outcome": discover.outcome, "above": discover.above, "limit": discover.limit},
        "engine": {name: code_versions()[name] for name in ENGINE},
    }
    plain: dict[str, Any] = json.loads(json.dumps(content))
    return plain


def _digest(study: Study) -> str:
    """SHA-256 of a list of points; empty for designs that are drawn."""
    file = study.design.file
    return "" if file is None else hashlib.sha256(file.read_bytes()).hexdigest()


def study_from(content: dict[str, Any]) -> Study:
    """The study that a folder describes, to be analysed; its scenarios are known by their names alone.

    Raises
    ------
    KeyError, TypeError, ValueError
        If the description is none that `described` made.
    """
    kept, replicates, discover = content["design"], content["replicates"], content["discover"]
    sides = [Side(name, name) for name in ([content["base"]] if content["base"] else []) + content["runs"]]
    return Study(
        title=content["title"],
        question=content["question"],
        base=sides[0] if content["base"] else None,
        runs=tuple(sides[1:] if content["base"] else sides),
        fixed=tuple(content["set"]),
        parameters=tuple(_parameter(each) for each in content["varied"] if each["role"] == "parameter"),
        levers=tuple(_parameter(each) for each in content["varied"] if each["role"] == "lever"),
        design=Design(kept["kind"], kept["points"], kept["seed"], refine=kept["refine"]),
        stopping=Stopping(
            replicates["least"],
            replicates["most"],
            _or(replicates["half_width"], math.inf),
            _or(replicates["relative"], math.inf),
            replicates["until_sign"],
        ),
        outcomes=tuple(
            _outcome(name, wanted) for name, wanted in zip(content["outcomes"], content["wanted"], strict=True)
        ),
        discover=discover and Discover(discover["outcome"], discover["above"], discover["limit"]),
    ).crossed


def _outcome(name: str, wanted: dict[str, Any]) -> Outcome:
    plain = outcome(name, COMMAND_LINE)
    return Outcome(plain.measure, plain.lab, wanted["want"], words=wanted["words"], per=wanted["per"])


def _parameter(kept: dict[str, Any]) -> Parameter:
    distribution = kept["distribution"]
    return Parameter(
        kept["path"],
        _or(kept["low"], math.nan),
        _or(kept["high"], math.nan),
        kept["log"],
        kept["whole"],
        tuple(kept["values"]),
        (distribution[0], tuple(distribution[1])) if distribution else None,
        kept["factor"],
        kept["run_only"],
        _or(kept["steps"], GRID_STEPS),
        unit=kept["unit"],
    )


def _or(value: Any, usual: Any) -> Any:
    """A value, or what stands for null."""
    return usual if value is None else value
