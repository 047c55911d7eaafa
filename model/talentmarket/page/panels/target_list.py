"""A campaign's target list in words: the latest approaches with their terms and ends, and how many met each fate."""

from __future__ import annotations

from typing import Any

import numpy as np

from talentmarket.market.readers.tables import Table, chosen
from talentmarket.market.records.codes import STARTED, WENT_BACK
from talentmarket.numbers import money, number, percent
from talentmarket.page.told.fates import FATES, approach_in_words, fate, in_words
from talentmarket.scenario.schema import Campaign, Scenario

MOST_ROWS = 60


def target_lists(approaches: Table, scenario: Scenario, month: int) -> list[dict[str, Any]]:
    """For each campaign its name, state and latest rows as plain data.

    Parameters
    ----------
    approaches
        As `readers.approaches.approaches_table` gives them.
    scenario
        Its campaigns.
    month
        Months run so far.
    """
    lists = []
    for place, campaign in enumerate(scenario.campaigns):
        mine = chosen(approaches, approaches["campaign"].codes == place)
        lists.append(
            {
                "name": campaign.name,
                "state": state_of(campaign, month),
                "rows": [_row(mine, row) for row in range(len(mine["rank"]) - 1, -1, -1)[:MOST_ROWS]],
            }
        )
    return lists


def state_of(campaign: Campaign, month: int) -> str:
    """How far a campaign is, in words."""
    last = campaign.start + campaign.months - 1
    if month < campaign.start:
        return f"begins in month {campaign.start}"
    return (
        f"the raid's month {month - campaign.start + 1} of {campaign.months}"
        if month <= last
        else f"over, its last month was {last}"
    )


def _row(mine: Table, row: int) -> dict[str, Any]:
    outcome = int(mine["outcome"].codes[row])
    total = float(mine["total"][row])
    offered = bool(np.isfinite(total))
    chance = float(mine["acceptance_probability"][row])
    return {
        "rank": int(mine["rank"][row]),
        "researcher": int(mine["researcher"][row]),
        "month": int(mine["month"][row]),
        "talent": number(float(mine["talent"][row])),
        "loyalty": percent(float(mine["loyalty"][row])),
        "terms": f"{money(total)}, {money(float(mine['first_year'][row]))} in year 1" if offered else "",
        "chance": percent(chance) if offered else "",
        "fate": fate(outcome),
        "words": approach_in_words(mine, row),
    }


def counts_of(mine: Table) -> list[dict[str, Any]]:
    """How many people have met each fate, the legend of the marks; once some have gone back, who came are those who did not."""
    outcomes = mine["outcome"].codes
    left = WENT_BACK in outcomes
    return [
        {
            "fate": name,
            "words": "came and did not go back" if code == STARTED and left else in_words(code),
            "count": int((outcomes == code).sum()),
        }
        for code, name in enumerate(FATES)
    ]
