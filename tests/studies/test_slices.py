"""Slices of a study, run by themselves, leave the same bytes as one process."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmarket.commands.study_run import slice_of
from talentmarket.errors import InputError
from talentmarket.studies.folder import write_result
from talentmarket.studies.reading.study import Study
from talentmarket.studies.reading.words import Words, study_of
from talentmarket.studies.result import StudyResult
from talentmarket.studies.sampling import sizing
from talentmarket.studies.sampling.running import Slice, sample, sample_slice


def study() -> Study:
    return study_of(
        "meta_raid",
        Words(
            vary=("choice.noise=0.5..2",),
            outcomes=("departures of OpenAI:lower",),
            fixed=("population.scale=0.02", "run.months=6"),
            kind="sobol",
            points=7,
        ),
    )


def files(folder: Path) -> dict[str, bytes]:
    kept = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


def collected(folder: Path) -> dict[str, bytes]:
    write_result(StudyResult(sample(study(), folder)), folder)
    return files(folder)


def test_slices_share_the_parts_and_leave_the_bytes_of_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizing, "MOST_POINTS_A_PART", 2)
    whole = collected(tmp_path / "whole")
    points = [sample_slice(study(), tmp_path / "sliced", Slice(number, 3)) for number in (3, 1)]
    assert points == [2, 3]
    assert sorted(path.name for path in (tmp_path / "sliced" / "parts").iterdir()) == [
        "part-000000-000001.parquet",
        "part-000004-000005.parquet",
        "part-000006-000006.parquet",
    ]
    assert sample_slice(study(), tmp_path / "sliced", Slice(2, 3)) == 2
    assert collected(tmp_path / "sliced") == whole


@pytest.mark.parametrize(("count", "parts"), [(1, 10), (3, 10), (4, 3), (10, 10)])
def test_every_part_is_of_one_slice(count: int, parts: int) -> None:
    for part in range(parts):
        assert sum(Slice(number, count).has(part) for number in range(1, count + 1)) == 1


@pytest.mark.parametrize("text", ["0/3", "4/3", "2", "a/b", "1/0", "-1/2", "1/2/3", "١/٢"])
def test_what_is_no_slice_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="a slice is K/N"):
        slice_of(text)
    assert slice_of("2/3") == Slice(2, 3)
