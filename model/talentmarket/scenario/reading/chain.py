"""Follows `extends` from a scenario file down to the file that extends nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from talentmarket.errors import InputError, ScenarioError
from talentmarket.scenario import shipped
from talentmarket.scenario.text.files import read_text
from talentmarket.scenario.text.syntax import Parsed, parse
from talentmarket.scenario.text.wording import as_written, nearest, one_line

BASELINE = "baseline"
THEORY = "theory"
NOTHING = "none"
OWN_FACTS = "facts.toml"
OF_A_RUN = "scenario.toml"  # in a run folder
LONGEST_CHAIN = 32
LONGEST_LABEL = 300


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario file: where it is, and what it is called in messages."""

    path: Path
    label: str


def shipped_names() -> list[str]:
    """Names of the scenarios that come with talentmarket, the baseline first."""
    names = sorted(path.stem for path in shipped.folder("scenarios").glob("*.toml"))
    return sorted(names, key=lambda name: name != BASELINE)


def theory_names() -> list[str]:
    """Names of the shipped scenarios that closed forms are checked with, such as "theory/logit"."""
    return sorted(f"{THEORY}/{path.stem}" for path in (shipped.folder("scenarios") / THEORY).glob("*.toml"))


def shipped_file(name: str) -> ScenarioFile:
    """The file of a shipped scenario."""
    return ScenarioFile(shipped.folder("scenarios") / f"{name}.toml", f"{name}.toml (shipped)")


def find(path_or_name: str | os.PathLike[str]) -> ScenarioFile:
    """The file that a user means: a shipped scenario by its name, a file by its path, or that of a run folder.

    Raises
    ------
    InputError
        If it is neither a text nor a path; a ScenarioError, which names the nearest shipped scenario, if there is no such
        file.
    """
    if not isinstance(path_or_name, (str, os.PathLike)):
        raise InputError(f"expected the name or the path of a scenario, found {path_or_name!r:.70}")
    given = os.fspath(path_or_name)
    if isinstance(path_or_name, str) and given in (*shipped_names(), *theory_names()):
        return shipped_file(given)
    if "\0" in given:
        raise ScenarioError([f"{one_line(given, LONGEST_LABEL)}: no file can have this name"])
    path = Path(given)
    if not given or not os.path.lexists(path):
        hint = nearest(path.stem, shipped_names())
        raise ScenarioError(
            [f"{one_line(given, LONGEST_LABEL) or repr(given)}: there is no such file or shipped scenario; {hint}"]
        )
    if (path / OF_A_RUN).is_file():
        return ScenarioFile(path / OF_A_RUN, one_line(os.path.join(given, OF_A_RUN), LONGEST_LABEL))
    return ScenarioFile(path, one_line(given, LONGEST_LABEL))


def read_chain(first: ScenarioFile) -> list[tuple[ScenarioFile, Parsed]]:
    """A file and everything it extends, the base first.

    Raises
    ------
    ScenarioError
        If one of the files cannot be read, or `extends` goes in a circle, out of the folder, or nowhere.
    """
    chain: list[tuple[ScenarioFile, Parsed]] = []
    seen: dict[str, str] = {}
    next_file: ScenarioFile | None = first
    while next_file is not None:
        place = os.path.realpath(next_file.path)
        if place in seen:
            circle = " → ".join([*list(seen.values())[list(seen).index(place) :], next_file.label])
            raise ScenarioError([f"{chain[-1][0].label}: extends goes round in a circle: {circle}"])
        if len(chain) == LONGEST_CHAIN:
            raise ScenarioError([f"{first.label}: extends leads through more than {LONGEST_CHAIN} files"])
        seen[place] = next_file.label
        chain.append((next_file, parse(read_text(next_file.path, next_file.label), next_file.label)))
        next_file = _extended(*chain[-1])
    return list(_with_facts(chain[::-1]))


def _with_facts(chain: list[tuple[ScenarioFile, Parsed]]) -> Iterator[tuple[ScenarioFile, Parsed]]:
    """The files with the facts of one's own that stand beside them, each below the first file of its folder."""
    seen: set[Path] = set()
    for file, parsed in chain:
        path = file.path.parent / OWN_FACTS
        if path not in seen and path.is_file():
            seen.add(path)
            label = one_line(os.path.join(os.path.dirname(file.label), OWN_FACTS), LONGEST_LABEL)
            facts = parse(read_text(path, label), label)
            if list(facts.content) != ["facts"]:
                found = ", ".join(map(one_line, facts.content)) or "nothing"
                raise ScenarioError([f"{label}: expected tables [facts.NAME] and nothing else, found {found}"])
            yield ScenarioFile(path, label), facts
        yield file, parsed


def _extended(file: ScenarioFile, parsed: Parsed) -> ScenarioFile | None:
    """The file that a file extends; None if it extends nothing."""
    if "extends" not in parsed.content:
        baseline = shipped_file(BASELINE)
        return None if os.path.realpath(file.path) == os.path.realpath(baseline.path) else baseline
    wanted = parsed.content["extends"]
    if wanted == NOTHING:
        return None
    if isinstance(wanted, str) and wanted in shipped_names():
        return shipped_file(wanted)
    if isinstance(wanted, str) and "\0" not in wanted and (file.path.parent / wanted / OF_A_RUN).is_file():
        wanted = os.path.join(wanted, OF_A_RUN)
    problem = _path_problem(file, wanted)
    if problem:
        where = f"{file.label}, line {parsed.lines.get(('extends',), 1)}"
        raise ScenarioError([f"{where}: extends is {as_written(wanted)}, but {problem}"])
    return ScenarioFile(
        file.path.parent / wanted, one_line(os.path.join(os.path.dirname(file.label), wanted), LONGEST_LABEL)
    )


def _path_problem(file: ScenarioFile, wanted: Any) -> str:
    """Why a file must not or cannot extend what it names; empty if it may."""
    if not isinstance(wanted, str):
        return 'must be the name of a shipped scenario, the path of one file in quotation marks, or "none"'
    if not wanted.endswith(".toml"):
        return _name_problem(file, wanted)
    if "\\" in wanted or "\0" in wanted:
        return "a path is written with / between its folders"
    if Path(wanted).is_absolute() or ".." in Path(wanted).parts:
        return "a file may extend only files in its own folder or below it"
    folder = os.path.realpath(file.path.parent)
    path = Path(folder, wanted)
    if not os.path.lexists(path):
        siblings = [sibling.name for sibling in Path(folder).glob("*.toml")]
        return f"there is no such file beside it; {nearest(wanted, siblings)}"
    if not Path(os.path.realpath(path)).is_relative_to(folder):
        return "this leads out of the folder: a file may extend only files in its own folder or below it"
    return ""


def _name_problem(file: ScenarioFile, wanted: str) -> str:
    beside = f"{wanted}.toml"
    if wanted and "\0" not in wanted and os.path.lexists(file.path.parent / beside):
        return f"a file beside this one goes by its file name: {as_written(beside)}"
    return f"there is no such shipped scenario; {nearest(wanted, [*shipped_names(), NOTHING])}"
