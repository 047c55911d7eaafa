"""What a study asks, as its folder keeps it, and whether a folder may be gone on with."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.provenance import ENGINE, code_versions, git_revision, scenario_hash
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.study import Side, Study
from talentmarket.studies.sampling.design import EXTENDABLE
from talentmarket.studies.sampling.store import FORMAT, STUDY, Store


def described(study: Study, own: dict[Side, Scenario]) -> dict[str, Any]:
    """What a study asks, as it is kept: two that are alike here have the same points."""
    varied = [(each, "parameter") for each in study.parameters] + [(each, "lever") for each in study.levers]
    return {
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
            }
            for each, role in varied
        ],
        "design": {
            "kind": study.design.kind,
            "points": study.design.points,
            "seed": study.design.seed,
            "file": _digest(study),
        },
        "replicates": {
            "least": study.stopping.least,
            "most": study.stopping.most,
            "half_width": study.stopping.half_width if math.isfinite(study.stopping.half_width) else None,
            "relative": study.stopping.relative if math.isfinite(study.stopping.relative) else None,
            "until_sign": study.stopping.sign,
        },
        "outcomes": [outcome.name for outcome in study.outcomes],
        "engine": {name: code_versions()[name] for name in ENGINE},
    }


def _digest(study: Study) -> str:
    """SHA-256 of a list of points; empty for designs that are drawn."""
    file = study.design.file
    return "" if file is None else hashlib.sha256(file.read_bytes()).hexdigest()


# What may change without any point becoming another one.
WORDS = ("title", "question")


def claim(study: Study, store: Store, own: dict[Side, Scenario], replace: bool) -> None:
    """Make the folder this study's, or find out that it is.

    Raises
    ------
    RunFolderError
        If it holds another study, or one that cannot be extended.
    """
    now, there = json.loads(json.dumps(described(study, own))), store.read_study()
    if there is not None and replace:
        store.clear()
    elif there is not None:
        differing = [key for key in now if key not in WORDS and now[key] != there.get(key)]
        if differing == ["design"] and {**now["design"], "points": 0} == {**there["design"], "points": 0}:
            _check_extension(study, there["design"]["points"])
        elif differing:
            raise RunFolderError(
                f"{store.folder}: holds another study, which differs in {', '.join(differing)}; choose another --name, or"
                " --replace it"
            )
    store.folder.mkdir(exist_ok=True)
    store.write(STUDY, f"{json.dumps(now, indent=2, ensure_ascii=False)}\n".encode())


def _check_extension(study: Study, before: int) -> None:
    kind, points = study.design.kind, study.design.points
    if kind not in EXTENDABLE:
        raise RunFolderError(
            f"a design of kind {kind} cannot be extended from {before:,} to {points:,} points: another number gives other"
            f" points altogether; {' and '.join(EXTENDABLE)} can, or choose another --name"
        )
    if points < before:
        raise RunFolderError(f"the study holds {before:,} points already; ask for as many or more, or another --name")


def origin(study: Study) -> dict[str, Any]:
    """Where a study's folder comes from, for its manifest."""
    return {"title": study.title, "seed": study.design.seed, "versions": code_versions(), "git": git_revision()}
