"""Three hundred broken run folders: what reads them says what is wrong and where, or does its work; no traceback."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from mutated_folder import MUTATIONS

import talentmarket as tm
from talentmarket.runs.options import Options
from talentmarket.runs.reproducing import reproduce
from talentmarket.runs.tables.columns import TABLES

SEED = 20251128
FOLDERS = 306
PARTS = 6
SMALL = ("population.scale=0.02", "run.months=6", "run.replicates=2")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "good"
    tm.run(tm.load("meta_raid", SMALL), folder=folder)
    return folder


def read_all(folder: Path) -> None:
    runs = tm.read(folder)
    for name in TABLES:
        getattr(runs, name)
    assert len(runs.summary)


def compare(folder: Path, good: Path) -> None:
    comparison = tm.compare(good, folder)
    assert len(comparison.table)
    assert comparison.twins is not None


def again(folder: Path) -> None:
    reproduce(folder, Options(workers=1))


def report(folder: Path, tmp_path: Path) -> None:
    from talentmarket.report import run_report, write_report

    write_report(run_report(tm.read(folder), folder), tmp_path / "report.html")


def check_said(action: str, mutation: str, call) -> bool:
    """Whether it went well; anything but an error of ours, told in words, fails the test."""
    try:
        call()
    except tm.InputError as error:
        if not str(error).strip():
            raise AssertionError(f"{mutation}: {action} says nothing") from error
        return False
    except Exception as error:
        raise AssertionError(f"{mutation}: {action} ended in {type(error).__name__}: {error}") from error
    return True


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("part", range(PARTS))
def test_a_broken_folder_is_told_in_words(good: Path, tmp_path: Path, part: int) -> None:
    rng = random.Random(SEED + part)
    refused = 0
    wrong = []
    for number in range(FOLDERS // PARTS):
        folder = tmp_path / f"broken_{number}"
        shutil.copytree(good, folder)
        mutation = MUTATIONS[(number + part) % len(MUTATIONS)]
        mutation(rng, folder)
        calls = [("read", lambda folder=folder: read_all(folder))]
        if number % 3 == 0:
            calls.append(("compare", lambda folder=folder: compare(folder, good)))
        if number % 3 == 1:
            calls.append(("reproduce", lambda folder=folder: again(folder)))
        if number % 10 == 2:
            calls.append(("report", lambda folder=folder: report(folder, tmp_path)))
        for action, call in calls:
            try:
                refused += not check_said(action, mutation.__name__, call)
            except AssertionError as error:
                wrong.append(str(error))
        shutil.rmtree(folder)
    assert not wrong, f"{len(wrong)} of {FOLDERS // PARTS}:\n" + "\n".join(wrong)
    assert refused > FOLDERS // PARTS / 3
