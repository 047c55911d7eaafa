"""Scenario files with one to three mistakes in them, as people and editors make them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

ODD_NUMBERS = (
    "nan",
    "inf",
    "-inf",
    "-1",
    "0",
    "-0.0",
    "1e400",
    "5e-324",
    "1e308",
    "1_000_000_000_000",
    "0.5",
    "1.0",
    "2",
    "7" * 40,
)
ODD_VALUES = (
    '""',
    '"x"',
    "'",
    "[]",
    "[[]]",
    "{}",
    "true",
    "1979-05-27",
    '"\\u0000"',
    "\\",
    "[1, 'a', {}]",
    '"' + "y" * 5000 + '"',
)
ODD_LINES = (
    "[labs]",
    "[[labs]]",
    "[[labs.stock]]",
    "name = 3",
    'extends = "../../secret.toml"',
    'extends = "none"',
    "extends = 1",
    'replace = ["labs", "nothing"]',
    "[defaults.lab]",
    "[defaults]\nlab = 1",
    "a.b.c.d = 1",
    "[" * 400,
    "x = " + "[" * 300,
    "= 1",
    '"" = 1',
    'set = { "labs.OpenAI.mission" = 2 }',
    "\ufeff",
    "# \u202e comment",
    "\x1b[2J",
    "events = []",
    "campaigns = 0",
    "[sources]\nx = 'y'",
)
ODD_CHARACTERS = "\x00\x07\x1b\x7f\x85\u2028\u202e\ufeff\"'=[]{}#.,\\\n\r\t%€-+eE0"

Mutation = Callable[[random.Random, list[str]], None]


def _place(rng: random.Random, lines: list[str]) -> int:
    return rng.randrange(len(lines)) if lines else 0


def drop_line(rng: random.Random, lines: list[str]) -> None:
    if lines:
        del lines[_place(rng, lines)]


def repeat_line(rng: random.Random, lines: list[str]) -> None:
    if lines:
        lines.insert(_place(rng, lines), rng.choice(lines))


def swap_lines(rng: random.Random, lines: list[str]) -> None:
    if lines:
        a, b = _place(rng, lines), _place(rng, lines)
        lines[a], lines[b] = lines[b], lines[a]


def odd_line(rng: random.Random, lines: list[str]) -> None:
    lines.insert(_place(rng, lines), rng.choice(ODD_LINES))


def odd_value(rng: random.Random, lines: list[str]) -> None:
    """Another value behind an equals sign."""
    rows = [row for row, line in enumerate(lines) if "=" in line]
    if rows:
        row = rng.choice(rows)
        key = lines[row].split("=", 1)[0]
        lines[row] = f"{key}= {rng.choice(ODD_NUMBERS + ODD_VALUES)}"


def odd_number(rng: random.Random, lines: list[str]) -> None:
    rows = [row for row, line in enumerate(lines) if re.search(r"=\s*[-\d.]+", line)]
    if rows:
        row = rng.choice(rows)
        lines[row] = re.sub(r"(=\s*)[-\d._e]+", rf"\g<1>{rng.choice(ODD_NUMBERS)}", lines[row], count=1)


def misspelt_key(rng: random.Random, lines: list[str]) -> None:
    rows = [row for row, line in enumerate(lines) if re.match(r"\s*\w+\s*=", line)]
    if rows:
        row = rng.choice(rows)
        key, rest = lines[row].split("=", 1)
        at = rng.randrange(len(key)) if key else 0
        lines[row] = f"{key[:at]}{rng.choice('abcxyz_')}{key[at + 1 :]}={rest}"


def odd_character(rng: random.Random, lines: list[str]) -> None:
    if lines:
        row = _place(rng, lines)
        at = rng.randrange(len(lines[row]) + 1)
        lines[row] = lines[row][:at] + rng.choice(ODD_CHARACTERS) + lines[row][at:]


def cut_off(rng: random.Random, lines: list[str]) -> None:
    """The file ends in the middle of a line."""
    if lines:
        row = _place(rng, lines)
        lines[row:] = [lines[row][: rng.randrange(len(lines[row]) + 1)]]


MUTATIONS: tuple[Mutation, ...] = (
    drop_line,
    repeat_line,
    swap_lines,
    odd_line,
    odd_value,
    odd_value,
    odd_number,
    odd_number,
    misspelt_key,
    odd_character,
    cut_off,
)


def mutated(text: str, rng: random.Random) -> bytes:
    """The text with one to three mutations; now and then in another encoding."""
    lines = text.split("\n")
    for _ in range(rng.randint(1, 3)):
        rng.choice(MUTATIONS)(rng, lines)
    encoding = rng.choices(("utf-8", "utf-16", "latin-1"), (60, 1, 1))[0]
    return "\n".join(lines).encode(encoding, errors="replace")
