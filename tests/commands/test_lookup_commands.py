"""`parameters` and `measures`: every one is there, words find them, and a shell completes them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from talentmarket.cli import app
from talentmarket.commands.common import completion
from talentmarket.errors import InputError
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.scenario import load, shipped_scenarios
from talentmarket.scenario.evidence.seeds import parameters
from talentmarket.scenario.places.locating import value_at
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.reference import entries, entries_about, paths_in


def call(*words: str) -> str:
    return CliRunner().invoke(app, [*words], catch_exceptions=False).stdout


def results(*words: str) -> list[dict]:
    return json.loads(call(*words, "--json"))["results"]


def test_every_parameter_has_its_default_as_the_baseline_has_it() -> None:
    found = {entry["path"]: entry for entry in results("parameters")}
    assert set(found) == set(parameters())
    baseline = load("baseline")
    for path, entry in found.items():
        if "*" not in path and "." in path:
            value = value_at(baseline, path)
            assert entry["default"] == (list(value) if isinstance(value, tuple) else value), path
    assert found["labs.*.mission"]["labs"]["OpenAI"] == baseline.labs["OpenAI"].mission
    assert (found["choice.noise"]["low"], found["choice.noise"]["high"]) == (0, 100)


def test_a_word_or_a_path_finds_a_parameter() -> None:
    assert [entry.path for entry in entries_about("labs.OpenAI.mission")] == ["labs.*.mission"]
    assert {entry.path for entry in entries_about("Loyalty")} >= {"population.loyalty_mean"}
    with pytest.raises(InputError, match="did you mean 'noise'"):
        entries_about("nois3")
    shown = call("parameters", "choice.noise")
    assert "default 1.0" in shown
    assert parameters()["choice.noise"].basis in shown


@pytest.mark.parametrize("width", [80, 60, 40])
def test_entries_fit_any_terminal(width: int) -> None:
    for words in (("parameters",), ("parameters", "mission"), ("measures",)):
        shown = CliRunner().invoke(app, words, env={"COLUMNS": str(width)}).stdout
        assert max(map(len, shown.splitlines())) <= width
        assert "…" not in shown


def test_measures_are_all_there_and_found_by_a_word() -> None:
    assert [one["measure"] for one in results("measures")] == [measure.name for measure in MEASURES]
    assert [one["measure"] for one in results("measures", "two year retention")] == ["two_year_retention"]
    assert CliRunner().invoke(app, ["measures", "zzz"]).exception.args[0].startswith("there is no measure about 'zzz'")


def test_paths_of_a_scenario_are_those_that_can_be_set() -> None:
    scenario = load("meta_raid")
    paths = paths_in(scenario)
    assert "campaigns.Meta on OpenAI.tiers.top.total" in paths
    values = {path: value_at(scenario, path) for path in paths if not path.startswith(("sources", "description"))}
    assert scenario.changed(values) == scenario.changed({}).changed(values)
    assert {entry.path for entry in entries()} - {"sources"} >= {
        path for path in paths if "." in path and not path.startswith(("labs", "campaigns", "events", "sources"))
    }


def test_a_shell_is_offered_names_files_folders_and_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my_raid.toml").touch()
    (tmp_path / "outputs" / "meta_raid").mkdir(parents=True)
    (tmp_path / "outputs" / "meta_raid" / "manifest.json").touch()
    assert completion.scenarios("m") == [
        "many_large_offers",
        "mercenaries",
        "meta_raid",
        "missionaries",
        "my_raid.toml",
    ]
    assert completion.scenarios("") == [*(each.name for each in shipped_scenarios()), "my_raid.toml", "outputs/"]
    assert completion.run_folders("out") == ["outputs/"]
    assert completion.run_folders("outputs/") == ["outputs/meta_raid"]
    assert completion.overrides("choice.noi") == ["choice.noise="]
    assert completion.overrides("choice.noise=0") == []
    assert completion.facts("max_pa") == ["max_package"]
    assert completion.studies("offer") == ["offer_size"]
    assert "campaigns.Meta on OpenAI.start=" in completion.overrides("campaigns.")
    monkeypatch.setenv("_TALENTMARKET_COMPLETE", "complete_bash")
    assert not [path for path in completion.overrides("") if " " in path]


@pytest.mark.parametrize(
    ("shell", "more"),
    [
        ("bash", {"COMP_WORDS": "talentmarket run meta_", "COMP_CWORD": "2"}),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "talentmarket run meta_"}),
        ("fish", {"_TYPER_COMPLETE_ARGS": "talentmarket run meta_", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}),
    ],
)
def test_each_shell_completes_a_scenario(shell: str, more: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "talentmarket"],
        env={**os.environ, "_TALENTMARKET_COMPLETE": f"complete_{shell}", **more},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "meta_raid" in done.stdout


def test_check_says_as_json_what_is_wrong_with_which_file(tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text("[choice]\nnoise = -1\n")
    done = CliRunner().invoke(app, ["check", "baseline", str(tmp_path / "wrong.toml"), "--json"])
    assert done.exit_code == 2
    right, wrong = json.loads(done.stdout)["results"]
    assert (right["ok"], right["researchers"]) == (True, load("baseline").researchers)
    assert wrong["ok"] is False
    assert "line 2" in wrong["problems"][0]


ROOT = Path(__file__).parents[2]


def documented(command: str) -> set[str]:
    """The keys of a result, as docs/json.md has them."""
    for line in (ROOT / "docs" / "json.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == f"`{command}`" and len(cells) == 3:
            return set(re.findall(r"`([a-z_]+)`", cells[2]))
    raise AssertionError(command)


def test_the_keys_of_json_are_those_that_are_documented(tmp_path: Path) -> None:
    small = ("--set", "population.scale=0.02", "--set", "run.months=2", "--replicates", "2", "--no-plots")
    run = str(tmp_path / "baseline")
    for words in (
        ("run", "baseline", *small, "--out", str(tmp_path)),
        ("reproduce", run),
        ("report", run),
        ("check", "baseline"),
        ("scenarios",),
        ("parameters", "noise"),
        ("measures", "output"),
        ("facts", "max_package"),
    ):
        for result in results(*words):
            assert set(result) == documented(words[0]), words


def test_each_default_of_the_json_schema_is_one_that_it_allows() -> None:
    whole = json.loads(call("schema"))
    noise = whole["$defs"]["Choice"]["properties"]["noise"]
    assert noise["default"] == load("baseline").choice.noise
    assert whole["properties"]["defaults"]["properties"]["lab"]["properties"]["culture"]["default"] == 1.0
    assert "default" not in whole["$defs"]["Lab"]["properties"]["headcount"]
    assert all(table["description"] for table in whole["properties"].values())
    assert len(Scenario.model_fields) <= len(whole["properties"])
