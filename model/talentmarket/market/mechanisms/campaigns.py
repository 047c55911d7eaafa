"""A raider walks down its list: approached, engaged, offered.

Whoever is asked has heard of the package, and talks with the log-odds (by assumption)

    logit(engage) + engage_response * money_weight * (1 - m) * ln((W + CE) / (W + CE_ref))

with CE the certainty equivalent of the package for that rank, and CE_ref that of the same package scaled to a total of
`engage_reference`. At `engage` 0 nobody talks, at 1 everybody.

Each month the next `approaches_per_month` names are asked, those who refused `retry_after` months ago first. The package
depends on the rank: the tier's, falling inside the tier as max(floor, total * place**-rank_exponent), times
`sweetener` for each new asking.
"""

from __future__ import annotations

import math

from talentmarket.market.choice.explanation import LARGEST_EXPONENT
from talentmarket.market.choice.terms import log_of, money_term
from talentmarket.market.jobs.offers import make_offer
from talentmarket.market.jobs.transfer_rules import worth_making
from talentmarket.market.money.packages import Package, liquid_wealth, offered_worth, wage_index
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records import Approach, Campaign, Records, Researcher, Setting, Tier
from talentmarket.market.records.codes import NO_OFFER, NOBODY, REFUSED, SILENT, WAITING
from talentmarket.market.records.world import APPROACHES_MADE, World


@compiled
def tier_of(campaign: Campaign, tiers: Records[Tier], rank: int) -> int:
    """Row of the tier that covers a list rank."""
    for row in range(campaign.first_tier, campaign.last_tier):
        if rank <= tiers[row].last_rank:
            return row
    return campaign.last_tier


@compiled
def package_scale(campaign: Campaign, tier: Tier, rank: int, attempt: int) -> float:
    """Size of a package against the tier's own total."""
    place = float(rank - tier.first_rank + 1)
    total = max(tier.floor, tier.total * place**-tier.exponent)
    return total / tier.total * campaign.sweetener ** (attempt - 1)


@compiled
def affordable(campaign: Campaign, total: float) -> bool:
    """Whether one more offer may be made if all that are open are accepted."""
    if campaign.max_offers > 0 and campaign.offers >= campaign.max_offers:
        return False
    if campaign.max_hires > 0 and campaign.hires + campaign.open_offers >= campaign.max_hires:
        return False
    return campaign.budget == 0.0 or campaign.spent + campaign.open_total + total <= campaign.budget


@compiled
def write_approach(world: World, number: int, researcher: int, rank: int, attempt: int, month: int) -> int:
    """Write down that someone is asked, and return the row."""
    row = world.counts[APPROACHES_MADE]
    world.counts[APPROACHES_MADE] += 1
    person = world.researchers[researcher]
    approach = world.approaches[row]
    approach.month = month
    approach.campaign = number
    approach.researcher = researcher
    approach.rank = rank
    approach.attempt = attempt
    approach.home = person.lab
    approach.reason = NOBODY
    approach.decided = NOBODY
    approach.left = NOBODY
    approach.old_pay = person.pay
    world.months[month, person.lab].approached += 1
    return row


@compiled
def package_at(setting: Setting, tier: Tier, number: int, scale: float, month: int) -> Package:
    """The package of the tier of that number, scaled."""
    pay = tier.running_pay * scale / wage_index(setting, month)
    return Package(pay, tier.bonus * scale, tier.stock * scale, number)


@compiled
def engagement(world: World, campaign: Campaign, researcher: int, number: int, scale: float, month: int) -> float:
    """Probability that someone asked talks, who has heard of the package of the tier of that number, scaled."""
    engage = campaign.engage
    if campaign.engage_response == 0.0 or engage == 0.0 or engage == 1.0:
        return engage
    setting, tier = world.setting[0], world.tiers[number]
    person = world.researchers[researcher]
    package = package_at(setting, tier, number, scale, month)
    worth = offered_worth(setting, world.labs[campaign.lab], tier, package, month)
    reference = worth * campaign.engage_reference / (tier.total * scale)
    wealth = liquid_wealth(person, world.labs[person.lab], world.tiers[person.vesting], month)
    ahead = money_term(setting, person, log_of(wealth + worth)) - money_term(
        setting, person, log_of(wealth + reference)
    )
    odds = engage / (1.0 - engage) * math.exp(min(campaign.engage_response * ahead, LARGEST_EXPONENT))
    return odds / (1.0 + odds)


@compiled
def leads_to_offer(world: World, campaign: Campaign, approach: Approach, engage: float, month: int) -> bool:
    """Whether an approach leads to an offer; writes down how it ends if it does not."""
    talks = chance.happens(world.key, chance.ENGAGEMENT, approach.researcher, approach.campaign, month, engage)
    offered = chance.happens(world.key, chance.OFFER, approach.researcher, approach.campaign, month, campaign.offer)
    approach.outcome = NO_OFFER if talks else SILENT
    world.months[month, approach.home].engaged += 1 if talks else 0
    return talks and offered


@compiled
def offer_package(world: World, campaign: Campaign, row: int, number: int, scale: float, month: int) -> None:
    """Offer the package of the tier of that number, scaled, to the person of an approach; none if a fee eats it up."""
    approach = world.approaches[row]
    tier = world.tiers[number]
    package = package_at(world.setting[0], tier, number, scale, month)
    if not worth_making(world.setting[0], world.researchers[approach.researcher], campaign.lab, package, month):
        return
    offer = make_offer(world, approach.researcher, campaign.lab, package, month)
    offer.approach = row
    share = (offer.pay + offer.bonus + offer.stock) / (package.pay + package.bonus + package.stock)
    approach.tier = number
    approach.total = tier.total * scale * share
    approach.first_year = tier.first_year * scale * share
    approach.outcome = WAITING
    world.months[month, approach.home].offers += 1
    campaign.offers += 1
    campaign.open_offers += 1
    campaign.open_total += approach.total


@compiled
def ask(world: World, number: int, name: tuple[int, int, int], month: int) -> bool:
    """Approach one `name`, (researcher, rank, attempt); whether the campaign could pay for it."""
    campaign = world.campaigns[number]
    researcher, rank, attempt = name
    tier_row = tier_of(campaign, world.tiers, rank)
    tier = world.tiers[tier_row]
    scale = package_scale(campaign, tier, rank, attempt)
    if not affordable(campaign, tier.total * scale):
        return False
    row = write_approach(world, number, researcher, rank, attempt, month)
    engage = engagement(world, campaign, researcher, tier_row, scale, month)
    if leads_to_offer(world, campaign, world.approaches[row], engage, month):
        offer_package(world, campaign, row, tier_row, scale, month)
    return True


@compiled
def reachable(campaign: Campaign, person: Researcher, month: int) -> bool:
    """Whether someone is still at a targeted lab and has not just arrived."""
    return campaign.targets[person.lab] == 1 and person.joined != month


@compiled
def ask_again(world: World, number: int, month: int) -> tuple[int, bool]:
    """Ask those who refused `retry_after` months ago; returns how many, and whether the campaign could pay for them."""
    campaign = world.campaigns[number]
    asked = 0
    if campaign.retry_after == 0:
        return asked, True
    for row in range(world.counts[APPROACHES_MADE]):
        approach = world.approaches[row]
        due = approach.outcome == REFUSED and approach.decided + campaign.retry_after == month
        if asked == campaign.approaches_per_month or not due or approach.campaign != number:
            continue
        if reachable(campaign, world.researchers[approach.researcher], month):
            if not ask(world, number, (approach.researcher, approach.rank, approach.attempt + 1), month):
                return asked, False
            asked += 1
    return asked, True


@compiled
def ask_next(world: World, number: int, month: int) -> None:
    """One month of a campaign: its approaches."""
    campaign = world.campaigns[number]
    asked, paid = ask_again(world, number, month)
    while paid and asked < campaign.approaches_per_month and campaign.position < campaign.length:
        researcher = world.target_lists[campaign.list_start + campaign.position]
        rank = campaign.position + 1
        if reachable(campaign, world.researchers[researcher], month):
            paid = ask(world, number, (researcher, rank, 1), month)
            asked += 1
        campaign.position += 1 if paid else 0


@compiled
def goes_on(world: World, campaign: Campaign, month: int) -> bool:
    """Whether a campaign goes on this month; the raider's commitment may end."""
    if chance.happens(world.key, chance.COMMITMENT, campaign.lab, 0, month, campaign.end_of_commitment):
        campaign.committed = False
    out_of_offers = campaign.max_offers > 0 and campaign.offers >= campaign.max_offers
    out_of_posts = campaign.max_hires > 0 and campaign.hires >= campaign.max_hires
    if month >= campaign.end or not campaign.committed or out_of_offers or out_of_posts:
        campaign.over = True
    return not campaign.over


@compiled
def raid(world: World, month: int) -> None:
    """All campaigns of the month, in the order of the scenario."""
    for number in range(world.campaigns.size):
        campaign = world.campaigns[number]
        if month >= campaign.start and goes_on(world, campaign, month):
            ask_next(world, number, month)
