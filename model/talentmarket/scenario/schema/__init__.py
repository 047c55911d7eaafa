"""What a scenario file may hold: one module a table."""

from talentmarket.scenario.schema.campaigns import Campaign, Tier
from talentmarket.scenario.schema.choice import Choice, Contacts, Risk
from talentmarket.scenario.schema.culture import Culture, Output
from talentmarket.scenario.schema.events import Event
from talentmarket.scenario.schema.labs import Equity, Lab, OrdinaryResponse, Posting, Response, Stock
from talentmarket.scenario.schema.population import Population
from talentmarket.scenario.schema.scenario import Run, Scenario, after, states
from talentmarket.scenario.schema.tour import Tour, TourStep
from talentmarket.scenario.schema.transfer import Transfer

__all__ = [
    "Campaign",
    "Choice",
    "Contacts",
    "Culture",
    "Equity",
    "Event",
    "Lab",
    "OrdinaryResponse",
    "Output",
    "Population",
    "Posting",
    "Response",
    "Risk",
    "Run",
    "Scenario",
    "Stock",
    "Tier",
    "Tour",
    "TourStep",
    "Transfer",
    "after",
    "states",
]
