"""What a measure is called where people read: its name without underscores, or the field's words where that would be a riddle.

Each label keeps the words of the name that somebody would look for.
"""

from __future__ import annotations

LABELS = {
    "engaged": "engaged in a talk",
    "share_came": "share who came",
    "share_did_not_talk": "share who did not talk",
    "share_no_offer": "share who talked, no offer",
    "refused_for_mission": "refused for the mission",
    "refused_for_moving_cost": "refused for the cost of moving",
    "refused_for_stock": "refused for unvested stock",
    "list_depth": "list depth (mean rank)",
    "funnel_log_likelihood": "log-likelihood of the funnel",
    "cost_per_talent": "cost per unit of talent",
    "loyalty_came": "loyalty of those who came",
    "loyalty_refused": "loyalty of those who refused",
    "loyalty_gap": "loyalty gap, refused less came",
    "talent_lost": "talent lost to raids",
    "top_talent_lost": "top talent lost to raids",
    "counters": "counter-offers made",
    "response_spending": "response spending, to the raid",
    "answer_spending": "answer spending, to all offers",
    "staff_kept_24": "first staff kept 24 months",
    "staff_kept_48": "first staff kept 48 months",
    "staff_still_there": "first staff still there",
    "two_year_retention": "two-year retention",
    "campaign_cost_per_talent": "campaign cost per unit of talent",
    "movers_pay_rise": "movers' pay rise",
    "exits_to_outside": "exits to the outside",
    "mission_pay_share": "pay that offsets the mission",
    "log_odds_per_log_pay": "log-odds per log pay",
    "output_per_pay": "output per M$ of pay",
}


def label_of(measure: str) -> str:
    """What a measure is called in tables, pictures and reports, by its name."""
    return LABELS.get(measure, measure.replace("_", " "))
