"""The pages of `docs/` as a reader works through them: their blocks in order, in one folder, at a size that a test can afford."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from talentmarket.cli import app
from talentmarket.scenario import shipped

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# ([\w.-]+\.toml)\n")
SMALL = {"scale = 1.0 ": "scale = 0.05 ", "replicates = 200 ": "replicates = 3 ", "months = 48 ": "months = 12 "}
MOST = 4  # replicates of a command or a call that asks for more


def small_scenarios(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the shipped scenarios be those of a small and short market, for commands and Python alike."""
    copy = folder / "scenarios"
    shutil.copytree(shipped.folder("scenarios"), copy)
    baseline = (copy / "baseline.toml").read_text(encoding="utf-8")
    for whole, small in SMALL.items():
        assert whole in baseline
        baseline = baseline.replace(whole, small, 1)
    (copy / "baseline.toml").write_text(baseline, encoding="utf-8")
    for file in copy.glob("*.toml"):  # a tour plays to months that a short market does not have
        file.write_text(file.read_text(encoding="utf-8").partition("# A guided tour")[0], encoding="utf-8")
    folder_of = shipped.folder
    here = {"scenarios": copy}
    monkeypatch.setattr(shipped, "folder", lambda name: here.get(name) or folder_of(name))
    monkeypatch.setattr("talentmarket.calibration.reading.folder", shipped.folder)


def without_pictures_in_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reports draw nothing: that is most of what they take, and other tests look at their pictures."""
    for module, drawing in (("run_report", "plots_of"), ("comparison_report", "comparison_plots")):
        monkeypatch.setattr(import_module(f"talentmarket.report.{module}"), drawing, lambda _: {})


def commands_in(body: str) -> list[str]:
    """The commands of a block, a line that goes on joined to the next."""
    return [line.strip() for line in body.replace("\\\n", " ").splitlines() if line.strip()]


def words_of(command: str) -> list[str]:
    """The words of a command, with fewer replicates and without pictures, which other tests draw."""
    words = re.sub(
        r"--replicates (\d+)", lambda found: f"--replicates {min(int(found[1]), MOST)}", command.split("  #")[0]
    )
    found = shlex.split(words)[1:]
    if found[0] in ("run", "compare", "study", "calibrate") and "--no-plots" not in found:
        found.append("--no-plots")
    return found


def follow(page: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Do what a page says, in the current folder; returns how many blocks were done."""
    names: dict[str, object] = {}
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    for language, body in blocks:
        if language == "toml":
            named = NAMED.match(body)
            assert named, f"{page.name}: a block does not name its file: {body[:60]}"
            Path(named[1]).write_text(body, encoding="utf-8")
        elif language == "python":
            fewer = re.sub(r"replicates=(\d+)", lambda found: f"replicates={min(int(found[1]), MOST)}", body)
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(fewer, page.name, "exec"), names)
        else:
            assert language == "", f"{page.name}: a block in {language}, which nobody runs"
            for command in commands_in(body):
                assert command.startswith("talentmarket "), f"{page.name}: {command}"
                result = CliRunner().invoke(app, words_of(command), catch_exceptions=False)
                assert result.exit_code == 0, f"{page.name}: {command}\n{result.output}"
    return len(blocks)
