"""What chance adds to the value of an option, drawn for many choices at once.

They lie side by side on the bench, so that the draws run in the processor's vector units.
"""

from __future__ import annotations

from talentmarket.market.choice.preferences import taste_of
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import inlined


@inlined
def draw_noise(key, bench, scale, choices, month):
    """Draw the noise of the offers and of staying onto the bench."""
    for place in range(choices):
        who = bench.who[place]
        bench.noise[0, place] = scale * chance.gumbel(key, chance.CHOICE, who, bench.lab[place], month)
        bench.noise[1, place] = scale * chance.gumbel(key, chance.CHOICE, who, bench.home[place], month)


@inlined
def draw_tastes(key, bench, setting, choices):
    """Draw the tastes for the labs that offer and for home onto the bench."""
    if setting.taste_sd == 0.0:
        bench.taste[:] = 0.0
        return
    for place in range(choices):
        who = bench.who[place]
        for_lab = chance.normal(key, chance.TASTE, who, bench.lab[place], 0)
        for_home = chance.normal(key, chance.TASTE, who, bench.home[place], 0)
        bench.taste[0, place] = taste_of(setting, for_lab)
        bench.taste[1, place] = taste_of(setting, for_home)
