"""What an answer hangs on: the parameters that decide it, and what each of them rests on, as `seeds/` has it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any

from talentmarket.scenario.evidence.seeds import fact, parameters
from talentmarket.scenario.inactive.notes import always_inactive
from talentmarket.scenario.places.differences import changes
from talentmarket.scenario.places.locating import fields_of, members
from talentmarket.scenario.reading.chain import BASELINE
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.schema.scenario import TEXTS
from talentmarket.scenario.text.paths import Path, path_text, pattern_fits, split_path
from talentmarket.scenario.text.wording import as_written
from talentmarket.scenario.writing.dumping import dumps
from talentmarket.scenario.writing.in_words import basis_in_brief, parameter_in_words
from talentmarket.scenario.writing.reference import default_of

CHOSEN = ("fitted", "assumed")  # nobody has measured these
TABLES_OF_CHOICES = ("run", "campaigns", "transfer", "events")  # what people do, not how the world is
RESPONSES = ("response", "ordinary_response")
MOST = 7

RAID = ("campaigns.*.engage", "campaigns.*.engage_response", "campaigns.*.offer")
CHOICE = ("choice.switching_cost", "choice.mission_scale", "choice.money_weight")
EXITS = ("choice.exit_response", "labs.*.separation")
# What decides the effect of a change, the most important first: for each part of a scenario, the first row that fits.
DECIDED_BY: dict[str, tuple[str, ...]] = {
    "campaigns.*.tiers": ("campaigns.*.engage_response", "campaigns.*.engage", *CHOICE),
    "campaigns.*.scouting_error": ("population.talent_sigma", *RAID),
    "campaigns": (*RAID, *CHOICE),
    "labs.*.response.fair": (*EXITS, "labs.*.premium_mean"),
    "labs.*.response.raise": ("choice.envy", "choice.merit_visibility"),
    "labs.*.response": ("labs.*.response.detection", *CHOICE),
    "labs.*.ordinary_response": ("labs.*.ordinary_response.detection", *CHOICE),
    "labs.*.equity": ("choice.exit_response", "risk.risk_aversion", "risk.stock_share", "labs.*.stock.drift"),
    "labs.*.stock": ("risk.risk_aversion", "risk.stock_share", "choice.exit_response"),
    "labs.*.compute": ("choice.compute_value", "output.compute_elasticity"),
    "labs.*.growth": ("culture.growth_norm", "labs.*.contact", *CHOICE),
    "labs": ("choice.mission_scale", "choice.money_weight", *EXITS),
    "risk": ("choice.exit_response", "labs.*.stock.drift"),
    "culture": ("culture.recovery", "choice.mission_scale", *EXITS),
    "events": ("events.*.hazard", "choice.exit_response"),
    "transfer": ("labs.*.contact", "labs.*.premium_mean", *CHOICE),
    "output": ("output.talent_elasticity", "output.compute_elasticity"),
    "choice.contagion": ("population.ties_mean", "choice.tie_value"),
    "": ("labs.*.separation", "labs.*.contact", *CHOICE),
}


@dataclass(frozen=True)
class Resting:
    """A parameter that decides an answer: its path with `*` for list items, its values there, and what they rest on.

    `basis` is in words, such as `fitted to raid_yield, confidence low`; `note` says why, or what another value would do.
    """

    path: str
    values: tuple[str, ...]
    basis: str
    note: str

    @property
    def name(self) -> str:
        """The last part of its path."""
        return split_path(self.path)[-1]


def pattern_of(path: str) -> str:
    """The path of `seeds/parameters.toml` for a path of a scenario; empty if there is none."""
    known = parameters()
    return path if path in known else next((each for each in known if pattern_fits(each, path)), "")


def basis_words(pattern: str) -> str:
    """What the usual value of a parameter rests on: `assumed`, or the fact it is fitted to, with the confidence in that."""
    entry = parameters()[pattern]
    if entry.basis != "fitted":
        return entry.basis
    first = fact(entry.facts[0])
    return f"fitted to {first.id}, confidence {first.confidence}"


def named_with_basis(scenarios: Sequence[Scenario], paths: Iterable[str]) -> str:
    """Those parameters that act in the scenarios, in words, with what each rests on: the cost of moving (assumed)."""
    acting = [_acting(scenario) for scenario in scenarios]
    found = (_resting(acting, path) for path in dict.fromkeys(paths))
    return ", ".join(
        f"{parameter_in_words(each.path)} ({basis_in_brief(each.basis)})" for each in found if each is not None
    )


def rests_on(scenario: Scenario, path: str) -> str:
    """What the value of a parameter rests on in a scenario: its fact there, or what the usual value rests on if it has that."""
    if path in scenario.sources:
        return scenario.sources[path]
    pattern = pattern_of(path)
    basis = basis_words(pattern) if pattern else "design"
    if basis == "design":
        return "a choice of the scenario"
    return basis if basis == "assumed" or _is_usual(scenario, pattern, path) else "set here, without a source"


def _is_usual(scenario: Scenario, pattern: str, path: str) -> bool:
    """Whether a parameter has the value of the baseline, or of `[defaults]` there."""
    own = _leaves(scenario).get(path)
    return own == _usual().get(path, default_of(pattern))


@cache
def _usual() -> dict[str, Any]:
    return _leaves(load(BASELINE))


def _leaves(scenario: Scenario) -> dict[str, Any]:
    """Every plain value of a scenario by its path."""
    return {path_text(path): value for path, value in _values((), tomllib.loads(dumps(scenario)))}


def _values(path: Path, content: Any) -> Iterator[tuple[Path, Any]]:
    if named := members(content):
        for name, below in named.items():
            yield from _values((*path, name), below)
    else:
        yield path, content


def differing_paths(base: Scenario, others: Sequence[Scenario]) -> list[str]:
    """The paths in which a market of other scenarios differs from the base, each once."""
    before = tomllib.loads(dumps(base))
    found = (change for other in others for change in changes(before, tomllib.loads(dumps(other))))
    paths = dict.fromkeys(change.path for change in found)
    return [path for path in paths if split_path(path)[0] not in (*TEXTS, "run", "defaults", "extends", "tour")]


def deciding_paths(paths: Iterable[str]) -> list[str]:
    """The parameters that decide what a change of some paths does, with `*` for list items.

    What is itself changed and is nobody's choice, such as the strain of a culture, comes first.
    """
    paths = list(paths)
    own = [pattern for path in paths if (pattern := pattern_of(path)) and _is_claim(path, pattern)]
    decided = [each for path in paths for each in _decided_by(path)]
    return list(dict.fromkeys([*own, *(decided or DECIDED_BY[""])]))


def deciding_between(base: Scenario, others: Sequence[Scenario]) -> list[str]:
    """What decides what the differences of other scenarios from the base do: the most important of each, then the next ones."""
    of_each = [deciding_paths(paths) for other in others if (paths := differing_paths(base, [other]))]
    return in_turn(of_each)


def in_turn(of_each: Iterable[Sequence[str]]) -> list[str]:
    """The first of each list, then the second ones, and so on, each once."""
    ranked = (path for rank in zip_longest(*of_each) for path in rank if path is not None)
    return list(dict.fromkeys(ranked))


def _is_claim(path: str, pattern: str) -> bool:
    """Whether a parameter says how the world is, and rests on nothing measured."""
    table, *rest = split_path(path)
    return parameters()[pattern].basis in CHOSEN and table not in TABLES_OF_CHOICES and not {*rest} & {*RESPONSES}


def _decided_by(path: str) -> tuple[str, ...]:
    parts = split_path(path)
    pattern = ".".join("*" if place in _places_of_names(parts) else part for place, part in enumerate(parts))
    return next(found for start, found in DECIDED_BY.items() if pattern.startswith(start))


def _places_of_names(parts: Path) -> set[int]:
    """Where the names of list items stand in a path."""
    return {place + 1 for place, part in enumerate(parts) if part in ("labs", "campaigns", "tiers", "events")}


def hangs_on(scenarios: Sequence[Scenario], patterns: Iterable[str]) -> list[Resting]:
    """Parameters with their values in these scenarios and what those rest on, at most `MOST`.

    Parameters
    ----------
    scenarios
        Those that were run; what acts in none of them is left out.
    patterns
        Their paths with `*` for list items, as `deciding_paths` gives them.
    """
    acting = [_acting(scenario) for scenario in scenarios]
    found = (_resting(acting, path) for path in patterns)
    return [each for each in found if each is not None][:MOST]


Acting = tuple[Scenario, Mapping[str, Any]]  # a scenario, and the value of each path in it that acts


def _acting(scenario: Scenario) -> Acting:
    dead = always_inactive(scenario)
    return scenario, {path: value for path, value in _leaves(scenario).items() if path not in dead}


def _resting(acting: Sequence[Acting], pattern: str) -> Resting | None:
    """What a parameter rests on in some scenarios; None if it acts in none of them."""
    off = fields_of(Scenario)[pattern].get("off")
    found = [
        (as_written(value), rests_on(scenario, path))
        for scenario, values in acting
        for path, value in values.items()
        if value != off and pattern_fits(pattern, path)
    ]
    if not found:
        return None
    values, bases = (tuple(dict.fromkeys(column)) for column in zip(*found, strict=True))
    return Resting(pattern, values, "; ".join(bases), parameters()[pattern].note)
