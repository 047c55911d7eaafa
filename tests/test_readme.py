"""What the README shows is run: its commands, its scenario and its Python."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from talentmarket.cli import app
from talentmarket.scenario.reading.loading import load

ROOT = Path(__file__).resolve().parent.parent
ROW = r"^\| \[`(\w+)`\]\(docs/gallery/scenarios/\1\.md\) \| (.*?) \| (.*?) \|$"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands() -> list[str]:
    lines = [line.split("#")[0].strip() for block in blocks("") for line in block.splitlines()]
    return [line for line in lines if line.startswith("talentmarket ")]


def scenario_block() -> str:
    (block,) = blocks("toml")
    return block


def test_the_readme_shows_commands() -> None:
    assert len(commands()) >= 5


@pytest.mark.parametrize("command", commands())
def test_command_of_the_readme(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my_scenario.toml").write_text(scenario_block(), encoding="utf-8")
    words = shlex.split(command)[1:]
    monkeypatch.setattr(
        "talentmarket.page.serving.launcher.serve", lambda *_: None
    )  # it would serve until it is interrupted
    if words[0] in ("run", "compare"):
        words += ["--replicates", "2", "--set", "population.scale=0.05"]
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output


def test_scenario_of_the_readme(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(scenario_block(), encoding="utf-8")
    scenario = load(file)
    assert scenario.population.loyalty_mean == 0.4
    assert scenario.campaigns == load("meta_raid").campaigns


def test_python_of_the_readme() -> None:
    (block,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(block, "README.md", "exec"), names)
    assert names["market"].month == 1  # type: ignore[attr-defined]
    assert names["comparison"].replicates == 5  # type: ignore[attr-defined]


def test_table_of_scenarios_gives_their_questions_with_an_answer() -> None:
    rows = {name: (question, answer) for name, question, answer in re.findall(ROW, README, re.MULTILINE)}
    shipped = {file.stem: load(file.stem).question for file in (ROOT / "scenarios").glob("*.toml")}
    assert {name: question for name, (question, _) in rows.items()} == shipped
    assert all(re.search(r"\d", answer) for _, answer in rows.values())


def test_pictures_of_the_readme_are_there() -> None:
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)
    links = re.findall(r"\]\((docs/[^)#]+)", README)
    assert all((ROOT / link).is_file() for link in links)
