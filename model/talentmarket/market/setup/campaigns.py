"""Campaigns and vesting schedules as records; a campaign's record also says how far it is."""

from __future__ import annotations

from talentmarket.market.money.vesting import cumulative_shares, schedule
from talentmarket.market.records import Records, campaigns, records
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.setup.converting import copy_by_name, headcounts, monthly_probability
from talentmarket.scenario.schema import Campaign, Scenario, Tier


def _set_campaign(record: campaigns.Campaign, campaign: Campaign, labs: list[str]) -> None:
    copy_by_name(record, campaigns.Campaign, campaign)
    record.lab = labs.index(campaign.lab)
    record.targets[[labs.index(lab) for lab in campaign.targets]] = 1
    record.end = campaign.start + campaign.months
    record.return_probability = monthly_probability(campaign.return_rate)
    record.end_of_commitment = monthly_probability(campaign.next_trend)
    record.committed = True
    record.length = NOBODY


def campaigns_of(scenario: Scenario) -> Records[campaigns.Campaign]:
    """One record a campaign, shape (C,)."""
    rows = records(campaigns.Campaign, len(scenario.campaigns))
    names = [lab.name for lab in scenario.labs]
    first_tier, list_start = 1, 0
    for number, campaign in enumerate(scenario.campaigns):
        record = rows[number]
        _set_campaign(record, campaign, names)
        record.first_tier, record.last_tier = first_tier, first_tier + len(campaign.tiers) - 1
        record.list_start = list_start
        record.list_room = min(campaign.tiers[-1].last_rank, sum(headcounts(scenario)))
        first_tier += len(campaign.tiers)
        list_start += int(record.list_room)
    return rows


def _set_tier(record: campaigns.Tier, tier: Tier, first_rank: int) -> None:
    copy_by_name(record, campaigns.Tier, tier)
    record.of_campaign = True
    record.first_rank = first_rank
    record.bonus = tier.special * (1.0 - tier.stock_share)
    record.stock = tier.special * tier.stock_share
    record.exponent = tier.rank_exponent
    record.vested = cumulative_shares(tier)
    record.first_year = tier.running_pay + record.bonus + record.stock * record.vested[12]


def first_award(scenario: Scenario) -> int:
    """The row of the first lab's award, behind those of all tiers."""
    return 1 + sum(len(campaign.tiers) for campaign in scenario.campaigns)


def terms_rows(scenario: Scenario) -> int:
    """Rows of the tiers for one state of all terms."""
    return first_award(scenario) + 3 * len(scenario.labs)


def tiers_of(scenario: Scenario) -> Records[campaigns.Tier]:
    """One record a tier after row 0, which stands for no package, then three a lab; shape (1 + T + 3 L,).

    The first L of the labs' rows are for awards, the next for the stock that everybody gets, the last for what is granted anew.
    """
    tiers = records(campaigns.Tier, terms_rows(scenario))
    tiers["vested"][0] = tiers["years"][0] = 1.0
    row = 1
    for campaign in scenario.campaigns:
        first_rank = 1
        for tier in campaign.tiers:
            _set_tier(tiers[row], tier, first_rank)
            first_rank = tier.last_rank + 1
            row += 1
    for lab in scenario.labs:
        years = tiers[row].years = lab.response.fair_years
        tiers[row].vested = schedule(lab.response.fair_vesting, years, 0, 1.0 / years)
        row += 1
    for lab in scenario.labs:
        years = tiers[row].years = lab.equity.years
        tiers[row].vested = schedule(lab.equity.vesting, years, lab.equity.cliff, 1.0 / years)
        row += 1
    for lab in scenario.labs:
        years = tiers[row].years = lab.equity.years
        tiers[row].vested = schedule(lab.equity.vesting, years, 0, 1.0 / years)
        row += 1
    return tiers
