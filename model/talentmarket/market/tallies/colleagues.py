"""What a researcher's skill is worth among these colleagues: the running totals behind a lab's output, kept by moves.

    skill_i = talent_i * (1 - spillover) ** lost_i

Lost are as many ties as the lab has fewer of them now than when the researcher came; a mover begins anew. Someone who
moved within sixty months and has no tie at the lab is a stranger there. A collaborator's loss is lasting (Azoulay,
Graff Zivin and Wang 2010); moving costs those who move without colleagues (Groysberg, Lee and Nanda 2008).
"""

from __future__ import annotations

from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.labs import Lab
from talentmarket.market.records.limits import JOINT_MONTHS, STRANGER_MONTHS
from talentmarket.market.records.people import Job, Researcher
from talentmarket.market.records.setting import Setting
from talentmarket.market.records.world import World


@compiled
def skill(setting: Setting, person: Researcher, job: Job) -> float:
    """Talent less what lost ties cost."""
    return person.talent * (1.0 - setting.spillover) ** max(job.ties_before - job.ties_here, 0)


@compiled
def is_stranger(person: Researcher, job: Job, month: int) -> bool:
    """Whether someone has moved to the lab within sixty months and has no tie there."""
    return person.previous_lab != NOBODY and job.ties_here == 0 and month - person.joined < STRANGER_MONTHS


@compiled
def employ(setting: Setting, lab: Lab, person: Researcher, job: Job, month: int, sign: int) -> None:
    """Add (sign 1) a researcher's skill to a lab's totals, or take it away (sign -1)."""
    worth = sign * skill(setting, person, job)
    lab.skill += worth
    if is_stranger(person, job, month):
        lab.strangers[person.joined % STRANGER_MONTHS] += worth


@inlined
def find_colleagues(world: World, researcher: int, month: int) -> None:
    """Count the ties that a researcher finds at a new lab, and add the skill to its totals."""
    person = world.researchers[researcher]
    job = world.jobs[researcher]
    ties = 0
    for position in range(world.ties.start[researcher], world.ties.start[researcher + 1]):
        if world.ties.lab[position] == person.lab:
            ties += 1
    job.ties_before = ties
    job.ties_here = ties
    employ(world.setting[0], world.labs[person.lab], person, job, month, 1)


@compiled
def follows_someone(world: World, researcher: int, month: int) -> bool:
    """Whether a tie of someone who has just moved made the same move within `JOINT_MONTHS`, this month included."""
    mover = world.researchers[researcher]
    for position in range(world.ties.start[researcher], world.ties.start[researcher + 1]):
        if world.ties.lab[position] == mover.lab:
            other = world.researchers[world.ties.other[position]]
            if other.previous_lab == mover.previous_lab and month - other.joined <= JOINT_MONTHS:
                return True
    return False


@inlined
def tell_ties(world: World, researcher: int, month: int) -> None:
    """Let the ties of someone who has just moved know where, and lose a colleague or find one."""
    setting = world.setting[0]
    mover = world.researchers[researcher]
    for position in range(world.ties.start[researcher], world.ties.start[researcher + 1]):
        world.ties.lab[world.ties.back[position]] = mover.lab
        where = world.ties.lab[position]
        if where != mover.lab and where != mover.previous_lab:
            continue
        other = world.ties.other[position]
        person = world.researchers[other]
        job = world.jobs[other]
        lab = world.labs[where]
        employ(setting, lab, person, job, month, -1)
        if where == mover.lab:
            job.ties_here += 1
        else:
            job.ties_here -= 1
            person.last_tie_exit = month
        employ(setting, lab, person, job, month, 1)
