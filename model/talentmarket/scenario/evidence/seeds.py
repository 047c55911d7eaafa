"""Reads `seeds/`: what the numbers of a scenario rest on, checked as strictly as a scenario."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError

from talentmarket.errors import InputError
from talentmarket.scenario import shipped
from talentmarket.scenario.evidence.fact import Fact, Parameter
from talentmarket.scenario.schema.quantity import Section
from talentmarket.scenario.text.wording import nearest

COLLECTIONS = ("article", "published")

Entry = TypeVar("Entry", bound=Section)


def read_facts(folder: Path) -> Mapping[str, Fact]:
    """The facts in the files of a folder, by id.

    Raises
    ------
    InputError
        For everything wrong in a file, and for an id that stands in more than one.
    """
    facts: dict[str, Fact] = {}
    for collection in COLLECTIONS:
        entries = _entries(folder / f"{collection}.toml", "facts", Fact, {"collection": collection})
        for identifier in entries.keys() & facts.keys():
            raise InputError(
                f"seeds: the fact {identifier!r} stands in {facts[identifier].collection}.toml"
                f" and again in {collection}.toml"
            )
        facts |= entries
    return MappingProxyType(facts)


def read_parameters(folder: Path, known_facts: Iterable[str]) -> Mapping[str, Parameter]:
    """The entries of parameters.toml in a folder, by path.

    Raises
    ------
    InputError
        For everything wrong in the file, and for a fact that is not known.
    """
    known = list(known_facts)
    parameters = _entries(folder / "parameters.toml", "parameters", Parameter, {})
    problems = [
        f"parameters.toml: {path} rests on an unknown fact {fact!r}; {nearest(fact, known)}"
        for path, parameter in parameters.items()
        for fact in parameter.facts
        if fact not in known
    ]
    if problems:
        raise InputError("\n".join(problems))
    return MappingProxyType(parameters)


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact that comes with talentmarket, by id, in the order of the files."""
    return read_facts(shipped.folder("seeds"))


def fact(identifier: str) -> Fact:
    """The fact with this id; an unknown one raises InputError with the nearest known id."""
    if identifier not in facts():
        raise InputError(f"there is no fact {identifier!r}; {nearest(identifier, facts())}")
    return facts()[identifier]


@cache
def parameters() -> Mapping[str, Parameter]:
    """What each parameter of the scenario files rests on, by path with `*` for the items of lists."""
    return read_parameters(shipped.folder("seeds"), facts())


def _entries(file: Path, table: str, model: type[Entry], more: dict[str, str]) -> dict[str, Entry]:
    """The entries of a file under one table; each learns its own key under the name of the model's first field."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{file.name}: {error}") from error
    entries = content.get(table)
    if list(content) != [table] or not isinstance(entries, dict):
        raise InputError(
            f"{file.name}: expected tables [{table}.NAME] and nothing else, found {', '.join(content) or 'none'}"
        )
    own_key = next(iter(model.model_fields))
    checked: dict[str, Entry] = {}
    problems: list[str] = []
    for key, entry in entries.items():
        try:
            checked[key] = model.model_validate(_with_key(entry, {own_key: key, **more}))
        except ValidationError as error:
            problems += [f"{file.name}: {table}.{key}{_place(problem)}" for problem in error.errors()]
    if problems:
        raise InputError("\n".join(problems))
    return checked


def _with_key(entry: Any, more: dict[str, str]) -> Any:
    return {**entry, **more} if isinstance(entry, dict) else entry


def _place(problem: Any) -> str:
    where = "".join(f".{part}" for part in problem["loc"])
    return f"{where}: {problem['msg']}"
