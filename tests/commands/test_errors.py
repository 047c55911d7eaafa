"""Every error ends in one place: the command, the file, an exit code, and a traceback only for those who ask."""

from __future__ import annotations

import sys

import pytest

from talentmarket import cli
from talentmarket.errors import InputError, ReplicateError


def ended(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[object, str]:
    """Exit code and standard error of a command whose work raises."""

    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("talentmarket.scenario.catalogue.shipped_scenarios", broken)
    monkeypatch.setattr(sys, "argv", ["talentmarket", *words, "scenarios"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code, capsys.readouterr().err


def test_a_name_that_is_not_utf_8_is_refused_before_anything_runs(tmp_path, monkeypatch, capsys) -> None:
    place = str(tmp_path / "n\udcff")
    monkeypatch.setattr(sys, "argv", ["talentmarket", "run", "classroom", "--out", place])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert (end.value.code, list(tmp_path.iterdir())) == (2, [])
    assert (
        capsys.readouterr().err == f"Error: {tmp_path}/n\\udcff: is not UTF-8; give files and folders names that are\n"
    )


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError("my.toml, line 3: \x1b[31mwrong"), 2, "Error: my.toml, line 3: \\x1b[31mwrong\n"),
        (ReplicateError("all failed"), 1, "Error: all failed\n"),
        (
            PermissionError(13, "Permission denied", "/a/\x1b"),
            1,
            "Error: talentmarket scenarios: /a/\\x1b: Permission denied\n",
        ),
        (OSError("odd"), 1, "Error: talentmarket scenarios: odd\n"),
        (OSError(), 1, "Error: talentmarket scenarios: OSError\n"),
        (
            MemoryError(),
            1,
            "Error: talentmarket scenarios: not enough memory; fewer --workers or a smaller population.scale need less\n",
        ),
        (
            ZeroDivisionError("by zero"),
            1,
            "Error: talentmarket scenarios: ZeroDivisionError: by zero\n"
            "This is a fault of talentmarket; `talentmarket --debug scenarios ...` shows where.\n",
        ),
    ],
)
def test_what_is_said_of_an_error(
    error: Exception, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(error, monkeypatch, capsys) == (code, said)


def test_debug_shows_the_traceback_and_ends_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = ended(InputError("wrong"), monkeypatch, capsys, "--debug")
    assert code == 2
    assert said.startswith("Traceback (most recent call last)")
    assert "in broken" in said
    assert said.endswith("Error: wrong\n")


def test_wrong_usage_is_told_without_what_would_steer_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["talentmarket", "scenarios", "--\x1b[31mred"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    said = capsys.readouterr().err
    assert end.value.code == 2
    assert "Usage: talentmarket scenarios" in said
    assert "No such option: --\\x1b[31mred" in said
