"""The page in Debian's Chromium: served by a process of its own, watched for whatever goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from served import CHROMIUM, SMALL, Served, Visit, serving, view_command


@pytest.fixture(scope="session")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small raid with markup in every text."""
    file = tmp_path_factory.mktemp("scenario") / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def served(scenario: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page, started with the small raid at a free port, on a machine that is told to serve everyone."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    environment = {"HOST": "0.0.0.0", "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    log = tmp_path_factory.mktemp("served") / "log.txt"
    with serving(view_command(scenario), log, **environment, SOLARA_KERNEL_CULL_TIMEOUT="20s") as page:
        yield page


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One browser for all tests, which keeps what it has loaded; every visit is a tab and a session of its own."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_context(viewport={"width": 1440, "height": 900})
        browser.close()


@pytest.fixture
def visit(served: Served, chromium: object) -> Iterator[Visit]:
    """A visitor's tab with the page loaded; afterwards nothing may have gone wrong in it."""
    one = Visit(served, chromium)
    yield one
    one.close()
    assert one.complaints == []
