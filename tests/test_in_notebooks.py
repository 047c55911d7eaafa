"""What a notebook meets: pictures that show themselves, runs with other values, names, and texts that fit a line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import talentmarket as tm

SMALL = {"population.scale": 0.03, "run.months": 8}


@pytest.fixture(scope="module")
def raid() -> tm.Runs:
    return tm.run("meta_raid", replicates=3, workers=1, seed=7, set=SMALL, name="A small raid")


def test_values_seed_and_name_are_those_of_the_command_line(raid: tm.Runs, tmp_path: Path) -> None:
    assert (raid.scenario.run.seed, raid.scenario.title, raid.scenario.run.months) == (7, "A small raid", 8)
    assert raid.manifest.overrides == ("population.scale=0.03", "run.months=8", "run.seed=7", 'title="A small raid"')
    by_hand = tm.run(tm.load("meta_raid"), replicates=3, workers=1, seed=np.int64(7), set=SMALL, name="A small raid")
    assert by_hand.scenario == raid.scenario == tm.load("meta_raid", raid.manifest.overrides)
    assert by_hand.months.equals(raid.months)
    written = tm.run(
        "meta_raid", replicates=3, workers=1, seed=7, set=SMALL, name="A small raid", folder=tmp_path / "run"
    )
    assert tm.read(tmp_path / "run").scenario == written.scenario == raid.scenario


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (np.float64(0.25), "choice.noise"),
        ([1, 7], "transfer.windows"),
        ((1, 7), "transfer.windows"),
        (np.array([1, 7]), "transfer.windows"),
        ({"beta": 1.5, "volatility": 0.2}, "labs.Meta.stock"),
        ('say "no"', "question"),
        (True, "labs.outside.refill"),
    ],
)
def test_any_value_of_a_file_can_be_set(value: object, path: str) -> None:
    from talentmarket.scenario.writing.dumping import override

    assert tm.load("meta_raid", [override(path, value)]) == tm.load("meta_raid").changed({path: value})


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: tm.run("baseline", folder=5), "folder must be a path, found 5"),
        (lambda: tm.read(5), "folder must be a path, found 5"),
        (lambda: tm.compare(5, 6), "folder must be a path, found 5"),
        (lambda: tm.run("baseline", set=5), "set takes values by their paths"),
        (lambda: tm.run("baseline", set={3: 4}), "set takes values by their paths"),
        (lambda: tm.run("baseline", seed=-1), "seed must be a whole number"),
        (lambda: tm.run("baseline", seed=1.5), "seed must be a whole number"),
        (lambda: tm.run("baseline", name=5), "a name is text, found 5"),
        (lambda: tm.run("baseline", set={"choice.nois": 1}), "did you mean 'noise'"),
        (lambda: tm.calibrate(5), "source must be a path, found 5"),
        (lambda: tm.calibrate("baseline", confirm=1), "confirm must be at least 2"),
        (lambda: tm.calibrate("basline"), "basline"),
    ],
)
def test_wrong_words_are_input_errors_before_anything_runs(call, words: str) -> None:
    with pytest.raises(tm.InputError, match=words):
        call()


def test_pictures_show_themselves(raid: tm.Runs) -> None:
    for figure in (raid.plot(), tm.compare(raid, raid, names=["a", "b"]).plot("series")):
        assert figure._repr_png_().startswith(b"\x89PNG")
    with pytest.raises(tm.InputError, match=r"no picture 'headcounts' of these runs; there are .*headcount"):
        raid.plot("headcounts")
    with pytest.raises(tm.InputError, match="made without pictures"):
        tm.Runs(raid.scenario, raid.manifest, raid.load).plot()


def test_everything_tells_itself_in_a_line_or_two(raid: tm.Runs) -> None:
    comparison = tm.compare(raid, raid, names=["a", "b"])
    market = tm.TalentMarket(raid.scenario)
    market.step()
    texts = {
        repr(raid.scenario): "A small raid",
        repr(raid): "Runs('A small raid', 3 replicates of 8 months, seed 7)",
        repr(comparison): "Comparison(b against a, 3 replicates)",
        repr(market): "month 1 of 8, seed 7",
    }
    for text, words in texts.items():
        assert words in text
        assert len(text) < 240


def test_python_hears_of_the_first_compilation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from talentmarket.market.numeric import progress

    said: list[str] = []
    watched: list[object] = []
    monkeypatch.setattr(progress, "watch_compiler", watched.append)
    progress.say_if_compiling(said.append)
    monkeypatch.setattr(progress, "CACHE_FOLDER", tmp_path / "nothing")
    monkeypatch.setattr(progress.numba.config, "DISABLE_JIT", 0)
    before = len(said)
    progress.say_if_compiling(said.append)
    assert said[before:] == ["Compiling the engine: about a minute, and only the first time."]
    watched[-1]("link", 4.2)
    assert said[-1] == "  link: 4 s"
    (tmp_path / "nothing").mkdir()
    progress.say_if_compiling(said.append)
    assert len(said) == before + 2
