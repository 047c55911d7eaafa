import math

import numpy as np
import pytest
from markets import assert_share, lab, outside, quiet, run

MONTHS = 60
LABS = 20
DRAWS = MONTHS * LABS


def log_changes(stock):
    """Monthly changes of the log index of labs that share a stock's rules; shape (MONTHS, LABS)."""
    names = [f"Lab {number}" for number in range(LABS)]
    labs = [lab(name, 1, stock=stock) for name in names]
    months = run(quiet(labs=[*labs, outside()], run={"months": MONTHS, "seed": 3}))["months"]
    index = months.pivot(index="month", columns="lab", values="stock")
    assert (index.loc[0] == 1.0).all()
    return np.diff(np.log(index[names].to_numpy()), axis=0)


def test_a_stock_without_volatility_grows_by_its_drift():
    for drift in (0.12, -0.06, 0.0):
        assert log_changes({"drift": drift}) == pytest.approx(np.full((MONTHS, LABS), drift / 12.0), rel=1e-9)


def test_an_index_stays_finite_in_a_century_of_extreme_growth_or_decay():
    for drift in (-2.0, 2.0):
        labs = [lab("Alpha", 1, stock={"drift": drift}), outside()]
        index = run(quiet(labs=labs, run={"months": 1200}))["months"].query("lab == 'Alpha'").stock
        assert 1e-30 <= index.min() <= index.max() <= 1e30


@pytest.mark.parametrize("volatility", [0.1, 0.7])
def test_log_changes_are_normal_with_the_yearly_drift_and_volatility(volatility):
    """Mean, spread and serial correlation within 4.5 standard errors."""
    changes = log_changes({"drift": 0.3, "volatility": volatility})
    monthly = volatility / math.sqrt(12.0)
    assert abs(changes.mean() - 0.025) < 4.5 * monthly / math.sqrt(DRAWS)
    assert abs(changes.std() - monthly) < 4.5 * monthly / math.sqrt(2 * DRAWS)
    assert abs(np.corrcoef(changes[1:].ravel(), changes[:-1].ravel())[0, 1]) < 4.5 / math.sqrt(DRAWS - LABS)


@pytest.mark.parametrize(("rate", "size"), [(0.5, 1.5), (6.0, 0.8)])
def test_success_jumps_come_at_their_rate_and_multiply_the_index(rate, size):
    changes = log_changes({"success_rate": rate, "success_size": size})
    jumps = changes != 0.0
    assert changes[jumps] == pytest.approx(np.full(jumps.sum(), math.log(size)), rel=1e-9)
    assert_share(jumps.sum(), DRAWS, 1.0 - math.exp(-rate / 12.0))


def test_the_stocks_of_two_labs_are_unrelated():
    between = np.corrcoef(log_changes({"volatility": 0.5}).T)[np.triu_indices(LABS, 1)]
    assert abs(between.mean()) < 4.5 / math.sqrt(MONTHS * between.size)
    assert abs(between).max() < 5.5 / math.sqrt(MONTHS)


def test_jumps_do_not_depend_on_the_lognormal_step():
    """The mean step of months with and without a jump differs by less than 4.5 standard errors."""
    changes = log_changes({"volatility": 0.1, "success_rate": 6.0, "success_size": 2.0})
    jumps = changes > math.log(2.0) / 2.0
    steps = changes - math.log(2.0) * jumps
    error = 0.1 / math.sqrt(12.0) * math.sqrt(1.0 / jumps.sum() + 1.0 / (~jumps).sum())
    assert 200 < jumps.sum() < 1000
    assert abs(steps[jumps].mean() - steps[~jumps].mean()) < 4.5 * error
