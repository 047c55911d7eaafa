"""Posted pay: what a lab offers anyone it reaches, whatever they earn now, in units of its ordinary pay.

Lognormal: ordinary pay times exp(sigma * z). Burdett and Mortensen (1998): where employers post pay, people search
on and off the job, and k offers come for each separation, no employer gains by posting another pay if posted pay has

    F(w) = (1 + k)/k * (1 - sqrt((p - w)/(p - R))),   R <= w <= p - (p - R)/(1 + k)**2,

with productivity p and reservation pay R. Its quantile at u is w = p - (p - R) * (1 - u * k/(1 + k))**2.
"""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.money.packages import ordinary_pay
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.labs import Lab
from talentmarket.market.records.people import Researcher
from talentmarket.market.records.setting import Setting

DISTRIBUTIONS = ("none", "lognormal", "burdett_mortensen")
PREMIUM, LOGNORMAL, BURDETT_MORTENSEN = range(3)


@compiled
def equilibrium_pay(lab: Lab, probability: float) -> float:
    """Quantile of the Burdett-Mortensen distribution of posted pay, in units of ordinary pay."""
    margin = 1.0 - probability * lab.posted_slope
    return lab.posted_highest - (lab.posted_highest - lab.posted_lowest) * margin * margin


@compiled
def posted_pay(setting: Setting, lab: Lab, person: Researcher, words: tuple[np.uint64, np.uint64]) -> float:
    """M$ a year, in wages of the first month, of one posted offer, drawn from two words."""
    if lab.posting == BURDETT_MORTENSEN:
        factor = equilibrium_pay(lab, chance.unit(words[0]))
    else:
        factor = math.exp(lab.posted_sigma * chance.normal_of(words[0], words[1]))
    return ordinary_pay(setting, lab, person) * factor
