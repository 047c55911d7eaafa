"""Finds the line of every key and list item of a TOML text, which `tomllib` does not tell.

The scanner understands more than TOML allows, stops at the first thing that makes no sense to it, and leaves judging to
`tomllib`. It is linear in the length of the text and bounds how deep things nest, so it can go before `tomllib`,
which is neither.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field

DEEPEST = 32

Steps = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*+")
_SPACE = re.compile(r"[ \t]*+")
_STRING = re.compile(
    r'"""[^"\\]*+(?:(?:\\.|"{1,2}(?!"))[^"\\]*+)*+"{3,5}'
    r"|'''[^']*+(?:'{1,2}(?!')[^']*+)*+'{3,5}"
    r'|"(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
    r"|'(?!'')[^'\n]*+'",
    re.DOTALL,
)
_BARE_KEY = re.compile(r"""[^\s"'.=\[\]{}#,]++""")
_SCALAR = re.compile(r"[^,\]}#\n]++")


class TooDeepError(ValueError):
    """Tables or lists nest deeper than any scenario does; `line` says where."""

    def __init__(self, line: int) -> None:
        super().__init__(f"nests deeper than {DEEPEST} levels")
        self.line = line


@dataclass(frozen=True)
class Repeated:
    """A key or table that stands twice, as its names from the top, with the line of each."""

    steps: Steps
    first: int
    second: int


@dataclass
class Positions:
    """Where everything stands: lines from 1 by names and, for list items, numbers from 0.

    `unended` is what the end of the text cuts off, in the words of `tomllib`, and the line where it begins.
    """

    lines: dict[Steps, int] = field(default_factory=dict)
    repeated: list[Repeated] = field(default_factory=list)
    unended: tuple[str, int] | None = None


class _BrokenError(Exception):
    """The text is no TOML from here on."""


def scan(text: str) -> Positions:
    """The line of every key, table and list item of a TOML text; of broken text, those before the break.

    Raises
    ------
    TooDeepError
        If something nests deeper than `DEEPEST`.
    """
    scanner = _Scanner(text)
    with suppress(_BrokenError):
        scanner.document()
    return scanner.positions


def _unquoted(token: str) -> str:
    try:
        return str(tomllib.loads(f"key = {token}")["key"])
    except tomllib.TOMLDecodeError:
        raise _BrokenError from None


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.positions = Positions()
        self.last_item: dict[Steps, int] = {}
        self.declared: dict[Steps, int] = {}

    def document(self) -> None:
        table: Steps = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.assignment(table)
            self.skip(_BLANK)

    def header(self) -> Steps:
        is_list = self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        line = self.line
        names = self.key()
        self.expect("]]" if is_list else "]")
        parent = self.into((), names[:-1], line)
        if not is_list:
            return self.declare(self.into(parent, names[-1:], line), line)
        items = (*parent, names[-1])
        self.positions.lines.setdefault(items, line)
        self.last_item[items] = self.last_item.get(items, -1) + 1
        return self.declare((*items, self.last_item[items]), line)

    def assignment(self, table: Steps) -> None:
        line = self.line
        names = self.key()
        self.expect("=")
        steps = (*self.into(table, names[:-1], line), names[-1])
        self.declare(steps, line)
        self.skip(_SPACE)
        self.value(steps)

    def into(self, steps: Steps, names: list[str], line: int) -> Steps:
        """The tables that names lead to; the name of a list leads to its last item."""
        for name in names:
            steps = (*steps, name)
            self.positions.lines.setdefault(steps, line)
            if steps in self.last_item:
                steps = (*steps, self.last_item[steps])
        return steps

    def declare(self, steps: Steps, line: int) -> Steps:
        if steps in self.declared:
            self.positions.repeated.append(Repeated(steps, self.declared[steps], line))
        self.declared.setdefault(steps, line)
        self.positions.lines.setdefault(steps, line)
        return steps

    def key(self) -> list[str]:
        names = [self.name()]
        while self.sees(".", _SPACE):
            self.at += 1
            names.append(self.name())
            if len(names) > DEEPEST:
                raise TooDeepError(self.line)
        return names

    def name(self) -> str:
        self.skip(_SPACE)
        quoted = _STRING.match(self.text, self.at)
        if quoted is None:
            return self.take(_BARE_KEY)
        return _unquoted(self.take(_STRING))

    def value(self, steps: Steps) -> None:
        if len(steps) > DEEPEST:
            raise TooDeepError(self.line)
        if self.text.startswith("[", self.at):
            self.items(steps)
        elif self.text.startswith("{", self.at):
            self.inline_table(steps)
        elif self.text.startswith(('"', "'"), self.at):
            if _STRING.match(self.text, self.at) is None:
                self.positions.unended = "Unterminated string", self.line
            self.take(_STRING)
        else:
            self.take(_SCALAR)

    def items(self, steps: Steps) -> None:
        begun = self.line
        self.at += 1
        number = 0
        while not self.ends("]", "Unclosed array", begun):
            self.positions.lines[*steps, number] = self.line
            self.value((*steps, number))
            number += 1
            self.comma_or("]")
        self.expect("]")

    def inline_table(self, steps: Steps) -> None:
        begun = self.line
        self.at += 1
        while not self.ends("}", "Unclosed inline table", begun):
            self.assignment(steps)
            self.comma_or("}")
        self.expect("}")

    def ends(self, closing: str, complaint: str, begun: int) -> bool:
        """Whether what was begun on a line ends here; notes if the text ends first."""
        ended = self.sees(closing, _BLANK)
        if self.at == len(self.text):
            self.positions.unended = complaint, begun
            raise _BrokenError
        return ended

    def comma_or(self, closing: str) -> None:
        if not self.sees(closing, _BLANK) and self.at < len(self.text):
            self.expect(",")

    def expect(self, mark: str) -> None:
        if not self.sees(mark, _SPACE):
            raise _BrokenError
        self.at += len(mark)

    def sees(self, mark: str, after: re.Pattern[str]) -> bool:
        self.skip(after)
        return self.text.startswith(mark, self.at)

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise _BrokenError
        self.at = match.end()
        self.line += match.group().count("\n")
        return match.group()

    def skip(self, pattern: re.Pattern[str]) -> None:
        self.take(pattern)
