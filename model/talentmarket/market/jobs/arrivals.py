"""Who is struck this month: rare events among many people, at a cost in proportion to the events.

Researchers lie end to end on a line, and events fall on it as a Poisson process. Someone of length x is struck in a
month with probability 1 - exp(-rate * x). The line is cut into blocks; each block, kind of event and month has draws
of its own, so that who is struck is a pure function of the seed. The process runs at a bound (a power of two) and is
thinned to the rate (Lewis and Shedler 1979).
"""

from __future__ import annotations

from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import ln
from talentmarket.market.records.layout import MOST_LABS
from talentmarket.market.records.world import DRAWS_AT_ONCE

BLOCK = 1024
NONE = -1


@compiled
def blocks(people):
    """Number of blocks that hold `people`."""
    return (people + BLOCK - 1) // BLOCK


@inlined
def block_ends(line, block, people):
    """First row, row after the last, and length of a block."""
    first = block * BLOCK
    last = min(first + BLOCK, people)
    length = float(last - first) if line.size == 0 else line[last] - line[first]
    return first, last, length


@inlined
def struck(line, first, last, place):
    """The researcher at a place of a block."""
    if line.size == 0:
        return min(first + int(place), last - 1)
    wanted = line[first] + place
    low, high = first, last - 1
    while low < high:
        middle = (low + high + 1) // 2
        if line[middle] <= wanted:
            low = middle
        else:
            high = middle - 1
    return low


@inlined
def draw_events(world, decision, block, lab, first, month):
    """Write the words of the events `first` to `first + DRAWS_AT_ONCE - 1` of a block into `world.bench.words`.

    Side by side they are drawn in the vector units, at a tenth of what one after the other costs.
    """
    words = world.bench.words
    for place in range(DRAWS_AT_ONCE):
        whom = lab + MOST_LABS * (first + place)  # lab and number in one word
        words[0, place], words[1, place], words[2, place], words[3, place] = chance.words(
            world.key, decision, block, whom, month
        )


@inlined
def draw_gaps(bench, bound):
    """Write the distances from event to event of the process at the bound into `bench.gaps`."""
    mean = 1.0 / bound  # exact, as the bound is a power of two
    for place in range(DRAWS_AT_ONCE):
        bench.gaps[place] = -ln(chance.unit(bench.words[0, place])) * mean
