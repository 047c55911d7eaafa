"""What anyone's file may hold and a terminal must not get: escapes, controls of both kinds, marks of direction."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from talentmarket.cli import app
from talentmarket.commands.run import say_if_letters_are_missing
from talentmarket.errors import harmless
from talentmarket.plots import words
from talentmarket.scenario import load

EVIL = "\x1b[31mred\x9b1m \u202eright to left\u2066\x07"
SHOWN = "\\x1b[31mred\\x9b1m \\u202eright to left\\u2066\\x07"
TITLE = "red\x9b1m \u202eright to left\u2066"
SHOWN_TITLE = "red\\x9b1m \\u202eright to left\\u2066"
SMALL = ("--set", "population.scale=0.03", "--set", "run.months=6", "--replicates", "2", "--workers", "1")


def is_harmless(text: str) -> bool:
    return all(sign.isprintable() or sign in "\n\u00a0" for sign in text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (EVIL, SHOWN),
        ("Zürich 日本\u3000語 – 5\u00a0%\n", "Zürich 日本\u3000語 – 5\u00a0%\n"),
        ("a\u061c\u200f\u2067b", "a\\u061c\\u200f\\u2067b"),
        ("half \udcff\r\t", "half \\udcff\\r\\t"),
    ],
)
def test_what_would_steer_a_terminal_is_escaped_and_letters_are_not(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A scenario with a title that steers without C0, which no scenario may hold, in two files."""
    folder = tmp_path_factory.mktemp("evil")
    title = json.dumps(TITLE)
    text = f'extends = "meta_raid"\ntitle = {title}\nquestion = {title}\n'
    for name in ("one", "two"):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder / "one.toml", folder / "two.toml"


def test_run_and_compare_show_titles_escaped_and_json_has_them_exactly(files: tuple[Path, Path]) -> None:
    one, two = map(str, files)
    out = ("--out", str(files[0].parent / "out"), "--no-plots")
    run = CliRunner().invoke(app, ["run", one, *SMALL, *out, "--verbose"], catch_exceptions=False)
    assert SHOWN_TITLE in " ".join(run.output.split("\n"))
    assert is_harmless(run.output)
    again = CliRunner().invoke(app, ["run", one, *SMALL, *out, "--json", "--name", "again"], catch_exceptions=False)
    assert json.loads(again.stdout)["results"][0]["title"].startswith(f"{TITLE}, with run.months 6 ")
    compared = CliRunner().invoke(app, ["compare", one, two, *SMALL, *out], catch_exceptions=False)
    assert is_harmless(compared.output)


def test_check_and_run_tell_what_has_no_effect(tmp_path: Path) -> None:
    late = ["--set", "run.months=2", "--set", "population.scale=0.01"]
    line = "campaigns.Meta on OpenAI has no effect because it starts in month 3, and the run ends with month 2"
    checked = CliRunner().invoke(app, ["check", "meta_raid", *late], catch_exceptions=False)
    assert f"note         {line}" in checked.output
    to = ["--replicates", "1", "--no-plots", "--out", str(tmp_path)]
    ran = CliRunner().invoke(app, ["run", "meta_raid", *late, *to], catch_exceptions=False)
    assert f"meta_raid: {line}" in ran.output
    assert "no effect" not in CliRunner().invoke(app, ["run", "baseline", *late, *to], catch_exceptions=False).output


def test_check_shows_what_a_file_holds_and_what_is_wrong_with_it_escaped(files: tuple[Path, Path]) -> None:
    right = CliRunner().invoke(app, ["check", str(files[0])], catch_exceptions=False)
    assert SHOWN_TITLE in right.output
    assert is_harmless(right.output)
    wrong = files[0].with_name("wrong\x1b[2J.toml")
    wrong.write_text('[choice]\n"no\\u001b[31mse\\u202e" = 1\n', encoding="utf-8")
    found = CliRunner().invoke(app, ["check", str(wrong)], catch_exceptions=False)
    assert found.exit_code == 2
    assert "\\x1b[31mse\\u202e" in found.output
    assert is_harmless(found.output)


def test_letters_that_no_font_has_are_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def said(name: str) -> str:
        scenario = load("baseline", [f"title={name}"])
        console = Console(width=200)
        with console.capture() as capture:
            say_if_letters_are_missing(console, scenario)
        return capture.get()

    monkeypatch.setattr(words, "_other_fonts", tuple)
    assert said("字节 raids Zürich").splitlines() == [
        "Pictures show □ for 字节: no font of this machine has these letters; install one, such as Noto Sans CJK."
    ]
    assert said("Zürich") == said("plain") == ""
