"""Each picture shows the numbers of its tables, with units, and stays readable whatever the run was."""

import re
import tomllib

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from readable_figures import assert_readable
from synthetic_market import build_scenario, build_tables, raid, tier

import talentmarket.plots as plots
from talentmarket.comparison.hires import hires, per_person
from talentmarket.numbers import money_in_words, with_spread
from talentmarket.plots.colours import OUTCOMES, lab_colours
from talentmarket.plots.events import event_marks, events_caption
from talentmarket.plots.raid.acceptance import acceptance_by_offer, binomial_interval
from talentmarket.plots.raid.cost import cost_of_hires
from talentmarket.plots.raid.funnel import asked_again, fate_of_approaches, finding
from talentmarket.plots.raid.offers import fate_of_offers
from talentmarket.plots.raid.staying import stay_of_hires
from talentmarket.plots.run.flows import flows_between_labs
from talentmarket.plots.run.headcount import headcount_by_lab
from talentmarket.plots.run.pay import pay_of_movers, yardsticks
from talentmarket.runs.summary import half_width
from talentmarket.scenario import load
from talentmarket.scenario.evidence.seeds import parameters
from talentmarket.scenario.shipped import folder
from talentmarket.scenario.writing.in_words import PARAMETERS

RUNS = 8
RAID = build_scenario(campaigns=[raid()], scale=0.2)
TABLES = build_tables(RAID, RUNS)
BASELINE = build_scenario(scale=0.2)


def texts(figure):
    """All texts of a figure but tick labels."""
    own = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        own += [axes.get_title(loc="left"), axes.get_title(), *(text.get_text() for text in axes.texts)]
    return own


def panel(figure, name):
    return next(axes for axes in figure.axes if axes.get_title(loc="left") == name)


def test_headcount_draws_the_mean_and_the_spread_of_runs(monkeypatch):
    monkeypatch.setattr("talentmarket.plots.run.headcount.MOVES", 0.0)
    figure = headcount_by_lab(TABLES["months"], TABLES["events"], RAID, RUNS)
    colours = lab_colours(RAID.labs)
    assert [axes.get_title(loc="left") for axes in figure.axes] == [lab.name for lab in RAID.labs]
    for lab in RAID.labs:
        rows = TABLES["months"].query("lab == @lab.name").groupby("month")["headcount"]
        axes = panel(figure, lab.name)
        line = axes.lines[0]
        np.testing.assert_allclose(line.get_xdata(), np.arange(49))
        np.testing.assert_allclose(line.get_ydata(), rows.mean())
        assert to_hex(line.get_color()) == to_hex(colours[lab.name])
        band = axes.collections[0].get_paths()[0].vertices[:, 1]
        assert band.max() == pytest.approx(rows.quantile(0.95).max())
        assert band.min() == pytest.approx(rows.quantile(0.05).min())


def test_headcount_draws_labs_that_change_and_names_the_others():
    months = TABLES["months"]
    mean = months.groupby(["lab", "month"], observed=True)["headcount"].mean().unstack()
    moving = set(mean.index[(mean.div(mean[0], axis=0) - 1).abs().max(axis=1) > 0.02])
    figure = headcount_by_lab(months, TABLES["events"], RAID, RUNS)
    drawn = moving | {"Meta", "OpenAI"}  # the raider and the raided always are
    assert {axes.get_title(loc="left") for axes in figure.axes} == drawn
    assert set(mean.index) - drawn
    caption = " ".join(texts(figure)[2].split())
    assert all(name in caption.partition("Not drawn")[2] for name in set(mean.index) - drawn)
    still = months.assign(headcount=100)
    assert "None: over the whole run" in texts(headcount_by_lab(still, TABLES["events"], BASELINE, RUNS))[0]
    title = texts(headcount_by_lab(still, TABLES["events"], RAID, RUNS))[0]
    assert title == "OpenAI and Meta keep their size: whoever leaves is replaced"


def test_headcount_names_units_campaign_and_band(monkeypatch):
    monkeypatch.setattr("talentmarket.plots.run.headcount.MOVES", 0.0)
    figure = headcount_by_lab(TABLES["months"], TABLES["events"], RAID, RUNS)
    # Of the raider and the raided, whatever becomes of the others.
    change = {
        lab: rows["headcount"].iloc[-1] / rows["headcount"].iloc[0] - 1
        for lab, rows in TABLES["months"]
        .groupby(["lab", "month"], observed=True)["headcount"]
        .mean()
        .reset_index()
        .groupby("lab", observed=True)
        if lab in ("Meta", "OpenAI")
    }
    most, least = max(change, key=change.get), min(change, key=change.get)
    said = texts(figure)[0].replace("\n", " ")
    assert said.startswith(f"{most} grows by {100 * change[most]:.1f}\N{NO-BREAK SPACE}%")
    assert said.endswith(f"{least} shrinks by {-100 * change[least]:.1f}\N{NO-BREAK SPACE}%")
    assert texts(figure)[3] == "Which labs grow, and which shrink?"
    assert {axes.get_ylabel() for axes in figure.axes} == {"researchers", ""}
    assert {axes.get_xlabel() for axes in figure.axes} == {"month", ""}
    assert "raided by Meta" in texts(figure)
    assert "raids OpenAI" in texts(figure)
    assert f"mean of {RUNS} runs" in texts(figure)[2]
    assert "spread of runs" in texts(figure)[2].replace("\n", " ")
    shade = panel(figure, "xAI").patches[0]
    assert (shade.get_x(), shade.get_x() + shade.get_width()) == (5, 11)


def test_headcount_of_one_run_has_no_band_and_says_so():
    months = TABLES["months"].query("replicate == 0")
    figure = headcount_by_lab(months, TABLES["events"], BASELINE, 1)
    assert not any(axes.collections for axes in figure.axes)
    assert "one run" in texts(figure)[2]
    assert "campaign" not in texts(figure)[2]


def test_flows_show_means_over_all_runs_also_those_without_moves():
    flows = TABLES["flows"]
    figure = flows_between_labs(flows, RAID, 2 * RUNS)
    image = figure.axes[0].images[0].get_array()
    labs = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    row, column = labs.index("Meta"), labs.index("OpenAI")
    expected = flows.query("`from` == 'OpenAI' and to == 'Meta'")["moves"].sum() / RUNS / 2
    assert image[column, row] == pytest.approx(expected)  # rows are the labs left, as on the page
    assert texts(figure)[0].startswith("Meta takes ")
    assert labs == [lab.name for lab in RAID.labs if lab.kind == "lab"]
    balances = [bar.get_width() for bar in figure.axes[1].patches]
    np.testing.assert_allclose(balances, image.sum(axis=0) - image.sum(axis=1), atol=1e-9)
    assert sum(balances) == pytest.approx(0, abs=1e-9)


def test_flows_count_the_outside_apart():
    figure = flows_between_labs(TABLES["flows"], RAID, RUNS)
    hired, lost = np.split(np.array([bar.get_width() for bar in figure.axes[2].patches]), 2)
    moves = TABLES["flows"].groupby(["from", "to"], observed=True)["moves"].sum() / RUNS
    assert hired[0] == pytest.approx(moves["outside", "OpenAI"])
    assert -lost[0] == pytest.approx(moves["OpenAI", "outside"])
    assert "people won (net)\nfrom other labs" in texts(figure)


def test_offers_are_counted_by_stretch_of_ranks_and_outcome():
    offers = TABLES["offers"]
    figure = fate_of_offers(offers, RAID.campaigns[0], RAID, RUNS)
    bars = figure.axes[0].containers
    assert [container.get_label() for container in bars] == list(OUTCOMES)
    edges = np.array([bar.get_x() for bar in bars[0]])
    assert {0.5, 12.5, 50.5} <= set(edges)
    np.testing.assert_array_equal(edges % 1, 0.5)
    for container in bars:
        hit = offers[offers["outcome"] == container.get_label()]
        for bar in container:
            left, right = bar.get_x(), bar.get_x() + bar.get_width()
            made = offers["rank"].between(left, right).sum()
            assert bar.get_height() == pytest.approx(hit["rank"].between(left, right).sum() / max(made, 1))
    total = np.sum([[bar.get_height() for bar in container] for container in bars], axis=0)
    np.testing.assert_allclose(total, 1)


def test_offers_name_tiers_with_their_packages_and_show_one_run():
    figure = fate_of_offers(TABLES["offers"], RAID.campaigns[0], RAID, RUNS)
    assert texts(figure)[0].startswith("Meta makes offers on average down to rank ")
    assert texts(figure)[3] == "How far down its list does Meta get?"
    assert {"top: 300\N{NO-BREAK SPACE}M$", "middle: 100\N{NO-BREAK SPACE}M$", "core: 30\N{NO-BREAK SPACE}M$"} <= set(
        texts(figure)
    )
    assert figure.axes[0].get_ylabel() == "share of offers"
    assert figure.axes[1].get_xlabel().startswith("rank on the list")
    title = figure.axes[1].get_title(loc="left")
    example = int(title.split("replicate ")[1].split(")")[0])
    ranks = np.concatenate(
        [np.ma.getdata(dots.get_offsets())[:, 0] for dots in figure.axes[1].collections if dots.get_label() in OUTCOMES]
    )
    expected = TABLES["offers"].loc[TABLES["offers"]["replicate"] == example, "rank"]
    np.testing.assert_array_equal(np.sort(ranks), np.sort(expected))


def test_later_askings_stand_above_the_line():
    offers = TABLES["offers"].assign(attempt=lambda frame: 1 + (frame["rank"] % 2))
    figure = fate_of_offers(offers, RAID.campaigns[0], RAID, RUNS)
    dots = next(dots for dots in figure.axes[1].collections if dots.get_label() == "refused")
    rank, height = np.ma.getdata(dots.get_offsets()).T
    assert (height[rank % 2 == 1] > height[rank % 2 == 0].max()).all()
    assert "later asking" in texts(figure)[2]


def test_acceptance_shows_shares_intervals_and_the_models_probability(monkeypatch):
    monkeypatch.setattr("talentmarket.plots.raid.acceptance.LEAST", 1)
    offers = TABLES["offers"]
    figure = acceptance_by_offer(offers, RAID, RUNS)
    axes = figure.axes[0]
    cut = offers["loyalty"].quantile(1 / 3).round(2)
    least = offers[offers["loyalty"] < cut]
    expected = least.groupby("total")["acceptance_probability"].mean()
    np.testing.assert_allclose(axes.lines[0].get_ydata(), expected)
    shares = np.ma.getdata(axes.collections[1].get_offsets())[:, 1]
    accepted = (~least["outcome"].isin(["refused", "took another offer"])).groupby(least["total"])
    np.testing.assert_allclose(shares, accepted.mean())
    low, high = binomial_interval(accepted.sum().to_numpy(), accepted.size().to_numpy())
    drawn = np.array([segment[:, 1] for segment in axes.collections[0].get_segments()])
    np.testing.assert_allclose(drawn, np.column_stack([low, high]))
    assert f"loyalty below {cut:.2f}" in texts(figure)
    assert axes.get_xlabel() == "package, M$ in all over 4 years (log scale)"
    assert axes.get_ylabel() == "share of offers accepted"


def test_the_funnel_draws_every_step_and_what_it_loses():
    months = TABLES["months"]
    figure = fate_of_approaches(months, TABLES["offers"], RAID, RUNS)
    steps = [bar.get_width() for bar in figure.axes[0].patches]
    means = [months[name].sum() / RUNS for name in ("approached", "engaged", "offers", "accepted", "started")]
    np.testing.assert_allclose(steps[:5], means)
    shown = [text.get_text() for text in figure.axes[0].texts]
    assert "never talk" in shown[1]
    assert f"({means[3] - means[4]:.1f} never start)" in shown[4]
    came = TABLES["offers"][TABLES["offers"]["outcome"].isin(["started", "returned"])]
    price = money_in_words(came["total"].sum() / RUNS)
    half = float(half_width(months.groupby("replicate")["started"].sum().std(), np.array(RUNS)))
    said = f"{with_spread(means[4], half)} of {means[0]:.0f} come, for {price}; {means[0] - means[1]:.0f} never talk"
    assert texts(figure)[0].replace("\n", " ") == said
    assert steps[5] == means[4]  # nobody of these leaves


def test_the_funnel_says_what_refusals_hung_on_as_the_measures_do():
    offers = TABLES["offers"]
    refused = offers[offers["outcome"].isin(["refused", "took another offer"])]
    figure = fate_of_approaches(TABLES["months"], offers, RAID, RUNS)
    shares = [bar.get_width() for bar in figure.axes[1].patches]
    parts = [f"without_{part}" for part in ("mission", "moving_cost", "stock", "ties")]
    np.testing.assert_allclose(shares, refused.groupby("replicate")[parts].mean().mean())
    assert shares[0] == 0.0 < shares[1] < shares[3]
    nobody = fate_of_approaches(TABLES["months"], offers[offers["outcome"] == "started"], RAID, RUNS)
    assert len(nobody.axes) == 1


def test_the_finding_names_the_step_that_loses_most():
    asked = {"approached": 120.0, "engaged": 33.0, "offers": 20.0, "accepted": 12.0, "started": 11.0}
    assert finding(asked, 0.0) == "11 of 120 come; 87 never talk"
    assert finding(asked, 4000.0) == "11 of 120 come, for 4\N{NO-BREAK SPACE}bn$; 87 never talk"
    assert finding(asked | {"engaged": 120.0, "offers": 118.0}, 0.0) == "11 of 120 come; 106 do not take it"
    assert finding(dict.fromkeys(asked, 2.5), 0.0) == "2.5 of 2.5 come"
    assert finding(asked | {"started": 9.4472}, 0.0, half=1.4) == "9.4 of 120 come; 87 never talk"


def test_who_may_be_asked_twice_is_counted_by_approaches():
    asked = {"approached": 320.0, "engaged": 104.0, "offers": 53.0, "accepted": 41.0, "started": 40.0}
    assert finding(asked, 0.0, again=True) == "40 come of 320 approaches; 216 never talk"
    two = build_scenario(campaigns=[raid(), raid(name="two", lab="xAI")])
    apart = build_scenario(campaigns=[raid(), raid(name="two", lab="xAI", targets=["Anthropic"])])
    assert [asked_again(scenario) for scenario in (RAID, two, apart)] == [False, True, False]


def test_cost_and_stay_show_what_was_promised_and_who_is_still_there():
    """Two runs, four people: three leave, one of them within a year."""
    offers = pd.DataFrame(
        {
            "replicate": [0, 0, 1, 1, 1],
            "decided": [4, 4, 5, 6, 6],
            "left": [10, 20, -1, 30, -1],
            "outcome": ["returned", "started", "started", "started", "refused"],
            "total": [300.0, 300.0, 30.0, 30.0, 300.0],
            "campaign": "Meta on OpenAI",
            "tier": ["top", "top", "core", "core", "top"],
        }
    )
    found = hires(offers, 2, 48)
    assert found.to_dict("list") == {
        "came": [2.0, 2.0],
        "promised": [600.0, 60.0],
        "stayed_a_year": [1.0, 2.0],
        "stayed": [0.0, 1.0],
    }
    assert per_person(found, "came")[0] == 660 / 4
    assert per_person(found, "stayed_a_year")[0] == 660 / 3
    assert np.isnan(hires(offers, 2, 17)["stayed_a_year"]).all()  # somebody came less than a year before the end
    costs = cost_of_hires(offers, RAID, 2).axes[0]
    assert [bar.get_width() for bar in costs.patches] == [165.0, 220.0, 660.0, 300.0, 30.0]
    stay = stay_of_hires(offers, RAID, 2)
    have_come, there = (line.get_ydata() for line in stay.axes[0].lines[:2])
    assert (have_come[-1], there[-1], there[10], there[30]) == (2.0, 0.5, 1.5, 0.5)
    bars = stay.axes[1].containers[0]
    assert sum(bar.get_height() for bar in bars) == 1.5
    assert "Of 2 who come, 0.5 are still there in April 2029" in texts(stay)[0].replace("\n", " ")
    for figure in (cost_of_hires(offers.iloc[:0], RAID, 2), stay_of_hires(offers.iloc[:0], RAID, 2)):
        assert "Nobody came in 2 runs." in texts(figure)


def test_groups_of_few_offers_have_no_share_and_no_place_in_the_title():
    """Twelve people in each third with one package, and one offer of a larger one."""
    loyalty = np.arange(36) / 36
    offers = pd.DataFrame({"loyalty": loyalty, "total": 100.0, "acceptance_probability": 0.5})
    offers["outcome"] = np.where(loyalty < 1 / 3, "started", "refused")
    one = offers.iloc[:1].assign(total=300.0)
    figure = acceptance_by_offer(pd.concat([offers, one]), RAID, 1)
    title, caption = (" ".join(texts(figure)[place].split()) for place in (0, 2))
    assert title == (
        "35 % of the offers are accepted; those of 100 M$, 100 % by the least loyal third and 0 % by the most loyal"
    )
    assert "Left out: 1 offer, in groups of fewer than 10." in caption
    alike = acceptance_by_offer(offers.assign(outcome=["started", "refused"] * 18), RAID, 1)
    assert " ".join(texts(alike)[0].split()).endswith("by the most loyal, which may be chance")
    few = texts(acceptance_by_offer(offers.iloc[::6], RAID, 1))
    assert "2 of 6 offers in 1 run were accepted, too few for shares by size and loyalty." in " ".join(few)


def test_more_loyal_researchers_have_the_lower_line():
    lines = acceptance_by_offer(TABLES["offers"], RAID, RUNS).axes[0].lines
    means = [np.mean(line.get_ydata()) for line in lines]
    assert means == sorted(means, reverse=True)


def test_the_binomial_interval_agrees_with_published_values():
    # Agresti and Coull (1998) and Newcombe (1998): 0 of 20, 15 of 148 and 81 of 263 by Wilson's score.
    low, high = binomial_interval(np.array([0, 15, 81]), np.array([20, 148, 263]))
    np.testing.assert_allclose(low, [0, 0.0624, 0.2553], atol=6e-5)
    np.testing.assert_allclose(high, [0.1611, 0.1605, 0.3662], atol=6e-5)


def test_pay_is_counted_by_kind_between_labs_only():
    moves = TABLES["moves"]
    figure = pay_of_movers(moves, RAID, RUNS)
    between = moves[(moves["from"] != "outside") & (moves["to"] != "outside")]
    for axes, kind in zip(figure.axes, ("ordinary", "campaign"), strict=True):
        pay = between.loc[between["kind"] == kind, "first_year"]
        drawn = axes.patches[0].get_data()
        np.testing.assert_allclose(drawn.values, np.histogram(pay, drawn.edges)[0] / len(pay))
        assert drawn.values.sum() == pytest.approx(1)
        assert [line.get_xdata()[0] for line in axes.lines] == [39.4, 79.1]
        assert np.abs(drawn.edges - 79.1).min() == pytest.approx(0, abs=1e-9)
        assert axes.get_ylabel() == "share of moves"
    assert figure.axes[-1].get_xlabel() == "pay in the first year, M$ (log scale)"
    assert figure.axes[-1].get_xscale() == "log"
    named = [text.strip() for text in texts(figure)]
    assert {"Uber's CEO, 2024: 39.4\N{NO-BREAK SPACE}M$", "Microsoft's CEO, 2024: 79.1\N{NO-BREAK SPACE}M$"} <= set(
        named
    )


def test_the_yardsticks_are_the_facts_of_the_article():
    facts = tomllib.loads((folder("seeds") / "article.toml").read_text(encoding="utf-8"))["facts"]
    assert [amount for _, amount in yardsticks()] == [
        facts[f"ceo_pay_{firm}"]["value"] for firm in ("uber", "microsoft")
    ]


def test_pay_says_how_many_earn_more_than_the_yardstick():
    """Of few moves their number, of ten or more the share."""
    pay = [1.0, 2.0, 80.0, 300.0]
    moves = pd.DataFrame({"from": "OpenAI", "to": "Meta", "kind": "ordinary", "first_year": pay})
    title = pay_of_movers(moves, BASELINE, 2).axes[0].get_title(loc="left")
    assert title == "Ordinary offers: 2 moves a run, median 41\N{NO-BREAK SPACE}M$, 2 above 79.1\N{NO-BREAK SPACE}M$"
    many = pay_of_movers(pd.concat([moves] * 3), BASELINE, 2).axes[0].get_title(loc="left")
    assert many.endswith("50.0\N{NO-BREAK SPACE}% above 79.1\N{NO-BREAK SPACE}M$")
    title = texts(pay_of_movers(moves.assign(kind="campaign"), BASELINE, 2))[0]
    assert "2 of a raid's 4 hires get more than" in title.replace("\n", " ")


@pytest.mark.parametrize(
    ("distribution", "words"),
    [
        ("lognormal", "labs post for a talent, whatever the person called earns: the labs' pay (published)"),
        ("burdett_mortensen", "how strongly labs bid up what they post (assumed)"),
        (
            "none",
            "a premium over present pay: the labs' pay (published), how far ordinary offers are above present pay",
        ),
    ],
)
def test_pay_says_how_ordinary_offers_come_about_in_its_scenario(distribution, words):
    scenario = load("baseline", [f"labs.*.posting.distribution={distribution}"])
    moves = pd.DataFrame({"from": "OpenAI", "to": "Meta", "kind": "ordinary", "first_year": [1.0, 2.0]})
    assert words in " ".join(texts(pay_of_movers(moves, scenario, 2))[2].split())


def test_a_baseline_has_no_pictures_of_offers():
    tables = build_tables(BASELINE, 2)
    assert list(plots.all_plots(tables, BASELINE)) == ["headcount", "flows", "pay"]
    assert len(plots.all_plots(tables, BASELINE)["pay"].axes) == 1


def test_all_pictures_of_a_raid():
    assert list(plots.all_plots(TABLES, RAID)) == [
        *("approaches", "cost", "stay", "acceptance", "offers"),
        *("headcount", "flows", "pay"),
    ]


def test_each_campaign_that_made_offers_has_its_own_picture():
    campaigns = [raid(name=name, start=start) for name, start in (("first", 2), ("never", 90), ("third", 9))]
    scenario = build_scenario(campaigns=campaigns)
    tables = build_tables(scenario, 2)
    tables["offers"] = tables["offers"][tables["offers"]["campaign"] != "never"]
    figures = plots.all_plots(tables, scenario)
    assert [name for name in figures if name.startswith("offers")] == ["offers_1", "offers_3"]
    assert "third:" in texts(figures["offers_3"])[2]


def test_failed_runs_are_not_counted():
    tables = dict(TABLES, replicates=TABLES["replicates"].assign(error=["", *["out of memory"] * (RUNS - 1)]))
    for name in ("months", "flows", "offers", "moves"):
        tables[name] = tables[name].query("replicate == 0")
    figures = plots.all_plots(tables, RAID)
    assert "one run" in texts(figures["flows"])[2]
    failed = dict(TABLES, replicates=TABLES["replicates"].assign(error="out of memory"))
    assert plots.all_plots(failed, RAID) == {}


def test_plain_strings_do_as_well_as_categories():
    named = {name: frame.astype(dict.fromkeys(frame.select_dtypes("category"), str)) for name, frame in TABLES.items()}
    assert list(plots.all_plots(named, RAID)) == list(plots.all_plots(TABLES, RAID))


def test_pictures_leave_their_tables_alone():
    copies = {name: frame.copy(deep=True) for name, frame in TABLES.items()}
    plots.all_plots(TABLES, RAID)
    for name, frame in TABLES.items():
        pd.testing.assert_frame_equal(frame, copies[name])


def test_nothing_to_draw_is_said_in_a_sentence():
    empty = {name: frame.iloc[:0] for name, frame in TABLES.items()}
    figures = [
        headcount_by_lab(empty["months"], empty["events"], RAID, 0),
        flows_between_labs(empty["flows"], RAID, 0),
        fate_of_offers(empty["offers"], RAID.campaigns[0], RAID, 3),
        acceptance_by_offer(empty["offers"], RAID, 3),
        fate_of_approaches(empty["months"], empty["offers"], RAID, 3),
        pay_of_movers(empty["moves"], RAID, 3),
    ]
    for figure in figures:
        assert not figure.axes
        assert_readable(figure)
    assert "Meta on OpenAI made no offer in 3 runs." in texts(figures[2])


def test_a_run_without_moves_has_flows_of_nothing():
    tables = dict(TABLES, **{name: TABLES[name].iloc[:0] for name in ("flows", "moves", "offers")})
    figures = plots.all_plots(tables, RAID)
    assert list(figures) == ["approaches", "headcount", "flows"]  # who is asked stands in the months
    assert not figures["flows"].axes[0].images[0].get_array().any()


def test_captions_call_assumed_and_fitted_what_the_seeds_do():
    """Every parameter that a picture names has the basis of `seeds/`, and nothing else is called assumed or fitted."""
    bases = {words: parameters()[path].basis for path, words in PARAMETERS.items() if path in parameters()}
    captions = [figure.texts[2].get_text().replace("\n", " ") for figure in plots.all_plots(TABLES, RAID).values()]
    named = [
        (name, basis)
        for caption in captions
        for name in bases
        for basis in re.findall(rf"{re.escape(name)} \((assumed|fitted|published|from the article|set)\b", caption)
    ]
    expected = {("engage", "fitted"), ("engage_response", "assumed")}
    assert {(PARAMETERS[f"campaigns.*.{name}"], basis) for name, basis in expected} <= {*named}
    assert (PARAMETERS["choice.mission_scale"], "fitted") in named
    assert all(basis == bases[name] for name, basis in named if basis in bases.values())
    rest = " ".join(captions)
    for name in sorted(bases, key=len, reverse=True):
        rest = re.sub(rf"{re.escape(name)} \([^)]*\)", "", rest)
    assert not re.search(r"assumed|fitted|published|_\w* \(", rest)


def test_a_value_of_the_users_own_is_not_called_fitted():
    own = build_scenario(campaigns=[raid()], scale=0.2)
    own = own.model_copy(update={"campaigns": tuple(each.model_copy(update={"engage": 0.9}) for each in own.campaigns)})
    (caption,) = (text.get_text() for text in plots.all_plots(TABLES, own)["approaches"].texts[2:3])
    assert "the share of those asked who talk (set here, without a source)" in caption.replace("\n", " ")


LONG = {"A $1 lab_{x}$": 40, "The Laboratory for Very Long Names Inc.$": 60}
TWENTY = {f"Laboratory {chr(65 + i)} {'of Science ' * (i % 3)}".strip(): 40 + 10 * i for i in range(20)}
MANY_TIERS = [tier(f"tier {i}", 8 * i, 400.0 / i) for i in range(1, 13)]
DEEP_TIERS = [tier("chief", 3, 1250.0), tier("stars", 20, 300.0), tier("the whole rest of the list", 2000, 7.5)]
CASES = {
    "raid": (RAID, RUNS),
    "baseline": (BASELINE, 3),
    "long names": (build_scenario(LONG, [raid(lab="A $1 lab_{x}$", targets=[list(LONG)[1]])]), 3),
    "twenty labs": (build_scenario(TWENTY, [raid(lab="Laboratory A", targets=["Laboratory D"])]), 2),
    "one run": (RAID, 1),
    "one month": (build_scenario(campaigns=[raid(start=1, months=1)], months=1), 1),
    "many tiers": (build_scenario(campaigns=[raid(tiers=MANY_TIERS)]), 2),
    "a long list": (build_scenario(campaigns=[raid(tiers=DEEP_TIERS, approaches_per_month=300)]), 2),
    "one size": (build_scenario(campaigns=[raid(tiers=[tier("all", 120, 100.0)])]), 2),
    "late raid": (build_scenario(campaigns=[raid(start=40), raid(name="two", start=47)]), 2),
}


@pytest.mark.parametrize("case", CASES)
def test_every_picture_is_readable(case):
    scenario, runs = CASES[case]
    for figure in plots.all_plots(build_tables(scenario, runs), scenario).values():
        assert_readable(figure)


def test_events_are_marked_with_how_often_they_happened():
    happened = pd.DataFrame({"replicate": [0, 1, 2, 3, 1, 2, 3], "month": [5, 5, 5, 5, 9, 12, 30]})
    happened["event"] = pd.Categorical(["repriced"] * 4 + ["next trend"] * 3)
    marks = event_marks(happened, 4, RAID)
    assert [(mark.month, mark.tag) for mark in marks] == [(5, "a"), (12, "b")]
    assert events_caption(marks) == (
        "Dashed: a repriced (month 5, September 2025); b next trend (in 75\N{NO-BREAK SPACE}% of runs, there in month 12, "
        "April 2026 on median)."
    )
    assert events_caption(event_marks(happened.iloc[:4], 4, RAID)) == ("Dashed: repriced (month 5, September 2025).")
    figure = headcount_by_lab(TABLES["months"], happened, RAID, 4)
    dashed = [line.get_xdata()[0] for line in figure.axes[0].lines if len(set(line.get_xdata())) == 1]
    assert dashed == [5, 12]  # at the months that the caption names
