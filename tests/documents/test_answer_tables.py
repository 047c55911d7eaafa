"""The tables of `docs/answers.md`: what they say of few runs is what a comparison of the same runs says."""

from __future__ import annotations

import numpy as np
import pytest
from pages import DOCS

import talentmarket as tm
from talentmarket.numbers import UNKNOWN
from talentmarket.report.documents import content_of
from talentmarket.report.documents.answer_tables import (
    BASELINE,
    RAID,
    TABLES,
    Market,
    Side,
    answer_tables,
    compute_or_packages,
    cost,
    difference,
    kept,
    level,
)


class Few(Market):
    """Three runs of every side, in a small market."""

    def values(self, side: Side, question: tuple[str, str]) -> np.ndarray:
        scale = ("population.scale", 0.05)
        return super().values(side if scale in side.changes else Side(side.scenario, (*side.changes, scale)), question)


@pytest.fixture(scope="module")
def few() -> Few:
    return Few(3)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_page_has_every_table_with_its_columns_and_rows(monkeypatch: pytest.MonkeyPatch, few: Few) -> None:
    monkeypatch.setattr("talentmarket.report.documents.answer_tables.Market", lambda replicates: few)
    document = (DOCS / "answers.md").read_text(encoding="utf-8")
    written = dict(answer_tables(3))
    assert list(written) == list(TABLES)
    for name, table in written.items():
        on_page, here = (text.splitlines() for text in (content_of(document, name), table))
        assert on_page[0] == here[0]
        assert [cells(line)[0] for line in on_page] == [cells(line)[0] for line in here]


def test_a_difference_is_that_of_a_comparison(few: Few) -> None:
    small = {"population.scale": 0.05}
    comparison = tm.compare(*(tm.run(name, replicates=3, set=small) for name in ("baseline", "compute_alone")))
    row = comparison.table.query("measure == 'lost_to_labs' and lab == 'Meta'").iloc[0]
    values = few.change(Side("compute_alone"), BASELINE, ("lost_to_labs", "Meta"))
    assert values.mean() == pytest.approx(row["difference"])
    line = next(each for each in compute_or_packages(few).splitlines() if "Meta's people lost" in each)
    assert cells(line)[2] == difference(values)


def test_people_kept_are_the_share_of_the_first_staff(few: Few) -> None:
    people, staff = kept(few, Side("pay_review"), RAID), 3350
    shares = (few.values(Side(name), ("staff_kept_24", "OpenAI")) for name in ("pay_review", "meta_raid"))
    first, second = shares
    np.testing.assert_allclose(people, staff * (first - second))


def test_how_levels_differences_and_costs_read() -> None:
    assert level(np.array([0.1, 0.2, np.nan, 0.3])) == "0.20 ± 0.25"
    assert difference(np.array([1.0, 2.0, 3.0])) == "2.0 (−0.5 to 4.5)"
    assert level(np.array([0.1, np.nan])) == UNKNOWN
    assert difference(np.zeros(3)) == "0"
    assert cost(np.array([10.0, 11.0, 12.0]), np.array([2.0, 2.1, 2.2])).startswith("5.2")
    assert cost(np.zeros(3), np.array([2.0, 2.1, 2.2])) == UNKNOWN
