"""Reports: whole and readable HTML that loads nothing, says what the tables say, and takes every text for text."""

import math
import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import html5lib
import pandas as pd
import pytest
from typer.testing import CliRunner

from talentmarket.cli import app
from talentmarket.comparison.comparison import compared
from talentmarket.comparison.costs import COLUMNS
from talentmarket.errors import InputError
from talentmarket.numbers import NO_BREAK
from talentmarket.plots import save_comparison_plots
from talentmarket.report import comparison_report, run_report, write_report
from talentmarket.report.chapters.changed_parameters import changed_parameters
from talentmarket.report.chapters.effects_table import costs_table
from talentmarket.report.page import html
from talentmarket.runs.folder.manifest import Failure
from talentmarket.runs.measures.labels import label_of
from talentmarket.runs.running import Options, Place, run_to_folder
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario

SMALL = ["population.scale=0.1", "run.months=12", "run.replicates=6"]
VANDAL = '<script>alert("x")</script> & <b>bold</b>'
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    out = tmp_path_factory.mktemp("outputs")
    for name in ("baseline", "meta_raid"):
        run_to_folder(load(name, SMALL), Place(name, out), Options(workers=1))
    return out / "baseline", out / "meta_raid"


@pytest.fixture(scope="module")
def runs(folders):
    from talentmarket.runs.folder.reading import read

    return [read(folder) for folder in folders]


@pytest.fixture(scope="module")
def documents(runs, folders):
    """The text of a report on each run and on both compared."""
    base, raid = runs
    return {
        "baseline": html(run_report(base, folders[0])),
        "raid": html(run_report(raid, folders[1])),
        "comparison": html(comparison_report(compared(runs, ["baseline", "meta_raid"]), folders)),
    }


def parsed(text):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=True).parse(text)


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def section(document, name):
    return next(each for each in document.iter(f"{XHTML}section") if each.get("id") == name)


def rows(document, name):
    """The cells of every row of a chapter, as text."""
    return [[text_of(cell) for cell in row] for row in section(document, name).iter(f"{XHTML}tr")]


def assert_rounded(text, value):
    """A number in a table is the value, rounded to the decimals that are shown."""
    plain = text.replace(",", "").replace("−", "-")
    decimals = len(plain.partition(".")[2])
    assert float(plain) == pytest.approx(value, abs=0.5001 * 10.0**-decimals)


@pytest.mark.parametrize("name", ["baseline", "raid", "comparison"])
def test_a_report_is_strict_html_with_one_heading_and_ids_of_its_own(documents, name):
    document = parsed(documents[name])
    ids = [each.get("id") for each in document.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert len(list(document.iter(f"{XHTML}h1"))) == 1
    links = [each.get("href")[1:] for each in document.iter(f"{XHTML}a")]
    assert set(links) <= set(ids)
    assert all(image.get("alt") for image in document.iter(f"{XHTML}img"))


@pytest.mark.parametrize("name", ["baseline", "raid", "comparison"])
def test_a_report_loads_nothing(documents, name):
    document = parsed(documents[name])
    sources = [each.get(key) for each in document.iter() for key in ("src", "href") if each.get(key)]
    assert all(source.startswith(("#", "data:")) for source in sources)
    assert not list(document.iter(f"{XHTML}script"))
    style = text_of(next(document.iter(f"{XHTML}style")))
    assert "url(" not in style
    assert "@import" not in style


def test_the_measures_are_those_of_the_run(documents, runs):
    found = {(cells[0], cells[1]): cells for cells in rows(parsed(documents["raid"]), "measures") if len(cells) > 2}
    for row in runs[1].summary.query("n == 6").itertuples():
        assert_rounded(found[label_of(row.measure), row.lab or "all"][2], row.mean)


def test_the_answer_gives_the_share_that_came_with_its_interval(documents, runs):
    row = runs[1].summary.set_index(["measure", "lab"]).loc["share_came", ""]
    answer = text_of(section(parsed(documents["raid"]), "answer"))
    said = re.search(r"That is ([\d.]+) % \(([−\d.]+) to ([\d.]+)\) of the approaches", answer)
    assert [float(each.replace("−", "-")) for each in said.groups()] == pytest.approx(
        [100 * row["mean"], 100 * row["low"], 100 * row["high"]], abs=0.051
    )


def test_the_funnel_is_that_of_the_measures(documents, runs):
    whole = {row.measure: row for row in runs[1].summary.itertuples() if row.lab == ""}
    steps = rows(parsed(documents["raid"]), "funnel")[1:]
    measures = ("approached", "engaged", "offers", "accepted", "started")
    assert [cells[0] for cells in steps] == ["Asked", "Talked", "Had an offer", "Accepted", "Started"]
    for cells, name in zip(steps, measures, strict=True):
        assert_rounded(cells[1], whole[name].mean)
    for cells, before, after in zip(steps[1:], measures[:-1], measures[1:], strict=True):
        assert_rounded(cells[4], whole[before].mean - whole[after].mean)
    hung = {cells[0]: cells[1] for cells in rows(parsed(documents["raid"]), "refusals")[1:]}
    assert_rounded(hung["the cost of moving"], 100.0 * whole["refused_for_moving_cost"].mean)
    assert set(hung) == {"the mission", "the cost of moving", "unvested stock", "colleagues"}
    answer = text_of(section(parsed(documents["raid"]), "answer"))
    assert "of the approaches never lead to a talk" in answer
    assert "would have been acceptances if moving cost nothing" in answer


def test_a_run_without_a_campaign_has_no_funnel(documents):
    names = {each.get("id") for each in parsed(documents["baseline"]).iter(f"{XHTML}section")}
    assert "measures" in names
    assert not {"funnel", "refusals"} & names


def test_a_comparison_tells_the_cost_of_a_person_still_there(runs, folders):
    comparison = compared(runs, ["baseline", "meta_raid"])
    spent = comparison.costs[comparison.costs["spending"] != 0.0]
    assert len(spent)
    told = rows(parsed(html(comparison_report(comparison, folders))), "costs")[1:]
    assert [cells[:2] for cells in told] == [[comparison.titles[1], lab] for lab in spent["lab"]]
    for cells, row in zip(told, spent.itertuples(), strict=True):
        assert_rounded(cells[2].lstrip("+"), row.spending)
        assert_rounded(cells[3].lstrip("+"), row.people)
        assert (cells[4] == "–") == bool(row.note)
        assert row.note in cells[6]


def test_a_cost_is_told_with_its_interval_and_labs_that_spend_the_same_are_left_out():
    costs = pd.DataFrame(
        [
            ("raise", "Alpha", 8, 120.0, 15.0, 8.0, 6.5, 10.3, ""),
            ("raise", "Gamma", 8, 2.0, 0.1, math.nan, math.nan, math.nan, "that more people are there cannot be told"),
            ("raise", "Beta", 8, 0.0, 1.0, math.nan, math.nan, math.nan, "the runs differ in no spending"),
        ],
        columns=[*COLUMNS],
    )
    (only,) = costs_table(costs, {"raise": "A raise"}).sections[0].rows
    assert only.cells == ("A raise", "Alpha", "+120.0", "+15.0", "8.0", "6.5 to 10.3", "")


def test_only_changed_parameters_are_listed(documents, runs):
    table = rows(parsed(documents["raid"]), "assumptions")
    assert ["compute", "–", "40", "accelerators per researcher", "gpu_promise"] in table
    assert ["total", "–", "300", "M$", "max_package"] in table
    assert not any(cells[0] == "mission" for cells in table)
    assert "Every parameter is as in the baseline" not in documents["raid"]


def test_a_source_is_named_only_for_the_value_that_it_supports():
    """Of a raid with half the offer, the article's figure supports the base's value alone."""
    half = load("meta_raid", ["campaigns.Meta on OpenAI.tiers.top.total=150"])
    (table,) = changed_parameters([load("meta_raid"), half], ["whole", "half"])
    assert [row.cells for row in table.sections[0].rows] == [
        ("total", "300", "150", "M$", "max_package (whole); set here, without a source (half)")
    ]


def test_what_nobody_measured_is_said_beside_its_value(documents):
    """Parameters without a fact of the scenario rest on what `seeds/` has of them."""
    table = {cells[0]: cells for cells in rows(parsed(documents["raid"]), "assumptions")}
    assert table["engage"][-1].startswith("fitted to raid_yield")
    assert table["engage_response"][-1] == table["offer"][-1] == "assumed"


def test_an_answer_says_what_it_hangs_on(documents):
    def box(name):
        return [
            text_of(each)
            for part in section(parsed(documents[name]), "answer").iter(f"{XHTML}div")
            if part.get("id") == "hangs-on"
            for each in part.iter(f"{XHTML}li")
        ]

    for name in ("raid", "comparison"):
        engage, response, *others = box(name)
        assert engage.startswith(
            "The share of those asked who talk (engage 0.25): fitted to raid_yield, confidence low. "
        )
        assert response.startswith("How a larger offer gets people to talk (engage_response 0.1): assumed. ")
        assert any(each.startswith("The cost of moving (switching_cost 0.25): assumed. ") for each in others)
    assert not any("engage" in each for each in box("baseline"))  # nobody is asked there


def test_what_is_as_usual_is_folded_and_what_is_off_is_left_out(documents):
    chapter = section(parsed(documents["raid"]), "assumptions")
    (details,) = chapter.iter(f"{XHTML}details")
    folded = [text_of(each) for each in details.iter(f"{XHTML}th")]
    assert "engage" in folded
    assert "total" not in folded
    assert "max_hires" not in {text_of(each) for each in chapter.iter(f"{XHTML}th")}  # 0: no limit


@pytest.mark.parametrize(("name", "title"), [("raid", " come, for "), ("comparison", " come for ")])
def test_a_report_opens_with_the_answer_and_one_picture_of_it(documents, name, title):
    document = parsed(documents[name])
    (lead,) = section(document, "answer").iter(f"{XHTML}img")
    assert title in lead.get("alt")
    chapters = [each.get("id") for each in document.iter(f"{XHTML}section")]
    assert chapters.index("answer") < chapters.index("assumptions") < chapters.index("pictures")
    others = [each.get("alt") for each in section(document, "pictures").iter(f"{XHTML}img")]
    assert lead.get("alt") not in others


def test_a_report_says_what_each_person_won_and_kept_costs_and_when(documents, runs):
    offers = runs[1].offers
    came = offers[offers["outcome"].isin(["started", "returned"])]
    for name in ("raid", "comparison"):
        answer = text_of(section(parsed(documents[name]), "answer"))
        assert f"{came['total'].sum() / len(came):.0f} M$" in answer.replace("\xa0", " ")
        kept = came["total"].sum() / (came["left"] < 0).sum()
        assert f"{kept:.0f} M$" in answer.replace("\xa0", " ")
        assert "from month 3 (July 2025) to month 6 (October 2025)" in answer


def test_a_report_takes_the_pictures_that_have_been_drawn(runs, folders, tmp_path, monkeypatch):
    comparison = compared(runs, ["baseline", "meta_raid"])
    drawn = html(comparison_report(comparison, folders))
    save_comparison_plots(comparison, tmp_path)
    monkeypatch.setattr(
        sys.modules["talentmarket.report.comparison_report"], "comparison_plots", lambda _: pytest.fail("twice")
    )
    taken = html(comparison_report(comparison, folders, tmp_path))
    alts, sizes = ([re.findall(rf'{key}="([^"]*)"', text) for text in (drawn, taken)] for key in ("alt", "width"))
    assert alts[0] == alts[1]
    assert sizes[0] == sizes[1]


def test_scenarios_that_do_not_differ_have_no_table_of_changes():
    scenario = load("meta_raid")
    assert changed_parameters([scenario, scenario], ["a", "b"]) == ()


def test_changes_of_events_and_lists_are_readable():
    base = load("meta_raid")
    event = {"name": "new price", "month": 3, "hazard": 0.0, "set": {"choice.noise": 0.5}, "reprice": {"OpenAI": 1.5}}
    other = Scenario.model_validate({**base.model_dump(), "events": [event]})
    table, folded = changed_parameters([base, other], ["a", "b"])
    assert [row.cells[:3] for row in folded.sections[0].rows] == [("hazard", "–", "0")]
    assert [part.name for part in table.sections] == ["Event new price"]
    assert [row.cells[:3] for row in table.sections[0].rows] == [
        ("month", "–", "3"),
        ("set: choice.noise", "–", "0.5"),
        ("reprice: OpenAI", "–", "1.5"),
    ]


def test_a_comparison_speaks_only_of_what_can_be_told_from_zero(documents, runs):
    table = compared(runs, ["baseline", "meta_raid"]).table
    answer = text_of(section(parsed(documents["comparison"]), "answer"))
    assert f": {int(table['significant'].sum())} of {int(table['p'].notna().sum())} are." in answer
    said = re.findall(r"(\w[\w ]*?) loses [\d.,]+ (?:more|fewer) people to other labs", answer)
    lost = table[(table["measure"] == "lost_to_labs") & table["significant"]]
    assert set(said) <= set(lost["lab"])


def test_differences_in_the_table_are_those_of_the_comparison(documents, runs):
    table = compared(runs, ["baseline", "meta_raid"]).table
    table = table.assign(shown=table["measure"].map(label_of)).set_index(["shown", "lab"])
    found = [cells for cells in rows(parsed(documents["comparison"]), "measures-1") if len(cells) == 8]
    for cells in found[1:]:
        key = (cells[0], "" if cells[1] == "all" else cells[1])
        if cells[4] != "–":
            assert_rounded(cells[4], table.loc[key, "difference"])


def test_every_text_of_the_user_is_taken_for_text(runs, folders):
    scenario = runs[1].scenario.model_copy(update={"title": VANDAL, "question": VANDAL, "description": VANDAL})
    manifest = replace(runs[1].manifest, overrides=(VANDAL,), failures=(Failure(3, VANDAL),), replicates=7)
    vandal = replace(runs[1], scenario=scenario, manifest=manifest)
    for report in (run_report(vandal, Path("a; rm -rf b")), comparison_report(compared([runs[0], vandal]), folders)):
        text = html(report)
        assert VANDAL not in text
        document = parsed(text)
        assert text_of(next(document.iter(f"{XHTML}h1"))) == VANDAL
        assert not list(document.iter(f"{XHTML}script"))


def test_failed_replicates_are_spoken_of(runs, folders):
    manifest = replace(runs[1].manifest, failures=(Failure(5, "RuntimeError: nobody is left"),), replicates=7)
    answer = text_of(section(parsed(html(run_report(replace(runs[1], manifest=manifest), folders[1]))), "answer"))
    assert "Means of 6 simulated runs" in answer
    assert "1 of 7 runs failed and are left out; RuntimeError: nobody is left" in answer


def test_numbers_and_their_percent_signs_stay_together(documents):
    assert f"{NO_BREAK}%" in documents["raid"]


def test_the_command_writes_beside_the_run_and_where_it_is_told(folders, tmp_path):
    shell = CliRunner()
    one = shell.invoke(app, ["report", str(folders[1])])
    assert one.exit_code == 0, one.output
    assert (folders[1] / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    two = shell.invoke(app, ["report", *map(str, folders), "--output", str(tmp_path / "deep" / "both.html")])
    assert two.exit_code == 0, two.output
    assert "against Baseline: no raid, with run.months 12" in (tmp_path / "deep" / "both.html").read_text(
        encoding="utf-8"
    )
    shell.invoke(app, ["report", *map(str, folders)])
    assert (folders[0].parent / "baseline-vs-meta_raid.html").is_file()


def test_a_place_that_cannot_be_written_is_said(runs, folders, tmp_path):
    report = run_report(runs[0], folders[0])
    with pytest.raises(InputError, match="is a folder; name a file for the report"):
        write_report(report, tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="the report cannot be written"):
        write_report(report, tmp_path / "file" / "report.html")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_report_takes_the_place_of_a_report_and_of_nothing_else(runs, folders, tmp_path):
    report = run_report(runs[0], folders[0])
    place, link = tmp_path / "report.html", tmp_path / "latest.html"
    place.touch()  # as `mktemp` leaves it
    link.symlink_to(place)
    for _ in range(2):
        write_report(report, link)
    assert link.is_symlink()
    assert place.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    mine = tmp_path / "mine.toml"
    mine.write_text('extends = "baseline"', encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    for other in (mine, tmp_path / "pipe", folders[0] / "manifest.json"):
        with pytest.raises(InputError, match="is no report that talentmarket wrote; name another file"):
            write_report(report, other)
    assert mine.read_text(encoding="utf-8") == 'extends = "baseline"'
    assert (tmp_path / "pipe").is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["latest.html", "mine.toml", "pipe", "report.html"]


def test_runs_that_cannot_be_compared_are_refused_with_the_reason(folders, tmp_path):
    run_to_folder(load("baseline", [*SMALL, "run.seed=1"]), Place("other", tmp_path), Options(workers=1))
    with pytest.raises(InputError, match="seeds"):
        CliRunner().invoke(app, ["report", str(folders[0]), str(tmp_path / "other")], catch_exceptions=False)
    assert not list(tmp_path.glob("*.html"))
