import math

import numpy as np
import pytest
from markets import ALIKE, assert_share, campaign, lab, outside, quiet, run, tier

from talentmarket.market.choice.explanation import reason
from talentmarket.market.choice.terms import Terms
from talentmarket.market.records.codes import REASONS

PEOPLE = 4000
CAME = ("started", "returned", "withdrew")


def everyone_asked(labs=None, campaigns=None, months=1, **sections):
    """Everybody at Alpha gets exactly one offer in month 1, unless there is more than one campaign."""
    asked = {"approaches_per_month": PEOPLE, "months": 1}
    scenario = quiet(
        labs=labs or [lab("Alpha", PEOPLE), lab("Beta", 0), outside()],
        campaigns=[campaign(**asked)] if campaigns is None else [campaign(**{**asked, **each}) for each in campaigns],
        run={"months": months},
        **sections,
    )
    return run(scenario)["offers"]


def two_raiders(**choice):
    """Everybody at Alpha has offers of Beta and of Gamma in the same month."""
    return everyone_asked(
        labs=[lab("Alpha", PEOPLE), lab("Beta", 0), lab("Gamma", 0, mission=0.8), outside()],
        campaigns=[{"name": "one"}, {"name": "two", "lab": "Gamma"}],
        choice=choice,
    )


def test_with_one_offer_the_probability_is_the_logit_of_the_two_values():
    offers = everyone_asked()
    assert len(offers) == PEOPLE
    logit = 1.0 / (1.0 + np.exp(offers.stay_value - offers.offer_value))
    assert offers.acceptance_probability.to_numpy() == pytest.approx(logit.to_numpy(), rel=1e-12)
    assert offers.rival_value.isna().all()
    assert offers.acceptance_probability.std() > 0.02


@pytest.mark.parametrize("noise", [0.5, 1.0, 3.0])
def test_the_scale_of_the_noise_divides_the_values(noise):
    offers = everyone_asked(choice={"noise": noise})
    logit = 1.0 / (1.0 + np.exp((offers.stay_value - offers.offer_value) / noise))
    assert offers.acceptance_probability.to_numpy() == pytest.approx(logit.to_numpy(), rel=1e-12)


@pytest.mark.parametrize("noise", [0.3, 1.0])
@pytest.mark.parametrize("total", [6.0, 8.0, 30.0])
def test_people_accept_as_often_as_their_probability_says(noise, total):
    """Standardised distance below 4.5: one false alarm in 150,000 seeds, for all and for each fifth of the people."""
    package = tier(total=total, first_year_share=0.25)
    offers = everyone_asked(campaigns=[{"tiers": [package]}], choice={"noise": noise, "mission_scale": 0.6})
    offers = offers.sort_values("acceptance_probability")
    came = offers.outcome.isin(CAME).to_numpy()
    p = offers.acceptance_probability.to_numpy()
    for part in (slice(None), *(slice(k * PEOPLE // 5, (k + 1) * PEOPLE // 5) for k in range(5))):
        expected, variance = p[part].sum(), (p[part] * (1.0 - p[part])).sum()
        assert abs(came[part].sum() - expected) < 4.5 * math.sqrt(variance) + 1e-9


def test_the_values_are_those_of_the_written_equation():
    horizon = 24
    annuity = horizon / 12.0
    package = tier(total=8.0, years=4, stock_share=0.0, first_year_share=(1.5 + 2.0) / 8.0)
    offers = everyone_asked(
        labs=[lab("Alpha", PEOPLE, mission=0.9, culture=0.7), lab("Beta", 0, mission=0.4, compute=40.0), outside()],
        campaigns=[{"tiers": [package]}],
        population={**ALIKE, "wealth_median": 3.0},
        choice={"discount": 0.0, "horizon": horizon, "mission_scale": 0.4, "compute_value": 0.1, "switching_cost": 0.2},
    )
    m = offers.loyalty
    stay = 4.0 * ((1 - m) * math.log(3.0 + 1.0 * annuity) + m * 0.4 * 0.9 * 0.7)
    offer = 4.0 * ((1 - m) * math.log(3.0 + 1.5 * annuity + 2.0) + m * 0.4 * 0.4 + 0.1 * math.log(4.0) - 0.2)
    assert offers.stay_value.to_numpy() == pytest.approx(stay.to_numpy(), rel=1e-12)
    assert offers.offer_value.to_numpy() == pytest.approx(offer.to_numpy(), rel=1e-12)


def test_the_elasticity_of_leaving_to_pay_is_that_of_the_logit():
    """d ln P / d ln pay = -beta (1 - m) (1 - P) where pay is all the wealth there is."""
    poor = {**ALIKE, "loyalty_concentration": 5.0, "wealth_median": 1e-9}

    def accepted(pay):
        labs = [lab("Alpha", PEOPLE, pay_level=pay), lab("Beta", 0), outside()]
        return everyone_asked(labs=labs, population=poor).acceptance_probability.to_numpy()

    step = 1e-4
    slope = (np.log(accepted(math.exp(step))) - np.log(accepted(math.exp(-step)))) / (2.0 * step)
    loyalty = everyone_asked(population=poor).loyalty.to_numpy()
    assert slope == pytest.approx(-4.0 * (1.0 - loyalty) * (1.0 - accepted(1.0)), rel=1e-6)


def test_with_a_rival_the_probability_is_the_logit_over_all_options():
    offers = two_raiders().pivot(index="researcher", columns="campaign")
    stay = offers["stay_value"]["one"]
    assert (stay == offers["stay_value"]["two"]).all()
    odds = np.exp(offers["offer_value"].sub(stay, axis=0))
    for mine, rival in (("one", "two"), ("two", "one")):
        logit = odds[mine] / (1.0 + odds["one"] + odds["two"])
        got = offers["acceptance_probability"][mine]
        assert got.to_numpy() == pytest.approx(logit.to_numpy(), rel=1e-12)
        assert (offers["rival_value"][mine] == offers["offer_value"][rival]).all()


def test_with_a_rival_people_still_accept_as_often_as_their_probability_says():
    for _, offers in two_raiders().groupby("campaign"):
        p = offers.acceptance_probability
        came = offers.outcome.isin(CAME).sum()
        assert abs(came - p.sum()) < 4.5 * math.sqrt((p * (1.0 - p)).sum())


def test_two_offers_of_one_lab_are_accepted_as_often_as_their_probabilities_say():
    both = everyone_asked(campaigns=[{"name": "one"}, {"name": "two", "tiers": [tier(total=8.5)]}])
    for _, offers in both.groupby("campaign"):
        p = offers.acceptance_probability
        came = offers.outcome.isin(CAME).sum()
        assert abs(came - p.sum()) <= 4.5 * math.sqrt((p * (1.0 - p)).sum()) + 1e-9


def test_everyone_takes_one_offer_at_most_and_the_others_know_why_they_lost():
    offers = two_raiders().pivot(index="researcher", columns="campaign", values="outcome")
    pairs = set(map(tuple, offers[["one", "two"]].to_numpy()))
    assert pairs == {("refused", "refused"), ("started", "took another offer"), ("took another offer", "started")}


def test_without_noise_the_best_option_wins_for_certain():
    offers = two_raiders(noise=0.0, mission_scale=0.8).fillna({"rival_value": -math.inf})
    best = (offers.offer_value > offers.stay_value) & (offers.offer_value > offers.rival_value)
    assert ((offers.outcome == "started") == best).all()
    assert (offers.acceptance_probability == best).all()
    beaten = offers.outcome == "took another offer"
    assert (offers.rival_value[beaten] > offers[["offer_value", "stay_value"]].max(axis=1)[beaten]).all()
    assert set(offers.outcome) == {"started", "refused", "took another offer"}
    assert "chance" not in set(offers.reason)


def no_better_offer():
    """What everybody at Alpha has already, at another lab."""
    return {
        "campaigns": [{"tiers": [tier(total=4.0, running_pay=1.0)]}],
        "population": ALIKE,
    }


def test_who_is_indifferent_stays():
    offers = everyone_asked(**no_better_offer(), choice={"noise": 0.0})
    assert (offers.stay_value == offers.offer_value).all()
    assert (offers.outcome == "refused").all()
    assert (offers.acceptance_probability == 0.0).all()


def test_with_noise_the_indifferent_are_evenly_divided_and_only_by_chance():
    offers = everyone_asked(**no_better_offer())
    assert (offers.acceptance_probability == 0.5).all()
    assert_share((offers.outcome == "started").sum(), PEOPLE, 0.5)
    assert set(offers.reason) == {"chance"}


def test_the_smallest_advantage_decides_without_noise():
    offers = everyone_asked(
        campaigns=[{"tiers": [tier(total=4.0 + 1e-9, running_pay=1.0 + 1e-10)]}],
        population=ALIKE,
        choice={"noise": 0.0},
    )
    assert (offers.outcome == "started").all()


def test_values_so_far_apart_that_the_odds_overflow_leave_nothing_to_chance():
    offers = everyone_asked(campaigns=[{"tiers": [tier(total=900.0)]}], choice={"money_weight": 1000.0, "noise": 0.01})
    better = offers.offer_value > offers.stay_value
    assert better.any()
    assert offers.acceptance_probability.between(0.0, 1.0).all()
    assert ((offers.outcome == "started") == better).all()


def test_the_reason_is_the_larger_of_the_terms_that_speak_for_the_decision():
    """With money and mission only, the terms follow from the values on record."""
    offers = everyone_asked(
        labs=[lab("Alpha", PEOPLE, mission=0.9), lab("Beta", 0, mission=0.2), outside()],
        choice={"mission_scale": 0.8},
    )
    total = offers.offer_value - offers.stay_value
    mission = 4.0 * offers.loyalty * 0.8 * (0.2 - 0.9)
    money = total - mission
    came = offers.outcome == "started"
    for_it = np.where(came, 1.0, -1.0)
    by_chance = for_it * total <= 0.0
    by_money = ~by_chance & (for_it * money > for_it * mission)
    expected = np.select([by_chance, by_money], ["chance", "money"], "mission")
    assert (offers.reason == expected).all()
    decisions = set(zip(came, offers.reason, strict=True))
    assert decisions >= {(True, "money"), (True, "chance"), (False, "mission"), (False, "chance")}


@pytest.mark.parametrize("term", range(len(Terms._fields)))
def test_any_term_can_be_the_reason_for_coming_and_for_staying(term):
    nothing = Terms(*(0.0 for _ in Terms._fields))
    speaks = [0.1] * len(Terms._fields)
    speaks[term] = 2.0
    assert list(REASONS)[reason(Terms(*speaks), nothing, True)] == Terms._fields[term]
    assert list(REASONS)[reason(nothing, Terms(*speaks), False)] == Terms._fields[term]
    assert list(REASONS)[reason(Terms(*speaks), nothing, False)] == "chance"
    assert list(REASONS)[reason(nothing, Terms(*speaks), True)] == "chance"


def test_the_reasons_are_the_terms_and_chance():
    assert list(REASONS) == [*Terms._fields, "chance"]


def test_who_took_another_offer_is_compared_with_that_offer():
    """Gamma's mission is what Beta lost to, though its money alone would not have kept anyone at Alpha."""
    offers = two_raiders(mission_scale=2.0, noise=0.0)
    lost = offers[(offers.campaign == "one") & (offers.outcome == "took another offer")]
    assert len(lost) > 100
    assert set(lost.reason) == {"mission"}
