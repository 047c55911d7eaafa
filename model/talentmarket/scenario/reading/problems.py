"""What is wrong with a scenario, in sentences that say where, what was found, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from talentmarket.errors import ScenarioError
from talentmarket.scenario.places.locating import Field, field_at, follow, is_list_of_tables, names_in
from talentmarket.scenario.reading.fields import allowed, homes_of
from talentmarket.scenario.schema.agreement import Misfit, MisfitsError
from talentmarket.scenario.text.paths import path_text
from talentmarket.scenario.text.tree import Node, Place
from talentmarket.scenario.text.wording import as_written, nearest, one_line

MOST = 50

# What somebody may look for and the model does not have: the end of a path, and what there is instead.
NOT_MODELLED: Mapping[Sequence[str], str] = {
    ("stock", "listed"): "where stock is traded is not in the model: what has vested is money at once; private stock"
    " differs by stock.volatility and stock.beta",
}


@dataclass(frozen=True)
class Problem:
    """Something wrong, and where."""

    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def as_error(problems: Iterable[Problem]) -> ScenarioError:
    """One error for all problems, each told once: the user's own file first, from top to bottom."""
    different = sorted(
        dict.fromkeys(problems), key=lambda problem: (-problem.place.layer, problem.place.file, problem.place.line)
    )
    lines = [str(problem) for problem in different[:MOST]]
    return ScenarioError([*lines, f"… and {len(different) - MOST} more"] if len(different) > MOST else lines)


def described(details: Iterable[Mapping[str, Any]], tree: Node, field: Field) -> Iterator[Problem]:
    """Problems from what pydantic found wrong in the values of a tree."""
    for detail in details:
        steps: Sequence[str | int] = detail["loc"]
        if detail["type"] == "missing":
            yield _missing(follow(tree, steps[:-1]), str(steps[-1]), field_at(field, steps))
        elif detail["type"] == "extra_forbidden":
            yield unknown_key(follow(tree, steps), names_in(field_at(field, steps[:-1])))
        elif detail["type"] == "value_error":
            yield from misfit_problems(_misfits(detail["ctx"]["error"], steps), tree)
        elif not _is_hearsay(detail, follow(tree, steps)):
            yield wrong_value(follow(tree, steps), field_at(field, steps))


def _is_hearsay(detail: Mapping[str, Any], node: Node) -> bool:
    """Pydantic calls a list too short if some of its items are wrong; those are told of themselves."""
    return detail["type"] == "too_short" and len(node.items) >= detail["ctx"]["min_length"]


def _misfits(error: Exception, steps: Sequence[str | int]) -> Iterator[Misfit]:
    assert isinstance(error, MisfitsError)
    return (misfit.inside(*steps) for misfit in error.misfits)


def misfit_problems(misfits: Iterable[Misfit], tree: Node) -> Iterator[Problem]:
    """Problems from what does not fit together in a tree."""
    for misfit in misfits:
        node = follow(tree, misfit.steps)
        name = f" is {as_written(misfit.unknown)}, which" if misfit.unknown else ""
        hint = f"; {nearest(misfit.unknown, misfit.known)}" if misfit.unknown else ""
        colon = ":" if isinstance(node.value, list) else ""
        yield Problem(node.place, f"{node.written_path}{colon}{name} {misfit.message}{hint}")


def unknown_key(node: Node, known: Iterable[str]) -> Problem:
    """A key that its table does not have: where it belongs, or what it was meant to be."""
    key, table = node.path[-1], path_text(node.path[:-1])
    if node.path[-2:] in NOT_MODELLED:
        return Problem(node.place, f"{node.written_path}: {NOT_MODELLED[node.path[-2:]]}")
    names = [name for name in known if not (name == "name" and node.path[0] == "defaults")]
    homes = [] if table == "defaults" else [home for home in homes_of(key) if home.strip("[]") != table]
    hint = f"it belongs to {' or '.join(homes)}" if homes else nearest(key, names)
    where = f"in {table}" if table else "at the top of the file"
    return Problem(node.place, f"there is no '{one_line(key)}' {where}; {hint}")


def wrong_value(node: Node, field: Field) -> Problem:
    """A value of the wrong type or outside its range."""
    hint = _hint(node, field)
    text = f"{node.written_path} is {as_written(node.value)}, but must be {allowed(field)}"
    return Problem(node.place, f"{text}; {hint}" if hint else text)


def _missing(table: Node, key: str, field: Field) -> Problem:
    return Problem(table.place, f"{path_text((*table.path, key))} is missing; it must be {allowed(field)}")


def _hint(node: Node, field: Field) -> str:
    """What the user most likely meant to write; empty if that cannot be guessed."""
    value = node.value
    if is_list_of_tables(field):
        return _list_hint(node)
    if "enum" in field:
        return nearest(value, field["enum"]) if isinstance(value, str) else ""
    kind = field.get("type")
    if kind == "object":
        return f"its name has single brackets: [{node.written_path}]" if isinstance(value, list) else ""
    if kind == "array":
        return f"write [{as_written(value)}]" if isinstance(value, str) else ""
    if kind == "string":
        return _text_hint(node)
    if isinstance(value, str):
        return f"write {value.strip()} without quotation marks" if _is_plain(value) else ""
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        fits = field.get("minimum", value) <= value <= field.get("maximum", value)
        return f"write {value:.0f} without a point" if fits and abs(value) < 1e15 else ""
    if field.get("unit") == "share" and type(value) in (int, float) and 10 <= value <= 100:
        return f"{value:g} % is written {value / 100:g}"
    return ""


def _list_hint(node: Node) -> str:
    last = node.path[-1]
    if node.table:
        name = next(iter(node.table))
        return f"write [[{last}]] and on a line of its own name = {as_written(name)}"
    if isinstance(node.value, list):
        return ""
    return f"write [[{last}]] in a file, or {last}.NAME.KEY=VALUE after --set"


def _text_hint(node: Node) -> str:
    if node.path[0] == "sources" and node.table:
        deepest, path = node, list(node.path[1:])
        while deepest.table:
            key, deepest = next(iter(deepest.table.items()))
            path.append(key)
        return f'put the path in quotation marks: "{path_text(path)}" = {as_written(deepest.value)}'
    if node.path[0] == "sources":
        return "`talentmarket facts` lists the facts"
    return f'write "{as_written(node.value)}"' if isinstance(node.value, int | float) else ""


def _is_plain(text: str) -> bool:
    """Whether a text is a number or a yes or no that only has quotation marks too many; TOML's digits are ASCII."""
    if text.strip() in ("true", "false"):
        return True
    if not text.isascii():
        return False
    try:
        float(text)
    except ValueError:
        return False
    return len(text) < 20
