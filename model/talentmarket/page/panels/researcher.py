"""The life of one researcher as plain data: who, with what, where before, and why they stayed or left."""

from __future__ import annotations

from typing import Any

from talentmarket.market.readers.holdings import holdings_of
from talentmarket.market.readers.tables import Table, chosen
from talentmarket.market.records.codes import KINDS
from talentmarket.page.drawing.text import money, number, percent
from talentmarket.page.drawing.vesting import vesting_chart
from talentmarket.page.panels.reasons import choices_told
from talentmarket.page.session import Session
from talentmarket.page.view import same_people


def lives_of(session: Session, rival: Session | None, who: int, at_rival: bool) -> dict[str, Any]:
    """A researcher's life, and beside it that of the twin in the run compared with; empty if there is no such number.

    Parameters
    ----------
    session, rival
        A, and B if one is compared with.
    who
        Number of the researcher.
    at_rival
        Whether B was asked about.

    Returns
    -------
    dict
        `lives`, each as `researcher_of` tells it with `tag` A or B (empty without a B), and `first`, which to open.
    """
    if rival is None:
        told = [("", researcher_of(session, who))]
    elif same_people(session, rival):
        told = [("A", researcher_of(session, who)), ("B", researcher_of(rival, who))]
    else:
        told = [("B", researcher_of(rival, who)) if at_rival else ("A", researcher_of(session, who))]
    lives = [{"tag": tag, **life} for tag, life in told if life]
    return {"lives": lives, "first": int(at_rival and len(lives) > 1)} if lives else {}


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
        "lab": names[int(person.lab)],
        "since": _since(int(person.joined)),
        "facts": _facts(session, who),
        "vesting": _vesting(session, who),
        "history": _history(mine, names[session.first_lab(who)]),
        **choices_told(session, who),
        "month": month,
    }


def _since(joined: int) -> str:
    return f"since month {joined}" if joined >= 0 else f"for {number(-joined / 12)} years when the run began"


def _facts(session: Session, who: int) -> list[list[str]]:
    world = session.market.replicate.world
    person = world.researchers[who]
    held = holdings_of(world, who, session.month)
    above = float((world.researchers["talent"] > person.talent).mean())
    facts = [
        ["talent", f"{number(float(person.talent))} (median 1; {percent(above)} have more)"],
        ["loyalty", f"{percent(float(person.loyalty))} mission, {percent(1.0 - float(person.loyalty))} money"],
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
        how = f"{KINDS[kinds[mine['kind'].codes[row]]]}; {pay}{behind}"
        jobs.append({"month": int(mine["month"][row]), "lab": names[mine["to"].codes[row]], "how": how})
    return jobs
