"""Stock granted anew every year: on each anniversary of the start, to those whose stock is no campaign's package.

What has not vested joins the new grant and vests by its schedule from then on, as with every award (`jobs/raises.py`). Yearly
compensation follows what is held, so that old grants leave it as they vest.
"""

from __future__ import annotations

from talentmarket.market.jobs.raises import award
from talentmarket.market.money.packages import Package, wage_index
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.world import World
from talentmarket.market.tallies.newcomers import notice, set_compensation, yearly_compensation


@compiled
def has_anniversary(world: World, researcher: int, month: int) -> bool:
    """Whether someone began a number of whole years ago, at least one, and holds no campaign's package."""
    person = world.researchers[researcher]
    service = month - person.joined
    return service > 0 and service % 12 == 0 and not world.tiers[person.vesting].of_campaign


@compiled
def refresh(world: World, researcher: int, month: int) -> None:
    """Grant someone the home lab's yearly stock."""
    setting = world.setting[0]
    person = world.researchers[researcher]
    lab = world.labs[person.lab]
    job = world.jobs[researcher]
    award(world, researcher, lab.refresher * person.pay * wage_index(setting, month), int(lab.refresher_vesting), month)
    notice(lab, person, job, month, -1)
    held = Package(person.pay, 0.0, person.grant, int(person.vesting))
    set_compensation(job, yearly_compensation(setting, world.tiers[person.vesting], held, month))
    notice(lab, person, job, month, 1)


@compiled
def grant_anew(world: World, month: int) -> None:
    """Grant all whose anniversary it is, at the labs that do so."""
    for number in range(world.labs.size):
        if world.labs[number].refresher > 0.0:
            for researcher in range(world.researchers.size):
                if world.researchers[researcher].lab == number and has_anniversary(world, researcher, month):
                    refresh(world, researcher, month)
