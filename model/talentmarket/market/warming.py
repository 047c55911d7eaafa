"""Compiles ahead of time all that Python calls, so that the first run on a machine does not wait for it."""

from __future__ import annotations

from talentmarket.market.inspect import Onlooker
from talentmarket.market.readers.holdings import holdings_of
from talentmarket.market.simulate import Replicate
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario

SMALL = ("population.scale=0.02", "campaigns.Meta on OpenAI.start=1")


def warm_up() -> None:
    """Compile the engine with a market of a few hundred people."""
    warm(load("meta_raid", SMALL))


def warm(scenario: Scenario) -> None:
    """Compile the engine, what the page looks at included, or load what was compiled; a month of the scenario is run."""
    Onlooker(scenario, 0, 0).advance(1)
    replicate = Replicate(scenario, 0)
    replicate.advance(1)
    holdings_of(replicate.world, 0, 1)
