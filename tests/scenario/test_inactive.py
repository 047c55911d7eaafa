"""Settings that cannot act are told with the reason; those that can are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.scenario.inactive.notes import without_effect
from talentmarket.scenario.reading.chain import shipped_names, theory_names
from talentmarket.scenario.reading.loading import load

CAMPAIGN = "campaigns.Meta on OpenAI"
RESPONSE = "labs.OpenAI.response"
CASES = {
    "a campaign after the end": (
        ["run.months=24", f"{CAMPAIGN}.start=30"],
        [f"{CAMPAIGN} has no effect because it starts in month 30, and the run ends with month 24"],
    ),
    "nobody is asked": (
        [f"{CAMPAIGN}.approaches_per_month=0"],
        [f"{CAMPAIGN} has no effect because approaches_per_month is 0"],
    ),
    "asked again after the campaign": (
        [f"{CAMPAIGN}.retry_after=6", f"{CAMPAIGN}.sweetener=2.0"],
        [
            f"{CAMPAIGN}.{setting} has no effect because nobody could be asked again before month 9,"
            " and the last month of asking is 6"
            for setting in ("retry_after = 6", "sweetener = 2.0")
        ],
    ),
    "asked again after the run": (
        ["run.months=5", f"{CAMPAIGN}.retry_after=3"],
        [
            f"{CAMPAIGN}.retry_after = 3 has no effect because nobody could be asked again before month 6,"
            " and the last month of asking is 5"
        ],
    ),
    "sweeter for nobody": (
        [f"{CAMPAIGN}.sweetener=2.0"],
        [f"{CAMPAIGN}.sweetener = 2.0 has no effect because retry_after is 0"],
    ),
    "more approaches than ranks": (
        [f"{CAMPAIGN}.months=12", f"{CAMPAIGN}.approaches_per_month=400"],
        [f"{CAMPAIGN} has no effect from month 6 on because all 1,000 ranks that have a tier have been asked by then"],
    ),
    "a tier that is never reached": (
        [f"{CAMPAIGN}.approaches_per_month=10"],
        [f"{CAMPAIGN}.tiers.core has no effect because rank 81 is never reached: 40 are asked at most"],
    ),
    "a raid without offers": (
        [f"{CAMPAIGN}.offer=0"],
        [
            f"{CAMPAIGN}.tiers.{tier} has no effect because offer is 0, so that nobody is made an offer"
            for tier in ("top", "core")
        ],
    ),
    "a budget that is too small for one tier": (
        [f"{CAMPAIGN}.budget=100"],
        [f"{CAMPAIGN}.tiers.top has no effect because the budget is 100 M$, less than its smallest package"],
    ),
    "a limit that is never reached": (
        [f"{CAMPAIGN}.max_offers=160"],
        [f"{CAMPAIGN}.max_offers = 160 has no effect because 160 are asked at most"],
    ),
    "no rate of going back": (
        [f"{CAMPAIGN}.return_rate=0.0", f"{CAMPAIGN}.return_months=12"],
        [f"{CAMPAIGN}.return_months = 12 has no effect because return_rate is 0"],
    ),
    "a floor below a flat package": (
        [f"{CAMPAIGN}.tiers.core.floor=20.0"],
        [
            f"{CAMPAIGN}.tiers.core.floor = 20.0 has no effect because rank_exponent is 0,"
            " so that the package does not fall"
        ],
    ),
    "a floor below the fall": (
        [f"{CAMPAIGN}.tiers.top.rank_exponent=0.1", f"{CAMPAIGN}.tiers.top.floor=20.0"],
        [
            f"{CAMPAIGN}.tiers.top.floor = 20.0 has no effect because the package falls no lower than"
            f" {300 * 80**-0.1:.4g} M$"
        ],
    ),
    "a cliff before the first vesting": (
        [f"{CAMPAIGN}.tiers.top.vesting=annual", f"{CAMPAIGN}.tiers.top.cliff=6"],
        [f"{CAMPAIGN}.tiers.top.cliff = 6 has no effect because annual vesting pays nothing before month 12"],
    ),
    "a reference for no response": (
        [f"{CAMPAIGN}.engage_response=0.0", f"{CAMPAIGN}.engage_reference=50.0"],
        [f"{CAMPAIGN}.engage_reference = 50.0 has no effect because engage_response is 0"],
    ),
    "a response of those who all talk": (
        [f"{CAMPAIGN}.engage=1.0", f"{CAMPAIGN}.engage_response=0.2"],
        [f"{CAMPAIGN}.engage_response = 0.2 has no effect because engage is 0 or 1, or choice.money_weight is 0"],
    ),
    "a promise that nobody weighs": (
        ["choice.compute_value=0.0"],
        [
            f"{CAMPAIGN}.tiers.{tier}.compute = 40.0 has no effect because choice.compute_value or choice.money_weight is 0"
            for tier in ("top", "core")
        ],
    ),
    "an award without trigger": (
        [f"{RESPONSE}.fair_award=1.0", f"{RESPONSE}.fair_raise=0.1"],
        [
            f"{RESPONSE}.fair_award = 1.0 has no effect because fair_trigger is 0",
            f"{RESPONSE}.fair_raise = 0.1 has no effect because fair_trigger is 0",
        ],
    ),
    "a trigger that is never reached": (
        [f"{RESPONSE}.fair_trigger=161", f"{RESPONSE}.fair_raise=0.1"],
        [
            f"{RESPONSE}.{setting} has no effect because its people are approached 160 times at most,"
            " and fair_trigger is 161"
            for setting in ("fair_trigger = 161", "fair_raise = 0.1")
        ],
    ),
    "a trigger of nothing": (
        [f"{RESPONSE}.fair_trigger=40"],
        [f"{RESPONSE}.fair_trigger = 40 has no effect because fair_award and fair_raise are 0"],
    ),
    "a cap on no counter-offers": (
        [f"{RESPONSE}.counter_cap=5.0"],
        [f"{RESPONSE}.counter_cap = 5.0 has no effect because counter_share is 0"],
    ),
    "a cap above the budget": (
        [f"{RESPONSE}.counter_share=0.5", f"{RESPONSE}.counter_cap=5.0", f"{RESPONSE}.counter_budget=4.0"],
        [f"{RESPONSE}.counter_cap = 5.0 has no effect because counter_budget is 4 M$ for all of them"],
    ),
    "growth of the outside": (
        ["labs.outside.growth=0.1"],
        [
            "labs.outside.growth = 0.1 has no effect because the outside has no aim of its own,"
            " and those who separate from labs come here"
        ],
    ),
    "growth without hiring": (
        ["contacts.room=false", "labs.xAI.refill=false", "labs.xAI.growth=0.1"],
        ["labs.xAI.growth = 0.1 has no effect because refill is false"],
    ),
    "no posted pay": (
        ["labs.xAI.posting.distribution=none", "labs.xAI.posting.productivity=3.0"],
        ['labs.xAI.posting.productivity = 3.0 has no effect because posting.distribution is "none"'],
    ),
    "a premium beside posted pay": (
        ["labs.xAI.posting.distribution=lognormal", "labs.xAI.premium_mean=2.0"],
        ['labs.xAI.premium_mean = 2.0 has no effect because posting.distribution is "lognormal"'],
    ),
    "jumps that never come": (
        ["labs.Meta.stock.success_size=3.0"],
        ["labs.Meta.stock.success_size = 3.0 has no effect because stock.success_rate is 0"],
    ),
    "belief in stock that nobody has": (
        ["labs.xAI.stock.upside=3.0"],
        ["labs.xAI.stock.upside = 3.0 has no effect because nobody is granted its stock"],
    ),
    "ties of nobody": (
        ["population.ties_mean=0.0", "choice.contagion=0.5"],
        ["choice.contagion = 0.5 has no effect because population.ties_mean is 0"],
    ),
    "exits of ties of nobody": (
        ["population.ties_mean=0.0", "choice.exit_contagion=0.5"],
        ["choice.exit_contagion = 0.5 has no effect because population.ties_mean is 0"],
    ),
    "exits without a worth of staying": (
        [
            "choice.money_weight=0.0",
            "choice.exit_response=0.4",
            f"{CAMPAIGN}.tiers.top.compute=0.0",
            f"{CAMPAIGN}.tiers.core.compute=0.0",
        ],
        ["choice.exit_response = 0.4 has no effect because choice.money_weight is 0"],
    ),
    "a clawback that is over before anyone can leave": (
        [f"{CAMPAIGN}.tiers.top.clawback=1"],
        [f"{CAMPAIGN}.tiers.top.clawback = 1 has no effect because nobody leaves in the month of joining"],
    ),
    "a cap on no practice": (
        ["labs.OpenAI.ordinary_response.counter_share=0.0", "labs.OpenAI.ordinary_response.counter_cap=3.0"],
        ["labs.OpenAI.ordinary_response.counter_cap = 3.0 has no effect because counter_share is 0"],
    ),
    "a scope of running pay": (
        ["choice.envy=0.5", "choice.fairness_reference=pay", "choice.fairness_scope=lab"],
        ['choice.fairness_scope = "lab" has no effect because choice.fairness_reference is "pay"'],
    ),
    "no fees to share": (
        ["transfer.solidarity=0.1"],
        ["transfer.solidarity = 0.1 has no effect because there are no fees"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_setting_that_cannot_act_is_told_with_the_reason(case: str) -> None:
    overrides, lines = CASES[case]
    assert without_effect(load("meta_raid", overrides)) == lines


def test_patience_has_no_effect_where_there_is_no_stock_to_wait_for() -> None:
    lines = ["choice.patience = 5 has no effect because nobody is granted stock"]
    nothing = "labs.OpenAI.equity={years_of_pay = 0.0, cliff = 12}"
    assert without_effect(load("baseline", ["choice.patience=5", nothing])) == lines


EVENTS = {
    "after the end": (
        "month = 50\nreprice = { Meta = 1.5 }",
        "events.tender has no effect because it comes in month 50, and the run ends with month 48",
    ),
    "what is so already": (
        'month = 9\nset = { "labs.Meta.compute" = 20.0 }',
        'events.tender.set."labs.Meta.compute" = 20.0 has no effect because it is so already',
    ),
    "of a campaign that is over": (
        'month = 9\nset = { "campaigns.Meta on OpenAI.engage" = 0.9 }',
        'events.tender.set."campaigns.Meta on OpenAI.engage" = 0.9 has no effect because the last month of asking is 6',
    ),
    "what cannot act": (
        'month = 9\nset = { "labs.OpenAI.response.counter_cap" = 5.0 }',
        'events.tender.set."labs.OpenAI.response.counter_cap" = 5.0 has no effect because counter_share is 0',
    ),
    "stock that nobody holds": (
        "month = 9\nreprice = { xAI = 1.5 }",
        "events.tender.reprice.xAI = 1.5 has no effect because nobody is granted its stock",
    ),
}


def with_event(folder: Path, *events: str, more: str = "") -> Path:
    file = folder / "raid.toml"
    tables = "".join(f'[[events]]\nname = "tender{n or ""}"\n{text}\n' for n, text in enumerate(events))
    file.write_text(f'extends = "meta_raid"\n{more}\n{tables}', encoding="utf-8")
    return file


@pytest.mark.parametrize("case", EVENTS)
def test_an_event_that_changes_nothing_is_told_with_the_reason(tmp_path: Path, case: str) -> None:
    event, line = EVENTS[case]
    assert without_effect(load(with_event(tmp_path, event))) == [line]


def test_what_an_event_switches_on_acts(tmp_path: Path) -> None:
    award = '[[labs]]\nname = "OpenAI"\n[labs.response]\nfair_award = 1.0\n'
    assert len(without_effect(load(with_event(tmp_path, more=award)))) == 1
    trigger = 'month = 2\nset = { "labs.OpenAI.response.fair_trigger" = 20 }'
    assert without_effect(load(with_event(tmp_path, trigger, more=award))) == []
    share = 'month = 2\nset = { "labs.OpenAI.response.counter_share" = 0.5 }'
    cap = 'month = 3\nset = { "labs.OpenAI.response.counter_cap" = 5.0 }'
    assert without_effect(load(with_event(tmp_path, share, cap))) == []


@pytest.mark.parametrize("name", [*shipped_names(), *theory_names()])
def test_all_that_shipped_scenarios_set_acts(name: str) -> None:
    assert without_effect(load(name)) == []


@pytest.mark.parametrize(
    ("override", "words"),
    [
        (f"{CAMPAIGN}.tiers.core.floor=60.0", "floor is 60 M$, above the total of 30 M$, from which the package falls"),
        (
            "labs.OpenAI.equity={years_of_pay = 2.0, years = 2, cliff = 60}",
            "cliff is 60 months, longer than the grant: all of it has vested after 24",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(override: str, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load("meta_raid", [override])
    assert words in str(caught.value)


def test_where_stock_is_traded_is_refused_with_what_there_is_instead() -> None:
    with pytest.raises(ScenarioError, match=r"labs.Meta.stock.listed: .* differs by stock.volatility and stock.beta"):
        load("meta_raid", ["labs.Meta.stock={listed = false}"])


POSITIVE = (
    "population.scale population.loyalty_concentration population.wealth_median choice.compute_reference"
    " labs.Meta.compute labs.Meta.pay_level labs.Meta.tenure_mean labs.Meta.premium_mean"
    " labs.Meta.posting.productivity labs.Meta.stock.success_size labs.Meta.stock.upside labs.Meta.response.fair_ratio"
)


@pytest.mark.parametrize(
    "path", [*POSITIVE.split(), f"{CAMPAIGN}.tiers.core.total", f"{CAMPAIGN}.tiers.core.running_pay"]
)
@pytest.mark.parametrize("value", ["0", "5e-324"])
def test_what_must_be_above_zero_has_a_bound_that_the_message_names(path: str, value: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load("meta_raid", [f"{path}={value}"])
    assert f"{path} is {value}, but must be a number from " in str(caught.value)
