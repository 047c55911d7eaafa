"""The page's process, and a visit to it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 600.0  # a cold start compiles, beside other tests that do
SLOWEST = 180.0  # seconds for whatever is waited for in a tab; a busy machine takes a quarter of that
MONTHS = 36  # of the small raid
# Solara's own part that keeps the address; its author's slip, harmless.
KNOWN_WARNINGS = ("Failed to evaluate Vue script and find module.exports",)

SMALL = """
extends = "meta_raid"
title = "A <b>small</b> raid & <script>window.hacked = 1</script>"
question = "Who comes <i>when</i> asked?"

[run]
months = 36

[population]
scale = 0.08

[[campaigns]]
name = "Meta on OpenAI"
approaches_per_month = 12
engage = 0.9
offer = 0.9

[[events]]
name = "A <u>model</u> ships"
month = 5
reprice = { OpenAI = 1.5 }
"""


@dataclass(frozen=True)
class Served:
    """The running page: its address and its log."""

    address: str
    log: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def found(cls, process: subprocess.Popen[bytes], log: Path) -> Served:
        """The page once it says where it is."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and process.poll() is None:
            if said := re.search(r"http://(127\.0\.0\.1|localhost):\d+", log.read_text(encoding="utf-8")):
                return cls(said[0], log, process)
            time.sleep(0.05)
        raise AssertionError(log.read_text(encoding="utf-8"))

    def wait_until_ready(self) -> None:
        """Wait until it answers; it may say where it is before it listens there."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/readyz", timeout=60).close()
                return
            except urllib.error.URLError:
                assert time.monotonic() < end, self.log.read_text(encoding="utf-8")
                time.sleep(0.05)

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


@contextmanager
def serving(command: Sequence[str], log: Path, **environment: str) -> Iterator[Served]:
    """A page's process from its start to its end, by itself and without a traceback."""
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **environment})
    try:
        page = Served.found(process, log)
        page.wait_until_ready()
        yield page
        assert process.poll() is None, "the page's process has ended"
    finally:
        process.terminate()
        process.wait(timeout=SLOWEST)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def view_command(scenario: Path, *words: str) -> list[str]:
    """`talentmarket view` of a scenario at a free port."""
    code = "from talentmarket.cli import main; main()"
    return [sys.executable, "-c", code, "view", str(scenario), "--port", "0", "--no-open", *words]


class Visit:
    """A browser tab of its own session, and all that goes wrong in it."""

    def __init__(
        self, served: Served, browser: Any, query: str = "", *, dark: bool = False, shown: str = ".tm-clock"
    ) -> None:
        self.served = served
        self.complaints: list[str] = []
        self.page = browser.new_page()
        self.page.set_default_timeout(1000.0 * SLOWEST)
        self.page.emulate_media(color_scheme="dark" if dark else "light")
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("requestfailed", lambda request: self._failed(request))
        self.page.on("response", self._response)
        self.page.on("request", self._request)
        self.page.goto(f"{served.address}/{query}")
        self.page.wait_for_selector(shown)

    def close(self) -> None:
        self.page.close(run_before_unload=True)  # which tells the server that the tab has gone

    def reload(self) -> None:
        """Load the page again."""
        self._leave(self.page.reload)

    def go_to(self, path: str) -> None:
        """Load another page of the server."""
        self._leave(lambda: self.page.goto(f"{self.served.address}{path}"))

    def _leave(self, load: Callable[[], object]) -> None:
        """Load a page in place of one that is whole; what that could no longer send as it went is no fault."""
        self.page.wait_for_load_state("networkidle")
        before = len(self.complaints)
        load()
        self.complaints[before:] = [one for one in self.complaints[before:] if one != "error: Cannot send"]

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, name: str) -> None:
        self.button(name).click()

    def month(self) -> int:
        return int(self.page.locator("[data-name=month]").inner_text())

    def pause(self) -> int:
        """Press Pause, and the month in which the server then stands still: the button says so at once."""
        self.press("Pause")
        self.wait_until_paused()
        return self.month()

    def wait_until_paused(self) -> None:
        said = "document.querySelector('.tm-bar [role=status]').textContent"
        self.page.wait_for_function(f"/^Paused in month \\d+$/.test({said})")

    def wait_for_month(self, month: int, run: str = "") -> None:
        """Wait until the last part of the page shows a month, of a run whose address holds a text; the others do by then."""
        of_run = f"[data-run*='{run}']" if run else ""
        self.page.wait_for_selector(f".tm-figures[data-month='{month}']{of_run}")

    def run_to_end(self) -> None:
        self.press("Run to end")
        self.wait_for_month(MONTHS)

    def number(self, name: str) -> float:
        """The value of a counter."""
        return float(self.page.locator(f"dd[data-name={name}]").get_attribute("data-value"))

    def headcounts(self) -> dict[str, int]:
        """Head-count by lab, as the pools are labelled."""
        spans = self.page.locator("tspan[data-lab]").all()
        return {one.get_attribute("data-lab"): int(one.text_content().replace(",", "")) for one in spans}

    def wait_for_headcounts(self, expected: Mapping[str, int]) -> None:
        """Wait until the pools are labelled so, and fail with what they say instead."""
        end = time.monotonic() + SLOWEST
        while (shown := self.headcounts()) != expected:
            assert time.monotonic() < end, f"{shown}, not {expected}"
            time.sleep(0.05)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(KNOWN_WARNINGS):
            self.complaints.append(f"{message.type}: {message.text}")

    def _failed(self, request: Any) -> None:
        # What is under way when a tab closes is broken off.
        if "/_solara/api/close" not in request.url:
            self.complaints.append(f"failed: {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.served.address, "data:", "blob:")):
            self.complaints.append(f"outside: {request.url}")
