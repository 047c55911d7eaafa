"""Summary measures of the raids by campaign: what each one offered, whom it won, and at what price."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from talentmarket.runs.measures.measure import Measure
from talentmarket.runs.measures.observed import Observed, share
from talentmarket.runs.measures.raid import ACCEPTED, CAME, STAYED


def by_campaign(observed: Observed, outcomes: tuple[str, ...] = (), column: str = "") -> np.ndarray:
    """Offers with one of the outcomes (none: with any), or the sum of a column over them (R, campaigns)."""
    names = tuple(campaign.name for campaign in observed.scenario.campaigns)
    cell = observed.run_of("offers") * len(names) + observed.positions("offers", "campaign", names)
    where = observed.among("offers", "outcome", outcomes) if outcomes else np.ones(len(cell), dtype=bool)
    weights = observed.values("offers", column)[where].astype(float) if column else None
    size = len(observed.replicates) * len(names)
    return np.bincount(cell[where], weights, size).astype(float).reshape(-1, len(names))


def counted(outcomes: tuple[str, ...] = (), column: str = "") -> Callable[[Observed], np.ndarray]:
    """The measure that is `by_campaign` itself."""
    return lambda observed: by_campaign(observed, outcomes, column)


def acceptance_rate(observed: Observed) -> np.ndarray:
    """Offers accepted over offers (R, campaigns)."""
    return share(by_campaign(observed, ACCEPTED), by_campaign(observed))


def cost_per_talent(observed: Observed) -> np.ndarray:
    """Face value of the packages of those who came over their talent (R, campaigns)."""
    return share(by_campaign(observed, CAME, "total"), by_campaign(observed, CAME, "talent"))


GROUP = "Raid: by campaign"


def _of_campaigns(name: str, unit: str, definition: str, compute: Callable[[Observed], np.ndarray]) -> Measure:
    return Measure(f"campaign_{name}", unit, definition, GROUP, "campaigns", compute)


CAMPAIGN_MEASURES = (
    _of_campaigns("offers", "offers", "Offers that the campaign made, each new one to a person counted.", counted()),
    _of_campaigns("accepted", "offers", "Of these, offers accepted.", counted(ACCEPTED)),
    _of_campaigns("started", "people", "People who accepted and started.", counted(CAME)),
    _of_campaigns(
        "stayed", "people", "Of those who started, people who did not go back within months.", counted(STAYED)
    ),
    _of_campaigns("acceptance_rate", "share", "Offers accepted, of all offers of the campaign.", acceptance_rate),
    _of_campaigns("spending", "M$", "Face value of the packages of those who started.", counted(CAME, "total")),
    _of_campaigns(
        "cost_per_talent",
        "M$ per talent",
        "Face value of the packages of those who started, over their talent (median researcher: 1).",
        cost_per_talent,
    ),
)
