"""Turns the text of a scenario file into tables, and `tomllib`'s complaints into words for people who never saw TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from talentmarket.errors import ScenarioError
from talentmarket.scenario.text.paths import path_text
from talentmarket.scenario.text.positions import Positions, Steps, TooDeepError, scan
from talentmarket.scenario.text.wording import one_line

_WHERE = re.compile(r" \((?:at line (\d+), column (\d+)|at end of document)\)$")

# What a line with a mistake in it looks like, and what would be right; the first that fits goes into the message.
_HINTS = (
    (re.compile(r"\r"), "save the file with the line ends of Unix or Windows"),
    (re.compile(r"[“”„‘’«»]"), 'use straight quotation marks: "…"'),
    (re.compile(r"=\s*[+-]?\d+,\d+\s*(#|$)"), "a decimal point is needed, not a comma: 0.5"),
    (re.compile(r"=\s*[+-]?\d[\d_]*(,\d{3})+"), "write large numbers without commas: 1000000 or 1_000_000"),
    (re.compile(r"=\s*(True|False|TRUE|FALSE|yes|no|Yes|No|on|off)\b"), "write true or false, in small letters"),
    (re.compile(r"=\s*[+-]?\d[\d_.]*\s*%"), "write a share as a number from 0 to 1: 0.5 for 50 %"),
    (re.compile(r"=\s*[$€£]"), "write the number alone; the unit goes into a comment: 300.0  # M$"),
    (re.compile(r"=\s*[+-]?(\.\d|\d[\d_]*\.(\D|$))"), "a number needs digits on both sides of the point: 0.5"),
    (re.compile(r"=\s*[+-]?0\d"), "a number must not begin with a needless 0"),
    (re.compile(r"""^[^"'{#]*=[^"'{#]*="""), "only one `name = value` stands on a line"),
    (re.compile(r"=\s*[+-]?\d[\d_.]*\s*[^\W\d_]"), "write the number alone; the unit goes into a comment: 4  # years"),
    (re.compile(r"^\s*[\w.-]+\s*:"), "write `name = value`, with = instead of :"),
    (re.compile(r"^\s*[\w-]+(\s+[\w-]+)+\s*="), 'a name with spaces needs quotation marks: "Meta on OpenAI"'),
    (re.compile(r"=\s*(#|$)"), "a value is missing after ="),
    (re.compile(r"=\s*[^\W\d_][^\"'\[{]*$"), 'text needs quotation marks: name = "value"'),
    (re.compile(r"^\s*\[[^\]]*$"), "a table begins with its name in brackets: [population]"),
    (
        re.compile(r"""=\s*"[^"]*\\|=\s*"[^"]*$"""),
        'text stands between quotation marks on one line: "…" ; use \\\\ for \\',
    ),
)

_PLAIN = {
    "Expected newline or end of document after a statement": "only one `name = value` stands on a line",
    "Unterminated string": "a text is begun and never ended: a quotation mark is missing",
    "Unclosed array": "a list is begun with [ and never ended: ] or a comma is missing",
    "Unclosed inline table": "a table begun with { is not ended on its line: } or a comma is missing",
    "Invalid value": "a value is missing after =",
    "Invalid statement": "expected `name = value` or a [table]",
    "Expected '=' after a key in a key/value pair": "expected `name = value`",
}


@dataclass(frozen=True)
class Parsed:
    """The content of a TOML text, and the line of everything in it."""

    content: Mapping[str, Any]
    lines: Mapping[Steps, int]


@lru_cache(maxsize=16)  # a command reads the baseline several times; nobody changes what was read
def parse(text: str, file: str) -> Parsed:
    """Read the text of a file; `file` is its name in messages.

    Raises
    ------
    ScenarioError
        If it is no TOML; the message names the line, shows it, and says what would be right if that can be guessed.
    """
    try:
        positions = scan(text)
        return Parsed(tomllib.loads(text), positions.lines)
    except TooDeepError as error:
        raise ScenarioError([f"{file}, line {error.line}: {error}; no scenario does"]) from None
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError([_in_words(error, text, file, positions)]) from None
    except ValueError:
        # Python refuses to read whole numbers of more than 4,300 digits, and does not say where they stand.
        line = _line_of(re.search(r"\d{4000}", text.replace("_", "0")), text)
        raise ScenarioError([f"{file}, line {line}: a number has thousands of digits"]) from None


def _line_of(match: re.Match[str] | None, text: str) -> int:
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _in_words(error: tomllib.TOMLDecodeError, text: str, file: str, positions: Positions) -> str:
    if str(error).startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate")) and positions.repeated:
        return _twice(file, positions)
    where = _WHERE.search(str(error))
    complaint = str(error)[: where.start()] if where else str(error)
    if where is None or where[1] is None:
        complaint, begun = positions.unended or (complaint, 0)
        place = f"line {begun}" if begun else "at the end"
        return f"{file}, {place}: {_PLAIN.get(complaint, complaint)}"
    line, column = int(where[1]), int(where[2])
    shown = text.split("\n")[line - 1]
    hint = next((hint for looks, hint in _HINTS if looks.search(shown)), _PLAIN.get(complaint, complaint))
    return f"{file}, line {line}, column {column}: cannot read `{one_line(shown.strip())}`; {hint}"


def _twice(file: str, positions: Positions) -> str:
    repeated = positions.repeated[0]
    name = path_text([step for step in repeated.steps if isinstance(step, str)])
    return f"{file}, line {repeated.second}: {name} stands here again, first in line {repeated.first}"
