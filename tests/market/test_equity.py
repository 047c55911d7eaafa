"""Stock for everybody: granted by date, held by hope, lost on leaving."""

import numpy as np
import pytest
from markets import ALIKE, campaign, everything, lab, outside, quiet, run, run_to, tier

EQUITY = {"years_of_pay": 2.0, "years": 4, "vesting": "monthly", "cliff": 0}
ANNUITY = sum(1.04 ** (-k / 12.0) / 12.0 for k in range(1, 49))
NO_RISK = {"risk_aversion": 0.0, "risk_free": 0.0, "equity_premium": 0.0, "stock_share": 0.0}


def unvested(age, years=4, cliff=0):
    return np.where(age < cliff, 1.0, np.clip(1.0 - age / (12.0 * years), 0.0, 1.0))


def test_in_the_first_month_everybody_holds_what_has_not_vested_since_joining():
    labs = [lab("Alpha", 400, equity=EQUITY), lab("Beta", 100), outside()]
    people = run_to(quiet(labs=labs), 0).world.researchers
    age = -people["joined"]
    holds = (age < 48) & (people["lab"] == 0)
    assert people["grant"] == pytest.approx(np.where(holds, 2.0 * people["pay"], 0.0), rel=1e-12)
    assert (people["granted"][holds] == people["joined"][holds]).all()


def test_who_leaves_loses_what_has_not_vested_and_takes_the_rest():
    """Wealth after k months = that of the first month + what has vested since; forfeits by tenure."""
    labs = [lab("Alpha", 800, equity=EQUITY, separation=3.0), lab("Beta", 0), outside()]
    scenario = quiet(labs=labs)
    before, after = run_to(scenario, 0).world.researchers, run_to(scenario, 12).world.researchers
    left = run(scenario)["moves"].set_index("researcher").sort_index()
    who = left.index.to_numpy()
    assert len(who) > 500
    age = left.month.to_numpy() - before["joined"][who]
    grant = before["grant"][who]
    assert left.forfeited.to_numpy() == pytest.approx(grant * unvested(age), rel=1e-5)
    vested = grant * (unvested(-before["joined"][who]) - unvested(age))
    assert after["wealth"][who] == pytest.approx(before["wealth"][who] + vested, rel=1e-9)


def test_what_is_unvested_holds_by_the_logit_of_its_worth():
    """With no risk and nothing discounted but pay, staying is worth ln(W + pay * annuity + unvested)."""
    labs = [lab("Alpha", 500, equity=EQUITY), lab("Beta", 0), outside()]
    raid = campaign(months=1, approaches_per_month=500, tiers=[tier(total=12.0, running_pay=3.0, stock_share=0.0)])
    scenario = quiet(labs=labs, campaigns=[raid], population=ALIKE, choice={"mission_scale": 0.0}, risk=NO_RISK)
    people = run_to(scenario, 0).world.researchers
    offers = run(scenario)["offers"].set_index("researcher").sort_index()
    joined = people["joined"]
    vested = 2.0 * (unvested(-joined) - unvested(1 - joined)) * (joined > -48)
    held = 2.0 * unvested(1 - joined) * (joined > -48)
    weight = 4.0 * (1.0 - people["loyalty"])
    stay = weight * np.log(2.0 + vested + ANNUITY + held)
    assert offers.stay_value.to_numpy() == pytest.approx(stay, rel=1e-9)
    go = weight * np.log(2.0 + vested + 3.0 * ANNUITY)
    assert offers.acceptance_probability.to_numpy() == pytest.approx(1.0 / (1.0 + np.exp(stay - go)), rel=1e-6)


def test_those_who_come_get_stock_by_the_same_rule():
    labs = [lab("Alpha", 200), lab("Beta", 100, equity=EQUITY, contact=0.3, growth=1.0, refill=True), outside(300)]
    scenario = quiet(labs=labs, population={"pay_growth": 0.04})
    moves = run(scenario)["moves"].query("to == 'Beta'").set_index("researcher")
    assert {"ordinary", "growth"} <= set(moves.kind)
    people = run_to(scenario, 12).world.researchers
    at_grant = people["pay"] * np.exp(0.04 / 12.0 * people["granted"])
    who = moves.index.to_numpy()
    there = who[people["lab"][who] == 1]
    assert people["grant"][there] == pytest.approx(2.0 * at_grant[there], rel=1e-9)


def leaving_rates(equity):
    """Chosen exits of people hired in the first year over those still there, 9 to 11 and 12 to 14 months after."""
    labs = [
        lab("Alpha", 8000, equity=equity, separation=0.8, refill=True, tenure_mean=20.0),
        lab("Beta", 10, contact=0.6, premium_mean=1.6),
        outside(24_000),
    ]
    choice = {"money_weight": 16.0, "mission_scale": 0.0}
    moves = run(quiet(labs=labs, choice=choice, run={"months": 30}))["moves"].sort_values(["researcher", "month"])
    following = moves.groupby("researcher")[["month", "kind"]].shift(-1)
    spells = moves.assign(stay=(following.month.fillna(99) - moves.month), end=following.kind)
    spells = spells.query("to == 'Alpha' and month <= 12")
    rates = []
    for first in (9, 12):
        exposed = sum((spells.stay >= month).sum() for month in range(first, first + 3))
        exits = ((spells.stay >= first) & (spells.stay < first + 3) & (spells.end == "ordinary")).sum()
        rates.append((exits / exposed, np.sqrt(exits) / exposed))
    return rates


def test_people_wait_for_the_cliff_and_leave_after_it():
    """They leave more rarely in the quarter before the cliff than in the one after it; without stock they do not."""
    cliff = {"years_of_pay": 4.0, "years": 1, "vesting": "monthly", "cliff": 12}
    (before, error), (after, other_error) = leaving_rates(cliff)
    assert after - before > 4.5 * np.hypot(error, other_error)
    (before, error), (after, other_error) = leaving_rates({**cliff, "years_of_pay": 0.0})
    assert abs(after - before) < 4.5 * np.hypot(error, other_error)


def test_in_a_market_full_of_everything_stock_belongs_to_someone_s_present_job():
    world = run_to(everything(), 24).world
    people = world.researchers
    labs = np.array(everything().labs, dtype=object)
    assert len(labs) == 4
    holders = people["grant"] > 0.0
    assert holders.sum() > 50
    assert (people["granted"][holders] >= people["joined"][holders]).all()
    gives = world.labs["equity"][people["lab"][holders]] > 0.0
    special = people["vesting"][holders] > 0
    assert (gives | special).all()
