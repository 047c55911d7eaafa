"""Writes a scenario as one complete TOML file that extends nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from talentmarket.scenario.places.locating import Field, inside, schema_of
from talentmarket.scenario.schema import Scenario

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_UNSAFE = re.compile(r'["\\\x00-\x1f\x7f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def dumps(scenario: Scenario) -> str:
    """The text of a file from which `load` reads the same scenario, with the unit behind each number."""
    lines = ["# A complete scenario: nothing comes from any other file.", 'extends = "none"', ""]
    return "\n".join([*lines, *_table(scenario.model_dump(), schema_of(Scenario), "")]) + "\n"


def override(path: str, value: Any) -> str:
    """A value by its path, as `--set` takes it; what is no value of a scenario file is written as text."""
    return f"{path}={_value(value)}"


def layer_text(content: dict[str, Any]) -> str:
    """The text of a file that is laid over another: plain values, tables as dicts, lists of tables as tuples of dicts."""
    return "\n".join(_table(content, {}, "")) + "\n"


def _table(content: dict[str, Any], field: Field, path: str) -> Iterator[str]:
    """Plain values first: in TOML everything behind a table's heading belongs to that table."""
    deeper = {key: value for key, value in content.items() if _is_deeper(value)}
    for key, value in content.items():
        if key not in deeper:
            unit = inside(field, key).get("unit")
            yield f"{_key(key)} = {_value(value)}" + (f"  # {unit}" if unit else "")
    for key, value in deeper.items():
        below = f"{path}.{key}" if path else key
        items = value if isinstance(value, tuple) else (value,)
        heading = f"[[{below}]]" if isinstance(value, tuple) else f"[{below}]"
        for item in items:
            yield from ("", heading)
            yield from _table(
                item, inside(inside(field, key), 0) if isinstance(value, tuple) else inside(field, key), below
            )


def _is_deeper(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, tuple) and bool(value) and isinstance(value[0], dict))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if hasattr(value, "tolist"):  # a number or a list of NumPy
        return _value(value.tolist())
    if isinstance(value, tuple | list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_key(str(key))} = {_value(below)}' for key, below in value.items())}}}"
    return repr(value)


def _text(text: str) -> str:
    return f'"{_UNSAFE.sub(_escaped, text)}"'


def _escaped(match: re.Match[str]) -> str:
    return _SHORT.get(match[0], f"\\u{ord(match[0]):04x}")
