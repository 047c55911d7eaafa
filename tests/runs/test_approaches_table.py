"""Everyone who was asked: as many as the months count, those with an offer as in the table of offers, read back whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import talentmarket as tm
from talentmarket.runs.runs import Runs

SMALL = {"population.scale": 0.05, "run.months": 12}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("runs") / "raid"
    tm.run(tm.load("meta_raid").changed(SMALL), replicates=3, workers=1, folder=folder)
    return tm.read(folder)


def test_there_are_as_many_as_the_months_count(runs: Runs) -> None:
    asked = runs.approaches
    assert len(asked) == runs.months["approached"].sum() > 0
    talked = asked["outcome"] != "did not engage"
    assert talked.sum() == runs.months["engaged"].sum()
    assert (talked & (asked["outcome"] != "no offer")).sum() == runs.months["offers"].sum() == len(runs.offers)
    by_home = asked.groupby("home", observed=True).size()
    assert by_home.to_dict() == {"OpenAI": len(asked)}


def test_those_with_an_offer_are_those_of_the_table_of_offers(runs: Runs) -> None:
    keys = ["replicate", "campaign", "researcher", "attempt"]
    asked = runs.approaches.set_index(keys)
    offers = runs.offers.set_index(keys)
    same = ["month", "rank", "home", "talent", "loyalty", "total", "first_year", "acceptance_probability"]
    assert asked.loc[offers.index, same].equals(offers[same])
    assert (asked.loc[offers.index, "outcome"].astype(str) == offers["outcome"].astype(str)).all()
    without = asked.drop(offers.index)
    assert set(without["outcome"].astype(str)) <= {"did not engage", "no offer"}
    assert without[["total", "first_year", "acceptance_probability"]].isna().all(axis=None)
    assert without["reason"].isna().all()
    assert np.all(without["talent"] > 0.0)


def test_offers_that_still_wait_have_no_reason_and_are_read_back(tmp_path: Path) -> None:
    window = {**SMALL, "run.months": 5, "transfer.windows": [1]}
    tm.run(tm.load("meta_raid").changed(window), replicates=2, workers=1, folder=tmp_path / "run")
    offers = tm.read(tmp_path / "run").offers
    waiting = offers["outcome"] == "waiting"
    assert waiting.any()
    assert offers.loc[waiting, "reason"].isna().all()
