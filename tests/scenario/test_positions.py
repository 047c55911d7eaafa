"""The scanner must find every path that tomllib reads, with its line, and must end on any text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentmarket.scenario.text.positions import DEEPEST, Repeated, Steps, TooDeepError, scan

TRICKY = {
    "dotted keys": "a.b = 1\n\"a\".c = 2\n a . 'd' = 3\n",
    "quoted keys": '"x.y" = 1\n\'z"\' = 2\n"\\u00e4" = 3\n"" = 4\n',
    "tables": "[a.b]\nx = 1\n\n  [ a . c ]  # [no.table]\ny = 2\n[a]\nz = 3\n",
    "arrays of tables": "[[l]]\nn = 1\n[l.s]\nb = 1\n[[l]]\n[[l.t]]\nk = 1\n[[l.t]]\nk.j = 2\n",
    "multi-line strings": 'a = """\n[no]\nb = 1\n\\""" \\\n""""\nc = \'\'\'\nx = """\n\'\'\'\'\nd = 1\n',
    "quotes at the end": 'a = """x"""""\nb = \'\'\'y\'\'\'\'\nc = ""\nd = \'\'\ne = """"""\n',
    "multi-line arrays": 'a = [\n  1, # ]\n  "]", [2,\n 3], # c\n]\nb = 1\n',
    "inline tables": 'a = {b = 1, c.d = "}", e = [{f = 1}, {f = {g = 2}}]}\nh = {}\n',
    "dates and numbers": "a = 1979-05-27 07:32:00\nb = -1e+5 # x\nc = [1979-05-27 07:32:00, 0x_f]\n".replace(
        "0x_f", "0xf"
    ),
    "no line at the end": "[a]\nb = 1",
    "windows lines": 'a = 1\r\n\r\n[b]\r\nc = """\r\n"""\r\nd = 2\r\n',
    "comments": "# a = 1\na = 1 # [b]\n\t# x\n",
    "unicode": "ä = 1\n".replace("ä", '"ä日本"') + 'b = "“”"\n',
}


def paths(value: Any, at: Steps = ()) -> Iterator[Steps]:
    if at:
        yield at
    if isinstance(value, dict):
        for key, child in value.items():
            yield from paths(child, (*at, key))
    if isinstance(value, list):
        for number, child in enumerate(value):
            yield from paths(child, (*at, number))


@pytest.mark.parametrize("text", TRICKY.values(), ids=TRICKY.keys())
def test_every_path_has_a_line(text: str) -> None:
    found = scan(text)
    assert set(found.lines) == set(paths(tomllib.loads(text)))
    assert found.repeated == []


@pytest.mark.parametrize(
    ("text", "steps", "line"),
    [
        (TRICKY["dotted keys"], ("a", "d"), 3),
        (TRICKY["quoted keys"], ("ä",), 3),
        (TRICKY["tables"], ("a", "c"), 4),
        (TRICKY["tables"], ("a", "c", "y"), 5),
        (TRICKY["tables"], ("a", "z"), 7),
        (TRICKY["arrays of tables"], ("l", 0, "s", "b"), 4),
        (TRICKY["arrays of tables"], ("l", 1, "t", 1, "k", "j"), 9),
        (TRICKY["multi-line strings"], ("c",), 6),
        (TRICKY["multi-line strings"], ("d",), 9),
        (TRICKY["multi-line arrays"], ("a", 2, 1), 4),
        (TRICKY["multi-line arrays"], ("b",), 6),
        (TRICKY["inline tables"], ("a", "e", 1, "f", "g"), 1),
        (TRICKY["windows lines"], ("b", "d"), 6),
    ],
)
def test_lines(text: str, steps: Steps, line: int) -> None:
    assert scan(text).lines[steps] == line


def test_repeated_keys_and_tables_are_noted() -> None:
    assert scan("a = 1\n\na = 2\n").repeated == [Repeated(("a",), 1, 3)]
    assert scan("[t]\nx = 1\n[u]\n[t]\n").repeated == [Repeated(("t",), 1, 4)]
    assert scan("[a.b]\n[a]\n[[l]]\n[[l]]\n").repeated == []


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 300_000, "a" + ".a" * 400_000 + " = 1", "a = " + "{a = " * 200_000, "[a" + ".b" * 300_000 + "]"],
    ids=["lists", "dotted key", "inline tables", "table name"],
)
def test_a_bomb_is_refused_at_once(text: str) -> None:
    with pytest.raises(TooDeepError, match=str(DEEPEST)) as caught:
        scan("x = 1\n" + text)
    assert caught.value.line == 2


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(alphabet="ab.=[]{}\",'#\n\\ 1é", max_size=40))
def test_any_text_is_scanned_and_what_tomllib_reads_is_found(text: str) -> None:
    found = scan(text)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(found.lines) == set(paths(content))
