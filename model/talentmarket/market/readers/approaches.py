"""The approaches of the campaigns as a table: everyone who was asked, also those who never got an offer."""

from __future__ import annotations

import numpy as np

from talentmarket.market.jobs.target_lists import ranked, scout
from talentmarket.market.readers.tables import WITHOUT, Table
from talentmarket.market.records.codes import OUTCOMES, REASONS, Named
from talentmarket.market.records.world import APPROACHES_MADE, World
from talentmarket.scenario.schema import Scenario


def approaches_table(world: World, scenario: Scenario) -> Table:
    """One row for each approach so far, in the order they were made.

    Columns: month, campaign, researcher, rank, attempt, talent, loyalty, home, total and first_year (M$, nan without an
    offer), acceptance_probability (nan without an offer), outcome, reason (-1 without an offer), and for each of `PARTS`
    whether the offer would have been taken without it.
    """
    made = world.approaches.view(np.ndarray)[: world.counts[APPROACHES_MADE]].copy()
    people = world.researchers.view(np.ndarray)[made["researcher"]]
    return {
        "month": made["month"],
        "campaign": Named(made["campaign"], tuple(campaign.name for campaign in scenario.campaigns)),
        "researcher": made["researcher"],
        "rank": made["rank"],
        "attempt": made["attempt"],
        "talent": people["talent"],
        "loyalty": people["loyalty"],
        "home": Named(made["home"], tuple(lab.name for lab in scenario.labs)),
        "total": made["total"],
        "first_year": made["first_year"],
        "acceptance_probability": made["probability"],
        "outcome": Named(made["outcome"], tuple(OUTCOMES)),
        "reason": Named(made["reason"], tuple(REASONS)),
        **{name: made[name] for name in WITHOUT},
    }


def heads_of_lists(world: World, scenario: Scenario) -> np.ndarray:
    """Numbers of those whom campaigns would ask first if they began now, the best of every list before the rest.

    Looks ahead without changing anything: scouting errors are a researcher's own, so a list that is drawn up later
    differs only by those who have moved meanwhile.
    """
    heads = []
    for number, campaign in enumerate(scenario.campaigns):
        score = np.empty(world.researchers.size)
        scout(world, number, score)
        heads.append(ranked(score, campaign.approaches_per_month * campaign.months))
    longest = max((head.size for head in heads), default=0)
    return np.array([head[place] for place in range(longest) for head in heads if place < head.size], dtype=np.int64)
