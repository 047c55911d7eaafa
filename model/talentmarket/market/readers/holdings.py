"""What one researcher has this month: liquid wealth, running pay, and the special stock that has and has not vested."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from talentmarket.market.money.packages import liquid_wealth, price_of, unvested_stock, wage_index
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.world import World


@dataclass(frozen=True)
class Holdings:
    """Money of one researcher at the end of a month, M$.

    Attributes
    ----------
    wealth
        Liquid, with what has vested.
    pay
        A year, in present wages.
    grant, unvested
        The special stock of the present job at the present price: all of it, and what leaving now would cost.
    granted
        Month of the grant.
    vested
        Share of the grant vested by month since then, from 0, shape (121,).
    """

    wealth: float
    pay: float
    grant: float
    unvested: float
    granted: int
    vested: np.ndarray


@compiled
def hold(world: World, researcher: int, month: int, amounts: np.ndarray) -> None:
    """Write wealth, pay, grant at the present price, and what of it has not vested, into `amounts`."""
    person = world.researchers[researcher]
    lab = world.labs[person.lab]
    tier = world.tiers[person.vesting]
    amounts[0] = liquid_wealth(person, lab, tier, month)
    amounts[1] = person.pay * wage_index(world.setting[0], month)
    amounts[2] = price_of(person, lab, month) if person.grant > 0.0 else 0.0
    amounts[3] = unvested_stock(person, lab, tier, month)


def holdings_of(world: World, researcher: int, month: int) -> Holdings:
    """The holdings of a researcher at the end of the present month."""
    amounts = np.zeros(4)
    hold(world, researcher, month, amounts)
    person = world.researchers[researcher]
    vested = world.tiers["vested"][person.vesting].copy()
    wealth, pay, grant, unvested = amounts.tolist()
    return Holdings(wealth, pay, grant, unvested, int(person.granted), vested)
