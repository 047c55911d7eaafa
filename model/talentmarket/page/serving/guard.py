"""Lets in only who came by the page's own address, so that no other web page can drive it.

Browsers send the `Host` they were asked for, and the `Origin` of the page that opens a WebSocket or posts. A page
elsewhere cannot forge either, also not by pointing a name of its own at this machine.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Application = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]
HOSTS = frozenset({"127.0.0.1", "localhost"})
HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
]
# Solara compiles the page's templates in the browser, and writes scripts into the page. Whatever runs there reaches
# nothing but this server.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {sockets};"
    " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
LASTING = "/_solara/cdn/"  # files whose addresses hold their version


def is_own(headers: list[tuple[bytes, bytes]], port: int) -> bool:
    """Whether a request names this machine and this port as its host, and as its origin if it names one."""
    values = {name.lower(): value.decode("latin-1") for name, value in headers}
    if not _ours(values.get(b"host", ""), port):
        return False
    origin = values.get(b"origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.scheme == "http" and _ours(parts.netloc, port)


def _ours(netloc: str, port: int) -> bool:
    name, _, given = netloc.rpartition(":") if ":" in netloc else (netloc, "", "80")
    return name in HOSTS and given == str(port)


def is_lost(scope: Message) -> bool:
    """Whether somebody has asked for a web page of another path: there is only one page."""
    accepted = dict(scope["headers"]).get(b"accept", b"")
    return scope["path"] != "/" and b"text/html" in accepted


class Guard:
    """An ASGI application in front of another one; strangers get 403.

    Parameters
    ----------
    inner
        The application that is guarded.
    port
        Where it listens.
    """

    def __init__(self, inner: Application, port: int) -> None:
        self._inner, self.port = inner, port
        sockets = " ".join(f"ws://{host}:{port}" for host in sorted(HOSTS))
        self._headers = [*HEADERS, (b"content-security-policy", POLICY.format(sockets=sockets).encode())]

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Pass on what is the page's own; refuse everything else."""
        if scope["type"] == "lifespan" or is_own(list(scope["headers"]), self.port):
            if scope["type"] == "http" and is_lost(scope):
                query = scope.get("query_string", b"")
                place = b"/?" + query if query else b"/"
                await send({"type": "http.response.start", "status": 307, "headers": [(b"location", place)]})
                await send({"type": "http.response.body", "body": b""})
                return
            await self._inner(scope, receive, self._with_headers(send, scope) if scope["type"] == "http" else send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"This page answers only at its own address."})

    def _with_headers(self, send: Any, scope: Message) -> Any:
        lasting = (
            [(b"cache-control", b"public, max-age=31536000, immutable")] if scope["path"].startswith(LASTING) else []
        )

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = lasting if message["status"] == 200 else []
                message = {**message, "headers": [*message.get("headers", []), *self._headers, *found]}
            await send(message)

        return sending
