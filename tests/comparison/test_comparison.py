"""What a comparison says of runs whose differences are known."""

import dataclasses
import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from fake_market import build_scenario, campaign, failing, flows_table, lively, months_table, quiet

from talentmarket.comparison import intervals
from talentmarket.comparison.comparison import COLUMNS, compared
from talentmarket.comparison.costs import differs_in_policy
from talentmarket.comparison.intervals import NO_INTERVAL, Interval
from talentmarket.comparison.pairing import asked_of, pair
from talentmarket.errors import InputError
from talentmarket.runs.running import Options, run

SCENARIO = build_scenario()
COUNT = 8


def runs_of(simulate, scenario=SCENARIO, replicates=COUNT):
    return run(scenario, Options(replicates=replicates, workers=1, simulate=simulate))


def losing(*moves):
    """A quiet market in which Alpha loses so many people to Beta, a number for each replicate."""

    def simulate(scenario, replicate):
        return {**quiet(scenario, replicate), "flows": flows_table([(1, "Alpha", "Beta", moves[replicate])])}

    return simulate


def row_of(comparison, measure, lab="", name=None):
    table = comparison.table
    found = table[(table["measure"] == measure) & (table["lab"] == lab)]
    return found[found["run"] == (name or comparison.names[1])].iloc[0]


def losses_of(base, other, **settings):
    count = len(base)
    return row_of(
        compared([runs_of(losing(*base), replicates=count), runs_of(losing(*other), replicates=count)], **settings),
        "lost_to_labs",
        "Alpha",
    )


def test_a_difference_is_paired_replicate_by_replicate():
    row = losses_of([1, 2, 3, 4], [3, 3, 6, 6])
    half = 3.182446 * math.sqrt(1.0 / 6.0)
    assert (row["base_mean"], row["mean"], row["difference"], row["n"]) == (2.5, 4.5, 2.0, 4)
    assert (row["low"], row["high"]) == pytest.approx((2.0 - half, 2.0 + half), abs=1e-6)
    assert row["half_width"] == pytest.approx(half, abs=1e-6)
    assert row["interval"] == "t"
    # Sample variances 5/3 and 3, covariance 2: 1 - (2/3) / (14/3).
    assert row["variance_reduction"] == pytest.approx(6.0 / 7.0)
    assert row["width_ratio"] == pytest.approx(row["half_width"] / row["unpaired_half_width"])


def test_every_column_is_explained():
    assert list(compared([runs_of(lively), runs_of(lively)]).table.columns) == list(COLUMNS)


def test_runs_that_are_alike_are_the_same_everywhere():
    table = compared([runs_of(lively), runs_of(lively)]).table
    assert set(table["verdict"]) <= {"the same", "undefined"}
    assert not table["significant"].any()
    assert table["p"].isna().all()


def test_a_clear_effect_is_told_apart_and_an_unclear_one_is_not():
    up = losses_of(range(20, 32), [each + 10 + each % 2 for each in range(20, 32)])
    assert (up["significant"], up["verdict"]) == (True, "higher")
    down = losses_of([each + 10 + each % 2 for each in range(20, 32)], range(20, 32))
    assert down["verdict"] == "lower"
    unclear = losses_of([5, 5, 5, 5, 5, 5], [9, 1, 8, 2, 6, 5])
    assert (unclear["significant"], unclear["verdict"]) == (False, "not distinguishable from zero")
    assert math.isnan(unclear["replicates_needed"])


def test_an_effect_that_is_the_same_in_only_two_replicates_proves_nothing():
    assert losses_of([1, 2], [2, 3])["verdict"] == "not distinguishable from zero"


def test_effects_are_corrected_for_being_many():
    row = losses_of([5, 5, 5, 5, 5, 5], [7, 5, 8, 5, 6, 8])
    assert row["p"] < 0.05 < row["p_holm"]
    assert not row["significant"]


def test_several_runs_are_one_family_each_against_the_first():
    runs = [runs_of(losing(*(each + step * (1 + each % 2) for each in range(COUNT)))) for step in (0, 0, 1, 2)]
    comparison = compared(runs, ["A", "B", "C", "D"])
    assert list(dict.fromkeys(comparison.table["run"])) == ["B", "C", "D"]
    assert [row_of(comparison, "lost_to_labs", "Alpha", name)["difference"] for name in "BCD"] == [0.0, 1.5, 3.0]
    alone = row_of(compared([runs[0], runs[2]], ["A", "C"]), "lost_to_labs", "Alpha")
    family = row_of(comparison, "lost_to_labs", "Alpha", "C")
    assert alone["p"] == family["p"]
    assert alone["p_holm"] < family["p_holm"]


def test_what_no_replicate_shows_is_no_test():
    """Without the rows that are the same in every run the corrected p values are Holm's, and every count is the family's."""
    comparison = compared([runs_of(losing(*8 * [5])), runs_of(losing(7, 5, 8, 5, 6, 8, 7, 7))], ["A", "B"])
    table = comparison.table
    tested = table[~table["verdict"].isin(["the same", "undefined", "only one run has it"])]
    assert (table["verdict"] == "the same").any()
    assert comparison.tests == len(tested)
    np.testing.assert_allclose(tested["p_holm"], intervals.holm(tested["p"].to_numpy()))
    assert table.loc[table["verdict"] == "the same", ["p", "p_holm"]].isna().all(axis=None)


def test_skewed_differences_get_a_bootstrap_interval():
    other = [0] * 38 + [40, 90]
    row = losses_of([0] * 40, other)
    assert row["interval"] == "bootstrap"
    assert row["low"] >= 0.0 > row["t_low"]
    assert losses_of([0] * 40, list(range(40)))["interval"] == "t"


def test_the_replicates_needed_follow_from_the_precision():
    chance = np.random.default_rng(4)
    base = chance.integers(50, 150, 30)
    other = base + chance.integers(8, 13, 30)
    rough, fine = losses_of(base, other, precision=0.1), losses_of(base, other, precision=0.01)
    assert fine["replicates_needed"] > rough["replicates_needed"] >= 2
    assert rough["replicates_needed_unpaired"] > 100 * rough["replicates_needed"]


def test_measures_that_only_one_run_has_are_shown_without_a_difference():
    quiet_market = build_scenario(campaigns=[])
    comparison = compared([runs_of(lively, quiet_market), runs_of(lively)], ["calm", "raid"])
    row = row_of(comparison, "acceptance_rate")
    assert (row["verdict"], row["n"]) == ("only one run has it", 0)
    assert math.isnan(row["base_mean"])
    assert not math.isnan(row["mean"])
    assert math.isnan(row["p_holm"])


def test_undefined_replicates_are_left_out_pair_by_pair():
    def some(scenario, replicate):
        flows = flows_table([(1, "Alpha", "Beta", 1)], chosen=[replicate % 2])
        return {**quiet(scenario, replicate), "flows": flows}

    row = row_of(compared([runs_of(some), runs_of(some)]), "moves_to_lower_pay")
    assert row["n"] == COUNT // 2
    none = row_of(compared([runs_of(quiet), runs_of(quiet)]), "moves_to_lower_pay")
    assert (none["verdict"], none["n"]) == ("undefined", 0)
    one = compared([runs_of(some, replicates=2), runs_of(some, replicates=2)])
    lonely = row_of(one, "moves_to_lower_pay")
    assert (lonely["n"], lonely["significant"]) == (1, False)
    assert math.isnan(lonely["low"])


def test_replicates_that_failed_in_any_run_are_left_out():
    comparison = compared([runs_of(lively), runs_of(failing)], ["well", "ill"])
    assert comparison.pairing.replicates.tolist() == [0, 2, 3, 5, 6]
    assert row_of(comparison, "log_odds_per_log_pay")["base_mean"] == 4.0 + np.mean([0, 2, 3, 5, 6])
    assert any("3 of ill's 8 replicates are left out" in note for note in comparison.notes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seed": 7}, r"one and two cannot be compared: their seeds differ \(2025 and 7\)"),
        ({"months": 12}, r"one and two cannot be compared: their months differ \(24 and 12\)"),
    ],
)
def test_runs_that_saw_other_shocks_or_other_months_are_refused(changes, message):
    with pytest.raises(InputError, match=message):
        compared([runs_of(quiet), runs_of(quiet, build_scenario(**changes))], ["one", "two"])


def test_runs_need_two_replicates_in_common():
    def odd(scenario, replicate):
        if replicate % 2 == 0:
            raise RuntimeError("no")
        return quiet(scenario, replicate)

    with pytest.raises(InputError, match=r"at least 2 replicates .* found 1 \(went well: one 2, two 1\)"):
        compared([runs_of(quiet, replicates=2), runs_of(odd, replicates=3)], ["one", "two"])


def test_one_run_alone_and_other_wrong_input_are_refused():
    runs = runs_of(quiet)
    with pytest.raises(InputError, match="needs at least two runs, found 1"):
        compared([runs])
    with pytest.raises(InputError, match="2 runs need 2 names, found 1"):
        compared([runs, runs], ["one"])
    with pytest.raises(InputError, match="precision must be above 0 and finite, found 0"):
        compared([runs, runs], precision=0.0)
    for wrong in ("0.1", None, True):
        with pytest.raises(InputError, match="precision must be a number above 0, found"):
            compared([runs, runs], precision=wrong)


def test_names_are_told_apart():
    runs = runs_of(quiet)
    assert pair([runs, runs], ["a", "b"]).names == ("a", "b")
    assert pair([runs, runs, runs], ["a", "b", "a"]).names == ("a (1)", "b", "a (2)")
    assert pair([runs, runs, runs], ["a", "a", "a (1)"]).names == ("a (2)", "a (3)", "a (1)")
    assert pair([runs, runs]).names == tuple(f"{SCENARIO.title} ({number})" for number in (1, 2))


def test_several_raided_labs_are_shown_one_by_one():
    both = build_scenario(campaigns=[campaign(), campaign("third", "outside", ("Beta",))])
    labs = compared([runs_of(lively, both), runs_of(lively, both)]).table.query("measure == 'offers'")["lab"]
    assert list(labs) == ["Alpha", "Beta", ""]
    assert list(compared([runs_of(lively), runs_of(lively)]).table.query("measure == 'offers'")["lab"]) == [""]


def test_a_notebook_shows_names_as_text_and_never_as_markup():
    runs = runs_of(lively)
    shown = compared([runs, runs], ["<script>", "b & c"])._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "b &amp; c" in shown
    assert "lost_to_labs" in shown
    assert f"<strong>b &amp; c against &lt;script&gt;, {COUNT} replicates" in shown


def test_a_comparison_without_a_painter_says_so():
    runs = runs_of(quiet)
    with pytest.raises(InputError, match="without pictures"):
        compared([runs, runs]).plot()
    assert compared([runs, runs], draw=lambda comparison, kind: kind).plot("twins") == "twins"


def test_a_comparison_does_not_change():
    runs = runs_of(quiet)
    with pytest.raises(dataclasses.FrozenInstanceError):
        compared([runs, runs]).table = pd.DataFrame()


def test_losses_and_gains_count_moves_between_labs_only():
    def market(scenario, replicate):
        rows = [(1, "Alpha", "Beta", 3), (2, "Alpha", "outside", 5), (2, "Beta", "Alpha", 1), (3, "outside", "Beta", 7)]
        return {**quiet(scenario, replicate), "flows": flows_table(rows)}

    values = runs_of(market).measures.query("replicate == 0").set_index(["measure", "lab"])["value"]
    assert values["lost_to_labs"].to_dict() == {"Alpha": 3.0, "Beta": 1.0}
    assert values["won_from_labs"].to_dict() == {"Alpha": 1.0, "Beta": 3.0}


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        (Interval(1.0, 20.0), "higher"),
        (Interval(-1.0, 20.0), "not distinguishable from zero"),
        (Interval(0.0, 20.0), "not distinguishable from zero"),
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_difference_is_significant_only_if_the_interval_shown_leaves_zero_out(monkeypatch, shown, verdict, sign):
    """However small its p value: the bootstrap's interval can disagree with Student's test."""
    low, high = sorted((sign * shown.low, sign * shown.high))
    monkeypatch.setattr(intervals, "is_skewed", lambda differences: True)
    monkeypatch.setattr(intervals, "bootstrap_interval", lambda differences: Interval(low, high))
    base, other = range(20, 32), [each + 10 + each % 2 for each in range(20, 32)]
    row = losses_of(*((base, other) if sign > 0 else (other, base)))
    assert row["p_holm"] < 1e-6
    assert (row["low"], row["high"], row["interval"]) == (low, high, "bootstrap")
    assert row["verdict"] == (verdict if verdict != "higher" or sign > 0 else "lower")
    assert row["significant"] == (shown.low > 0.0)
    assert math.isnan(row["replicates_needed"]) == (not row["significant"])


def test_without_a_bootstrap_interval_students_is_shown(monkeypatch):
    monkeypatch.setattr(intervals, "is_skewed", lambda differences: True)
    monkeypatch.setattr(intervals, "bootstrap_interval", lambda differences: NO_INTERVAL)
    row = losses_of([1, 2, 3, 4], [3, 3, 6, 6])
    assert (row["low"], row["high"], row["interval"]) == (row["t_low"], row["t_high"], "t")


def test_differences_of_shares_lie_between_minus_one_and_one():
    def lower_paid(*shares):
        def simulate(scenario, replicate):
            share = shares[replicate]
            flows = flows_table([(1, "Alpha", "Beta", share)], chosen=[10], lower=[share])
            return {**quiet(scenario, replicate), "flows": flows}

        return runs_of(simulate, replicates=2)

    comparison = compared([lower_paid(0, 10), lower_paid(10, 2)])
    share, moves = row_of(comparison, "moves_to_lower_pay"), row_of(comparison, "lost_to_labs", "Alpha")
    assert (share["low"], share["high"]) == (-1.0, 1.0)
    assert share["t_low"] < -1.0 < 1.0 < share["t_high"]
    assert (moves["low"], moves["high"]) == (moves["t_low"], moves["t_high"])


def test_the_replicates_needed_without_pairing_are_those_of_independent_runs():
    chance = np.random.default_rng(4)
    base = chance.integers(50, 150, 30)
    row = losses_of(base, base + chance.integers(8, 13, 30))
    independent = math.sqrt(2.0) * row["scale"]
    expected = (1.96 * independent / (0.1 * row["difference"])) ** 2
    assert row["replicates_needed_unpaired"] == pytest.approx(expected, rel=0.1)
    assert row["replicates_needed"] == intervals.replicates_needed(row["sd"], 0.1 * row["difference"])


def test_versions_that_differ_are_noted():
    runs = runs_of(quiet)
    older = dataclasses.replace(runs, manifest=dataclasses.replace(runs.manifest, versions={"engine": "older"}))
    assert compared([runs, runs], ["one", "two"]).notes == ()
    assert compared([runs, older], ["one", "two"]).notes == ("two was run by another version of the engine than one.",)


def test_a_measure_of_labs_keeps_its_lab_where_there_is_only_one():
    document = build_scenario(campaigns=[]).model_dump()
    document["labs"] = [lab for lab in document["labs"] if lab["name"] != "Beta"]
    lonely = SimpleNamespace(scenario=type(SCENARIO).model_validate(document))
    assert {lab for measure, lab in asked_of([lonely, lonely]) if measure.scope == "labs"} == {"Alpha"}


ANSWERING = SCENARIO.changed(
    {"labs.Alpha.response.detection": 0.25}
)  # what it says does not matter here, that it differs does


def keeping(spending, stayers, scenario=SCENARIO):
    """A quiet market in which Alpha spends so many M$ on counter-offers and so many of its first staff stay."""

    def simulate(scenario, replicate):
        there, spent = np.tile([100, 50, 50], (scenario.run.months + 1, 1)), np.zeros((scenario.run.months + 1, 3))
        there[1:, 0], spent[1, 0] = stayers[replicate], spending[replicate]
        return {**quiet(scenario, replicate), "months": months_table(scenario, stayers=there, spend_counters=spent)}

    return runs_of(simulate, scenario, replicates=len(stayers))


def test_a_person_still_there_costs_what_is_spent_more_over_who_is_there_more():
    comparison = compared(
        [keeping([0, 0, 0, 0], [60, 61, 59, 60]), keeping([30, 50, 40, 40], [70, 71, 69, 70], ANSWERING)]
    )
    cost = comparison.costs.set_index("lab").loc["Alpha"]
    half = 3.182446 * math.sqrt(200.0 / 3.0 / 4.0) / 10.0  # the number of people is sure: Student's interval over it
    assert (cost["spending"], cost["people"], cost["cost"], cost["note"]) == (40.0, 10.0, 4.0, "")
    assert (cost["low"], cost["high"]) == pytest.approx((4.0 - half, 4.0 + half), abs=1e-5)
    beta = comparison.costs.set_index("lab").loc["Beta"]
    assert math.isnan(beta["cost"])
    assert beta["note"] == "the runs spend the same on raises, awards and counter-offers"


@pytest.mark.parametrize(
    ("scenario", "spending", "note"),
    [
        (SCENARIO, [30, 50, 40, 40], "the lab answers offers alike in both"),
        (ANSWERING, [-30, -50, -40, -40], "it spends no more"),
    ],
)
def test_no_cost_is_told_of_people_whom_no_answer_kept(scenario, spending, note):
    base, other = keeping([0] * 4, [60, 61, 59, 60]), keeping(spending, [70, 71, 69, 70], scenario)
    cost = compared([base, other]).costs.iloc[0]
    assert cost["note"] == note
    assert math.isnan(cost["cost"])


def test_an_event_that_changes_answers_is_a_policy_too():
    event = {
        "name": "late",
        "month": 2,
        "hazard": 0.0,
        "reprice": {},
        "set": {"labs.Alpha.response.counter_share": 0.5},
    }
    document = SCENARIO.model_dump()
    eventful = type(SCENARIO).model_validate({**document, "events": [event]})
    elsewhere = type(SCENARIO).model_validate({**document, "events": [{**event, "set": {"labs.Beta.mission": 0.5}}]})
    assert differs_in_policy(SCENARIO, eventful, "Alpha")
    assert not differs_in_policy(SCENARIO, eventful, "Beta")
    assert not differs_in_policy(SCENARIO, elsewhere, "Alpha")


@pytest.mark.parametrize("stayers", [[61, 59, 62, 58], [50, 49, 51, 50]])
def test_no_cost_is_told_unless_more_people_are_there_for_certain(stayers):
    cost = compared([keeping([0] * 4, [60] * 4), keeping([30, 50, 40, 40], stayers, ANSWERING)]).costs.iloc[0]
    assert cost["note"] == "that more people are still there cannot be told"
    assert math.isnan(cost["cost"])
    assert math.isnan(cost["low"])
