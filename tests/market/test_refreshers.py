"""Stock granted anew on each anniversary."""

from __future__ import annotations

import numpy as np
import pytest
from markets import campaign, lab, outside, quiet, run_to, tier

YEARLY = {"years_of_pay": 0.0, "refresh_years_of_pay": 1.5, "years": 4, "vesting": "monthly", "cliff": 12}


def test_each_anniversary_adds_a_grant_to_what_has_not_vested() -> None:
    """G' = 3/4 G + 1.5 pay: after four anniversaries 1.5 pay (1 + 3/4 + 9/16 + 27/64), whatever the cliff of first grants."""
    scenario = quiet(labs=[lab("Alpha", 200, equity=YEARLY), outside()], run={"months": 48})
    before, after = run_to(scenario, 0).world.researchers, run_to(scenario, 48).world.researchers
    there = before["lab"] == 0
    assert (before["grant"] == 0.0).all()
    granted = 1.5 * before["pay"] * (1.0 + 0.75 + 0.75**2 + 0.75**3)
    assert after["grant"][there] == pytest.approx(granted[there], rel=1e-12)
    last = 48 - (48 - before["joined"]) % 12
    assert (after["granted"][there] == last[there]).all()
    assert (after["grant"][~there] == 0.0).all()


def test_what_is_granted_is_either_vested_or_ahead() -> None:
    """Wealth at the grant and the grant hold four yearly grants together, as the price is constant."""
    scenario = quiet(labs=[lab("Alpha", 200, equity=YEARLY), outside()], run={"months": 48})
    before, after = run_to(scenario, 0).world.researchers, run_to(scenario, 48).world.researchers
    there = before["lab"] == 0
    gained = after["wealth"] + after["grant"] - before["wealth"]
    assert gained[there] == pytest.approx(4 * 1.5 * before["pay"][there], rel=1e-12)


def test_compensation_follows_what_is_held() -> None:
    scenario = quiet(labs=[lab("Alpha", 50, equity=YEARLY), outside()], run={"months": 36})
    world = run_to(scenario, 36).world
    there = world.researchers["lab"] == 0
    due = world.researchers["pay"] + world.researchers["grant"] / 4.0
    assert world.jobs["total_compensation"][there] == pytest.approx(due[there], rel=1e-12)
    alpha = world.labs[0]
    assert alpha["level_compensation"].sum() == pytest.approx(due[there].sum(), rel=1e-9)


def test_a_campaign_s_package_is_not_refreshed() -> None:
    labs = [lab("Alpha", 60), lab("Beta", 1, equity=YEARLY), outside()]
    raid = campaign(
        months=1, approaches_per_month=60, tiers=[tier(total=400.0, stock_share=1.0)], offer=1.0, start_work=1.0
    )
    world = run_to(quiet(labs=labs, campaigns=[raid], run={"months": 30}), 30).world
    hired = (world.researchers["lab"] == 1) & (world.researchers["joined"] > 0)
    assert hired.sum() > 10
    assert (world.researchers["granted"][hired] == world.researchers["joined"][hired]).all()
    assert np.unique(world.researchers["grant"][hired]).size == 1
