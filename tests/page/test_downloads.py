"""What can be taken away is the run's own."""

from __future__ import annotations

import csv
import io
import zipfile

import pyarrow.parquet as pq
import pytest
from PIL import Image

import talentmarket as tm
from talentmarket.page.choices import choices_for
from talentmarket.page.downloads import animated, csv_tables, parquet_tables, pictures, run_of, scenario_file
from talentmarket.page.session import Session, Setup
from talentmarket.runs.running import Options, Place, run_to_folder
from talentmarket.scenario.reading.loading import load

CHANGED = {"population.scale": 0.05, "run.months": 8, "run.replicates": 1}


@pytest.fixture(scope="module")
def session() -> Session:
    one = Session(Setup("meta_raid", CHANGED, 6), choices_for("meta_raid"))
    one.advance(8, float("inf"))
    return one


def test_parquet_tables_are_those_of_a_run(session: Session, tmp_path) -> None:
    run_to_folder(session.scenario, Place("same", tmp_path), Options(workers=1))
    runs = tm.read(tmp_path / "same")
    with zipfile.ZipFile(io.BytesIO(parquet_tables(run_of(session)).content)) as archive:
        for name in ("months", "flows", "offers", "moves", "events"):
            mine = pq.read_table(io.BytesIO(archive.read(f"{name}.parquet"))).to_pandas()
            theirs = getattr(runs, name)
            assert list(mine.columns) == list(theirs.columns)
            assert mine.astype(str).equals(theirs.astype(str).reset_index(drop=True)), name


def test_csv_tables_hold_every_row(session: Session) -> None:
    with zipfile.ZipFile(io.BytesIO(csv_tables(run_of(session)).content)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("months.csv").decode())))
        assert len(rows) == 9 * len(session.scenario.labs)
        last = {row["lab"]: int(row["headcount"]) for row in rows if row["month"] == "8"}
        assert last == {lab.name: lab.headcount for lab in session.market.agents}
        assert "scenario.toml" in archive.namelist()


def test_the_scenario_file_loads_again(session: Session, tmp_path) -> None:
    download = scenario_file(run_of(session))
    assert download.name == "meta_raid_changed_seed6.toml"
    (tmp_path / download.name).write_bytes(download.content)
    assert load(tmp_path / download.name) == session.scenario


def test_the_animation_has_a_picture_a_month(session: Session) -> None:
    download = animated(run_of(session))
    picture = Image.open(io.BytesIO(download.content))
    assert picture.n_frames == 9
    picture.seek(8)
    assert len(picture.convert("RGB").getcolors(10**6)) > 20


def test_pictures_come_as_png_and_svg(session: Session) -> None:
    with zipfile.ZipFile(io.BytesIO(pictures(run_of(session)).content)) as archive:
        names = archive.namelist()
    assert {"headcount.png", "headcount.svg", "flows.svg", "offers.png"} <= set(names)


def test_the_same_run_gives_the_same_bytes(session: Session) -> None:
    assert parquet_tables(run_of(session)) == parquet_tables(run_of(session))
