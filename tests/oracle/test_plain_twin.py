"""The engine and a twin written from ODD's text agree on small markets, and broken twins are told apart."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import plain_twin
import pytest

import talentmarket as tm

BOUND = 4.5  # standard errors of the difference
TOLD_APART = 6.0
KINDS = ("separation", "ordinary", "campaign", "return", "growth")

PEOPLE = """
extends = "baseline"
replace = ["labs"]
title = "Small"
question = "Do the engine and its twin agree?"
"""

# Nearly every term of the value has weight; labs differ in everything, and one grows.
ORDINARY = (
    PEOPLE
    + """
[run]
months = 12
seed = 11
[population]
pay_sigma = 0.3
talent_tail_share = 0.05
talent_tail_exponent = 3.0
[choice]
money_weight = 8.0
mission_scale = 0.4
compute_value = 0.1
tie_value = 0.3
size_value = 0.5
taste_sd = 0.1
contagion = 1.5
switching_cost = 0.2
[contacts]
contact_talent = 0.3
reach_outside = 0.5
[culture]
recovery = 0.0
[defaults.lab]
contact = 1.0
[[labs]]
name = "North"
headcount = 120
mission = 0.9
growth = 0.2
fit = { South = 0.5 }
[[labs]]
name = "South"
headcount = 80
mission = 0.6
culture = 0.7
compute = 40.0
pay_level = 1.2
separation = 0.3
premium_mean = 1.15
premium_sigma = 0.4
[[labs]]
name = "outside"
kind = "outside"
headcount = 200
refill = false
mission = 0.3
compute = 2.0
pay_level = 0.6
contact = 0.4
"""
)

# Three packages with unlike vesting, early returns, withdrawals and much recruiting of those who came.
RAID = (
    PEOPLE
    + """
[run]
months = 24
seed = 12
[choice]
switching_cost = 0.3
money_weight = 8.0
[defaults.lab]
contact = 0.6
[[labs]]
name = "North"
headcount = 150
mission = 0.8
stock = { volatility = 0.7, beta = 1.8 }
[[labs]]
name = "West"
headcount = 60
compute = 40.0
stock = { success_rate = 0.5, drift = 0.1 }
[[labs]]
name = "outside"
kind = "outside"
headcount = 100
refill = false
mission = 0.4
compute = 2.0
pay_level = 0.5
[[campaigns]]
name = "raid"
lab = "West"
targets = ["North"]
start = 3
months = 5
approaches_per_month = 20
engage = 0.8
offer = 0.9
start_work = 0.9
return_rate = 1.0
return_months = 6
[[campaigns.tiers]]
name = "top"
last_rank = 25
total = 20.0
running_pay = 2.0
first_year_share = 0.35
vesting = "first_year_at_once"
[[campaigns.tiers]]
name = "core"
last_rank = 50
total = 6.0
running_pay = 0.8
stock_share = 0.8
first_year_share = 0.3
vesting = "quarterly"
cliff = 6
[[campaigns.tiers]]
name = "cash"
last_rank = 100
total = 12.0
running_pay = 0.9
stock_share = 0.0
first_year_share = 0.775
"""
)

# Posted pay in both distributions; nobody hesitates much.
POSTED = (
    PEOPLE
    + """
[run]
months = 12
seed = 13
[choice]
switching_cost = 0.05
[defaults.lab]
contact = 1.0
[[labs]]
name = "North"
headcount = 100
posting = { distribution = "lognormal", sigma = 0.4 }
[[labs]]
name = "South"
headcount = 80
posting = { distribution = "burdett_mortensen", productivity = 2.0, reservation = 0.4, competition = 3.0 }
[[labs]]
name = "outside"
kind = "outside"
headcount = 120
refill = false
mission = 0.4
pay_level = 0.7
"""
)

# More vacancies than people outside who would come: how many are asked decides.
SCARCE = (
    PEOPLE
    + """
[run]
months = 3
seed = 14
[population]
pay_sigma = 0.5
ties_mean = 0.0
[choice]
noise = 0.0
taste_sd = 0.0
switching_cost = 0.0
[defaults.lab]
contact = 0.0
[[labs]]
name = "North"
headcount = 100
separation = 12.0
[[labs]]
name = "outside"
kind = "outside"
headcount = 400
refill = false
"""
)

# What the twin does not tell is switched off; where a market does not post pay, offers are a premium.
CORE = (
    "choice.exit_response=0.0",
    "choice.exit_contagion=0.0",
    "choice.patience=0",
    "choice.fairness_reference=pay",
    "contacts.room=false",
    "defaults.lab.ordinary_response.counter_share=0.0",
    "defaults.campaign.engage_response=0.0",
)
MARKETS = {"ordinary": ORDINARY, "raid": RAID, "posted": POSTED, "scarce": SCARCE}
REPLICATES = {"engine": 500, "twin": 100}
BROKEN_REPLICATES = 40


@cache
def scenario(name: str, *overrides: str) -> tm.Scenario:
    """A small market as a checked scenario."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small.toml"
        path.write_text(MARKETS[name], encoding="utf-8")
        core = CORE if "posting" in MARKETS[name] else (*CORE, "defaults.lab.posting.distribution=none")
        return tm.load(path, [*core, *overrides])


def measured(spec: tm.Scenario, moves: pd.DataFrame, offers: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """Measures of each replicate: a row a replicate, a column a measure; empty where one is not defined."""
    labs = [lab.name for lab in spec.labs if lab.kind == "lab"]
    replicates = pd.Index(months["replicate"].unique())
    into_labs = moves[moves["from"].isin(labs) & moves["to"].isin(labs) & moves["kind"].isin(["ordinary", "campaign"])]
    result = {f"{kind} moves": moves[moves["kind"] == kind].groupby("replicate").size() for kind in KINDS}
    result["joins"] = moves[moves["to"].isin(labs)].groupby("replicate").size()
    counts = list(result)
    for kind in KINDS:
        of_kind = moves[moves["kind"] == kind].assign(step=lambda rows: np.log(rows["pay_after"] / rows["pay_before"]))
        means = of_kind.groupby("replicate")[["talent", "loyalty", "tenure", "step"]].mean()
        result |= {f"{column} of {kind} moves": means[column] for column in means}
    result["lower pay"] = (into_labs["pay_after"] < into_labs["pay_before"]).groupby(into_labs["replicate"]).mean()
    result["forfeited"] = moves.groupby("replicate")["forfeited"].sum()
    for lab in [each.name for each in spec.labs]:
        result[f"lost by {lab} to labs"] = into_labs[into_labs["from"] == lab].groupby("replicate").size()
        counts.append(f"lost by {lab} to labs")
        here = months[months["lab"] == lab].set_index(["replicate", "month"])
        heads = here["headcount"].unstack()
        away = (
            moves[moves["from"] == lab].groupby(["replicate", "month"]).size().unstack().reindex_like(heads).fillna(0)
        )
        result[f"retention of {lab}"] = (1 - away[away.columns[1:]] / heads.shift(axis=1)[away.columns[1:]]).prod(
            axis=1
        )
        result[f"heads of {lab}"] = heads.iloc[:, -1]
        pay = 12 * here["wage_bill"].unstack() / heads
        result |= {f"first pay of {lab}": pay.iloc[:, 0], f"last pay of {lab}": pay.iloc[:, -1]}
        result[f"special pay by {lab}"] = here["spend_paid"].groupby("replicate").sum()
    for tier in offers["tier"].unique():
        to = offers[offers["tier"] == tier]
        by = to["replicate"]
        accepted = to["outcome"].isin(["started", "withdrew", "returned"])
        result[f"{tier} offers"] = to.groupby(by).size()
        result[f"{tier} started"] = to["outcome"].isin(["started", "returned"]).groupby(by).sum()
        running_pay = next(each.running_pay for each in spec.campaigns[0].tiers if each.name == tier)
        leavers = moves[(moves["kind"] == "ordinary") & np.isclose(moves["pay_before"], running_pay)]
        result[f"{tier} left again"] = leavers.groupby("replicate").size()
        counts += [f"{tier} offers", f"{tier} started", f"{tier} left again"]
        result[f"{tier} accepted"] = accepted.groupby(by).mean()
        result[f"{tier} log talent"] = np.log(to["talent"]).groupby(by).mean()
        result[f"{tier} certainty equivalent"] = to["certainty_equivalent"].groupby(by).mean()
        result[f"{tier} advantage"] = (to["offer_value"] - to["stay_value"]).groupby(by).mean()
        result[f"{tier} loyalty of who came"] = to["loyalty"][accepted].groupby(by[accepted]).mean()
        result[f"{tier} loyalty of who refused"] = to["loyalty"][~accepted].groupby(by[~accepted]).mean()
    table = pd.DataFrame(result).reindex(replicates)
    table[counts] = table[counts].fillna(0)
    return table


@cache
def of_engine(name: str) -> pd.DataFrame:
    """Measures of the engine's replicates."""
    spec = scenario(name)
    runs = tm.run(spec, replicates=REPLICATES["engine"], workers=1)
    return measured(spec, runs.moves, runs.offers, runs.months)


def of_twin(spec: tm.Scenario, replicates: int) -> pd.DataFrame:
    """Measures of the twin's replicates."""
    rows: dict[str, list[plain_twin.Row]] = {"moves": [], "offers": [], "months": []}
    for replicate in range(replicates):
        for table, of_run in plain_twin.simulate(spec, replicate).items():
            rows[table] += [row | {"replicate": replicate} for row in of_run]
    none = dict.fromkeys(("replicate", "tier"), pd.Series(dtype=object))
    moves, offers, months = (pd.DataFrame(rows[table] or none) for table in ("moves", "offers", "months"))
    return measured(spec, moves, offers, months)


def differences(engine: pd.DataFrame, twin: pd.DataFrame) -> pd.DataFrame:
    """Means of both, and their difference in standard errors, both sides' counted."""
    means = pd.DataFrame({"engine": engine.mean(), "twin": twin.mean()})
    error = np.sqrt(engine.var() / engine.count() + twin.var() / twin.count())
    means["error"] = np.maximum(error, 1e-6 * means["engine"].abs() + 1e-12)  # single precision in the tables
    means["z"] = (means["twin"] - means["engine"]) / means["error"]
    means["sharp"] = BOUND * means["error"] / means["engine"].abs()
    return means.loc[means[["engine", "twin"]].notna().any(axis=1)]


@pytest.mark.parametrize("name", MARKETS)
def test_the_engine_and_a_twin_written_from_odd_agree(name: str) -> None:
    apart = differences(of_engine(name), of_twin(scenario(name), REPLICATES["twin"]))
    assert (apart["z"].abs() < BOUND).all(), apart[~(apart["z"].abs() < BOUND)].to_string()


def nearly(rule: Callable[..., float], factor: float) -> Callable[..., float]:
    """A rule whose result is off by a factor."""
    return lambda *arguments: factor * rule(*arguments)


def without_end(ask: Callable[..., object]) -> Callable[..., object]:
    """Asking outside for every vacancy, however many have been asked in the month."""
    return lambda market, lab, most, terms: ask(market, lab, market.spec.contacts.candidates_per_vacancy, terms)


def without(step: Callable[..., None]) -> tuple[Callable[..., None], ...]:
    """The steps of a month but for one."""
    return tuple(each for each in plain_twin.MONTH if each is not step)


BROKEN = {
    "switching cost of half": ("ordinary", "switching_cost", nearly(plain_twin.switching_cost, 0.5)),
    "premium off by five per cent": ("ordinary", "premium", nearly(plain_twin.premium, 1.05)),
    "posted pay of mean one": ("posted", "posted", nearly(plain_twin.posted, np.exp(-0.08))),
    "nobody is restless": ("ordinary", "restless", nearly(plain_twin.restless, 0.0)),
    "nobody goes back": ("raid", "MONTH", without(plain_twin.go_back)),
    "labs ask without end": ("scarce", "ask_outside", without_end(plain_twin.ask_outside)),
    "stock of no risk": ("raid", "restricted_value", lambda *_: 1.0),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_twin_with_one_rule_broken_is_told_apart(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, rule, wrong = BROKEN[broken]
    monkeypatch.setattr(plain_twin, rule, wrong)
    apart = differences(of_engine(name), of_twin(scenario(name), BROKEN_REPLICATES))
    assert apart["z"].abs().max() > TOLD_APART
