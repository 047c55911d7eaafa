"""Those who chose to go, go; of those a raid has won, a few do not start after all."""

from __future__ import annotations

from talentmarket.market.jobs.moving import move
from talentmarket.market.jobs.offers import terms_of
from talentmarket.market.jobs.transfer_fees import settle_fee
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records.codes import BY_CAMPAIGN, BY_ORDINARY_OFFER, STARTED, WITHDREW
from talentmarket.market.records.layout import NOBODY
from talentmarket.market.records.world import CHOICES_AT_ONCE, OFFERS_MADE


@compiled
def starts_work(world, offer, month):
    """Whether someone whom a campaign has won starts; writes down either end."""
    approach = world.approaches[offer.approach]
    campaign = world.campaigns[approach.campaign]
    at_home = world.months[month, approach.home]
    at_home.accepted += 1
    if not chance.happens(world.key, chance.START, approach.who, approach.campaign, month, campaign.start_work):
        approach.outcome = WITHDREW
        return False
    approach.outcome = STARTED
    campaign.hires += 1
    campaign.spent += approach.total
    at_home.started += 1
    at_raider = world.months[month, campaign.lab]
    at_raider.spend_packages += approach.total
    at_raider.spend_paid += offer.bonus + offer.stock * world.tiers[offer.schedule].vested[0]
    return True


@inlined
def chosen_from(world, row):
    """Put the next chosen offers from a row on the bench; returns how many, and the row to go on from.

    It looks where the people and their jobs are, so that the processor fetches many of them at a time. All whose offers
    it passes are without one from now on.
    """
    bench = world.bench
    found = 0
    while row < world.counts[OFFERS_MADE] and found < CHOICES_AT_ONCE:
        offer = world.book[row]
        world.researchers[offer.who].first_offer = NOBODY
        if offer.chosen:
            bench.who[found] = row
            bench.home[found] = world.researchers[offer.who].lab
            bench.lab[found] = world.jobs[offer.who].ties_here
            found += 1
        row += 1
    return found, row


@compiled
def carry_out_moves(world, month):
    """Carry out the month's choices and forget its offers."""
    row = 0
    while row < world.counts[OFFERS_MADE]:
        found, row = chosen_from(world, row)
        for place in range(found):
            offer = world.book[world.bench.who[place]]
            if offer.approach != NOBODY and not starts_work(world, offer, month):
                continue
            settle_fee(world, offer, month)
            kind = BY_ORDINARY_OFFER if offer.approach == NOBODY else BY_CAMPAIGN
            move(world, offer.who, offer.lab, terms_of(offer), kind, month)
    world.counts[OFFERS_MADE] = 0
