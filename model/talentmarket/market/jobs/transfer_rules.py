"""The rules of a transfer system: what a move from lab to lab costs, who gets it, and when it may take effect.

    fee = fee_years_of_pay * yearly running pay + fee_share * special package

Who goes to the outside, or comes from there, is free. If the buyer bears the fee, every part of the offer shrinks by
the factor 1 - fee / worth, with the worth of the running pay over the horizon plus the special package at face value.
If the parties bargain as in Coase (1960), the offer is what it was: the fee only passes from one lab to the other.

The fee goes to the lab left, but for the solidarity share, which goes to where the researcher was in the first month: the
lab, or the outside with its universities, that has brought the talent up.
"""

from __future__ import annotations

from talentmarket.market.money.packages import Package, running_worth, wage_index
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.offers import Offer
from talentmarket.market.records.people import Researcher
from talentmarket.market.records.setting import Setting
from talentmarket.market.records.world import World

MONTHS_A_YEAR = 12


@compiled
def bound(setting: Setting, person: Researcher, lab: int) -> bool:
    """Whether the system binds someone who would go to a lab."""
    return person.lab != setting.outside and lab != setting.outside


@compiled
def window_open(setting: Setting, month: int) -> bool:
    """Whether moves may take effect this month, 1 being the first of a year."""
    return setting.windows[(month - 1) % MONTHS_A_YEAR] == 1


@compiled
def must_wait(setting: Setting, person: Researcher, lab: int, month: int) -> bool:
    """Whether an offer has to wait for the next window."""
    return not window_open(setting, month) and bound(setting, person, lab)


@compiled
def transfer_fee(setting: Setting, person: Researcher, lab: int, package: Package, month: int) -> float:
    """M$ that the lab which offers this package would owe for the move."""
    if not bound(setting, person, lab):
        return 0.0
    special = package.bonus + package.stock
    return setting.fee_years_of_pay * person.pay * wage_index(setting, month) + setting.fee_share * special


@compiled
def share_remaining(setting: Setting, package: Package, fee: float, month: int) -> float:
    """Share of a package that remains when the buyer takes the fee out of it; 0 if the fee eats it up."""
    if fee == 0.0 or not setting.borne_by_buyer:
        return 1.0
    worth = running_worth(setting, package.pay, month) + package.bonus + package.stock
    return 1.0 - fee / worth if worth > fee else 0.0


@compiled
def worth_making(setting: Setting, person: Researcher, lab: int, package: Package, month: int) -> bool:
    """Whether anything remains of an offer after its fee; otherwise no lab makes it."""
    return share_remaining(setting, package, transfer_fee(setting, person, lab, package, month), month) > 0.0


@compiled
def after_fee(setting: Setting, package: Package, fee: float, month: int) -> Package:
    """The package that remains when the buyer takes the fee out of it."""
    share = share_remaining(setting, package, fee, month)
    return Package(package.pay * share, package.bonus * share, package.stock * share, package.vesting)


@compiled
def first_employer(world: World, researcher: int) -> int:
    """Where someone was in the first month; the researchers of each lab stand in a row."""
    last = 0
    for number in range(world.labs.size):
        last += world.labs[number].initial_headcount
        if researcher < last:
            return number
    return NOBODY


@compiled
def pay_fee(world: World, offer: Offer, month: int) -> None:
    """Pay the fee of a move that is about to take place; who has meanwhile left for the outside is free."""
    seller = world.researchers[offer.researcher].lab
    if offer.fee == 0.0 or seller == world.setting[0].outside:
        return
    shared = offer.fee * world.setting[0].solidarity
    world.months[month, offer.lab].fees_paid += offer.fee
    world.months[month, seller].fees_received += offer.fee - shared
    world.months[month, first_employer(world, offer.researcher)].fees_received += shared
