"""Pictures of comparisons show the numbers of the comparison and stay readable for two to six runs."""

import math

import numpy as np
import pandas as pd
import pytest
from made_up_runs import made_up_runs
from readable_figures import assert_readable
from scipy import stats
from synthetic_market import build_scenario, build_tables, raid

from talentmarket.comparison.comparison import compared
from talentmarket.comparison.losses import losses_by_month
from talentmarket.errors import InputError
from talentmarket.numbers import with_spread
from talentmarket.plots.comparison.difference import _course, _finding
from talentmarket.plots.comparison.effects import effects_of_runs
from talentmarket.plots.comparison.gallery import PICTURES, comparison_plots, draw

RUNS = 6
LONG = "A very long name of a scenario, longer than any line has room for"


def texts(figure):
    own = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        own += [axes.get_title(loc="left"), *(text.get_text() for text in axes.texts)]
        own += [label.get_text() for label in axes.get_yticklabels()]
    return own


@pytest.fixture(scope="module")
def runs():
    scenarios = [build_scenario(scale=0.2), *(build_scenario(campaigns=[raid()], scale=0.2) for _ in range(5))]
    return [made_up_runs(scenario, build_tables(scenario, RUNS, seed)) for seed, scenario in enumerate(scenarios)]


@pytest.mark.parametrize("count", [2, 3, 6])
@pytest.mark.parametrize("kind", list(PICTURES))
def test_every_picture_is_readable_and_asks_a_question(runs, kind, count):
    names = ["base", "raid", LONG, "C [x]", "D $1$ & E", "日本"][:count]
    figure = draw(compared(runs[:count], names, titles=names), kind)
    assert_readable(figure)
    title, subtitle, caption, question = (" ".join(text.get_text().split()) for text in figure.texts)
    assert not title.endswith("?")
    assert question.endswith("?")
    assert "against base" in subtitle
    assert "What decides it: engage (fitted to raid_yield" in caption


@pytest.mark.parametrize("kind", list(PICTURES))
def test_runs_that_are_alike_have_pictures_too(runs, kind):
    assert_readable(draw(compared([runs[1], runs[1]], ["one", "two"]), kind))


@pytest.mark.parametrize("kind", list(PICTURES))
@pytest.mark.parametrize("labs", [{"OpenAI": 3350}, {"OpenAI": 3350, "Meta": 2500, "A [b] & C": 700}])
def test_labs_that_only_one_run_has_or_one_lab_alone(runs, kind, labs):
    scenario = build_scenario(labs=labs)
    other = made_up_runs(scenario, build_tables(scenario, RUNS, 3))
    for pair in ([other, other], [runs[0], other], [other, runs[0]]):
        assert_readable(draw(compared(pair, ["base", "other"]), kind))


def test_a_picture_that_does_not_exist_is_refused(runs):
    with pytest.raises(InputError, match="no picture 'forest' of a comparison; there are raids, effects, series"):
        compared(runs[:2], draw=draw).plot("forest")


def test_twins_are_drawn_only_where_there_are_any(runs):
    assert set(comparison_plots(compared(runs[:2]))) == set(PICTURES)
    assert set(comparison_plots(compared([runs[1], runs[1]]))) == set(PICTURES) - {"twins"}


def test_series_and_differences_draw_the_means(runs):
    comparison = compared(runs[:2], ["base", "raid"])
    table = losses_by_month(comparison).set_index(["run", "lab", "month"]).sort_index()
    series, difference = draw(comparison, "series"), draw(comparison, "difference")
    axes = next(each for each in series.axes if each.get_title(loc="left") == "OpenAI")
    for line, name in zip(axes.lines, ("base", "raid"), strict=True):
        np.testing.assert_allclose(line.get_ydata(), table.loc[(name, "OpenAI"), "mean"])
    axes = next(each for each in difference.axes if each.get_title(loc="left") == "OpenAI")
    drawn = axes.lines[-1].get_ydata()
    np.testing.assert_allclose(drawn, table.loc[("raid", "OpenAI"), "difference"])
    assert {"base", "raid"} <= set(texts(series))


def _course_of(values, half=1.0):
    """The losses of OpenAI over five months as `losses_by_month` has them."""
    path = np.array(values, dtype=float)
    columns = {"difference": path, "difference_low": path - half, "difference_high": path + half}
    return pd.DataFrame({"run": "raid", "lab": "OpenAI", "month": range(len(path)), **columns})


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ([0, 0, 10, 10, 10, 10], ", nine tenths of them by month 2 (June 2025)"),
        ([0, 2, 4, 6, 8, 10], ", half of them by month 3 (July 2025)"),
        ([0, -2, -4, -6.7, -5, -3.2], " in the end, 6.7 fewer by month 3 (July 2025)"),
        ([0, 8, 2, 8, 2, 8], ""),
    ],
)
def test_a_title_says_how_a_difference_came_about_only_where_it_holds(runs, path, said):
    """By month N only without a way back; a peak that is left again is named."""
    assert _course(_course_of(path), compared(runs[:2], ["base", "raid"])) == said


def test_a_title_names_the_lab_that_is_changed_the_run_and_what_cannot_be_told(runs):
    comparison = compared(runs[:3], ["base", "raid", "other"])
    other = _course_of([0, 0, 0, 0, 0, 30]).assign(lab="xAI", run="other")
    title = _finding(pd.concat([_course_of([0, 1, 2, 3, 4, 5]), other]), comparison)
    assert title.startswith("OpenAI loses 5.0 more people to other labs (raid)")
    title = _finding(pd.concat([_course_of([0, 0.5], half=2.0), other]), comparison)
    assert title == (
        "What OpenAI and Meta lose does not differ, as far as 6 pairs of runs tell; xAI loses 30.0 more people to other"
        " labs (other), half of them by month 5 (September 2025)"
    )
    nothing = _finding(_course_of([0, 0.5], half=2.0), comparison)
    assert nothing == "No lab's losses differ in the end, as far as 6 pairs of runs tell"


def test_panels_that_are_compared_have_one_scale(runs):
    comparison = compared(runs[:3], ["base", "raid", "other"])
    difference = draw(comparison, "difference")
    assert len(difference.axes) > 1
    assert len({axes.get_ylim() for axes in difference.axes}) == 1
    nets = draw(comparison, "flow_changes").axes[1::2]
    assert len(nets) == 2
    assert nets[0].get_xlim() == nets[1].get_xlim()


def test_effects_of_chosen_measures_are_those_and_the_first_is_the_title(runs):
    comparison = compared(runs[:2], ["base", "raid"])
    figure = effects_of_runs(comparison, [("headcount_change", "OpenAI"), ("lost_to_labs", "OpenAI"), ("nothing", "")])
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == ["headcount change  OpenAI", "lost to labs  OpenAI"]
    title = " ".join(texts(figure)[0].split())
    assert title.startswith("OpenAI ends with ")
    assert "; OpenAI loses " in title


def test_events_of_any_run_are_marked_and_named():
    document = build_scenario(scale=0.2).model_dump()
    event = {"name": "Next trend", "month": 20, "hazard": 0.0, "set": {}, "reprice": {"OpenAI": 1.5}}
    scenario = type(build_scenario()).model_validate({**document, "events": [event]})
    happened = pd.DataFrame({"replicate": range(RUNS), "month": 20, "event": "Next trend"})
    with_event = made_up_runs(scenario, {**build_tables(scenario, RUNS, 2), "events": happened})
    without = made_up_runs(build_scenario(scale=0.2), build_tables(build_scenario(scale=0.2), RUNS, 1))
    for kind in ("series", "difference"):
        figure = draw(compared([without, with_event], ["base", "trend"]), kind)
        assert "Dashed: Next trend (month 20, December 2026)." in " ".join(figure.texts[2].get_text().split())
        assert_readable(figure)


def test_effects_are_the_ten_largest_and_hollow_where_they_are_not_distinguishable(runs):
    """Of three runs, in which a row that is clear in one need not be so in the other."""
    comparison = compared(runs[:3], ["base", "raid", "other"])
    figure = draw(comparison, "effects")
    table = comparison.table[comparison.table["lab"].isin(["OpenAI", "Meta", ""]) & (comparison.table["scale"] > 0.0)]
    ranked = table.assign(size=(table["difference"] / table["scale"]).abs())
    ranked = ranked[ranked["verdict"].isin(["higher", "lower", "not distinguishable from zero"])].sort_values(
        ["significant", "size"], ascending=False
    )
    keys = {(row.measure, row.lab) for row in ranked.drop_duplicates(["measure", "lab"]).head(10).itertuples()}
    assert 5 < len(keys) <= 10
    for axes, name in zip(figure.axes, ("raid", "other"), strict=True):
        chosen = np.array([key in keys for key in zip(table["measure"], table["lab"], strict=True)])
        shown = table[(table["run"] == name) & chosen & (table["verdict"] != "the same")]
        filled, hollow = (axes.collections[place].get_offsets() for place in (1, 3))
        assert len(filled) == shown["significant"].sum()
        assert len(hollow) == (~shown["significant"]).sum()
        np.testing.assert_allclose(
            np.sort(np.concatenate([filled[:, 0], hollow[:, 0]])), np.sort(shown["difference"] / shown["scale"])
        )


def test_raids_stand_beside_one_another_with_what_they_promise(runs):
    comparison = compared([runs[1], runs[2]], ["one", "two"])
    figure = draw(comparison, "raids")
    widths = [bar.get_width() for bar in figure.axes[0].patches]
    columns = ("approached", "engaged", "offers", "accepted", "started")
    sums = [[each.months[name].sum() / RUNS for each in comparison.runs] for name in columns]
    bars = [mean for means in sums for mean in (means if len({*means}) > 1 else means[:1])]
    np.testing.assert_allclose(widths[: len(bars)], bars)
    came = runs[1].months.groupby("replicate")["started"].sum()
    mean, half = came.mean(), stats.t.ppf(0.975, RUNS - 1) * came.std(ddof=1) / math.sqrt(RUNS)
    said = f"{with_spread(mean, half)} of {widths[0]:.0f} come for"
    assert " ".join(texts(figure)[0].split()).startswith(said)
    without = draw(compared([runs[0], runs[0]], ["one", "two"]), "raids")
    assert any("Nobody is asked" in text for text in texts(without))


def test_twins_bars_add_up_to_one(runs):
    figure = draw(compared(runs[:2], ["base", "raid"]), "twins")
    widths = np.zeros(len(figure.axes[0].get_yticks()))
    for bar in figure.axes[0].patches:
        widths[round(bar.get_y() + bar.get_height() / 2)] += bar.get_width()
    np.testing.assert_allclose(widths, 1.0)
    plain = [text.get_text().replace(",", "") for text in figure.axes[0].texts]
    people = [float(text) for text in plain if text.replace(".", "").isdecimal()]
    assert len(people) == len(widths)
    assert min(people) >= 0.5  # what hardly anybody does has no bar
