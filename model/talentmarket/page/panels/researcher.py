"""The life of one researcher as plain data: who, with what, where before, and why they stayed or left."""

from __future__ import annotations

from typing import Any

from talentmarket.market.readers.holdings import holdings_of
from talentmarket.market.readers.tables import Table, chosen
from talentmarket.market.records.codes import KINDS
from talentmarket.numbers import count, money, number, percent
from talentmarket.page.drawing.vesting import vesting_chart
from talentmarket.page.panels.reasons import choices_shown
from talentmarket.page.session import Session
from talentmarket.page.told.terms import about
from talentmarket.page.view import same_people

MONTHS_TOLD = 24  # from here on a time is told in years


def lives_of(a: Session, b: Session | None, researcher: int, in_b: bool) -> dict[str, Any]:
    """A researcher's life, and beside it that of the twin in the run compared with; empty if there is no such number.

    Parameters
    ----------
    a, b
        The two runs; no B where nothing is compared.
    researcher
        Number of the researcher.
    in_b
        Whether B was clicked.

    Returns
    -------
    dict
        `lives`, each as `researcher_of` gives it with `tag` A or B (empty without a B), `first`, which to open, and what
        log-odds are.
    """
    if b is None:
        runs = [("", a)]
    elif same_people(a, b):
        runs = [("A", a), ("B", b)]
    else:
        runs = [("B", b) if in_b else ("A", a)]
    lives = [{"tag": tag, **life} for tag, run in runs if (life := researcher_of(run, researcher))]
    first = int(in_b and len(lives) > 1)
    return {"lives": lives, "first": first, "log_odds": about("Log-odds")} if lives else {}


def researcher_of(session: Session, researcher: int) -> dict[str, Any]:
    """Everything the page shows of a researcher; empty if there is no such number."""
    world, month = session.market.replicate.world, session.month
    if not 0 <= researcher < world.researchers.size:
        return {}
    person = world.researchers[researcher]
    names = [lab.name for lab in session.scenario.labs]
    moves = session.market.tables()["moves"]
    mine = chosen(moves, moves["researcher"] == researcher)
    return {
        "researcher": researcher,
        "lab": names[int(person.lab)],
        "since": _since(int(person.joined)),
        "facts": _facts(session, researcher),
        "vesting": _vesting(session, researcher),
        "history": _history(mine, names[session.first_lab(researcher)]),
        **choices_shown(session, researcher),
        "month": month,
    }


def _since(joined: int) -> str:
    if joined >= 0:
        return f"since month {joined}"
    before = count(-joined, "month") if -joined < MONTHS_TOLD else f"{number(-joined / 12)} years"
    return f"for {before} when the run began"


def _facts(session: Session, researcher: int) -> list[list[str]]:
    world = session.market.replicate.world
    person = world.researchers[researcher]
    held = holdings_of(world, researcher, session.month)
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


def _vesting(session: Session, researcher: int) -> str:
    held = holdings_of(session.market.replicate.world, researcher, session.month)
    return vesting_chart(held.vested, session.month - held.granted) if held.grant > 0.0 else ""


def _history(mine: Table, first: str) -> list[dict[str, Any]]:
    """Employers from month 0 on: when, where, how."""
    names, kinds = mine["to"].names, mine["kind"].names
    jobs = [{"month": 0, "lab": first, "how": ""}]
    for row in range(len(mine["month"])):
        pay = f"{money(float(mine['first_year'][row]))} in the first year"
        forfeited = float(mine["forfeited"][row])
        behind = f", {money(forfeited)} left behind" if forfeited >= 0.05 else ""
        how = f"{KINDS[kinds[mine['kind'].codes[row]]]}; {pay}{behind}"
        jobs.append({"month": int(mine["month"][row]), "lab": names[mine["to"].codes[row]], "how": how})
    return jobs
