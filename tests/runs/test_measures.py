import math

import numpy as np
import pytest
from fake_market import (
    LABS,
    build_scenario,
    campaign,
    flows_table,
    months_table,
    offers_table,
    quiet,
    replicates_table,
)

from talentmarket.runs.measures.everything import MEASURES, measure
from talentmarket.runs.measures.observed import medians
from talentmarket.runs.tables.arrow import arrow_table, failed_replicate, joined
from talentmarket.runs.tables.columns import TABLES
from talentmarket.runs.tables.frames import plain_frame

SCENARIO = build_scenario()


def measured(changes, scenario=SCENARIO):
    """Values by (measure, lab), a list over the replicates; each replicate is quiet but for its `changes`."""
    records = [{**quiet(scenario, number), **change} for number, change in enumerate(changes)]
    tables = {
        name: joined([arrow_table(name, record[name], number) for number, record in enumerate(records)])
        for name in TABLES
    }
    frame = plain_frame(measure(scenario, tables))
    return {key: list(rows["value"]) for key, rows in frame.groupby(["measure", "lab"], sort=False)}


def by_month(rows, scenario=SCENARIO):
    """A column of `months` that is 0 but for the rows {(month, lab): value}."""
    cells = np.zeros((scenario.run.months + 1, len(LABS)))
    for (month, lab), value in rows.items():
        cells[month, LABS.index(lab)] = value
    return cells


def people(*headcount):
    return np.tile(headcount, (SCENARIO.run.months + 1, 1))


def offers(*rows, scenario=SCENARIO):
    return {"offers": offers_table(scenario, list(rows))}


def test_two_year_retention_is_a_life_table():
    headcount = people(100, 50, 50)
    headcount[5, 0] = 80
    # Alpha loses 10 of 100 in month 1 and 20 of 80 in month 6; month 0 has no departures that count.
    months = months_table(SCENARIO, headcount=headcount, departures=by_month({(1, "Alpha"): 10, (6, "Alpha"): 20}))
    values = measured([{"months": months}, {}])
    assert values["two_year_retention", "Alpha"] == pytest.approx([0.9 * 0.75, 1.0])
    assert values["two_year_retention", "Beta"] == [1.0, 1.0]
    assert ("two_year_retention", "outside") not in values


def test_two_year_retention_counts_the_first_24_months_only():
    scenario = build_scenario(months=30)
    departures = by_month({(24, "Alpha"): 50, (25, "Alpha"): 50}, scenario)
    values = measured([{"months": months_table(scenario, departures=departures)}], scenario)
    assert values["two_year_retention", "Alpha"] == [0.5]


def test_two_year_retention_matches_a_constant_rate():
    # 80 % after two years: a rate of .112 a year, as many leavers each month as it implies for 1,000 people.
    leaving = 1000 * -math.expm1(-0.1116 / 12)
    cells = by_month({(month, "Alpha"): round(leaving) for month in range(1, 25)})
    months = months_table(SCENARIO, headcount=people(1000, 1000, 1000), departures=cells)
    assert measured([{"months": months}])["two_year_retention", "Alpha"] == pytest.approx([0.8], abs=0.02)


def test_retention_is_undefined_in_short_runs_and_empty_labs():
    short = build_scenario(months=23)
    assert math.isnan(measured([{}], short)["two_year_retention", "Alpha"][0])
    empty = months_table(SCENARIO, headcount=people(0, 50, 50))
    assert math.isnan(measured([{"months": empty}])["two_year_retention", "Alpha"][0])


def test_flows_are_split_into_exits_and_moves_between_labs():
    rows = [(1, "Alpha", "outside", 6), (2, "Alpha", "Beta", 1), (3, "Beta", "Alpha", 3), (4, "outside", "Beta", 50)]
    values = measured([{"flows": flows_table(rows)}, {}])
    assert values["exits_to_outside", ""] == pytest.approx([0.6, math.nan], nan_ok=True)
    assert values["moves_between_labs", ""] == [2.0, 0.0]


def test_moves_to_lower_pay_counts_chosen_moves_between_labs():
    rows = [(1, "Alpha", "Beta", 9), (2, "Beta", "Alpha", 1), (2, "Alpha", "outside", 5), (3, "outside", "Beta", 5)]
    flows = flows_table(rows, chosen=[3, 1, 5, 5], lower=[1, 0, 5, 5])
    values = measured([{"flows": flows}, {}])
    assert values["moves_to_lower_pay", ""] == pytest.approx([0.25, math.nan], nan_ok=True)


def test_revealed_value_takes_size_and_offers_out_of_ordinary_moves():
    """Alpha has twice the people and both make as many offers: 3 moves to it for each one away reveal ln 6."""
    rows = [(1, "Beta", "Alpha", 6), (2, "Alpha", "Beta", 3), (3, "Alpha", "outside", 1), (3, "outside", "Alpha", 1)]
    values = measured([{"flows": flows_table(rows, ordinary=[6, 2, 1, 1])}, {}])
    assert values["revealed_value", "Alpha"] == pytest.approx([math.log(6.0) / 2.0, math.nan], nan_ok=True)
    assert values["revealed_value", "Beta"] == pytest.approx([-math.log(6.0) / 2.0, math.nan], nan_ok=True)


def test_sums_and_changes_over_the_run():
    headcount = people(100, 50, 50)
    headcount[-1] = [97, 60, 43]
    months = months_table(
        SCENARIO,
        headcount=headcount,
        forfeited=by_month({(2, "Beta"): 1.5, (9, "Beta"): 2.0, (9, "outside"): 9.0}),
        spend_packages=by_month({(3, "Beta"): 300.0, (4, "Beta"): 20.0}),
        spend_paid=by_month({(3, "Beta"): 100.0}),
    )
    values = measured([{"months": months}])
    assert values["headcount_change", "Alpha"] == [-3.0]
    assert values["headcount_change", "Beta"] == [10.0]
    assert values["forfeited_stock", "Beta"] == [3.5]
    assert values["package_spending", ""] == [320.0]
    assert values["package_payments", ""] == [100.0]


def test_the_funnel_by_raided_lab_and_for_all_of_them():
    scenario = build_scenario([campaign(), campaign("Alpha on Beta", "Alpha", ("Beta",))])
    months = months_table(
        scenario,
        approached=by_month({(1, "Alpha"): 10, (2, "Alpha"): 10, (2, "Beta"): 5, (3, "outside"): 99}),
        engaged=by_month({(1, "Alpha"): 8}),
        offers=by_month({(1, "Alpha"): 7}),
        accepted=by_month({(1, "Alpha"): 6}),
        started=by_month({(1, "Alpha"): 4, (2, "Beta"): 1}),
        returned=by_month({(7, "Alpha"): 2}),
    )
    values = measured([{"months": months}], scenario)
    assert [values[name, "Alpha"] for name in ("approached", "engaged", "offers")] == [[20.0], [8.0], [7.0]]
    assert [values[name, "Alpha"] for name in ("accepted", "started", "returned")] == [[6.0], [4.0], [2.0]]
    assert (values["approached", "Beta"], values["approached", ""]) == ([5.0], [25.0])
    assert values["share_came", "Alpha"] + values["share_came", "Beta"] + values["share_came", ""] == [0.2, 0.2, 0.2]


def test_the_published_count_is_likeliest_where_as_many_come():
    came = [0, 4, 10, 40]
    values = measured(
        [
            {
                "months": months_table(
                    SCENARIO, approached=by_month({(1, "Alpha"): 99}), started=by_month({(1, "Alpha"): n})
                )
            }
            for n in came
        ]
        + [{}]
    )
    *found, nobody = values["funnel_log_likelihood", "Alpha"]
    shares = [(n + 0.5) / 100.0 for n in came]
    assert found == pytest.approx([10 * math.log(p) + 90 * math.log(1.0 - p) for p in shares])
    assert max(found) == found[2]
    assert found[2] < 10 * math.log(0.1) + 90 * math.log(0.9)
    assert math.isnan(nobody)


def test_what_became_of_the_offers():
    rows = [
        {"rank": 1, "outcome": "refused", "loyalty": 0.9, "total": 300.0, "talent": 9.0},
        {"rank": 2, "outcome": "started", "loyalty": 0.2, "total": 300.0, "talent": 6.0, "tier": "top"},
        {"rank": 4, "outcome": "returned", "loyalty": 0.4, "total": 20.0, "talent": 4.0, "tier": "core"},
        {"rank": 5, "outcome": "withdrew", "loyalty": 0.6, "total": 40.0, "talent": 3.0, "tier": "core"},
        {"rank": 6, "outcome": "took another offer", "loyalty": 0.1, "total": 20.0, "talent": 3.0, "tier": "core"},
    ]
    values = {name: found for (name, lab), found in measured([offers(*rows), {}]).items() if lab == ""}
    undefined = math.nan
    assert values["acceptance_rate"] == pytest.approx([0.6, undefined], nan_ok=True)
    assert values["list_depth"] == pytest.approx([3.0, undefined], nan_ok=True)
    assert values["top_tier_offers"] == [2.0, 0.0]
    assert values["median_package"] == pytest.approx([40.0, undefined], nan_ok=True)
    assert values["cost_per_talent"] == pytest.approx([32.0, undefined], nan_ok=True)
    assert values["loyalty_came"] == pytest.approx([0.3, undefined], nan_ok=True)
    assert values["loyalty_refused"] == pytest.approx([0.9, undefined], nan_ok=True)
    assert values["loyalty_gap"] == pytest.approx([0.6, undefined], nan_ok=True)
    # Of Alpha's talent of 200 in month 0, the one who came and stayed had 6.
    assert values["talent_lost"] == pytest.approx([0.03, 0.0])


def test_the_top_lost_are_those_above_the_99th_percentile():
    # Talent is lognormal with sigma .6 but for the top 2 %, Pareto with exponent 2 above its 98th percentile:
    # the 99th percentile is exp(.6 * 2.0537) * 2 ** .5 = 4.849. Alpha has half of the 2 among 200 researchers.
    rows = [{"talent": talent, "outcome": "started"} for talent in (4.84, 4.86, 5.0)]
    away = [{"talent": 9.0, "outcome": "returned"}, {"talent": 9.0, "outcome": "refused"}]
    assert measured([offers(*rows, *away)])["top_talent_lost", "Alpha"] == [2.0]


def test_offers_count_for_the_lab_that_people_were_at():
    scenario = build_scenario([campaign(), campaign("Alpha on Beta", "Alpha", ("Beta",))])
    rows = [
        {"home": "Alpha", "total": 10.0, "outcome": "started"},
        {"home": "Alpha", "total": 20.0, "outcome": "started"},
        {"home": "Beta", "total": 90.0, "outcome": "started", "campaign": "Alpha on Beta", "tier": "core"},
    ]
    values = measured([offers(*rows, scenario=scenario)], scenario)
    assert [values["median_package", lab] for lab in ("Alpha", "Beta", "")] == [[15.0], [90.0], [20.0]]
    assert [values["top_tier_offers", lab] for lab in ("Alpha", "Beta", "")] == [[2.0], [0.0], [2.0]]


def test_output_is_held_against_the_first_month_and_against_pay():
    output = people(100.0, 50.0, 9.0)
    output[13:, 0] = [240.0, *[115.0] * 10, 170.0]  # the last twelve months: 130 on average
    output[1:13, 0] = 70.0
    months = months_table(
        SCENARIO,
        output=output,
        wage_bill=by_month({(0, "Alpha"): 99.0, (3, "Alpha"): 200.0}),
        spend_paid=by_month({(5, "Alpha"): 40.0}),
        culture=by_month({(24, "Alpha"): 0.7, (23, "Alpha"): 0.1}),
    )
    values = measured([{"months": months}])
    assert values["output_change", "Alpha"] == pytest.approx([0.3])
    assert values["output_change", "Beta"] == pytest.approx([0.0])
    assert values["output_per_pay", "Alpha"] == pytest.approx([(12 * 70 + 12 * 130) / 240.0])
    assert np.isnan(values["output_per_pay", "Beta"]).all()
    assert values["culture_at_the_end", "Alpha"] == [0.7]


def test_hires_kept_are_followed_until_they_leave():
    """Of five hires in months 1, 2, 3, 4 and 30 of 40, one leaves after a year, one after two, one to a third lab."""
    long = build_scenario(months=40)
    came = [
        {"researcher": who, "month": month, "outcome": outcome, "home": "Alpha", "left": left}
        for who, month, outcome, left in (
            (5, 1, "started", 13), (6, 2, "returned", 4), (7, 3, "started", 28), (8, 4, "started", -1),
            (9, 30, "started", 31),
        )
    ]  # fmt: skip
    refused = {"researcher": 4, "month": 1, "outcome": "refused", "home": "Alpha"}
    record = {"offers": offers_table(long, [*came, refused])}
    values = measured([record, {}], long)
    assert values["hires_kept_two_years", ""] == pytest.approx([0.5, math.nan], nan_ok=True)
    assert values["hires_left_after_a_year", ""] == pytest.approx([0.25, math.nan], nan_ok=True)
    assert values["refusals", ""] == [1.0, 0.0]


def test_joint_moves_pay_rises_and_fees_are_of_moves_between_labs():
    rows = [(1, "Alpha", "Beta", 8), (2, "Beta", "Alpha", 2), (2, "Beta", "outside", 30)]
    flows = flows_table(rows, joint=[1, 1, 9], chosen=[4, 2, 30], rise=[2.0, 1.0, 90.0])
    months = months_table(
        SCENARIO, fees_paid=by_month({(1, "Alpha"): 3.0}), fees_received=by_month({(1, "Alpha"): 1.0, (2, "Beta"): 2.0})
    )
    values = measured([{"flows": flows, "months": months}, {}])
    assert values["joint_moves", ""] == pytest.approx([0.2, math.nan], nan_ok=True)
    assert values["movers_pay_rise", ""] == pytest.approx([0.5, math.nan], nan_ok=True, rel=1e-6)
    assert values["net_fees", "Alpha"] == [-2.0, 0.0]
    assert values["net_fees", "Beta"] == [2.0, 0.0]


def test_what_the_run_reports_is_handed_on():
    values = measured([{}, {}])
    assert values["log_odds_per_log_pay", ""] == [4.0, 5.0]
    assert values["mission_pay_share", ""] == [0.25, 0.25]


def test_a_failed_replicate_is_left_out():
    good = {name: arrow_table(name, values, 3) for name, values in quiet(SCENARIO, 3).items()}
    bad = failed_replicate(2, 2025, 200, "RuntimeError: no")
    both = {name: joined([bad[name], good[name]]) for name in TABLES}
    assert set(plain_frame(measure(SCENARIO, both))["replicate"]) == {3}
    assert measure(SCENARIO, bad).num_rows == 0


def test_without_a_raid_there_are_no_raid_measures():
    assert {name for name, _ in measured([{}], build_scenario([]))} == {
        "two_year_retention",
        "staff_kept_24",
        "staff_kept_48",
        "staff_still_there",
        "answer_spending",
        "headcount_change",
        "forfeited_stock",
        "output_change",
        "output_per_pay",
        "culture_at_the_end",
        "departures",
        "lost_to_labs",
        "won_from_labs",
        "revealed_value",
        "exits_to_outside",
        "moves_between_labs",
        "moves_to_lower_pay",
        "joint_moves",
        "movers_pay_rise",
        "net_fees",
        "log_odds_per_log_pay",
        "mission_pay_share",
    }


def test_medians_are_those_of_numpy():
    chance = np.random.default_rng(3)
    values, cells = chance.random(500), chance.integers(0, 40, 500)
    values, cells = values[cells != 7], cells[cells != 7]
    expected = [np.median(values[cells == cell]) if cell != 7 else math.nan for cell in range(40)]
    np.testing.assert_allclose(medians(values, cells, 40), expected)


def test_replicates_keep_their_numbers():
    tables = {name: arrow_table(name, values, 5) for name, values in quiet(SCENARIO, 5).items()}
    tables["replicates"] = arrow_table("replicates", replicates_table(SCENARIO, 5), 5)
    assert set(plain_frame(measure(SCENARIO, tables))["replicate"]) == {5}


def hires_who_leave_after(*stays, months=60, started=1):
    """A hire in a month for each stay at the raider, who leaves after so many months."""
    scenario = build_scenario(months=months)
    came = [{"researcher": who, "month": started, "outcome": "started", "home": "Alpha"} for who in range(len(stays))]
    for hire, stay in zip(came, stays, strict=True):
        hire["left"] = started + stay
    return measured([{"offers": offers_table(scenario, came)}], scenario)


@pytest.mark.parametrize(("stay", "counts"), [(1, 0), (9, 0), (10, 1), (13, 1), (16, 1), (17, 0), (30, 0)])
def test_after_a_year_is_after_ten_to_sixteen_months(stay, counts):
    assert hires_who_leave_after(stay)["hires_left_after_a_year", ""] == [counts]


@pytest.mark.parametrize(("stay", "kept"), [(1, 0), (23, 0), (24, 0), (25, 1), (40, 1)])
def test_kept_for_two_years_is_for_more_than_24_months(stay, kept):
    assert hires_who_leave_after(stay)["hires_kept_two_years", ""] == [kept]


@pytest.mark.parametrize(("name", "months"), [("hires_left_after_a_year", 16), ("hires_kept_two_years", 24)])
def test_only_hires_who_are_observed_for_long_enough_count(name, months):
    assert not np.isnan(hires_who_leave_after(12, months=months + 3, started=3)[name, ""]).any()
    assert np.isnan(hires_who_leave_after(12, months=months + 3, started=4)[name, ""]).all()


@pytest.mark.parametrize("moves", ["between_labs", "none"])
def test_measures_need_no_record_of_moves(moves):
    """The flows, the offers and the months tell everything: the answers are those of a run that wrote all moves."""
    came = [{"month": 1, "outcome": "started", "home": "Alpha", "left": 30}]
    flows = flows_table([(1, "Alpha", "Beta", 4), (1, "Beta", "Alpha", 4)], ordinary=[1, 2], chosen=[2, 2], rise=[1, 1])
    found = []
    for written in ("all", moves):
        scenario = build_scenario(months=40, moves=written)
        found.append(measured([{"offers": offers_table(scenario, came), "flows": flows}], scenario))
    assert found[0].keys() == found[1].keys()
    for key, value in found[0].items():
        assert value == pytest.approx(found[1][key], nan_ok=True, abs=0.0)
    assert found[1]["hires_kept_two_years", ""] == [1.0]
    assert found[1]["movers_pay_rise", ""] == [0.5]


def test_refusals_are_told_by_what_would_have_turned_them():
    rows = [
        {"outcome": "refused", "home": "Alpha", "without_moving_cost": True, "without_mission": True},
        {"outcome": "refused", "home": "Alpha", "without_moving_cost": True},
        {"outcome": "took another offer", "home": "Alpha", "without_stock": True},
        {"outcome": "refused", "home": "Alpha"},
        {"outcome": "started", "home": "Alpha", "without_moving_cost": True, "without_ties": True},
    ]
    values = measured([offers(*rows), {}])
    assert values["refused_for_mission", ""] == pytest.approx([0.25, math.nan], nan_ok=True)
    assert values["refused_for_moving_cost", ""] == pytest.approx([0.5, math.nan], nan_ok=True)
    assert values["refused_for_stock", ""] == pytest.approx([0.25, math.nan], nan_ok=True)
    assert values["refused_for_ties", ""] == pytest.approx([0.0, math.nan], nan_ok=True)


def test_what_is_lost_before_anything_is_weighed_is_a_share_of_the_approaches():
    """Ten are asked, six talk, four get an offer."""
    asked = by_month({(1, "Alpha"): 7, (2, "Alpha"): 3, (1, "Beta"): 90})
    months = months_table(
        SCENARIO, approached=asked, engaged=by_month({(1, "Alpha"): 6}), offers=by_month({(2, "Alpha"): 4})
    )
    values = measured([{"months": months}, {}])
    assert values["share_did_not_talk", ""] == pytest.approx([0.4, math.nan], nan_ok=True)
    assert values["share_no_offer", ""] == pytest.approx([0.2, math.nan], nan_ok=True)


def test_campaigns_are_told_apart_by_their_names_even_where_one_is_called_as_a_lab():
    scenario = build_scenario([campaign(), campaign("Alpha", "Alpha", ("Beta",))])
    rows = [
        {"campaign": "Beta on Alpha", "outcome": "started", "home": "Alpha", "total": 30.0, "talent": 2.0},
        {"campaign": "Beta on Alpha", "outcome": "returned", "home": "Alpha", "total": 10.0, "talent": 3.0},
        {"campaign": "Beta on Alpha", "outcome": "withdrew", "home": "Alpha"},
        {"campaign": "Beta on Alpha", "outcome": "refused", "home": "Alpha"},
        {"campaign": "Alpha", "outcome": "started", "home": "Beta", "total": 7.0},
    ]
    values = measured([offers(*rows, scenario=scenario), {}], scenario)
    assert values["campaign_offers", "Beta on Alpha"] == [4.0, 0.0]
    assert values["campaign_offers", "Alpha"] == [1.0, 0.0]
    assert values["campaign_accepted", "Beta on Alpha"] == [3.0, 0.0]
    assert values["campaign_started", "Beta on Alpha"] == [2.0, 0.0]
    assert values["campaign_stayed", "Beta on Alpha"] == [1.0, 0.0]
    assert values["campaign_acceptance_rate", "Beta on Alpha"] == pytest.approx([0.75, math.nan], nan_ok=True)
    assert values["campaign_spending", "Beta on Alpha"] == [40.0, 0.0]
    assert values["campaign_cost_per_talent", "Beta on Alpha"] == pytest.approx([8.0, math.nan], nan_ok=True)
    assert values["campaign_spending", "Alpha"] == [7.0, 0.0]


def test_the_first_staff_is_followed_for_two_and_four_years():
    long = build_scenario(months=50)
    stayers = np.tile([100, 50, 50], (51, 1))
    stayers[24:, 0], stayers[48:, 0], stayers[50:, 0] = 80, 60, 55
    values = measured([{"months": months_table(long, stayers=stayers)}], long)
    assert values["staff_kept_24", "Alpha"] == [0.8]
    assert values["staff_kept_48", "Alpha"] == [0.6]
    assert values["staff_still_there", "Alpha"] == [55.0]
    short = measured([{}])
    assert (short["staff_kept_24", "Beta"], math.isnan(short["staff_kept_48", "Beta"][0])) == ([1.0], True)


def test_people_who_are_asked_again_are_counted_once_as_people():
    """One of Alpha has three offers, two of them a month apart; one has an offer at Alpha and, later, at Beta."""
    scenario = build_scenario([campaign(), campaign("Alpha on Beta", "Alpha", ("Beta",))])
    rows = [
        *({"researcher": 7, "home": "Alpha", "month": month, "attempt": month} for month in (1, 2, 9)),
        {"researcher": 8, "home": "Alpha", "month": 1},
        {"researcher": 8, "home": "Beta", "month": 5},
    ]
    values = measured([offers(*rows, scenario=scenario), offers(*rows[:2], scenario=scenario), {}], scenario)
    assert values["people_offered", "Alpha"] == [2.0, 1.0, 0.0]
    assert values["people_offered", "Beta"] == [1.0, 0.0, 0.0]
    assert values["people_offered", ""] == [2.0, 1.0, 0.0]


def test_measures_are_of_their_months_alone():
    """Month 0 and the last one count where they should: a rise of 1 each month tells every window apart."""
    rising = np.tile(np.arange(25.0)[:, None] + 1.0, (1, 3))
    months = months_table(SCENARIO, output=rising, culture=rising, headcount=rising, wage_bill=rising)
    values = measured([{"months": months}])
    assert values["output_change", "Alpha"] == pytest.approx([np.arange(14.0, 26.0).mean() - 1.0])
    assert values["output_per_pay", "Alpha"] == [1.0]
    assert values["culture_at_the_end", "Alpha"] == [25.0]
    assert values["headcount_change", "Alpha"] == [24.0]


def test_shares_counts_and_amounts_have_bounds_and_those_that_can_leave_them_say_so():
    bounds = {each.name: each.bounds for each in MEASURES}
    unbounded = {each.name for each in MEASURES if each.unit == "share" and each.bounds != (0.0, 1.0)}
    assert unbounded == {"loyalty_gap", "output_change", "talent_lost", "top_talent_lost"}
    for name in (
        "started",
        "lost_to_labs",
        "package_spending",
        "cost_per_talent",
        "moves_between_labs",
        "exits_avoided",
    ):
        assert bounds[name] == (0.0, math.inf)
    for name in (
        *unbounded,
        "headcount_change",
        "net_fees",
        "log_odds_per_log_pay",
    ):
        assert bounds[name] == (-math.inf, math.inf)


def test_what_a_raided_lab_spends_on_its_answer_and_what_that_avoids():
    months = months_table(
        SCENARIO,
        counters=by_month({(1, "Alpha"): 6, (24, "Alpha"): 2, (2, "Beta"): 40}),
        exits_avoided=by_month({(1, "Alpha"): 3, (2, "Alpha"): 1}),
        spend_counters=by_month({(1, "Alpha"): 5.0, (3, "Alpha"): 3.0}),
        spend_fair=by_month({(2, "Alpha"): 10.0}),
    )
    values = measured([{"months": months}, {}])
    assert values["counters", ""] == [8.0, 0.0]
    assert values["exits_avoided", ""] == [4.0, 0.0]
    assert values["response_spending", ""] == [18.0, 0.0]
    assert values["cost_per_avoided_exit", ""] == pytest.approx([2.0, math.nan], nan_ok=True)
