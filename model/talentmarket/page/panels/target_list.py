"""A campaign's target list: a square for each rank approached, the latest approaches with their terms, and the funnel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from talentmarket.market.readers.tables import Table, chosen
from talentmarket.market.records.codes import OUTCOMES, PARTS, REASONS, REFUSED, TOOK_ANOTHER
from talentmarket.numbers import money, number, percent
from talentmarket.scenario.schema import Campaign, Scenario

MOST_SQUARES, MOST_ROWS = 240, 60
# CSS classes of the outcomes.
FATES = ("silent", "none", "refused", "another", "withdrew", "came", "back", "waiting")


def fate(outcome: int) -> str:
    """CSS class of an outcome."""
    return FATES[outcome]


def in_words(outcome: int) -> str:
    """An outcome in words."""
    return tuple(OUTCOMES.values())[outcome]


def hung_on(but_for: Sequence[str]) -> str:
    """On what it hung that an offer was not taken: the names of `PARTS` without any one of which it would have been."""
    if not but_for:
        return "no single part of the choice decided it"
    *others, last = (PARTS[part] for part in but_for)
    return f"would have taken it but for {', '.join(others)}{' or ' if others else ''}{last}"


def approach_in_words(approaches: Table, row: int) -> str:
    """How an approach ended, and why if an offer was weighed: what it was taken for, or on what a refusal hung."""
    outcome, reason = int(approaches["outcome"].codes[row]), int(approaches["reason"].codes[row])
    if outcome in (REFUSED, TOOK_ANOTHER):
        return f"{in_words(outcome)}; {hung_on([part for part in PARTS if approaches[f'without_{part}'][row]])}"
    return in_words(outcome) + (f", for {tuple(REASONS.values())[reason]}" if reason >= 0 else "")


def target_lists(approaches: Table, scenario: Scenario, month: int) -> list[dict[str, Any]]:
    """For each campaign its name, state, squares and latest rows as plain data.

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
                "state": _state(campaign, month),
                "squares": _squares(mine),
                "rows": [_row(mine, row) for row in range(len(mine["rank"]) - 1, -1, -1)[:MOST_ROWS]],
                "counts": _counts(mine),
            }
        )
    return lists


def _state(campaign: Campaign, month: int) -> str:
    last = campaign.start + campaign.months - 1
    if month < campaign.start:
        return f"begins in month {campaign.start}"
    return f"month {month - campaign.start + 1} of {campaign.months}" if month <= last else f"over since month {last}"


def _squares(mine: Table) -> list[list[Any]]:
    """The latest fate of each rank, best first: [rank, CSS class, researcher]."""
    latest: dict[int, tuple[str, int]] = {}
    for rank, outcome, researcher in zip(
        mine["rank"].tolist(), mine["outcome"].codes.tolist(), mine["researcher"].tolist(), strict=True
    ):
        latest[rank] = (fate(outcome), researcher)
    return [[rank, *latest[rank]] for rank in sorted(latest)[:MOST_SQUARES]]


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


def _counts(mine: Table) -> list[dict[str, Any]]:
    """How many people have met each fate, as a legend of the squares."""
    outcomes = mine["outcome"].codes
    return [
        {"fate": name, "words": in_words(code), "count": int((outcomes == code).sum())}
        for code, name in enumerate(FATES)
    ]
