"""Who may reach the page: this machine alone, and no other web page through the visitor's browser."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request

import psutil
import pytest
from served import SLOWEST, Served


def status(served: Served, path: str = "/", **headers: str) -> int:
    request = urllib.request.Request(served.address + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=SLOWEST) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def handshake(served: Served, **headers: str) -> str:
    """The first line that answers a WebSocket's opening."""
    lines = ["GET /jupyter/api/kernels/abc/channels?session_id=x HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade"]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    with socket.create_connection(("127.0.0.1", served.port), timeout=SLOWEST) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        return connection.recv(200).decode("latin-1").splitlines()[0]


def test_it_listens_on_this_machine_alone_whatever_the_environment_says(served: Served) -> None:
    places = [
        each.laddr for each in psutil.Process(served.process.pid).net_connections("inet") if each.status == "LISTEN"
    ]
    assert [(place.ip, place.port) for place in places] == [("127.0.0.1", served.port)]


def test_a_foreign_host_and_a_foreign_origin_are_refused(served: Served) -> None:
    own = served.address
    assert status(served) == 200
    assert status(served, Host=f"localhost:{served.port}") == 200
    for host in ("evil.example", f"evil.example:{served.port}", "127.0.0.1", f"127.0.0.1:{served.port + 1}"):
        assert status(served, Host=host) == 403, host
    for origin in ("http://evil.example", "null", f"https://127.0.0.1:{served.port}", "http://127.0.0.1", own + "9"):
        assert status(served, Origin=origin) == 403, origin


def test_a_foreign_page_cannot_open_a_websocket(served: Served) -> None:
    host = f"127.0.0.1:{served.port}"
    assert " 403 " in handshake(served, Host=host, Origin="http://evil.example")
    assert " 403 " in handshake(served, Host=f"evil.example:{served.port}")
    assert " 101 " in handshake(served, Host=host, Origin=served.address)


@pytest.mark.parametrize(
    "path", ["/static/public/../../../cli.py", "/static/assets/..%2f..%2fcli.py", "/static/assets/%2e%2e/%2e%2e/cli.py"]
)
def test_no_file_beside_the_page_is_given_out(served: Served, path: str) -> None:
    assert status(served, path) == 404


def test_nothing_in_the_page_names_another_machine(served: Served) -> None:
    with urllib.request.urlopen(served.address, timeout=SLOWEST) as answer:
        text = answer.read().decode()
    assert "jsdelivr" not in text
    assert "solara.dev" not in text
    assert "<title>talentmarket</title>" in text
