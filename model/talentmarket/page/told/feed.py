"""Notable moves, campaigns and events in words, newest first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from talentmarket.market.readers.tables import Table
from talentmarket.market.records.codes import BY_CAMPAIGN, BY_RETURN, NOBODY, PARTS, REFUSED
from talentmarket.numbers import money, number
from talentmarket.page.told.fates import hung_on
from talentmarket.scenario.schema import Scenario

MOST_A_MONTH, MOST_REFUSALS = 6, 2


@dataclass(frozen=True)
class Note:
    """A sentence of the feed: its month, its kind (campaign, return, refusal, move, event, begin, more), and which researcher it is about, or `NOBODY`."""

    month: int
    kind: str
    text: str
    researcher: int = NOBODY


def notes_of_moves(moves: Table, scenario: Scenario, notable_talent: float) -> list[Note]:
    """The notable moves of a table `moves`: by a campaign, back again, or of great talent between labs.

    Parameters
    ----------
    moves
        Rows of the table `moves`.
    scenario
        Names its labs.
    notable_talent
        Talent from which an ordinary move between labs is notable.
    """
    outside = [lab.kind for lab in scenario.labs].index("outside")
    kinds, origin, destination = moves["kind"].codes, moves["from"].codes, moves["to"].codes
    raids = (kinds == BY_CAMPAIGN) | (kinds == BY_RETURN)
    between = (origin != outside) & (destination != outside) & (moves["talent"] >= notable_talent)
    notes: list[Note] = []
    for month in np.unique(moves["month"]).tolist():
        rows = np.flatnonzero((moves["month"] == month) & (raids | between))
        order = rows[np.lexsort((-moves["talent"][rows], ~raids[rows]))]
        notes += [_note(moves, int(row)) for row in order[:MOST_A_MONTH]]
        if len(order) > MOST_A_MONTH:
            notes.append(Note(month, "more", f"and {len(order) - MOST_A_MONTH} more notable moves"))
    return notes


def _note(moves: Table, row: int) -> Note:
    names = moves["from"].names
    origin, destination = names[moves["from"].codes[row]], names[moves["to"].codes[row]]
    researcher, kind = int(moves["researcher"][row]), int(moves["kind"].codes[row])
    person = f"No. {researcher} (talent {number(float(moves['talent'][row]))})"
    if kind == BY_RETURN:
        return Note(
            int(moves["month"][row]), "return", f"{person} goes back from {origin} to {destination}", researcher
        )
    text = f"{person} leaves {origin} for {destination}: {money(float(moves['first_year'][row]))} in the first year"
    forfeited = float(moves["forfeited"][row])
    if forfeited >= 0.05:
        text += f", {money(forfeited)} of unvested stock left behind"
    return Note(int(moves["month"][row]), "campaign" if kind == BY_CAMPAIGN else "move", text, researcher)


def notes_of_refusals(approaches: Table, scenario: Scenario, month: int) -> list[Note]:
    """The largest packages that were refused in a month, and on what that hung.

    Parameters
    ----------
    approaches
        As `readers.approaches.approaches_table` gives them.
    scenario
        Names the raiders.
    month
        In which they were asked.
    """
    rows = np.flatnonzero((approaches["month"] == month) & (approaches["outcome"].codes == REFUSED))
    order = rows[np.lexsort((approaches["rank"][rows], -approaches["total"][rows]))][:MOST_REFUSALS]
    notes = []
    for row in order.tolist():
        researcher, raider = (
            int(approaches["researcher"][row]),
            scenario.campaigns[approaches["campaign"].codes[row]].lab,
        )
        person = f"No. {researcher} (talent {number(float(approaches['talent'][row]))})"
        why = hung_on([part for part in PARTS if approaches[f"without_{part}"][row]])
        offer = money(float(approaches["total"][row]))
        notes.append(Note(month, "refusal", f"{person} refuses {offer} from {raider}: {why}", researcher))
    return notes


def notes_of_month(scenario: Scenario, month: int, happened: list[tuple[int, str]]) -> list[Note]:
    """What a month begins with: events, campaigns that begin, campaigns whose months are over."""
    notes = [Note(month, "event", f"Event: {name}") for when, name in happened if when == month]
    for campaign in scenario.campaigns:
        targets = " and ".join(campaign.targets)
        if campaign.start == month:
            notes.append(Note(month, "begin", f"{campaign.lab} begins to ask people at {targets}"))
        if campaign.start + campaign.months == month:
            notes.append(Note(month, "begin", f"{campaign.name}: the campaign's last month is over"))
    return notes


def latest_notes(notes: list[Note], most: int) -> list[dict[str, object]]:
    """The latest notes as plain data, newest first; the page shows text as text."""
    return [
        {"month": note.month, "kind": note.kind, "text": note.text, "researcher": note.researcher}
        for note in reversed(notes[-most:])
    ]
