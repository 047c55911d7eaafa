"""TOML that cannot be read: the message must name the line and say what would be right."""

from __future__ import annotations

from contextlib import suppress

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.scenario.text.syntax import parse


def complaint(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        parse(text, "my.toml")
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title = Meta raids", 1, "text needs quotation marks"),
        ("\n[run]\nmonths = 4 years", 3, "write the number alone"),
        ("noise = 0,5", 1, "a decimal point is needed"),
        ("seed = 1,000,000", 1, "without commas"),
        ("title: x", 1, "= instead of :"),
        ("title = “x”", 1, "straight quotation marks"),
        ("share = 50%", 1, "0.5 for 50 %"),
        ("refill = True", 1, "true or false, in small letters"),
        ('title = "a\nx = 1', 1, "on one line"),
        ("[run\nmonths = 3", 1, "in brackets"),
        ("Meta on OpenAI = 3", 1, "a name with spaces needs quotation marks"),
        ("noise = .5", 1, "digits on both sides"),
        ("noise = 5.", 1, "digits on both sides"),
        ("noise = 007", 1, "needless 0"),
        ("noise =\nx = 1", 1, "a value is missing"),
        ("total = $300", 1, "write the number alone"),
        ("a = 1 b = 2", 1, "only one"),
        ('x = 1\n\ry = "z"', 2, "line ends"),
        ("a = ['b'\n[run]\n", 2, "never ended"),
    ],
)
def test_a_mistake_is_shown_with_its_line_and_what_would_be_right(text: str, line: int, words: str) -> None:
    message = complaint(text)
    assert message.startswith(f"my.toml, line {line}, column ")
    assert words in message


def test_a_key_that_stands_twice_is_told_with_both_lines() -> None:
    assert complaint("[a]\nb = 1\nc = 2\nb = 3\n") == "my.toml, line 4: a.b stands here again, first in line 2"
    assert complaint("[a]\n[b]\n[a]\n") == "my.toml, line 3: a stands here again, first in line 1"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('a = 1\nb = """x\ny = 2\n', 2, "a text is begun and never ended"),
        ("a = '''\n\n", 1, "a text is begun and never ended"),
        ('a = 1\nb = "x', 2, "a text is begun and never ended"),
        ('a = [1,\n2,\n["""x\n', 3, "a text is begun and never ended"),
        ("a = 1\nb = [1,\n2\n\n", 2, "a list is begun with [ and never ended"),
        ("a = [\n[1, 2],\n[3,\n4],\n", 1, "a list is begun with [ and never ended"),
        ("a = [\n[1, 2],\n[3,\n", 3, "a list is begun with [ and never ended"),
        ("a = {b = 1,", 1, "a table begun with { is not ended"),
    ],
)
def test_what_never_ends_is_told_with_the_line_where_it_begins(text: str, line: int, words: str) -> None:
    assert complaint(text).startswith(f"my.toml, line {line}: {words}")


def test_numbers_too_long_for_python_and_things_too_deep_are_told_with_their_line() -> None:
    assert complaint("a = 1\nb = " + "9" * 5000) == "my.toml, line 2: a number has thousands of digits"
    assert complaint("a = 1\nb = " + "[" * 5000).startswith("my.toml, line 2: nests deeper than")


def test_what_is_shown_of_a_line_is_short_and_cannot_steer_the_terminal() -> None:
    message = complaint("a = \x1b[31m" + "x" * 5000)
    assert "\x1b" not in message
    assert len(message) < 250


@pytest.mark.parametrize(
    "text",
    [
        'a = """' + '"" ' * 300_000,
        "a = '''" + "'' " * 300_000,
        'a = "' + "\\" * 900_000,
        "a = " + "1_" * 400_000,
        "#\n" * 400_000,
    ],
    ids=["quotes", "apostrophes", "backslashes", "underscores", "comments"],
)
def test_a_megabyte_of_anything_is_read_or_refused(text: str) -> None:
    with suppress(ScenarioError):
        parse(text, "my.toml")
