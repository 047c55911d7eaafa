"""The facts that a scenario may rest on: those that come with talentmarket, and its own."""

from __future__ import annotations

from collections.abc import Mapping

from talentmarket.errors import InputError
from talentmarket.scenario.evidence.fact import Fact
from talentmarket.scenario.evidence.seeds import facts
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.wording import nearest


def own_facts(scenario: Scenario) -> Mapping[str, Fact]:
    """A scenario's own facts by id, each setting what rests on it."""
    return {
        identifier: Fact(
            id=identifier,
            collection="own",
            relation="between" if isinstance(own.value, tuple) else "about" if own.tolerance else "equal",
            sets=tuple(path for path, fact in scenario.sources.items() if fact == identifier),
            **own.model_dump(exclude={"caveat"}),
            caveat=own.caveat or "none given",
        )
        for identifier, own in scenario.facts.items()
    }


def fact_of(scenario: Scenario, identifier: str) -> Fact:
    """The fact with this id among those that a scenario may rest on; an unknown one raises InputError."""
    known = {**facts(), **own_facts(scenario)}
    if identifier not in known:
        raise InputError(f"there is no fact {identifier!r}; {nearest(identifier, known)}")
    return known[identifier]
