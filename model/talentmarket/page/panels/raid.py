"""The raid on the stage as plain data: its list as a queue, and whoever weighs an offer this month."""

from __future__ import annotations

from typing import Any

import numpy as np

from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.readers.tables import Table, chosen
from talentmarket.market.records.codes import REASONS, WENT_BACK
from talentmarket.numbers import money, number, percent
from talentmarket.page.panels.target_list import counts_of, state_of
from talentmarket.page.session import Session
from talentmarket.page.told.fates import CAME, approach_in_words, fate, held_by, taken
from talentmarket.page.told.weighing import Weighing
from talentmarket.page.view import View
from talentmarket.scenario.schema import Campaign
from talentmarket.scenario.text.wording import listed

MOST_MARKS, MOST_PEOPLE = 240, 12
LEAST_WEIGHT = 0.06  # of all weights on the scales; smaller ones lie there together
LEAST_SHOWN = 0.005  # log-odds
ALWAYS = ("money", "mission")


def stages_of(view: View) -> list[dict[str, Any]]:
    """What stays the same until Reset: for each raid its name, its labs, and where the pools are while it has the stage."""
    return [
        {
            "name": campaign.name,
            "raider": view.row_of(campaign.lab),
            "targets": [view.row_of(target) for target in campaign.targets],
            "pools": {shape: [[pool.x, pool.y, pool.radius] for pool in pools] for shape, pools in stage.items()},
        }
        for campaign, stage in zip(view.scenario.campaigns, view.stages, strict=True)
    ]


def raids_of(session: Session, moving: bool, slow: bool = False) -> list[dict[str, Any]]:
    """Each raid as it is this month.

    Parameters
    ----------
    session
        The run.
    moving
        Whether months pass by themselves, so that only the most telling offer of a month can be shown.
    slow
        Whether they pass slowly enough to see it opened and weighed.

    Returns
    -------
    list of dict
        `marks`: `rank,fate,researcher,whether of this month,number of its words` for everyone asked, joined by semicolons,
        best rank first; `words`: what these numbers stand for; `next`: how many may still be asked; `counts`: how many met
        each fate; `flow`: what the stage draws of it, that is `planned` (people to be asked in all), `came`, `lost` (who came from
        each target) and `back`; `people`: whoever weighed an offer in `month`, the latest month with an offer; `telling`: which
        of them to show if only one is.
    """
    approaches = approaches_table(session.market.replicate.world, session.scenario)
    return [
        {
            "moving": moving,
            "slow": slow,
            **_raid(session, campaign, approaches, np.flatnonzero(approaches["campaign"].codes == place)),
        }
        for place, campaign in enumerate(session.scenario.campaigns)
    ]


def _raid(session: Session, campaign: Campaign, approaches: Table, rows: np.ndarray) -> dict[str, Any]:
    mine = chosen(approaches, rows)
    outcomes = mine["outcome"].codes
    came = np.isin(outcomes, CAME)
    last = campaign.start + campaign.months - 1
    planned = campaign.approaches_per_month * campaign.months
    over = session.month >= last or 0 < campaign.max_hires <= came.sum()
    marks, words = _marks(mine, session.month)
    weighed = [one for one in session.weighed() if one.approach in set(rows.tolist())]
    month = weighed[-1].month if weighed else 0
    people = [_person(approaches, one) for one in weighed if one.month == month][:MOST_PEOPLE]
    return {
        "raider": campaign.lab,
        "targets": listed(campaign.targets),
        "state": state_of(campaign, session.month),
        "marks": marks,
        "words": words,
        "next": 0 if over else min(max(planned - outcomes.size, 0), MOST_MARKS),
        "counts": [one for one in counts_of(mine) if one["count"]],
        "flow": {
            "planned": planned,
            "came": int(came.sum()),
            "lost": [int((came & (mine["home"].codes == session.row_of(target))).sum()) for target in campaign.targets],
            "back": int((outcomes == WENT_BACK).sum()),
        },
        "month": month,
        "people": people,
        "telling": _telling(people),
    }


def _marks(mine: Table, month: int) -> tuple[str, list[str]]:
    """The latest fate of everyone asked as text, and the words that belong to it."""
    latest = {int(rank): row for row, rank in enumerate(mine["rank"].tolist())}
    told: dict[str, int] = {}
    marks = []
    for rank in sorted(latest)[:MOST_MARKS]:
        row = latest[rank]
        words = told.setdefault(approach_in_words(mine, row), len(told))
        new = 1 if int(mine["month"][row]) == month else ""
        marks.append(f"{rank},{fate(int(mine['outcome'].codes[row]))},{int(mine['researcher'][row])},{new},{words}")
    return ";".join(marks), list(told)


def _person(approaches: Table, weighing: Weighing) -> dict[str, Any]:
    """Somebody with an offer: who, the offer, the weights on the scales, and the end."""
    row = weighing.approach
    outcome = int(approaches["outcome"].codes[row])
    words = f"{taken(outcome)}; {held_by(weighing.terms)}" if weighing.taken else approach_in_words(approaches, row)
    end, _, why = words.partition("; ")
    loyalty = float(approaches["loyalty"][row])
    return {
        "who": int(approaches["researcher"][row]),
        "rank": int(approaches["rank"][row]),
        "talent": number(float(approaches["talent"][row])),
        "loyalty": f"weighs mission {percent(loyalty)}, money {percent(1.0 - loyalty)}",
        "total": money(float(approaches["total"][row])),
        "first_year": money(float(approaches["first_year"][row])),
        "amount": float(approaches["total"][row]),
        "tips": round(sum(weighing.terms.values()), 3),
        "weights": _weights(weighing.terms),
        "fate": fate(outcome),
        "end": end,
        "why": why and f"; {why}",
    }


def _weights(terms: dict[str, float]) -> list[list[Any]]:
    """Name and log-odds of each weight: to go if positive, to stay if negative; money and mission first, then the largest."""
    least = LEAST_WEIGHT * sum(abs(value) for value in terms.values())
    shown = [name for name in terms if name in ALWAYS or abs(terms[name]) > least]
    shown.sort(key=lambda name: (name not in ALWAYS, -abs(terms[name])))
    rest = sum(value for name, value in terms.items() if name not in shown)
    weights = [(REASONS[name].removeprefix("the "), terms[name]) for name in shown] + [("the rest", rest)]
    return [[name, round(value, 3)] for name, value in weights if abs(value) >= LEAST_SHOWN]


def _telling(people: list[dict[str, Any]]) -> int:
    """Which offer to show if only one is: of the largest packages the one that was decided most narrowly."""
    return min(range(len(people)), key=lambda place: (-people[place]["amount"], abs(people[place]["tips"])), default=0)
