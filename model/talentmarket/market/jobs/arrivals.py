"""Who is struck this month: rare events among many people, at a cost in proportion to the events.

Researchers lie end to end, each as long as their exposure, and events fall on them as a Poisson process. Someone of
exposure x is struck in a month with probability 1 - exp(-rate * x). They stand in blocks; each block, kind of event and
month has draws of its own, so that who is struck is a pure function of the seed. The process runs at a bound (a power of two) and is
thinned to the rate (Lewis and Shedler 1979).
"""

from __future__ import annotations

import numpy as np

from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import ln
from talentmarket.market.records.limits import MOST_LABS
from talentmarket.market.records.world import DRAWS_AT_ONCE, Workspace, World

BLOCK = 1024
NONE = -1


@compiled
def blocks(people: int) -> int:
    """Number of blocks that hold `people`."""
    return (people + BLOCK - 1) // BLOCK


@inlined
def block_ends(exposure: np.ndarray, block: int, people: int) -> tuple[int, int, float]:
    """First row, row after the last, and total exposure of a block."""
    first = block * BLOCK
    last = min(first + BLOCK, people)
    length = float(last - first) if exposure.size == 0 else exposure[last] - exposure[first]
    return first, last, length


@inlined
def struck(exposure: np.ndarray, first: int, last: int, place: float) -> int:
    """The researcher at a place of a block."""
    if exposure.size == 0:
        return min(first + int(place), last - 1)
    wanted = exposure[first] + place
    low, high = first, last - 1
    while low < high:
        middle = (low + high + 1) // 2
        if exposure[middle] <= wanted:
            low = middle
        else:
            high = middle - 1
    return low


@inlined
def draw_events(world: World, decision: int, block: int, lab: int, first: int, month: int) -> None:
    """Write the words of the events `first` to `first + DRAWS_AT_ONCE - 1` of a block into `world.workspace.words`.

    Side by side they are drawn in the vector units, at a tenth of what one after the other costs.
    """
    words = world.workspace.words
    for place in range(DRAWS_AT_ONCE):
        nth = lab + MOST_LABS * (first + place)  # lab and number in one word
        words[0, place], words[1, place], words[2, place], words[3, place] = chance.words(
            world.key, decision, block, nth, month
        )


@inlined
def draw_gaps(workspace: Workspace, bound: float) -> None:
    """Write the distances from event to event of the process at the bound into `workspace.gaps`."""
    mean = 1.0 / bound  # exact, as the bound is a power of two
    for place in range(DRAWS_AT_ONCE):
        workspace.gaps[place] = -ln(chance.unit(workspace.words[0, place])) * mean
