"""Dates: the calendar month of a month of the run, where the scenario names that of month 0."""

from __future__ import annotations

from calendar import month_name

from talentmarket.scenario.schema import Scenario

MONTHS = 12


def date_of(scenario: Scenario, month: float) -> str:
    """The calendar month, such as `July 2025`; empty if the scenario names none for its month 0.

    >>> from talentmarket.scenario import load
    >>> date_of(load("meta_raid"), 3)
    'July 2025'
    """
    if not scenario.run.month_0:
        return ""
    year, first = map(int, scenario.run.month_0.split("-"))
    years, place = divmod(first - 1 + round(month), MONTHS)
    return f"{month_name[place + 1]} {year + years}"


def dated(scenario: Scenario, month: float) -> str:
    """A month with its date behind it: `month 3 (July 2025)`."""
    date = date_of(scenario, month)
    return f"month {month:.0f}{f' ({date})' if date else ''}"
