"""The shipped studies: tables that are of their files, pages that are of their tables, sentences recounted from the tables."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from talentmarket.errors import InputError
from talentmarket.market.simulate import simulate
from talentmarket.report.documents.gallery import (
    INDEX,
    index_page,
    pictures,
    shipped_result,
    study_page,
    title_of,
    write_gallery,
)
from talentmarket.runs.workers import Threads
from talentmarket.studies.reading.file import read_study, study_names
from talentmarket.studies.reading.study import Design, Stopping, Study
from talentmarket.studies.sampling.evaluating import Task, measured
from talentmarket.studies.sampling.running import sample, scenarios_of
from talentmarket.studies.shipped import read_sampled, sampled_from, table_path, table_text

GALLERY = Path(__file__).resolve().parents[2] / "docs" / "gallery"
NAMES = study_names()
SMALL = ("population.scale=0.02",)
FROM_TO = r"{0} is (above|below) zero in ([\d.]+).% \(([\d.]+).% to ([\d.]+).%\)"


def page(name: str) -> str:
    return (GALLERY / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_what_its_table_says(name: str) -> None:
    result = shipped_result(name)
    assert page(name) == study_page(name, result)
    for kind, figure in pictures(result).items():
        assert f"![{title_of(figure)}]({name}-{kind}.svg)" in page(name)
        assert (GALLERY / f"{name}-{kind}.svg").stat().st_size > 5_000


def test_the_gallery_lists_every_study_and_holds_nothing_else() -> None:
    results = {name: shipped_result(name) for name in NAMES}
    assert (GALLERY / INDEX).read_text(encoding="utf-8") == index_page(results)
    assert {path.stem for path in GALLERY.glob("*.md")} == {*NAMES, "README"}
    assert {path.stem for path in table_path(NAMES[0]).parent.glob("*.csv")} == {*NAMES}
    told = (GALLERY.parent / "studies.md").read_text(encoding="utf-8")
    assert {*NAMES} == {*re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE)} - {"what"}
    linked = set(re.findall(r"\(([\w-]+\.svg)\)", "".join(map(page, NAMES))))
    assert {path.name for path in GALLERY.glob("*.svg")} == linked


def _at(study: Study, rows: list[dict[str, str]], point: int) -> str:
    """What the parameters are at a point, if they are at most three; they are numbers in those studies that have no base."""
    if len(study.parameters) > 3:
        return f"point {point}"
    return ", ".join(f"{each.phrase} {each.text(float(rows[point][each.path]))}" for each in study.parameters)


@pytest.mark.parametrize("name", NAMES)
def test_sentences_are_recounted_from_the_table(name: str) -> None:
    """Means by hand from the CSV: the share with the named sign, or the lowest and the highest point."""
    study = read_study(name)
    rows = list(csv.DictReader(table_path(name).read_text(encoding="utf-8").splitlines()))
    checked = 0
    for outcome, run in study.responses:
        own = np.array([[float(each) for each in row[f"{outcome.name} in {run.name}"].split()] for row in rows])
        label = f"{outcome.label[0].upper()}{outcome.label[1:]}"
        if study.base is None:
            means = np.nanmean(own, axis=1)
            low, high = (re.escape(_at(study, rows, int(place))) for place in (means.argmin(), means.argmax()))
            assert re.search(rf"{label} in {run.name} .*runs from .* at {low} to .* at {high}\.", page(name))
        else:
            base = [[float(each) for each in row[f"{outcome.name} in {study.base.name}"].split()] for row in rows]
            means = np.nanmean(own - np.array(base), axis=1)
            means = means[~np.isnan(means)]
            found = re.search(FROM_TO.format(f"{label}, {run.name} less {study.base.name},"), page(name))
            assert found is not None
            share = np.mean(means > 1e-9 if found[1] == "above" else means < -1e-9)
            assert float(found[2]) == pytest.approx(100.0 * share, abs=0.51)
            assert float(found[3]) <= float(found[2]) <= float(found[4])
        checked += 1
    assert checked == len(study.runs) * len(study.outcomes)


@pytest.mark.parametrize("name", NAMES)
def test_a_small_form_of_each_study_runs_and_its_table_is_read_back(name: str, tmp_path: Path) -> None:
    asked = read_study(name)
    small = replace(asked, design=Design("sobol", 2), fixed=(*asked.fixed, *SMALL), stopping=Stopping())
    sampled = sample(small, tmp_path / "study", Threads(1))
    assert [point.error for point in sampled.evaluated] == ["", ""]
    assert all(point.values.shape == (8, len(asked.sides), len(asked.outcomes)) for point in sampled.evaluated)
    (tmp_path / "points.csv").write_text(table_text(sampled), encoding="utf-8")
    again = sampled_from(small, tmp_path / "points.csv")
    for one, other in zip(sampled.evaluated, again.evaluated, strict=True):
        np.testing.assert_allclose(one.values, other.values, rtol=1e-5)
    header = table_path(name).read_text(encoding="utf-8").splitlines()[0]
    assert header == table_text(sampled).splitlines()[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_about_what_the_model_gives_today(name: str) -> None:
    """Two replicates of the first point, within four standard errors of those shipped: else `make studies` is due."""
    shipped = read_sampled(name)
    scenarios = scenarios_of(shipped.study, 0)
    task = Task(0, scenarios, shipped.study.outcomes, False, shipped.study.stopping, simulate)
    for side, scenario in enumerate(scenarios):
        fresh = measured(task, scenario, range(2)).mean(axis=0)
        values = shipped.evaluated[0].values[:, side]
        allowed = 4.0 * values.std(axis=0, ddof=1) / np.sqrt(2.0) + 1e-5 * np.abs(fresh)
        assert (np.abs(fresh - values[:2].mean(axis=0)) <= allowed).all()


def test_a_table_of_another_design_or_a_damaged_one_is_refused(tmp_path: Path) -> None:
    study, text = read_study(NAMES[0]), table_path(NAMES[0]).read_text(encoding="utf-8")
    lines = text.splitlines()
    broken = tmp_path / "points.csv"
    for content, message in (
        ("\n".join(lines[:-1]), "points.csv, line 1: these are not the points of this study"),
        (text.replace("\n1,", "\n1,9", 1), "points.csv, line 3: this is not point 1"),
        ("\n".join([*lines[:-1], f"{lines[-1]} x"]), f"points.csv, line {len(lines)}: expected the same number"),
        ("\n".join([*lines[:-1], f"{lines[-1]} 1"]), f"points.csv, line {len(lines)}: expected the same number"),
    ):
        broken.write_text(content, encoding="utf-8")
        with pytest.raises(InputError, match=re.escape(message)):
            sampled_from(study, broken)
    with pytest.raises(InputError, match=r"none\.csv: the points of the study cannot be read"):
        sampled_from(study, tmp_path / "none.csv")


def test_writing_the_gallery_takes_away_what_no_study_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talentmarket.report.documents.gallery.study_names", lambda: NAMES[:1])
    (tmp_path / "old.md").write_text("gone")
    write_gallery(tmp_path)
    responses = len(read_sampled(NAMES[0]).study.responses)
    assert {path.suffix for path in tmp_path.iterdir()} == {".md", ".svg"}
    assert len(list(tmp_path.iterdir())) == 2 + responses
