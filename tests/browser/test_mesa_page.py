"""The views in Mesa's own page: the example of docs/, with whatever Mesa is installed."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import CHROMIUM, Served, Visit, serving

import talentmarket as tm

EXAMPLE = Path(__file__).resolve().parents[2] / "docs/examples/mesa_page.py"
OPTIONS = ["--no-open", "--production", "--no-check-version", "--host", "127.0.0.1"]
SETTINGS = {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false", "PYTHONUNBUFFERED": "1"}
STEPPED = "[...document.querySelectorAll('.tm-figures')].every(e => e.dataset.month === '{month}')"

pytest.importorskip("altair", reason="Mesa's own page needs altair")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def mesa_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The example, served as its first line says."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    headcounts_of(1)  # the engine is compiled before anyone waits for it
    log = tmp_path_factory.mktemp("mesa") / "log.txt"
    command = [sys.executable, "-m", "solara", "run", str(EXAMPLE), "--port", str(free_port()), *OPTIONS]
    with serving(command, log, **SETTINGS) as page:
        yield page


@pytest.fixture
def mesa_visit(mesa_page: Served, chromium: object) -> Iterator[Visit]:
    """A visitor's tab; afterwards nothing may have gone wrong in it."""
    one = Visit(mesa_page, chromium, shown=".tm-figures")
    one.page.wait_for_selector("tspan[data-lab]")
    yield one
    one.close()
    assert one.complaints == []


def wait_for_step(visit: Visit, month: int) -> None:
    """Wait until the pools and every chart show a month."""
    visit.page.wait_for_function(STEPPED.format(month=month))


def step(visit: Visit, months: int) -> None:
    """Press Mesa's Step so many times."""
    for month in range(1, months + 1):
        visit.press("Step")
        wait_for_step(visit, month)


def headcounts_of(months: int, seed: int | None = None) -> dict[str, int]:
    model = tm.TalentMarket(tm.load("meta_raid"), seed)
    for _ in range(months):
        model.step()
    return {lab.name: lab.headcount for lab in model.agents}


def test_mesas_step_moves_the_pools_and_its_reset_brings_the_same_scenario_back(mesa_visit: Visit) -> None:
    page = mesa_visit.page
    assert mesa_visit.headcounts() == headcounts_of(0)
    page.wait_for_selector(".tm-target-list >> text=begins in month 3")
    step(mesa_visit, 5)
    mesa_visit.wait_for_headcounts(headcounts_of(5))
    page.wait_for_selector("dd[data-name=started]:not([data-value='0'])")
    page.wait_for_selector(".tm-target-list td.rank")
    mesa_visit.press("Reset")
    wait_for_step(mesa_visit, 0)
    page.wait_for_selector(".tm-target-list >> text=begins in month 3")
    page.wait_for_selector("dd[data-name=started][data-value='0']")
    mesa_visit.wait_for_headcounts(headcounts_of(0))
    step(mesa_visit, 4)
    mesa_visit.wait_for_headcounts(headcounts_of(4))


def test_the_seed_is_a_parameter_of_mesas_page(mesa_visit: Visit) -> None:
    slider = mesa_visit.page.get_by_role("slider").last
    slider.focus()
    slider.press("ArrowRight")
    mesa_visit.page.wait_for_timeout(1500)
    mesa_visit.press("Reset")
    mesa_visit.page.wait_for_timeout(1500)
    seed = tm.load("meta_raid").run.seed + 1
    assert headcounts_of(3, seed) != headcounts_of(3)
    step(mesa_visit, 3)
    mesa_visit.wait_for_headcounts(headcounts_of(3, seed))


def test_two_visitors_of_mesas_page_have_a_model_each(mesa_visit: Visit, mesa_page: Served, chromium: object) -> None:
    step(mesa_visit, 2)
    other = Visit(mesa_page, chromium, shown=".tm-figures")
    wait_for_step(other, 0)
    other.close()
    wait_for_step(mesa_visit, 2)
    assert other.complaints == []
