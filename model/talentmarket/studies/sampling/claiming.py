"""Whether a folder may be gone on with by a study."""

from __future__ import annotations

import json
from typing import Any

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.provenance import code_versions, git_revision
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.study import Side, Study
from talentmarket.studies.sampling.description import WORDS, described
from talentmarket.studies.sampling.design import EXTENDABLE
from talentmarket.studies.sampling.store import STUDY, Store


def claim(study: Study, store: Store, own: dict[Side, Scenario], replace: bool) -> None:
    """Make the folder this study's, or find out that it is.

    Raises
    ------
    RunFolderError
        If it holds another study, or one that cannot be extended.
    """
    now, there = described(study, own), store.read_study()
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
