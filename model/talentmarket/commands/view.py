"""The command `view`: the page in the browser."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    """What the user asked for; port 0 means any free one."""

    scenario: str
    port: int
    open_browser: bool


def view(request: Request) -> None:
    """Serve the page until it is interrupted.

    Raises
    ------
    InputError
        If the scenario is wrong, the port is taken, or the optional extra `page` is not installed.
    """
    from talentmarket.page.launcher import serve

    serve(request.scenario, request.port, request.open_browser)
