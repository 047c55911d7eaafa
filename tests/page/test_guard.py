"""Who is let in."""

from __future__ import annotations

import pytest

from talentmarket.errors import InputError
from talentmarket.page.serving import launcher
from talentmarket.page.serving.guard import Guard, is_own


def headers(**values: str) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in values.items()]


@pytest.mark.parametrize("host", ["127.0.0.1:80", "localhost:80", "127.0.0.1"])
def test_own_addresses(host: str) -> None:
    assert is_own(headers(host=host), 80)
    assert is_own(headers(host=host, origin="http://localhost:80"), 80)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"host": "evil.example:80"},
        {"host": "127.0.0.1:81"},
        {"host": "127.0.0.1.evil.example:80"},
        {"host": "127.0.0.1:80", "origin": "http://evil.example"},
        {"host": "127.0.0.1:80", "origin": "null"},
        {"host": "127.0.0.1:80", "origin": "https://127.0.0.1:80"},
        {"host": "127.0.0.1:80", "origin": "http://127.0.0.1:8080"},
        {"host": "127.0.0.1:80", "origin": "http://127.0.0.1:80@evil.example"},
        {"host": "[::1]:80"},
        {"host": ""},
    ],
)
def test_strangers(values: dict[str, str]) -> None:
    assert not is_own(headers(**values), 80)


def test_a_strange_path_leads_to_the_page_with_its_query() -> None:
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "http", "path": "/elsewhere", "query_string": b"scenario=baseline&month=4"}
    scope["headers"] = [*headers(host="127.0.0.1:80"), (b"accept", b"text/html")]
    with pytest.raises(StopIteration):  # it waits for nothing
        Guard(None, 80)(scope, None, send).send(None)
    assert (sent[0]["status"], dict(sent[0]["headers"])) == (307, {b"location": b"/?scenario=baseline&month=4"})


@pytest.mark.parametrize(("path", "kept"), [("/_solara/cdn/a@1.0/b.js", True), ("/", False), ("/static/x.css", False)])
def test_what_the_page_may_reach_and_what_a_browser_keeps(path: str, kept: bool) -> None:
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def inner(scope: dict, receive: None, sending) -> None:
        await sending({"type": "http.response.start", "status": 200, "headers": []})

    scope = {"type": "http", "path": path, "headers": headers(host="127.0.0.1:80")}
    with pytest.raises(StopIteration):  # it waits for nothing
        Guard(inner, 80)(scope, None, send).send(None)
    found = dict(sent[0]["headers"])
    policy = found[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy
    assert "connect-src 'self' ws://127.0.0.1:80 ws://localhost:80;" in policy
    assert "frame-ancestors 'none'" in policy
    assert (b"cache-control" in found) == kept


def test_a_taken_port_is_said_in_words() -> None:
    with launcher.reserved(0) as taken:
        taken.listen()
        with pytest.raises(InputError, match="choose another one, or 0"):
            launcher.reserved(taken.getsockname()[1])


def test_a_missing_extra_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install 'talentmarket\[page\]'"):
        launcher.check_installed()
