"""What chance adds to the value of an option, drawn for many choices at once.

They lie side by side in the workspace, so that the draws run in the processor's vector units.
"""

from __future__ import annotations

from talentmarket.market.choice.terms import taste_of
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.chance import Key
from talentmarket.market.numeric.compiled import inlined
from talentmarket.market.records.setting import Setting
from talentmarket.market.records.world import Workspace


@inlined
def draw_noise(key: Key, workspace: Workspace, scale: float, choices: int, month: int) -> None:
    """Draw the noise of the offers and of staying into the workspace."""
    for place in range(choices):
        researcher = workspace.researcher[place]
        workspace.noise[0, place] = scale * chance.gumbel(key, chance.CHOICE, researcher, workspace.lab[place], month)
        workspace.noise[1, place] = scale * chance.gumbel(key, chance.CHOICE, researcher, workspace.home[place], month)


@inlined
def draw_tastes(key: Key, workspace: Workspace, setting: Setting, choices: int) -> None:
    """Draw the tastes for the labs that offer and for home into the workspace."""
    if setting.taste_sd == 0.0:
        workspace.taste[:] = 0.0
        return
    for place in range(choices):
        researcher = workspace.researcher[place]
        for_lab = chance.normal(key, chance.TASTE, researcher, workspace.lab[place], 0)
        for_home = chance.normal(key, chance.TASTE, researcher, workspace.home[place], 0)
        workspace.taste[0, place] = taste_of(setting, for_lab)
        workspace.taste[1, place] = taste_of(setting, for_home)
