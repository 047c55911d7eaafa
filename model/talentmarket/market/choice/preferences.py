"""What an option is worth to a researcher.

For researcher i at home lab h, an option at lab l with a package of certainty equivalent CE is worth, in log-odds,

    V = money_weight * [ (1 - m) ln((W + CE) / 1 M$) + m * mission_scale * M_l * K_l * fit_hl
                         + compute_value * ln(compute_k / compute_ref) + tie_value * share of ties at l
                         + size_value * share of everyone at l + taste_il
                         - envy * (1 - merit_visibility) * max(0, ln(reference_il / pay_il))
                         - switching_cost * [l is not h] ]
        - contagion_i * [l is h] + answer_i * [l is h] + noise * Gumbel,

where compute_k is what a campaign's package promises, or else what lab l has, W of an offer is less what leaving pays back
(`money/clawback.py`), fairness compares pay, or with `fairness_reference` "reward" what people get for their talent, and
the answer of the home lab to an offer is a counter-offer and a title. The best option wins. With `noise` 1 this is a
multinomial logit (McFadden 1974).
"""

from __future__ import annotations

from talentmarket.market.choice.terms import (
    Terms,
    compute_term,
    counter_term,
    fairness_at_home,
    fairness_of_offer,
    log_of,
    mission_term,
    money_term,
    promised_compute_term,
    size_term,
    staying_wealth,
    taste_term,
    ties_at_home,
    ties_term,
    total,
    turnover_contagion,
    upside_term,
)
from talentmarket.market.jobs.offers import Proposal, package_of
from talentmarket.market.money.clawback import repayment
from talentmarket.market.money.packages import liquid_wealth, offered_worth
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import inlined
from talentmarket.market.records import Offer
from talentmarket.market.records.world import World


@inlined
def staying_terms(world: World, researcher: int, month: int) -> Terms:
    """Terms of staying with the present package, and with what the lab answers to this month's offers."""
    taste = taste_term(world, researcher, int(world.researchers[researcher].lab))
    return staying_terms_given(world, researcher, (log_of(staying_wealth(world, researcher, month)), taste), month)


@inlined
def staying_terms_given(world: World, researcher: int, precomputed: tuple[float, float], month: int) -> Terms:
    """Terms of staying for someone whose (log wealth, taste for home) are `precomputed`."""
    return staying_terms_with_ties(world, researcher, precomputed, ties_at_home(world, researcher), month)


@inlined
def staying_terms_with_ties(
    world: World, researcher: int, precomputed: tuple[float, float], ties: float, month: int
) -> Terms:
    """As `staying_terms_given`, with the log-odds of the ties at home given too."""
    setting = world.setting[0]
    person = world.researchers[researcher]
    home = int(person.lab)
    lab = world.labs[home]
    log_wealth, taste = precomputed
    return Terms(
        money_term(setting, person, log_wealth),
        mission_term(setting, person, lab),
        compute_term(setting, lab),
        ties + size_term(world, home),
        upside_term(world, researcher, log_wealth, month),
        fairness_at_home(world, researcher),
        taste,
        -turnover_contagion(world, researcher, month),
        counter_term(world, researcher, month),
    )


@inlined
def offered_wealth(world: World, offer: Offer | Proposal, month: int) -> float:
    """M$: liquid wealth of the researcher to whom an offer is made, less what leaving pays back, and its worth."""
    person = world.researchers[offer.researcher]
    tier = world.tiers[offer.vesting]
    worth = offered_worth(world.setting[0], world.labs[offer.lab], tier, package_of(offer), month)
    liquid = liquid_wealth(person, world.labs[person.lab], world.tiers[person.vesting], month)
    return liquid - repayment(world, offer.researcher, month) + worth


@inlined
def offer_terms(world: World, row: int, month: int) -> Terms:
    """Terms of an offer to the researcher it is made to."""
    offer = world.offers[row]
    taste = taste_term(world, offer.researcher, offer.lab)
    return offer_terms_given(world, offer, (log_of(offered_wealth(world, offer, month)), taste), month)


@inlined
def offer_terms_given(world: World, offer: Offer | Proposal, precomputed: tuple[float, float], month: int) -> Terms:
    """Terms of an offer to someone whose (log wealth, taste for the lab) are `precomputed`."""
    return offer_terms_with_ties(world, offer, precomputed, ties_term(world, offer.researcher, offer.lab), month)


@inlined
def offer_terms_with_ties(
    world: World, offer: Offer | Proposal, precomputed: tuple[float, float], ties: float, month: int
) -> Terms:
    """As `offer_terms_given`, with the log-odds of the ties at the lab given too."""
    setting = world.setting[0]
    person = world.researchers[offer.researcher]
    lab = world.labs[offer.lab]
    log_wealth, taste = precomputed
    return Terms(
        money_term(setting, person, log_wealth),
        mission_term(setting, person, lab) * world.labs[person.lab].fit[offer.lab],
        promised_compute_term(setting, lab, world.tiers[offer.vesting]),
        ties + size_term(world, offer.lab),
        0.0,
        fairness_of_offer(world, offer, month),
        taste,
        -setting.money_weight * setting.switching_cost,
        0.0,
    )


@inlined
def noise(world: World, researcher: int, lab: int, month: int) -> float:
    """The Gumbel draw of a researcher for a lab in a month, times the scale of the noise."""
    scale = world.setting[0].noise
    return scale * chance.gumbel(world.key, chance.CHOICE, researcher, lab, month) if scale > 0.0 else 0.0


@inlined
def staying_value(world: World, researcher: int, month: int) -> float:
    """Value of staying, with its noise."""
    return total(staying_terms(world, researcher, month)) + noise(
        world, researcher, int(world.researchers[researcher].lab), month
    )


@inlined
def offer_value(world: World, row: int, month: int) -> float:
    """Value of an offer, with its noise."""
    offer = world.offers[row]
    return total(offer_terms(world, row, month)) + noise(world, offer.researcher, offer.lab, month)
