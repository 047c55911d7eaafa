"""The light commands: what they print, where, with which exit code, and how little they import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import talentmarket as tm
from talentmarket.cli import COMMANDS
from talentmarket.scenario import load

COMMAND = (sys.executable, "-m", "talentmarket")
PATIENCE = 900.0  # seconds: the engine may compile, and the fonts be looked through
HEAVY = ("mesa", "pandas", "matplotlib", "numba", "scipy", "pyarrow", "pydantic", "numpy", "solara", "starlette")


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        encoding="utf-8",
        errors="strict",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        timeout=PATIENCE,
        check=False,
    )


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom talentmarket.cli import main\nsys.argv = ['talentmarket', '--help']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], sep=',')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=True)
    *shown, imported = done.stdout.splitlines()
    assert imported == ""
    assert "check" in "\n".join(shown)


NEVER = (
    "scipy.stats",
    "scipy.optimize",
    "scipy.interpolate",
    "mesa",
    "xarray",
    "matplotlib.pyplot",
    "numba.np.arraymath",
)
OF_PICTURES = ("pandas", "matplotlib", "pyarrow.compute")


def imported_by(heavy: tuple[str, ...], *words: str) -> list[str]:
    """What of some heavy modules a command has imported; the last line that it prints."""
    code = (
        f"import sys\nfrom talentmarket.cli import main\nsys.argv = ['talentmarket', *{words!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        f"print(*[name for name in {heavy!r} if name in sys.modules], sep=',')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=True)
    return [name for name in done.stdout.splitlines()[-1].split(",") if name]


def test_a_small_run_and_its_report_import_only_what_they_need(tmp_path: Path) -> None:
    words = ("run", "baseline", "--set", "population.scale=0.05", "--replicates", "1", "--out", str(tmp_path))
    # The first start may compile, and computes what the next ones find.
    imported_by((), *words, "--no-plots")
    assert imported_by((*NEVER, *OF_PICTURES, "scipy.special"), *words, "--no-plots", "--replace") == []
    assert imported_by((*NEVER, "scipy.special"), *words) == []
    assert imported_by(NEVER, "report", str(tmp_path / "baseline")) == []


def test_help_cuts_no_sentence_however_narrow() -> None:
    for width in ("80", "40"):
        shown = run("--help", COLUMNS=width)
        assert "..." not in shown.stdout.partition("Commands:")[2]
        assert "whether every byte of its tables" not in shown.stdout  # the first sentence is enough


@pytest.mark.parametrize("command", [command.__name__ for command in COMMANDS])
def test_every_command_shows_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"Example: talentmarket {command}" in done.stdout


def test_check_says_what_a_right_file_holds() -> None:
    done = run("check", "meta_raid", "--set", "run.months=7")
    assert (done.returncode, done.stderr) == (0, "")
    scenario = load("meta_raid")
    assert done.stdout.startswith("meta_raid: OK\n")
    for part in (scenario.title, "OpenAI, Meta", f"{scenario.researchers:,}", "7, ", "Meta on OpenAI (Meta on OpenAI)"):
        assert part in done.stdout


def test_check_tells_all_problems_of_all_files_and_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text("title = 3\n[choice]\nnose = 1\n")
    (tmp_path / "worse.toml").write_text("title = x\n")
    done = run("check", str(tmp_path / "wrong.toml"), "baseline", str(tmp_path / "worse.toml"), "nothing")
    assert done.returncode == 2
    assert done.stdout.startswith("baseline: OK")
    assert [line.rpartition("/")[2].split(":")[0] for line in done.stderr.splitlines()] == [
        "wrong.toml",
        "wrong.toml, line 1",
        "wrong.toml, line 3",
        "worse.toml",
        "worse.toml, line 1, column 9",
        "nothing",
        "nothing",
    ]
    assert "Traceback" not in done.stderr


def test_check_refuses_what_no_machine_can_hold() -> None:
    done = run("check", "baseline", "--set", "population.scale=100000.0")
    assert done.returncode == 2
    assert "researchers would fit" in done.stderr


def test_markup_and_escapes_in_a_title_are_only_text(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('title = "[bold]x[/bold] \\u009b[/]"\n', encoding="utf-8")
    done = run("check", str(tmp_path / "a.toml"))
    assert done.returncode == 0
    assert "[bold]x[/bold] \\x9b[/]" in done.stdout


def test_scenarios_are_listed_plainly_and_as_json() -> None:
    lines = run("scenarios").stdout.splitlines()
    assert lines[0].split("\t")[:2] == ["baseline", load("baseline").title]
    entries = json.loads(run("scenarios", "--json").stdout)["results"]
    assert [entry["name"] for entry in entries] == [line.split("\t")[0] for line in lines]
    assert all(load(Path(entry["path"])).question == entry["question"] for entry in entries)


def test_schema_and_facts_print() -> None:
    assert json.loads(run("schema").stdout)["properties"]["extends"]
    assert json.loads(run("facts", "max_package", "--json").stdout)["results"][0]["id"] == "max_package"
    wrong = run("facts", "max_packge")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("Error: ")
    assert "max_package" in wrong.stderr


def test_version_and_wrong_usage() -> None:
    assert run("--version").stdout.startswith("talentmarket 0.")
    assert run("check").returncode == 2
    assert run("chekc").returncode == 2


def test_a_terminal_without_unicode_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('title = "Zürich 日本"\n[chöice]\n'.replace("[chöice]\n", ""), encoding="utf-8")
    done = run("check", str(tmp_path / "a.toml"), "日本", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert "Z?rich ??" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", ["schema", "scenarios", "--help", "facts"])
def test_a_reader_that_has_had_enough_ends_it_quietly(words: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*COMMAND, words], stdout=writer, stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False
    )
    os.close(writer)
    assert done.stderr == ""


def test_a_full_disk_is_told_without_a_traceback() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*COMMAND, "schema"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False
        )
    assert done.returncode == 1
    assert done.stderr == "Error: talentmarket schema: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix closes the streams")
def test_streams_that_are_closed_are_no_reason_to_fail() -> None:
    for closed, words, code in ((">&-", "schema", 0), ("2>&-", "schema", 0), (">&- 2>&-", "check nothing", 2)):
        shell = f'"$0" -m talentmarket {words} {closed}'
        done = subprocess.run(
            ["/bin/sh", "-c", shell, sys.executable], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert (done.returncode, done.stderr) == (code, "")


def test_a_window_system_that_is_not_there_is_not_asked_for(tmp_path: Path) -> None:
    tm.run("classroom", replicates=2, folder=tmp_path / "seen")
    done = run("plot", str(tmp_path / "seen"), MPLBACKEND="nonsense")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "seen" / "plots" / "flows.png").is_file()
