"""The rules of a transfer system: what a move from lab to lab costs, and when it may take effect.

    fee = fee_years_of_pay * yearly running pay + fee_share * special package

Who goes to the outside, or comes from there, is free. If the buyer bears the fee, every part of the offer shrinks by
the factor 1 - fee / worth, with the worth of the running pay over the horizon plus the special package at face value.
If the parties bargain as in Coase (1960), the offer is what it was: the fee only passes from one lab to the other.
"""

from __future__ import annotations

from talentmarket.market.money.packages import running_worth, wage_index
from talentmarket.market.numeric.compiled import compiled

MONTHS_A_YEAR = 12


@compiled
def bound(setting, person, lab):
    """Whether the system binds someone who would go to a lab."""
    return person.lab != setting.outside and lab != setting.outside


@compiled
def window_open(setting, month):
    """Whether moves may take effect this month, 1 being the first of a year."""
    return setting.windows[(month - 1) % MONTHS_A_YEAR] == 1


@compiled
def must_wait(setting, person, lab, month):
    """Whether an offer has to wait for the next window."""
    return not window_open(setting, month) and bound(setting, person, lab)


@compiled
def transfer_fee(setting, person, lab, terms, month):
    """M$ that the lab which makes an offer on these terms would owe for the move."""
    if not bound(setting, person, lab):
        return 0.0
    _, bonus, stock, _ = terms
    return setting.fee_years_of_pay * person.pay * wage_index(setting, month) + setting.fee_share * (bonus + stock)


@compiled
def share_left(setting, terms, fee, month):
    """Share of an offer that is left when the buyer takes the fee out of it; 0 if the fee eats it up."""
    if fee == 0.0 or not setting.borne_by_buyer:
        return 1.0
    pay, bonus, stock, _ = terms
    worth = running_worth(setting, pay, month) + bonus + stock
    return 1.0 - fee / worth if worth > fee else 0.0


@compiled
def worth_making(setting, person, lab, terms, month):
    """Whether anything is left of an offer after its fee; otherwise no lab makes it."""
    return share_left(setting, terms, transfer_fee(setting, person, lab, terms, month), month) > 0.0


@compiled
def after_fee(setting, terms, fee, month):
    """The terms that are left when the buyer takes the fee out of them."""
    left = share_left(setting, terms, fee, month)
    pay, bonus, stock, schedule = terms
    return pay * left, bonus * left, stock * left, schedule
