"""The command `warm`: compile the engine ahead of time."""

from __future__ import annotations

import time

from talentmarket.commands.common.options import AsJson
from talentmarket.commands.common.terminal import messages, print_json, say_if_compiling


def warm(as_json: AsJson = False) -> None:
    """Compile the engine ahead of time: about a minute on a new machine, else a second.

    Example: talentmarket warm
    """
    from talentmarket.market.numeric.compiled import CACHE_FOLDER
    from talentmarket.market.warming import warm_up

    begun = time.monotonic()
    console = messages(as_json)
    say_if_compiling(console)
    warm_up()
    seconds = time.monotonic() - begun
    if as_json:
        print_json("warm", [{"seconds": round(seconds, 1), "folder": CACHE_FOLDER}])
        return
    print(f"The engine is ready after {seconds:.0f} s, in {CACHE_FOLDER}")
