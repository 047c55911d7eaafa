"""The approaches of the campaigns as a table: everyone who was asked, also those who never got an offer."""

from __future__ import annotations

import numpy as np

from talentmarket.market.readers.tables import WITHOUT, Table, rows_made
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
    return _approaches(made, world.researchers.view(np.ndarray)[made["researcher"]], scenario)


def approaches_of(markets: World, scenario: Scenario) -> Table:
    """The approaches of several markets side by side, with the column `replicate`: a market's place."""
    place, made = rows_made(markets.approaches, markets.counts[:, APPROACHES_MADE])
    people = markets.researchers.view(np.ndarray)[place, made["researcher"]]
    return {"replicate": place, **_approaches(made, people, scenario)}


def _approaches(made: np.ndarray, people: np.ndarray, scenario: Scenario) -> Table:
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
