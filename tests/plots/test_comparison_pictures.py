"""Pictures of comparisons show the numbers of the comparison and stay readable for two to six runs."""

import math
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from made_up_runs import made_up_runs
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from readable_figures import assert_readable
from scipy import stats
from synthetic_market import build_scenario, build_tables, raid

from talentmarket.comparison.comparison import compared
from talentmarket.comparison.losses import losses_by_month
from talentmarket.comparison.sentences import HEADLINES
from talentmarket.comparison.side_by_side import Side
from talentmarket.errors import InputError
from talentmarket.numbers import number, with_spread
from talentmarket.plots.colours import ink
from talentmarket.plots.comparison import answers, effects, effects_told, twins
from talentmarket.plots.comparison.difference import _course, _finding
from talentmarket.plots.comparison.effects import effects_of_runs
from talentmarket.plots.comparison.gallery import PICTURES, comparison_plots, draw
from talentmarket.plots.comparison.words import by_run, run_colours
from talentmarket.runs.measures.labels import label_of

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
@pytest.mark.parametrize("kind", [kind for kind in PICTURES if kind != "answers"])
def test_every_picture_is_readable_and_asks_a_question(runs, kind, count):
    names = ["base", "raid", LONG, "C [x]", "D $1$ & E", "日本"][:count]
    figure = draw(compared(runs[:count], names, titles=names), kind)
    assert_readable(figure)
    title, subtitle, caption, question = (" ".join(text.get_text().split()) for text in figure.texts)
    assert not title.endswith("?")
    assert question.endswith("?")
    assert "against base" in subtitle
    assert "What decides it: the share of those asked who talk (fitted, confidence low)" in caption


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
    assert set(comparison_plots(compared(runs[:2]))) == set(PICTURES) - {"answers"}
    assert set(comparison_plots(compared([runs[1], runs[1]]))) == set(PICTURES) - {"twins", "answers"}


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
    assert title.startswith("OpenAI loses 5.0 more people to other labs in “raid”")
    title = _finding(pd.concat([_course_of([0, 0.5], half=2.0), other]), comparison)
    assert title == (
        "What OpenAI and Meta lose does not differ, as far as 6 pairs of runs tell; xAI loses 30.0 more people to other"
        " labs in “other”, half of them by month 5 (September 2025)"
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


def test_headings_of_panels_do_not_run_into_one_another(runs):
    """However long the names of the rows are, which leave the panels less room."""
    names = [
        "base",
        "Counter, to 20 M$, half of offers",
        "Match in full what it hears of (half)",
        "A long name",
        "D",
        "E",
    ]
    for count in (4, 6):
        comparison = compared(runs[:count], names[:count])
        rows = comparison.table[(comparison.table["scale"] > 0.0) & comparison.table["p"].notna()].itertuples()
        longest = max(rows, key=lambda row: len(f"{label_of(row.measure)}{row.lab}"))
        figure = effects_of_runs(comparison, [(longest.measure, longest.lab)])
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [axes._left_title.get_window_extent(renderer) for axes in figure.axes]
        assert all(box.x1 < after.x0 for box, after in pairwise(boxes))


def test_the_title_of_effects_tells_the_side_where_they_are_largest_first(runs):
    """Of three sides beside the base all are named, of more the largest and what is farthest from it."""
    comparison = compared(runs[:4], ["base", "one", "two", "three"])
    one = comparison.table[
        (comparison.table["measure"] == "answer_spending") & (comparison.table["lab"] == "OpenAI")
    ].set_index("run")
    rows = one.assign(half_width=30.0, scale=[1.0, 90.0, 90.0], significant=True).reset_index()
    rows = rows.assign(difference=[40.0, 1000.0, 2500.0])
    told = effects_told.finding_of_effects(rows, replace(comparison, table=rows)).replace("\u00a0", " ")
    assert told == (
        "OpenAI spends 2,500 M$ more on raises, awards and counter-offers in “three”, +1,000 M$ in “two”, +40 M$ in “one”"
    )


def test_runs_of_which_the_same_is_told_are_named_together(runs):
    comparison = compared(runs[:4], ["base", "one", "two", "three"])
    assert (
        by_run(comparison, [("+3", "two"), ("none", "one"), ("none", "three")])
        == "+3 in “two”, none in “one” and “three”"
    )


def test_the_title_of_twins_names_three_sides_and_of_more_the_most_and_the_fewest(runs):
    comparison = compared(runs[:5], ["base", "one", "two", "three", "four"])
    values = {"one": 2.0, "two": 9.0, "three": 4.0, "four": 3.0}
    told = {name: f"{value:g}" for name, value in values.items()}
    three = {name: values[name] for name in ("one", "two", "three")}
    assert twins._ends(told, three, comparison) == "9 in “two”, 4 in “three” and 2 in “one”"
    assert twins._ends(told, values, comparison) == "9 in “two” and 2 in “one”"


def test_what_headlines_speak_of_is_among_the_effects_however_small(runs):
    comparison = compared(runs[:2], ["base", "raid"])
    table = comparison.table
    there = {*table.loc[(table["scale"] > 0.0) & table["p"].notna(), "measure"]} & {*HEADLINES}
    assert "lost_to_labs" in there
    small = table["measure"].isin(HEADLINES)
    shrunk = table.assign(difference=table["difference"].where(~small, 0.001 * table["scale"]), significant=~small)
    assert there <= {*effects.shown(replace(comparison, table=shrunk))["measure"]}


def test_effects_are_the_ten_most_telling_and_hollow_where_they_are_not_distinguishable(runs):
    """Of three runs, in which a row that is clear in one need not be so in the other."""
    comparison = compared(runs[:3], ["base", "raid", "other"])
    figure = draw(comparison, "effects")
    table = comparison.table[comparison.table["lab"].isin(["OpenAI", "Meta", ""]) & (comparison.table["scale"] > 0.0)]
    ranked = table.assign(size=(table["difference"] / table["scale"]).abs())
    ranked = ranked[ranked["verdict"].isin(["higher", "lower", "not distinguishable from zero"])].sort_values(
        ["significant", "size"], ascending=False
    )
    keys = {(row.measure, row.lab) for row in effects.shown(comparison).itertuples()}
    largest = [(row.measure, row.lab) for row in ranked.drop_duplicates(["measure", "lab"]).itertuples()]
    others = [key for key in largest if key in keys and key[0] not in HEADLINES]
    assert others == [key for key in largest if key[0] not in HEADLINES][: len(others)]
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


def test_titles_of_several_sides_name_the_most_and_the_least_with_the_numbers_of_the_table(runs):
    names = ["one", "two", "three"]
    comparison = compared(runs[1:4], names)
    table = comparison.table

    def means(measure, lab):
        rows = table[(table["measure"] == measure) & (table["lab"] == lab)]
        return dict(zip(names, [rows["base_mean"].iloc[0], *rows["mean"]], strict=True))

    share = means("share_came", "")
    most, least = max(share, key=share.get), min(share, key=share.get)
    title = " ".join(draw(comparison, "raids").texts[0].get_text().split())
    assert title.startswith(f"Most come in “{most}”, {100 * share[most]:.1f} % of those asked, fewest in “{least}”, ")
    lost = means("lost_to_labs", "OpenAI")
    most, least = max(lost, key=lost.get), min(lost, key=lost.get)
    title = " ".join(draw(comparison, "series").texts[0].get_text().split())
    assert title.startswith(f"OpenAI loses most people to other labs in “{most}”, {lost[most]:.0f}")
    assert f"fewest in “{least}”, {lost[least]:.0f}" in title
    title = " ".join(draw(comparison, "twins").texts[0].get_text().split())
    found = re.fullmatch(
        r"Of those whom a raid moves, (\d+) % in “(\w+)” and (\d+) % in “(\w+)” would have stayed to the end", title
    )
    assert int(found[1]) > int(found[3])
    assert {found[2], found[4]} == {"two", "three"}


def test_sides_that_are_alike_are_told_once_and_those_whose_titles_are_cut_by_their_names(runs):
    raids = compared([runs[0], runs[1], runs[1]], ["base", "one", "two"])
    title = " ".join(draw(raids, "twins").texts[0].get_text().split())
    assert re.fullmatch(r"Of those whom a raid moves, \d+ % in each would have stayed to the end", title)
    calm = compared([runs[1], runs[0], runs[0]], ["raid", "one", "two"])
    people = number(calm.fates["people"].iloc[0] / RUNS)
    title = " ".join(draw(calm, "twins").texts[0].get_text().split())
    assert title == f"Against “raid”, {people} in each lead another life"
    titles = [f"{LONG} {place}" for place in range(3)]
    cut = compared(runs[1:4], ["one", "two", "three"], titles=titles)
    title = " ".join(draw(cut, "series").texts[0].get_text().split())
    assert sum(f"“{name}”" in title for name in ("one", "two", "three")) == 2


def test_the_largest_difference_of_several_sides_is_told_with_its_side(runs):
    comparison = compared(runs[:3], ["base", "raid", "other"])
    table = comparison.table
    own = table[(table["lab"] == "Meta") & (table["run"] == "other") & (table["measure"] == "culture_at_the_end")]
    own = own.assign(difference=-0.123, half_width=0.02, scale=0.1, significant=True)
    told = effects_told.finding_of_effects(own, replace(comparison, table=own))
    assert told == "Meta's culture at the end: −12.3 points in “other”"


def test_the_names_beside_flows_have_the_colours_of_their_runs(runs):
    comparison = compared(runs[:3], ["base", "raid", "other"])
    shown = [axes.yaxis.label.get_color() for axes in draw(comparison, "flow_changes").axes[::2]]
    assert shown == [ink(colour) for colour in list(run_colours(comparison.names).values())[1:]]


def answering_run(number):
    """A raid that OpenAI answers the better the higher the number: more is spent, and more people stay, but in one of five."""
    scenario = build_scenario(campaigns=[raid()], scale=0.2)
    document = scenario.model_dump()
    document["labs"][0]["response"]["counter_share"] = 0.1 * number
    tables = build_tables(scenario, RUNS)
    months = tables["months"]
    answered = (months["lab"] == "OpenAI").to_numpy(dtype=float) * number
    spent = dict.fromkeys(("spend_counters", "spend_practice"), 0.0)
    stayers = np.round(500.0 + months["replicate"] % 3 * answered + (9.0 if number < 5 else -9.0) * answered)
    raised = (5.0 + months["replicate"]) * answered
    tables["months"] = months.assign(**spent, spend_fair=raised, stayers=stayers)
    return made_up_runs(type(scenario).model_validate(document), tables)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_answers_are_dots_at_what_is_spent_and_whom_they_keep(count):
    names = ["base", "Match in full what it hears of (half)", "Counter, to 20 M$", "C", "D", "E"][: count + 1]
    comparison = compared([answering_run(number) for number in range(count + 1)], names)
    figure = draw(comparison, "answers")
    assert_readable(figure)
    assert figure.texts[-1].get_text() == answers.QUESTION
    costs = comparison.costs[comparison.costs["lab"] == "OpenAI"]
    drawn = [each for each in figure.axes[0].collections if isinstance(each, PathCollection)]
    dots = np.concatenate([each.get_offsets() for each in drawn])
    np.testing.assert_allclose(dots, [[0.0, 0.0], *costs[["spending", "people"]].to_numpy()])


def test_the_title_of_answers_tells_whom_they_keep_at_which_cost():
    nothing = Side(*3 * [math.nan])
    spent, kept = Side(9, 8, 10, 40.0, 30.0, 50.0, clear=True), Side(9, 8, 10, 5.0, 4.0, 6.0, clear=True)
    told = answers._told(answers.Answer(spent, kept, Side(8.0, 7.0, 9.5)))
    assert told.replace("\u00a0", " ") == "5.0 more at 8.0 M$ each"
    assert (
        answers._told(
            answers.Answer(spent, kept._replace(difference=-5.0, difference_low=-6.0, difference_high=-4.0), nothing)
        )
        == "5.0 fewer"
    )
    assert (
        answers._told(answers.Answer(spent, kept._replace(difference_low=-1.0), nothing))
        == "no difference that can be told"
    )
