"""What labs lose to one another in compared runs, on flows that are known."""

import numpy as np
import pytest
from fake_market import build_scenario, flows_table, quiet

from talentmarket.comparison.comparison import compared
from talentmarket.comparison.losses import flow_changes, losses_by_month
from talentmarket.runs.running import Options, run

SCENARIO = build_scenario()


def runs_with(*flows):
    """Runs whose replicates have these flows: (month, from, to, moves)."""

    def simulate(scenario, replicate):
        return {**quiet(scenario, replicate), "flows": flows_table(flows[replicate])}

    return run(SCENARIO, Options(replicates=len(flows), workers=1, simulate=simulate))


BASE = runs_with([(1, "Alpha", "Beta", 2)], [(1, "Alpha", "Beta", 4)], [])
RAID = runs_with(
    [(1, "Alpha", "Beta", 3), (5, "Alpha", "Beta", 2), (5, "Alpha", "outside", 50)],
    [(1, "Alpha", "Beta", 5), (5, "Beta", "Alpha", 1)],
    [(24, "Alpha", "Beta", 6)],
)


def comparison():
    return compared([BASE, RAID], ["base", "raid"])


def test_losses_add_up_month_by_month_without_those_to_the_outside():
    table = losses_by_month(comparison()).set_index(["run", "lab", "month"])
    assert table.loc[("base", "Alpha", 0), "mean"] == 0.0
    assert table.loc[("base", "Alpha", 24), "mean"] == 2.0
    assert [table.loc[("raid", "Alpha", month), "mean"] for month in (1, 4, 5, 24)] == pytest.approx(
        [8 / 3, 8 / 3, 10 / 3, 16 / 3]
    )
    assert table.loc[("raid", "Beta", 24), "mean"] == pytest.approx(1 / 3)
    assert ("raid", "outside", 24) not in table.index


def test_differences_are_paired_and_have_students_interval():
    table = losses_by_month(comparison()).set_index(["run", "lab", "month"])
    row = table.loc[("raid", "Alpha", 24)]
    differences = np.array([3.0, 1.0, 6.0])
    half = 4.302653 * differences.std(ddof=1) / np.sqrt(3.0)
    assert row["difference"] == pytest.approx(differences.mean())
    assert row["difference_high"] - row["difference"] == pytest.approx(half, rel=1e-6)
    assert (table.loc["base"][["difference", "difference_low", "difference_high"]] == 0.0).all(axis=None)


def test_flows_between_each_two_labs_and_what_each_wins():
    table = flow_changes(comparison()).set_index(["from", "to"])
    assert table.loc[("Alpha", "Beta"), "difference"] == pytest.approx(10 / 3)
    assert table.loc[("Beta", "Alpha"), "difference"] == pytest.approx(1 / 3)
    assert table.loc[("", "Beta"), "difference"] == pytest.approx(3.0)
    assert table.loc[("", "Alpha"), "difference"] == pytest.approx(-3.0)
    assert list(table.index) == [("Alpha", "Beta"), ("Beta", "Alpha"), ("", "Alpha"), ("", "Beta")]
    assert not table["significant"].any()
    tested = table[table["p"].notna()]
    assert (tested["p_holm"] >= tested["p"]).all()


def test_a_change_of_flows_that_is_large_for_its_spread_is_significant():
    base = runs_with(*[[(1, "Alpha", "Beta", 10 + number)] for number in range(8)])
    raid = runs_with(*[[(1, "Alpha", "Beta", 30 + number + number % 2)] for number in range(8)])
    table = flow_changes(compared([base, raid], ["base", "raid"])).set_index(["from", "to"])
    assert table.loc[("Alpha", "Beta"), "significant"]
    assert not table.loc[("Beta", "Alpha"), "significant"]
    row = table.loc[("Alpha", "Beta")]
    assert (row["base_mean"], row["mean"], row["difference"]) == (13.5, 34.0, 20.5)
    assert row["low"] < 20.5 < row["high"]


def test_the_spread_of_losses_is_that_of_the_replicates():
    table = losses_by_month(comparison()).set_index(["run", "lab", "month"])
    row = table.loc[("base", "Alpha", 24)]
    assert (row["low"], row["high"]) == pytest.approx(tuple(np.quantile([2.0, 4.0, 0.0], [0.05, 0.95])))
