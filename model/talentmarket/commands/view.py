"""The command `view`: the page in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from talentmarket.commands.common import completion
from talentmarket.commands.common.options import AsJson
from talentmarket.commands.common.terminal import print_json
from talentmarket.interruption import keeping


def view(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="[SCENARIO]",
            help="What to show first: a file, or the name of a shipped one.",
            autocompletion=completion.scenarios,
        ),
    ] = "meta_raid",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 for any free port.")] = 8765,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    as_json: AsJson = False,
    mesa: Annotated[bool, typer.Option("--mesa", help="Mesa's own page, SolaraViz, in place of this one's.")] = False,
) -> None:
    """Open the page in the browser, to watch a market, change it and compare. Only this machine can reach it.

    Example: talentmarket view meta_raid --port 8765
    """
    from talentmarket.page.serving.launcher import serve

    def announce(address: str) -> None:
        if as_json:
            print_json("view", [{"address": address, "scenario": scenario}])
        else:
            print(f"The page is at {address} (Ctrl+C ends it)", flush=True)

    with keeping(lambda: "the page has ended; its address opens the same again"):
        serve(scenario, port, announce, open_browser, mesa)
