"""Serves the page on this machine alone, without internet and without telling anyone."""

from __future__ import annotations

import os
import socket
import sys
import warnings
import webbrowser
from collections.abc import Callable
from importlib.util import find_spec
from threading import Timer
from typing import TYPE_CHECKING

from talentmarket.errors import InputError

if TYPE_CHECKING:
    from talentmarket.scenario.schema import Scenario

HOST = "127.0.0.1"
OWN_PAGE, MESAS_PAGE = "talentmarket.page.browser.app", "talentmarket.page.mesa_page.app"
WANTED = ("solara", "ipyvuetify", "solara_assets")
# Read by Solara when it is imported. Without them it counts visits, looks for news, and shows its own name and errors.
SETTINGS = {
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_ASSETS_PROXY": "true",
    "SOLARA_ASSETS_CDN": "http://127.0.0.1:9/",  # nowhere: a file that is not installed is not fetched either
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_THEME_TITLE": "talentmarket",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_FORCE_REFRESH": "true",  # a tab that its server no longer knows loads itself again, from its address
}
GONE = "2m"  # after which a market ends whose tab has gone without a word, unless SOLARA_KERNEL_CULL_TIMEOUT says otherwise
# Seconds that a browser on a busy machine, or one that slept, may take to answer before its line is given up.
LATE = 120.0


def check_installed(mesas: bool = False) -> None:
    """Make sure that the optional parts of the page, or of Mesa's own page, are there.

    Raises
    ------
    InputError
        If they are not; the message says what to install.
    """
    page, extra, wanted = ("Mesa's page", "mesa", (*WANTED, "altair")) if mesas else ("the page", "page", WANTED)
    missing = [name for name in wanted if find_spec(name) is None]
    if missing:
        raise InputError(
            f"{page} needs the optional extra '{extra}' ({', '.join(missing)} is not installed):"
            f" pip install 'talentmarket[{extra}]', or pip install '.[{extra}]' in a checkout"
        )


def reserved(port: int) -> socket.socket:
    """A socket on this machine at a port, any free one for 0; it refuses visitors until it listens.

    Raises
    ------
    InputError
        If the port is taken.
    """
    place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    _try(place, port, lambda: place.bind((HOST, port)))
    return place


def _try(place: socket.socket, port: int, step: Callable[[], None]) -> None:
    try:
        step()
    except OSError as error:
        place.close()
        raise InputError(f"--port {port}: {error.strerror}; choose another one, or 0 for any that is free") from error


def serve(given: str, port: int, announce: Callable[[str], None], open_browser: bool, mesas: bool = False) -> None:
    """Serve the page until it is interrupted.

    Parameters
    ----------
    given
        Name or file of the scenario to show first.
    port
        Where to listen; 0 for any free port.
    announce
        Is told the address once the page can be reached.
    open_browser
        Whether to open the user's browser.
    mesas
        Whether it is Mesa's own page with the market's views.

    Raises
    ------
    InputError
        If the scenario is wrong, the port is taken, or an optional part is missing.
    """
    check_installed(mesas)
    from talentmarket.page.choices import choices, open_with

    open_with(given)
    first = choices().loaded(choices().start)
    place = reserved(port)
    os.environ.setdefault("SOLARA_KERNEL_CULL_TIMEOUT", GONE)
    os.environ.update(SETTINGS, SOLARA_APP=MESAS_PAGE if mesas else OWN_PAGE)
    # The page is shown in no other page, so its cookie need not travel there.
    warnings.filterwarnings("ignore", "Cookies with samesite=none")
    warnings.filterwarnings(
        "ignore", "(?s).*found despite early return"
    )  # a slip of Mesa 3.3, in what is replaced here
    import solara.lab
    import uvicorn
    from solara.server.app import patch
    from solara.server.starlette import app

    # Solara would give each visitor matplotlib settings of their own, without matplotlib's checks of them. The pictures
    # to take away share one style, and only one is drawn at a time.
    patch.patch_matplotlib = lambda: None

    from talentmarket.page.serving.guard import Guard
    from talentmarket.page.serving.memory import Memory

    _prepare(first)
    memory = Memory()
    memory.keep()
    solara.lab.on_kernel_start(lambda: memory.give_back_soon)
    _try(place, port, place.listen)
    number = place.getsockname()[1]
    address = f"http://{HOST}:{number}"
    announce(address)
    if open_browser:
        Timer(1.0, webbrowser.open, [address]).start()
    options = uvicorn.Config(
        Guard(app, number), log_level="warning", loop="asyncio", lifespan="on", ws_ping_timeout=LATE
    )
    uvicorn.Server(options).run(sockets=[place])


def _prepare(scenario: Scenario) -> None:
    """Compile the engine, or load what was compiled, before anyone waits for it in the browser."""
    from talentmarket.market.numeric.compiled import CACHE_FOLDER
    from talentmarket.market.warming import warm
    from talentmarket.page.told.weighing import compile_weighing

    if next(CACHE_FOLDER.rglob("holdings.*"), None) is None:  # other commands do not compile what the page looks at
        print("Compiling the engine: about a minute, and only the first time.", file=sys.stderr, flush=True)
    warm(scenario)
    compile_weighing(scenario)
