"""Three or more sides stand beside one another with the comparison's own numbers, in the report and in any terminal."""

import math
import re
import sys

import html5lib
import numpy as np
import pytest
from typer.testing import CliRunner

from talentmarket.cli import app
from talentmarket.comparison.comparison import compared
from talentmarket.comparison.hires import hires, per_person
from talentmarket.comparison.side_by_side import PROMISED, Extremes, Quantity, Side, alike, extremes, quantities
from talentmarket.errors import InputError
from talentmarket.numbers import NO_BREAK, fixed
from talentmarket.plots.comparison.words import run_colours
from talentmarket.report import comparison_report
from talentmarket.report.chapters.hanging import OF_ANSWERS
from talentmarket.report.comparison_answers import comparison_answer
from talentmarket.report.comparison_report import _leads
from talentmarket.report.page import OPENING, html
from talentmarket.report.side_opening import LONGEST_QUESTION, cheapest, opening, question_of_sides, shortened
from talentmarket.runs.folder.reading import read
from talentmarket.runs.running import Options, Place, run, run_to_folder
from talentmarket.scenario.reading.loading import load

SMALL = ["population.scale=0.1", "run.months=12", "run.replicates=6"]
NAMES = ["baseline", "meta_raid", "missionaries"]

TITLES = ["Nobody raids", "A raid", "A raid on missionaries"]


def run_folders(names, out):
    """Small runs of some scenarios."""
    for name in names:
        run_to_folder(load(name, SMALL), Place(name, out), Options(workers=1))
    return [out / name for name in names]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return run_folders(NAMES, tmp_path_factory.mktemp("outputs"))


@pytest.fixture(scope="module")
def comparison(folders):
    return compared([read(folder) for folder in folders], NAMES, titles=TITLES)


def test_the_sides_have_the_numbers_of_the_comparison(comparison):
    table = comparison.table.set_index(["run", "measure", "lab"])
    for quantity in quantities(comparison):
        if quantity.values is None:
            continue
        first = table.loc[NAMES[1], quantity.name, quantity.lab]
        np.testing.assert_allclose(quantity.sides[0].mean, first["base_mean"])
        for name, side in zip(NAMES[1:], quantity.sides[1:], strict=True):
            row = table.loc[name, quantity.name, quantity.lab]
            np.testing.assert_allclose(side.mean, row["mean"])
            own = (side.difference, side.difference_low, side.difference_high)
            np.testing.assert_allclose(own, row[["difference", "low", "high"]].astype(float))
            assert side.clear == row["significant"]
            summary = next(
                each
                for each in comparison.runs[NAMES.index(name)].summary_rows
                if (each.measure, each.lab) == (quantity.name, quantity.lab)
            )
            np.testing.assert_allclose((side.low, side.high), (summary.low, summary.high))


def test_what_each_is_promised_is_the_cost_over_the_people(comparison):
    (promised,) = (each for each in quantities(comparison) if each.name == PROMISED)
    assert math.isnan(promised.sides[0].mean)  # no raid
    offers = comparison.runs[1].offers
    mean, (low, high) = per_person(hires(offers, 6, 12), "came")
    assert promised.sides[1][:3] == (mean, low, high)
    came = offers[offers["outcome"].astype(str).isin(["started", "returned"])]
    assert mean == pytest.approx(came["total"].mean())


def test_where_it_is_most_and_least_and_whether_that_can_be_told():
    chance = np.random.default_rng(1).normal(size=9)
    base, same, much, more = (
        chance,
        chance + np.resize([-0.1, 0.1, 0.2], 9),
        chance + 5.0,
        chance + np.append(8 * [7.0], 7.1),
    )

    def found(*values, clear=False, tests=100):
        sides = tuple(Side(each.mean(), 0.0, 0.0, clear=clear and place > 0) for place, each in enumerate(values))
        return extremes(Quantity("started", "", "people", sides, np.array(values), tests))

    assert found(base, same, clear=False) == Extremes(1, 0, apart=False)
    assert found(base, same, much, clear=True) == Extremes(2, 0, apart=True)  # as the comparison's own test has it
    assert found(much, base, more) == Extremes(2, 1, apart=True)  # neither is the first: a test of the two
    assert found(much - 3.0, base, same) == Extremes(0, 1, apart=False)
    little = chance + np.resize([0.3, 0.1, 0.0], 9)  # p = 0.015
    assert [found(much, little, base, tests=tests) for tests in (1, 9)] == [Extremes(0, 2, apart=False)] * 2
    assert [found(chance + 0.05, little, base, tests=tests)[:2] for tests in (1, 9)] == [(1, 2)] * 2
    assert [found(chance + 0.05, little, base, tests=tests).apart for tests in (1, 9)] == [True, False]
    nothing = np.full(9, np.nan)
    assert found(nothing, nothing, base) is None
    assert found(nothing, same, more) == Extremes(2, 1, apart=True)


@pytest.fixture
def without_pictures(monkeypatch):
    """Reports whose pictures are not drawn, which takes seconds."""
    monkeypatch.setattr(sys.modules["talentmarket.report.comparison_report"], "comparison_plots", lambda _: {})


@pytest.mark.usefixtures("without_pictures")
def test_a_table_in_the_report_has_a_row_for_each_side_in_its_colour(comparison, folders):
    text = html(comparison_report(comparison, folders))
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    rows = document.findall(".//div[@id='sides']//tr")
    cells = [["".join(cell.itertext()) for cell in row] for row in rows]
    header, base, raid, fair = cells[:4]
    assert header[:3] == ["Side", "Come, of those asked", "People who come"]
    assert base[:4] == [comparison.titles[0], "no raid", "no raid", "no raid"]
    row = comparison.table.set_index(["run", "measure", "lab"]).loc["meta_raid", "share_came", ""]
    assert raid[1].split("\n")[0] == f"{fixed(100.0 * row['mean'], 1)}{NO_BREAK}%"
    assert fair[0] == comparison.titles[2]
    shown = [row.find(".//span").get("style") for row in rows[1:4]]
    assert shown == [f"background: {colour}" for colour in run_colours(comparison.names).values()]
    heading = document.find(".//h1").text
    assert (
        heading
        == f"How many come, and for how much: “{'”, “'.join(comparison.titles[:2])}” or “{comparison.titles[2]}”?"
    )


def test_the_opening_answers_for_all_sides(comparison):
    said = opening(comparison)
    assert said[0].startswith("Of those asked, most come in “")
    assert said[-1] == f"There is no raid in “{comparison.titles[0]}”."
    assert any(each.startswith("OpenAI loses most people to other labs in “") for each in said)
    alone = compared(
        [comparison.runs[0], comparison.runs[0], comparison.runs[1]], ["a", "b", "c"], titles=["A", "B", "C"]
    )
    share = next(each for each in comparison.runs[1].summary_rows if each.measure == "share_came" and each.lab == "")
    assert opening(alone)[0].startswith(f"Only in “C” is there a raid: of those asked {fixed(100.0 * share.mean, 1)}")
    late = ["campaigns.*.start=12", "population.scale=0.02", "run.months=6", "run.replicates=2"]
    nobody = [run(load(name, late[1:] if name == "baseline" else late)) for name in ("baseline", "meta_raid")]
    asked = compared([nobody[0], *nobody], ["a", "b", "c"], titles=["A", "B", "C"])
    assert opening(asked)[0] == "Only in “C” is there a raid, and nobody is asked."
    assert question_of_sides(alone) == "How many people does OpenAI lose to other labs: “A”, “B” or “C”?"


def test_the_cheapest_answer_is_named_where_intervals_lie_apart(comparison):
    def told(*sides):
        sides = (Side(math.nan, math.nan, math.nan), *sides)
        return cheapest(comparison, Quantity("cost", "OpenAI", "M$", sides)).replace(NO_BREAK, " ")

    dear, cheap, wide, none = Side(20, 15, 34), Side(7.6, 7.4, 7.7), Side(20, 5, 90), Side(*3 * [math.nan])
    second, third = (f"“{title}”" for title in TITLES[1:])
    assert told(dear, cheap) == (
        f"Cheapest for each person kept at OpenAI: {third}, 7.6 M$ (7.4 to 7.7); then {second}, 20.0 M$ (15.0 to 34.0)."
    )
    assert told(cheap, wide).startswith(
        f"Which answer is cheapest for each person kept at OpenAI is not clear: {second}, "
    )
    assert (
        told(none, cheap) == f"What each person kept at OpenAI costs can be told of {third} alone: 7.6 M$ (7.4 to 7.7)."
    )
    assert told(none, none) == "What each person kept at OpenAI costs cannot be told of any answer."


ANSWERS = ["meta_raid", "pay_review", "targeted_response"]


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """The raid, a raise and counter-offers: folders and comparison."""
    folders = run_folders(ANSWERS, tmp_path_factory.mktemp("answers"))
    return folders, compared([read(folder) for folder in folders], ANSWERS, titles=["None", "Raise", "Counters"])


def test_answers_are_asked_about_and_told_first_and_of_all_sides_the_same(answers):
    _, comparison = answers
    assert question_of_sides(comparison).startswith("How many stay at OpenAI, and what does it cost: “None”, ")
    first = opening(comparison)
    assert first[0].startswith("OpenAI spends most on raises, awards and counter-offers in “")
    assert first[1].startswith("Most of OpenAI's first staff are still there at the end in “")
    assert "each person kept at OpenAI" in first[2]
    said = [*comparison_answer(comparison)]
    for words in ("OpenAI's first staff are still", "on raises, awards and counter-offers", "people come with a raid"):
        assert [
            any(each.startswith(f"{title}: ") and words in each for each in said) for title in ("Raise", "Counters")
        ] == [True, True]


@pytest.mark.usefixtures("without_pictures")
def test_what_answers_hang_on_is_said_of_them_alone(answers, comparison, folders):
    own, found = answers
    two = compared(found.runs[:2], ANSWERS[:2])
    for report in (comparison_report(found, own), comparison_report(two, own[:2])):
        assert report.hangs_on[-2:] == OF_ANSWERS
    assert _leads(found)[0] == "answers"
    assert _leads(comparison)[0] == "raids"
    assert not {*OF_ANSWERS} & {*comparison_report(comparison, folders).hangs_on}
    box = " ".join(comparison_report(two, own[:2]).answer[:OPENING])
    assert "on raises, awards and counter-offers" in box
    assert "for each" in box


@pytest.mark.usefixtures("without_pictures")
def test_two_sides_have_no_such_table(comparison, folders):
    two = compared(comparison.runs[:2], NAMES[:2])
    report = comparison_report(two, folders[:2])
    assert report.sides is None
    assert report.question == comparison.runs[1].scenario.question


def test_names_are_cut_where_there_are_many_and_left_out_where_they_would_be_alike():
    assert shortened(["A", "B"], 10) == ["A", "B"]
    long = [f"{number} is a name that is long enough for a line of its own" for number in range(6)]
    cut = shortened(long, LONGEST_QUESTION)
    assert len({*cut}) == 6
    assert sum(map(len, cut)) <= LONGEST_QUESTION
    assert all(each.endswith("…") for each in cut)
    assert shortened(["Short", long[0]], 40) == ["Short", "0 is a name that is long enoug…"]
    assert shortened([f"The same beginning in all, {number}" for number in range(6)], 60) == []


@pytest.mark.parametrize("width", [80, 60, 40])
def test_nothing_is_cut_in_a_terminal(folders, width):
    words = ["compare", *map(str, folders), "--no-plots", "--out", str(folders[0].parent), "--name", f"at_{width}"]
    shown = CliRunner().invoke(app, words, env={"COLUMNS": str(width)}, catch_exceptions=False).stdout
    sides = shown.split("Side by side")[1]
    assert max(map(len, sides.splitlines()[:-1])) <= width
    assert "…" not in sides
    plain = " ".join(sides.split())
    assert re.search(r"Come, of those asked: [\d.]+ % \([\d.]+ to [\d.]+\)", plain)
    assert re.search(
        r"OpenAI loses to other labs, people: [\d.]+ \([\d.]+ to [\d.]+\); difference \(?\+[\d.]+\)?, ", plain
    )
    assert plain.count("No raid.") == 1


def test_more_than_six_sides_are_refused_before_anything_runs(tmp_path):
    words = ["compare", *7 * ["baseline"], "--out", str(tmp_path / "new")]
    with pytest.raises(InputError, match="at most 6 sides, found 7"):
        CliRunner().invoke(app, words, catch_exceptions=False)
    assert not (tmp_path / "new").exists()


def test_sides_that_are_quite_alike_are_named_together(comparison):
    same = compared([comparison.runs[1], *comparison.runs[1:]], ["a", "b", "c"], titles=["A", "B", "C"])
    (share,) = (each for each in quantities(same) if each.name == "share_came")
    assert alike(share, 0) == alike(share, 1) == [0, 1]
    assert "in “A” and “B”, " in opening(same)[0]


def test_what_is_changed_on_every_side_is_said_once(comparison):
    titles = ["A, with x 1 instead of 2", "B, with x 1 instead of 2", "C, with x 1 instead of 2"]
    found = compared(comparison.runs, NAMES, titles=titles)
    assert found.titles == ("A", "B", "C")
    assert found.notes[0] == "On every side: x 1 instead of 2."
    other = [*titles[:2], "C, with x 2 instead of 1"]
    assert compared(comparison.runs, NAMES, titles=other).titles == tuple(other)
    alone = ["A, with x 1", "A, with x 2", "A, with x 3"]
    assert compared(comparison.runs, NAMES, titles=alone).titles == tuple(alone)
    assert compared(comparison.runs[:2], NAMES[:2], titles=titles[:2]).titles == tuple(titles[:2])
    for counted in ("6 parameters changed", "one parameter changed", "parameters changed more than once"):
        titles = [f"{name}, with {counted}" for name in "ABC"]  # not that they are the same ones
        assert compared(comparison.runs, NAMES, titles=titles).titles == tuple(titles)
