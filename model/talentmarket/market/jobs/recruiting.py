"""How often a lab's recruiters call, and whom they leave alone.

Without more ado they reach each researcher elsewhere at the rate `contact`. With `room` they call only as far as the lab has
room below the head-count it aims at, as often in all as a vacancy has candidates,

    rate a month = min(contact/12, candidates_per_vacancy * max(0, aim - head-count) / people),
    aim = headcount * exp(growth * month/12);

the outside has no aim and calls as ever. Labs of a no-poach pact do not call one another's people, as six firms
of Silicon Valley had agreed until 2010 (United States v. Adobe Systems).
"""

from __future__ import annotations

import math

from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records import Lab, Researcher
from talentmarket.market.records.world import World


@compiled
def aim(lab: Lab, people: int, month: int) -> int:
    """Head-count that a lab aims at; no lab can aim at more than all people."""
    return int(min(lab.initial_headcount * math.exp(lab.growth * month / 12.0) + 0.5, float(people)))


@compiled
def vacancies(world: World, number: int, month: int) -> int:
    """People by whom a lab is below its aim; not above 0 if it is not."""
    lab = world.labs[number]
    return aim(lab, world.researchers.size, month) - int(lab.headcount)


@compiled
def calling_rate(world: World, number: int, month: int) -> float:
    """Rate a month at which a lab's recruiters reach a researcher elsewhere; never above its `contact`."""
    setting = world.setting[0]
    contact = world.labs[number].contact
    if not setting.room or number == setting.outside:
        return contact
    candidates = setting.candidates_per_vacancy * max(0, vacancies(world, number, month))
    return min(contact, candidates / world.researchers.size)


@compiled
def takes_referrals(world: World, number: int, month: int) -> bool:
    """Whether a lab makes offers to those whom its people name."""
    return not world.setting[0].room or vacancies(world, number, month) > 0


@compiled
def leaves_alone(lab: Lab, person: Researcher) -> bool:
    """Whether a pact keeps a lab's recruiters from calling someone."""
    return lab.pact[person.lab] == 1
