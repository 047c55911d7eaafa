"""The list of a campaign: who is at the targeted labs, best first as the raider's scouts see it.

Scouted log talent is true log talent plus a normal error; equals go by row. A list is drawn up once, at the end of
the month before the campaign begins, and kept: those who have left the targeted labs by their turn are passed over.
"""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import World


@compiled
def scout(world: World, number: int, score: np.ndarray) -> None:
    """Write everyone's scouted log talent into `score` (N,); minus infinity for those who are not targeted."""
    campaign = world.campaigns[number]
    for researcher in range(world.researchers.size):
        person = world.researchers[researcher]
        score[researcher] = -math.inf
        if campaign.targets[person.lab] == 1:
            error = campaign.scouting_error * chance.normal(world.key, chance.SCOUTING, researcher, number, 0)
            score[researcher] = math.log(person.talent) + error


def ranked(score: np.ndarray, longest: int) -> np.ndarray:
    """Rows of at most `longest` people with a finite score, best first, equals by row."""
    rows = np.flatnonzero(score > -np.inf)
    if rows.size > longest > 0:
        worst = np.partition(score[rows], rows.size - longest)[rows.size - longest]
        rows = rows[score[rows] >= worst]
    return rows[np.argsort(-score[rows], kind="stable")][:longest]


def draw_up_lists(world: World, month: int) -> None:
    """Draw up the lists of the campaigns that begin in a month."""
    for number, campaign in enumerate(world.campaigns):
        if campaign.start == month and campaign.length == NOBODY:
            score = np.empty(world.researchers.size)
            scout(world, number, score)
            best = ranked(score, int(campaign.list_room))
            world.target_lists[campaign.list_start : campaign.list_start + best.size] = best
            campaign.length = best.size
