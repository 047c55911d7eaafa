"""The life of one researcher as plain data: who, with what, where before, and why they stayed or left."""

from __future__ import annotations

from typing import Any

import numpy as np

from talentmarket.market.holdings import holdings_of
from talentmarket.market.tables import Table, chosen
from talentmarket.market.walks import approaches_table
from talentmarket.market.weighing import Option, options_of
from talentmarket.page.drawing.balance import balance
from talentmarket.page.drawing.text import money, number, percent
from talentmarket.page.drawing.vesting import vesting_chart
from talentmarket.page.drawing.walk import REASON_WORDS, fate, in_words
from talentmarket.page.session import Session, with_all_moves

MOST_CHOICES = 6
KIND_WORDS = {
    "separation": "left of their own accord",
    "ordinary": "took an ordinary offer",
    "campaign": "came with a campaign",
    "return": "went back",
    "growth": "was hired to fill a vacancy",
}


def researcher_of(session: Session, who: int) -> dict[str, Any]:
    """Everything the page tells of a researcher; empty if there is no such number."""
    world, month = session.market.replicate.world, session.month
    if not 0 <= who < world.researchers.size:
        return {}
    person = world.researchers[who]
    names = [lab.name for lab in session.scenario.labs]
    moves = session.market.tables()["moves"]
    mine = chosen(moves, moves["researcher"] == who)
    return {
        "who": who,
        "lab": names[int(person["lab"])],
        "since": _since(int(person["joined"])),
        "facts": _facts(session, who),
        "vesting": _vesting(session, who),
        "history": _history(mine, names[session.first_lab(who)]),
        "choices": _choices(session, who, mine),
        "month": month,
    }


def _since(joined: int) -> str:
    return f"since month {joined}" if joined >= 0 else f"for {number(-joined / 12)} years when the run began"


def _facts(session: Session, who: int) -> list[list[str]]:
    world = session.market.replicate.world
    person = world.researchers[who]
    held = holdings_of(world, who, session.month)
    above = float((world.researchers["talent"] > person["talent"]).mean())
    facts = [
        ["talent", f"{number(float(person['talent']))} (median 1; {percent(above)} have more)"],
        ["loyalty", f"{percent(float(person['loyalty']))} mission, {percent(1.0 - float(person['loyalty']))} money"],
        ["running pay", f"{money(held.pay)} a year"],
        ["liquid wealth", money(held.wealth)],
    ]
    if held.grant > 0.0:
        facts.append(["special stock", f"{money(held.grant)}, of which {money(held.unvested)} not vested"])
    return facts


def _vesting(session: Session, who: int) -> str:
    held = holdings_of(session.market.replicate.world, who, session.month)
    return vesting_chart(held.vested, session.month - held.granted) if held.grant > 0.0 else ""


def _history(mine: Table, first: str) -> list[dict[str, Any]]:
    """Employers from month 0 on: when, where, how."""
    names, kinds = mine["to"].names, mine["kind"].names
    jobs = [{"month": 0, "lab": first, "how": ""}]
    for row in range(len(mine["month"])):
        pay = f"{money(float(mine['first_year'][row]))} in the first year"
        left = float(mine["forfeited"][row])
        behind = f", {money(left)} left behind" if left >= 0.05 else ""
        kind = kinds[mine["kind"].codes[row]]
        how = f"{KIND_WORDS.get(kind, kind)}; {pay}{behind}"
        jobs.append({"month": int(mine["month"][row]), "lab": names[mine["to"].codes[row]], "how": how})
    return jobs


def _choices(session: Session, who: int, mine: Table) -> list[dict[str, Any]]:
    """The latest choices that are on record: offers of campaigns, and ordinary offers that were taken."""
    asked = approaches_table(session.market.replicate.world, session.scenario)
    offers = chosen(asked, (asked["researcher"] == who) & np.isfinite(asked["total"]))
    ordinary = mine["month"][mine["kind"].codes == mine["kind"].names.index("ordinary")].tolist()
    months = sorted({*offers["month"].tolist(), *ordinary})[-MOST_CHOICES:]
    found = []
    for month in reversed(months):
        options = options_of(with_all_moves(session.scenario), 0, who, month)
        found += [_choice(options, option, month, _terms(offers, month, option)) for option in options[1:]]
    return found


def _terms(offers: Table, month: int, option: Option) -> dict[str, str]:
    """Terms, fate and reason of a campaign's offer."""
    rows = np.flatnonzero(offers["month"] == month)
    names = offers["campaign"].names
    if not option.by_campaign or not rows.size:
        return {"from": "an ordinary offer", "terms": "", "words": "taken" if option.chosen else "passed over"}
    row = int(rows[0])
    outcome, reason = int(offers["outcome"].codes[row]), int(offers["reason"].codes[row])
    why = REASON_WORDS.get(offers["reason"].names[reason], "") if reason >= 0 else ""
    return {
        "from": names[offers["campaign"].codes[row]],
        "terms": f"{money(float(offers['total'][row]))}, {money(float(offers['first_year'][row]))} in the first year",
        "words": in_words(outcome) + (f", for {why}" if why else ""),
        "fate": fate(outcome),
        "chance": percent(float(offers["acceptance_probability"][row])),
    }


def _choice(options: list[Option], option: Option, month: int, terms: dict[str, str]) -> dict[str, Any]:
    home = options[0]
    differences = {name: option.terms[name] - home.terms[name] for name in option.terms}
    differences["noise"] = option.noise - home.noise
    return {
        "month": month,
        "lab": option.lab,
        "home": home.lab,
        "taken": option.chosen,
        "svg": balance(differences),
        **terms,
    }
