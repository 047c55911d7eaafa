"""What a study says of one parameter: a range, a list, factors, a distribution, or the word "plausible"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from talentmarket.errors import InputError
from talentmarket.scenario.evidence.seeds import parameters as evidence
from talentmarket.scenario.text.paths import path_text, pattern_fits, split_path
from talentmarket.scenario.text.tree import Node, plain
from talentmarket.scenario.text.wording import as_written, nearest, one_line
from talentmarket.studies.reading.fields import Fields, Problems, is_finite
from talentmarket.studies.reading.parameter import COMMAND_LINE, DISTRIBUTIONS, GRID_STEPS, Parameter

KEYS = ("low", "high", "log", "whole", "values", "factors", "distribution", "steps", "on")
PLAUSIBLE = "plausible"
FORMS = '{ low = 1, high = 2 }, { values = [1, 2] }, { factors = [0.5, 2] }, { distribution = … } or "plausible"'
MOST_STEPS = 1000
_RANGE = re.compile(r"(?P<low>[^:]+?)\.\.(?P<high>[^:]+?)(?::(?P<steps>\d+))?(?P<log>:log)?")
ON = ("run", "both")  # which sides a parameter varies on
_SIDE = re.compile(
    r"""([^:.="']+):(?=[^:])(.*)""", re.DOTALL
)  # a path with a colon in it has a dot or a quote before that
_VARY = re.compile(r"""((?:[^="']|"[^"]*"|'[^']*')*)=(.+)""", re.DOTALL)


def parameters_of(fields: Fields) -> Iterator[Parameter]:
    """The parameters of a table; what is wrong with any is noted, and it is left out."""
    for node, path in _entries(fields.node, ""):
        found = _parameter(node, path, fields.problems)
        if found is not None:
            yield found


def _entries(table: Node, before: str) -> Iterator[tuple[Node, str]]:
    """Each parameter with its path, whether that is written as one key in quotes or as tables."""
    for key, node in table.table.items():
        whole = key if "." in key or "*" in key else path_text((key,))
        path = f"{before}.{whole}" if before else whole
        if node.table and not any(get_close_matches(word, KEYS) for word in node.table):
            yield from _entries(node, path)
        else:
            yield node, path


def _parameter(node: Node, path: str, problems: Problems) -> Parameter | None:
    try:
        split_path(path)
        if node.value == PLAUSIBLE:
            return plausible(path, node)
    except InputError as error:
        problems.note(node.place, str(error))
        return None
    if isinstance(node.value, list):
        return _listed(Parameter(path, values=tuple(plain(node)), place=node.place), problems)
    if not isinstance(node.value, dict):
        problems.note(node.place, f"{path} is {as_written(node.value)}, but must be {FORMS}")
        return None
    before = len(problems.found)
    found = _of_table(Fields(node, problems), path)
    return found if len(problems.found) == before else None


def _of_table(fields: Fields, path: str) -> Parameter:
    fields.known(KEYS)
    forms = [key for key in ("values", "factors", "distribution", "low") if fields.has(key)]
    if len(forms) != 1 or (fields.has("high") != (forms == ["low"])):
        fields.problems.note(fields.node.place, f"{path} must be one of {FORMS}")
        return Parameter(path)
    found = _of_form(fields, path, forms[0])
    on = fields.choice("on", ON, "both")
    return replace(found, run_only=on == "run", both=on == "both" and fields.has("on"))


def _of_form(fields: Fields, path: str, form: str) -> Parameter:
    """A parameter by the key that says of which form it is."""
    place = fields.node.place
    steps = fields.whole("steps", GRID_STEPS, 2, MOST_STEPS)
    if form in ("values", "factors"):
        given = plain(fields.node.table[form])
        if not isinstance(given, list):
            fields.wrong(form, "a list")
            given = []
        listed = Parameter(path, values=tuple(given), factor=form == "factors", place=place)
        return _listed(listed, fields.problems) or listed
    if form == "distribution":
        distribution = _distribution(fields.table("distribution"), path)
        return Parameter(path, distribution=distribution, steps=steps, place=place)
    low, high = fields.number("low"), fields.number("high")
    parameter = Parameter(path, low, high, fields.truth("log"), fields.truth("whole"), steps=steps, place=place)
    return _ranged(parameter, fields.problems)


def _listed(parameter: Parameter, problems: Problems) -> Parameter | None:
    """A list, unless it has fewer than one value, one twice, a number that is not finite, or factors that are no numbers."""
    values = [repr(value) for value in parameter.values]
    if not values:
        problems.note(parameter.place, f"{parameter.path} has no values; list at least one")
    elif len(set(values)) < len(values):
        problems.note(parameter.place, f"{parameter.path} has a value twice")
    elif not _is_finite(list(parameter.values)):
        problems.note(parameter.place, f"{parameter.path} has a value that is no finite number")
    elif parameter.factor and not parameter.is_number:
        problems.note(parameter.place, f"{parameter.path} has factors that are no numbers")
    else:
        return parameter
    return None


def _is_finite(value: Any) -> bool:
    """Whether all numbers in a value are finite."""
    if isinstance(value, list):
        return all(_is_finite(each) for each in value)
    return isinstance(value, bool) or not isinstance(value, int | float) or is_finite(value)


def _ranged(parameter: Parameter, problems: Problems) -> Parameter:
    low, high = parameter.low, parameter.high
    if not (math.isfinite(low) and math.isfinite(high)):
        return parameter  # told already
    if not low < high:
        problems.note(parameter.place, f"{parameter.path} has an empty range: low is {low:g} and high is {high:g}")
    elif parameter.log and not low > 0.0:
        problems.note(parameter.place, f"{parameter.path} cannot go from {low:g} in ratios (log): low must be above 0")
    return parameter


def _distribution(fields: Fields, path: str) -> tuple[str, tuple[float, ...]] | None:
    fields.known(DISTRIBUTIONS)
    names = [name for name in fields.node.table if name in DISTRIBUTIONS]
    if len(names) != 1:
        if fields.node.table.keys() <= DISTRIBUTIONS.keys():
            known = ", ".join(f"{name} = [{', '.join(numbers)}]" for name, numbers in DISTRIBUTIONS.items())
            fields.problems.note(fields.node.place, f"the distribution of {path} must be one of {known}")
        return None
    name, given = names[0], plain(fields.node.table[names[0]])
    wanted = DISTRIBUTIONS[name]
    numbers = isinstance(given, list) and all(is_finite(each) for each in given)
    if not numbers or len(given) != len(wanted) or not _possible(name, given):
        fields.wrong(name, f"[{', '.join(wanted)}] as finite numbers, with a spread above 0 and in rising order")
        return None
    return name, tuple(float(each) for each in given)


def _possible(name: str, numbers: list[float]) -> bool:
    if name == "triangular":
        return numbers[0] <= numbers[1] <= numbers[2] and numbers[0] < numbers[2]
    if name == "normal":
        return numbers[1] > 0.0
    return min(numbers) > 0.0


def plausible(path: str, node: Node | None = None) -> Parameter:
    """The plausible range of a parameter, from `seeds/parameters.toml`.

    Raises
    ------
    InputError
        If nothing is known of the parameter, or it is no claim about the world.
    """
    entry = next((each for pattern, each in evidence().items() if _is_kind(pattern, path)), None)
    if entry is None:
        raise InputError(f"nothing is known of a parameter {path}; {nearest(path, evidence())}")
    if entry.plausible is None:
        raise InputError(f"{path} has no plausible range in seeds/parameters.toml; give it low and high")
    given = entry.plausible
    place = COMMAND_LINE if node is None else node.place
    return Parameter(path, given.low, given.high, given.log, factor=given.factor, place=place)


def _is_kind(pattern: str, path: str) -> bool:
    """Whether an entry speaks of a path; what stands in defaults is as an item of its list."""
    parts = split_path(path)
    if parts[0] == "defaults" and len(parts) > 2:
        lists = {"lab": ("labs", "*"), "campaign": ("campaigns", "*"), "tier": ("campaigns", "*", "tiers", "*")}
        parts = (*lists.get(parts[1], (parts[1], "*")), *parts[2:])
    return pattern_fits(pattern, path_text(parts))


def side_in(text: str) -> tuple[str, str]:
    """What stands before the colon of `SIDE:PATH=VALUES`, and the rest; no side if there is none."""
    found = _SIDE.fullmatch(text.strip())
    return (found[1].strip(), found[2]) if found else ("", text)


def vary(text: str) -> Parameter:
    """A parameter from the command line: PATH=LOW..HIGH[:STEPS][:log], PATH=A,B,C, PATH=x0.5,x2 or PATH=plausible.

    With `run:` before it the base keeps its own value; `both:` says that it is meant to vary on both sides.

    Raises
    ------
    InputError
        If it is none of these.
    """
    side, plain_text = side_in(text)
    if side and side not in ON:
        raise InputError(
            f"--vary {text}: before the colon stands which sides it varies on: run:{plain_text} is for the scenario that is"
            f" studied alone, {plain_text} for its base too; {nearest(side, ON)}"
        )
    return replace(_varied(plain_text), run_only=side == "run", both=side == "both")


def _varied(text: str) -> Parameter:
    split = _VARY.fullmatch(text.strip())
    if split is None:
        raise InputError(
            f"--vary {text}: expected PATH=LOW..HIGH, PATH=LOW..HIGH:STEPS:log, PATH=A,B,C or PATH=x0.5,x2"
        )
    path, given = split[1].strip(), split[2].strip()
    split_path(path)
    problems = Problems()
    if given == PLAUSIBLE:
        return plausible(path)
    span = _RANGE.fullmatch(given)
    parameter: Parameter | None
    if span is not None:
        steps = int(span["steps"] or GRID_STEPS)
        if not 2 <= steps <= MOST_STEPS:
            raise InputError(f"--vary {text}: a range has from 2 to {MOST_STEPS:,} steps")
        low, high = _number(span["low"], text), _number(span["high"], text)
        parameter = _ranged(Parameter(path, low, high, span["log"] is not None, steps=steps), problems)
    else:
        words = [word.strip() for word in given.split(",")]
        factor = all(re.fullmatch(r"x[\d.]+", word) for word in words)
        values = tuple(_number(word[1:], text) if factor else _scalar(word) for word in words)
        parameter = _listed(Parameter(path, values=values, factor=factor), problems)
    if problems.found or parameter is None:
        raise InputError(f"--vary {text}: {problems.found[0].text}")
    return parameter


def _number(word: str, text: str) -> float:
    value = _scalar(word.strip())
    if not is_finite(value):
        raise InputError(f"--vary {text}: {one_line(word)!r} is no number")
    return value


def _scalar(word: str) -> float | int | str | bool:
    if word in ("true", "false"):
        return word == "true"
    for kind in (int, float):
        try:
            value = kind(word)
        except ValueError:
            continue
        return value if is_finite(value) else word
    return word.strip("\"'")
