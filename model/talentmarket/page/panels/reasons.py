"""Why a researcher stayed or left: every offer they had, with its terms against those of staying, as plain data."""

from __future__ import annotations

from typing import Any

import numpy as np

from talentmarket.market.inspect import Choice, Offer, Option
from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.readers.tables import Table
from talentmarket.market.records.codes import NOBODY, REASONS
from talentmarket.numbers import money, percent
from talentmarket.page.drawing.balance import balance
from talentmarket.page.session import Session
from talentmarket.page.told.fates import approach_in_words, fate, held_by, hung_on, in_words, taken

MOST_CHOICES = 12
LEAST_PACKAGE = 0.005  # M$; less is not shown


def choices_shown(session: Session, researcher: int) -> dict[str, Any]:
    """The offers of the latest months in which there were any, latest first; in how many earlier months there were more; approaches without an offer."""
    approaches = approaches_table(session.market.replicate.world, session.scenario)
    choices = session.choices_of(researcher)
    latest = choices[-MOST_CHOICES:]
    offers = [_offer(choice, offer, approaches) for choice in reversed(latest) for offer in choice.offers]
    return {"choices": offers, "earlier": len(choices) - len(latest), "asked": _without_offer(approaches, researcher)}


def _without_offer(approaches: Table, researcher: int) -> list[str]:
    """The approaches of campaigns that led to no offer, in words."""
    rows = np.flatnonzero((approaches["researcher"] == researcher) & np.isnan(approaches["total"])).tolist()
    names = approaches["campaign"].names
    return [
        f"Month {int(approaches['month'][row])}, {names[approaches['campaign'].codes[row]]}: "
        f"{in_words(int(approaches['outcome'].codes[row]))}"
        for row in rows
    ]


def _offer(choice: Choice, offer: Offer, approaches: Table) -> dict[str, Any]:
    home, option = choice.staying, offer.option
    spoke = {**differences(option, home), "chance": option.noise - home.noise}
    held = _held(option, home, spoke)
    told = _ordinary(choice, offer) if offer.approach == NOBODY else _by_campaign(approaches, offer.approach)
    if held:  # says more than the largest term
        ordinary = offer.approach == NOBODY
        told["words"] = "taken" if ordinary else taken(int(approaches["outcome"].codes[offer.approach]))
    return {
        "month": choice.month,
        "lab": option.lab,
        "home": home.lab,
        "taken": option.chosen,
        "svg": balance(spoke),
        "raid": offer.approach != NOBODY,
        **told,
        "held": held,
    }


def _held(option: Option, home: Option, spoke: dict[str, float]) -> str:
    """On what it hung that an offer was taken; empty if it was not, or for what it is said to be taken for anyway."""
    held = held_by(spoke) if option.chosen else ""
    return "" if held == f"would have refused but for {reason(option, home)}" else held


def differences(option: Option, other: Option) -> dict[str, float]:
    """By how much each term speaks for an option against another one, in log-odds."""
    return {name: value - other.terms[name] for name, value in option.terms.items()}


def reason(winner: Option, loser: Option) -> str:
    """The largest term that spoke for the winner, in words; chance if the terms together spoke against it."""
    terms = differences(winner, loser)
    if sum(terms.values()) <= 0.0:
        return REASONS["chance"]
    return REASONS[max(terms, key=lambda name: terms[name])]


def _ordinary(choice: Choice, offer: Offer) -> dict[str, str]:
    """Terms and end of an ordinary offer."""
    terms = f"{money(offer.pay)} a year instead of {money(choice.pay)}"
    if offer.package >= LEAST_PACKAGE:
        terms += f", and {money(offer.package)} on top"
    if offer.option.chosen:
        words = f"taken, for {reason(offer.option, choice.staying)}"
    elif choice.staying.chosen:
        words = f"stayed; {hung_on(offer.but_for)}"
    else:
        words = f"took another offer; {hung_on(offer.but_for)}"
    return {"from": "an ordinary offer", "terms": terms, "words": words}


def _by_campaign(approaches: Table, row: int) -> dict[str, str]:
    """Terms, fate and reason of a campaign's offer, as the run has them on record."""
    return {
        "from": approaches["campaign"].names[approaches["campaign"].codes[row]],
        "terms": f"{money(float(approaches['total'][row]))}, {money(float(approaches['first_year'][row]))} in the first year",
        "words": approach_in_words(approaches, row),
        "fate": fate(int(approaches["outcome"].codes[row])),
        "chance": percent(float(approaches["acceptance_probability"][row])),
    }
