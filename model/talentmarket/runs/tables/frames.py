"""Tables as pandas frames whose categories are the same in every run of a scenario."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pyarrow as pa

from talentmarket.market.records.codes import KINDS, OUTCOMES, REASONS, REFUSED
from talentmarket.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd


def categories(scenario: Scenario, columns: Collection[str]) -> dict[str, list[str]]:
    """The names that each name column of a table with these columns may hold, in the order in which they are shown."""
    labs = [lab.name for lab in scenario.labs]
    tiers = [tier.name for campaign in scenario.campaigns for tier in campaign.tiers]
    return {
        **dict.fromkeys(("lab", "home", "from", "to"), labs),
        "event": [event.name for event in scenario.events],
        "campaign": [campaign.name for campaign in scenario.campaigns],
        "tier": list(dict.fromkeys(tiers)),
        # What comes before a refusal ends without an offer; an offer has its tier.
        "outcome": list(OUTCOMES)[REFUSED if "tier" in columns else 0 :],
        "reason": list(REASONS),
        "kind": list(KINDS),
    }


def frame(table: pa.Table, scenario: Scenario) -> pd.DataFrame:
    """A table of a run as a pandas frame; name columns become categories in the order of the scenario."""
    rows: pd.DataFrame = table.to_pandas()
    for column, names in categories(scenario, list(rows)).items():
        if column in rows and list(rows[column].cat.categories) != names:
            rows[column] = rows[column].cat.set_categories(names)
    return rows


def plain_frame(table: pa.Table) -> pd.DataFrame:
    """A table as a pandas frame, its names as plain strings."""
    rows: pd.DataFrame = table.to_pandas()
    names = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    return rows.astype(dict.fromkeys(names, "str"))
