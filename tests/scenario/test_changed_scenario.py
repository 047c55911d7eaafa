"""A scenario changed by paths, its parts by name, and a run folder extended like a shipped file."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import numpy as np
import pytest

from talentmarket.errors import InputError, ScenarioError
from talentmarket.scenario import Scenario, dumps, load

TOP = "campaigns.Meta on OpenAI.tiers.top"


@pytest.mark.parametrize(
    ("values", "overrides"),
    [
        ({"choice.noise": 0.5}, ["choice.noise=0.5"]),
        ({f"{TOP}.total": 150}, [f"{TOP}.total=150"]),
        ({"choice": {"noise": np.float64(0.5), "horizon": np.int64(12)}}, ["choice.noise=0.5", "choice.horizon=12"]),
        ({"labs.Meta": {"mission": 0.7, "stock": {"beta": 1}}}, ["labs.Meta.mission=0.7", "labs.Meta.stock.beta=1"]),
        ({"transfer.windows": np.array([1, 7])}, ["transfer.windows=[1, 7]"]),
        ({"labs.OpenAI.headcount": 3000}, ["labs.OpenAI.headcount=3000"]),
        ({"labs.OpenAI.fit": {"Meta": 0.5}}, ["labs.OpenAI.fit.Meta=0.5"]),
        ({}, []),
    ],
)
def test_it_is_what_the_same_overrides_make_of_the_file(values: dict, overrides: list[str]) -> None:
    changed = load("meta_raid").changed(values)
    assert dumps(changed) == dumps(load("meta_raid", overrides))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"choice.nois": 1}, "there is no 'nois' in choice; did you mean 'noise'?"),
        ({"months": 1}, "did you mean run.months"),
        ({"choice.noise": -1}, "choice.noise is -1, but must be greater than or equal to 0"),
        ({"labs.Meta.mission": "high"}, 'labs.Meta.mission is "high", but must be a valid number'),
        ({"labs.OpenAI.headcount": 1.5}, "labs.OpenAI.headcount is 1.5, but must be a valid integer"),
        (
            {"campaigns.Meta on OpenAI.lab": "Mata"},
            "lab is \"Mata\", which is no lab of this scenario; did you mean 'Meta'?",
        ),
        ({"labs": []}, "labs is an empty list, but must"),
        ({"labs.Mets.mission": 1, "choice.horizont": 3}, "did you mean 'Meta'?"),
    ],
)
def test_what_is_wrong_is_said_with_its_path(values: dict, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load("meta_raid").changed(values)
    assert words in str(caught.value)
    assert "pydantic" not in str(caught.value)
    if len(values) == 2:
        assert len(caught.value.problems) == 2


@pytest.mark.parametrize("values", [5, ["choice.noise"], {3: 4}, "choice.noise=1"])
def test_what_are_no_values_by_paths_is_an_input_error(values: object) -> None:
    with pytest.raises(InputError, match="path"):
        load("baseline").changed(values)  # type: ignore[arg-type]


def test_the_source_of_a_changed_value_is_dropped_and_no_other() -> None:
    raid = load("meta_raid")
    changed = raid.changed({f"{TOP}.total": 150.0})
    assert set(raid.sources) - set(changed.sources) == {f"{TOP}.total"}


def test_parts_go_by_name_and_by_number() -> None:
    raid = load("meta_raid")
    assert raid.labs["Meta"] is raid.labs[1]
    assert raid.campaigns["Meta on OpenAI"].tiers["core"].total == raid.campaigns[0].tiers[-1].total
    assert "Meta" in raid.labs
    assert "Mata" not in raid.labs
    assert raid.labs[0] in raid.labs
    assert [lab.name for lab in raid.labs[:2]] == ["OpenAI", "Meta"]
    with pytest.raises(InputError, match="there is no 'Mata'; did you mean 'Meta'"):
        raid.labs["Mata"]
    with pytest.raises(IndexError):
        raid.labs[64]


def test_parts_keep_their_names_through_copies_and_processes() -> None:
    raid = load("meta_raid")
    for one in (pickle.loads(pickle.dumps(raid)), copy.deepcopy(raid), raid.model_copy(), raid.changed({})):
        assert one == raid
        assert one.labs["xAI"].name == "xAI"


def test_it_tells_itself_in_two_short_lines() -> None:
    for name, words in (("meta_raid", "Meta on OpenAI: Meta on OpenAI"), ("baseline", "no campaign")):
        lines = repr(load(name)).splitlines()
        assert len(lines) == 2
        assert max(map(len, lines)) <= 120
        assert words in lines[1]
    assert str(load("baseline")) == repr(load("baseline"))


@pytest.fixture
def run_folder(tmp_path: Path) -> Scenario:
    """A run folder, as far as the scenario goes, below the folder of the files."""
    scenario = load("meta_raid", [f"{TOP}.total=150", "run.months=12"])
    (tmp_path / "outputs" / "half").mkdir(parents=True)
    (tmp_path / "outputs" / "half" / "scenario.toml").write_text(dumps(scenario), encoding="utf-8")
    return scenario


def test_a_run_folder_is_loaded_and_extended_like_a_shipped_scenario(run_folder: Scenario, tmp_path: Path) -> None:
    assert load(tmp_path / "outputs" / "half") == run_folder
    (tmp_path / "mine.toml").write_text('extends = "outputs/half"\n[choice]\nnoise = 0.5\n', encoding="utf-8")
    assert load(tmp_path / "mine.toml") == run_folder.changed({"choice.noise": 0.5})
    (tmp_path / "outputs" / "mine.toml").write_text('extends = "half/scenario.toml"\n', encoding="utf-8")
    assert load(tmp_path / "outputs" / "mine.toml") == run_folder


@pytest.mark.parametrize(
    ("extends", "words"), [("../outputs/half", "only files in its own folder"), ("outputs/whole", "no such shipped")]
)
def test_a_run_folder_elsewhere_or_missing_is_refused(
    extends: str, words: str, run_folder: Scenario, tmp_path: Path
) -> None:
    (tmp_path / "below").mkdir()
    file = (tmp_path / "below" if ".." in extends else tmp_path) / "mine.toml"
    file.write_text(f'extends = "{extends}"\n', encoding="utf-8")
    with pytest.raises(ScenarioError, match=words):
        load(file)
