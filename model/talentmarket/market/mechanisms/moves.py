"""Those who chose to go, go; of those a raid has won, a few do not start after all."""

from __future__ import annotations

from talentmarket.market.jobs.moving import move
from talentmarket.market.jobs.offers import package_of
from talentmarket.market.jobs.transfer_rules import pay_fee
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records.codes import BY_CAMPAIGN, BY_ORDINARY_OFFER, NOBODY, STARTED, WITHDREW
from talentmarket.market.records.offers import Offer
from talentmarket.market.records.world import CHOICES_AT_ONCE, OFFERS_MADE, World


@compiled
def starts_work(world: World, offer: Offer, month: int) -> bool:
    """Whether someone whom a campaign has won starts; writes down either end."""
    approach = world.approaches[offer.approach]
    campaign = world.campaigns[approach.campaign]
    at_home = world.months[month, approach.home]
    at_home.accepted += 1
    if not chance.happens(world.key, chance.START, approach.researcher, approach.campaign, month, campaign.start_work):
        approach.outcome = WITHDREW
        return False
    approach.outcome = STARTED
    campaign.hires += 1
    campaign.spent += approach.total
    at_home.started += 1
    at_raider = world.months[month, campaign.lab]
    at_raider.spend_packages += approach.total
    at_raider.spend_paid += offer.bonus + offer.stock * world.tiers[offer.vesting].vested[0]
    return True


@inlined
def gather_chosen(world: World, row: int) -> tuple[int, int]:
    """Put the next chosen offers from a row into the workspace; returns how many, and the row to go on from.

    It looks where the people and their jobs are, so that the processor fetches many of them at a time. All whose offers
    it passes are without one from now on.
    """
    workspace = world.workspace
    gathered = 0
    while row < world.counts[OFFERS_MADE] and gathered < CHOICES_AT_ONCE:
        offer = world.offers[row]
        world.researchers[offer.researcher].latest_offer = NOBODY
        if offer.chosen:
            workspace.researcher[gathered] = row
            workspace.home[gathered] = world.researchers[offer.researcher].lab
            workspace.lab[gathered] = world.jobs[offer.researcher].ties_here
            gathered += 1
        row += 1
    return gathered, row


@compiled
def carry_out_moves(world: World, month: int) -> None:
    """Carry out the month's choices and forget its offers."""
    row = 0
    while row < world.counts[OFFERS_MADE]:
        gathered, row = gather_chosen(world, row)
        for place in range(gathered):
            offer = world.offers[world.workspace.researcher[place]]
            if offer.approach != NOBODY and not starts_work(world, offer, month):
                continue
            pay_fee(world, offer, month)
            kind = BY_ORDINARY_OFFER if offer.approach == NOBODY else BY_CAMPAIGN
            move(world, offer.researcher, offer.lab, package_of(offer), kind, month)
    world.counts[OFFERS_MADE] = 0
