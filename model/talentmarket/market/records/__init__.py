"""What a market is made of: records, codes with their words, the world."""

from talentmarket.market.records.campaigns import Approach, Campaign, Tier
from talentmarket.market.records.labs import Lab
from talentmarket.market.records.months import Month
from talentmarket.market.records.offers import Move, Offer
from talentmarket.market.records.people import Job, Researcher
from talentmarket.market.records.record import Records, dtype_of, records
from talentmarket.market.records.setting import Setting

__all__ = [
    "Approach",
    "Campaign",
    "Job",
    "Lab",
    "Month",
    "Move",
    "Offer",
    "Records",
    "Researcher",
    "Setting",
    "Tier",
    "dtype_of",
    "records",
]
