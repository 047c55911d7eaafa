"""The command `warm`: compile the engine ahead of time."""

from __future__ import annotations

import time

from talentmarket.commands.terminal import messages, say_if_compiling


def warm() -> None:
    """Compile the engine ahead of time: about a minute on a new machine, else a second.

    Example: talentmarket warm
    """
    from talentmarket.market.numeric.compiled import CACHE_FOLDER
    from talentmarket.market.warming import warm_up

    begun = time.monotonic()
    console = messages(False)
    say_if_compiling(console)
    warm_up()
    print(f"The engine is ready after {time.monotonic() - begun:.0f} s, in {CACHE_FOLDER}")
