"""Posted pay: what a lab offers anyone it reaches, whatever they earn now, in units of its ordinary pay.

Lognormal: ordinary pay times exp(sigma * z). Burdett and Mortensen (1998): where employers post pay, people search
on and off the job, and k offers come for each separation, no employer gains by posting another pay if posted pay has

    F(w) = (1 + k)/k * (1 - sqrt((p - w)/(p - R))),   R <= w <= p - (p - R)/(1 + k)**2,

with productivity p and reservation pay R. Its quantile at u is w = p - (p - R) * (1 - u * k/(1 + k))**2.
"""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records import Lab, Records

DISTRIBUTIONS = ("none", "lognormal", "burdett_mortensen")
PREMIUM, LOGNORMAL, BURDETT_MORTENSEN = range(3)


@compiled
def equilibrium_pay(lab: Lab, probability: float) -> float:
    """Quantile of the Burdett-Mortensen distribution of posted pay, in units of ordinary pay."""
    margin = 1.0 - probability * lab.posted_slope
    return lab.posted_highest - (lab.posted_highest - lab.posted_lowest) * margin * margin


@compiled
def posted_factor(lab: Lab, word: np.uint64, standard: float) -> float:
    """Posted pay in units of ordinary pay, drawn from a word or from the standard normal that it gives with a second one."""
    if lab.posting == BURDETT_MORTENSEN:
        return equilibrium_pay(lab, chance.unit(word))
    return math.exp(lab.posted_sigma * standard)


@compiled
def anyone_posts(labs: Records[Lab]) -> bool:
    """Whether the offers of any lab are posted pay."""
    anyone = False
    for number in range(labs.size):
        anyone = anyone or labs[number].posting != PREMIUM
    return anyone
