"""The line between a tab and its server: slow, broken off, and begun again; and the way back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from served import MONTHS, SLOWEST, SMALL, Served, Visit

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # 400 kbit/s
MONTH = "Number(document.querySelector('[data-name=month]').textContent)"


def test_pause_on_a_slow_line_stops_where_it_is(visit: Visit) -> None:
    visit.page.get_by_label("Months a second").select_option("24")
    line = visit.page.context.new_cdp_session(visit.page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    visit.press("Play")
    visit.page.wait_for_function(f"{MONTH} >= 3")
    at = visit.page.evaluate(f"() => {{ document.querySelector('.tm-buttons .main').click(); return {MONTH}; }}")
    visit.wait_until_paused()
    assert at <= visit.month() <= at + 2  # one or two may have been on their way
    line.send(
        "Network.emulateNetworkConditions", SLOW | {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    )
    visit.press("Step")
    visit.page.wait_for_function(f"{MONTH} <= {at + 3}")


def test_back_and_forward_lead_from_view_to_view(visit: Visit) -> None:
    visit.press("Step")
    visit.wait_for_month(1)
    visit.page.get_by_role("tab", name="Compare").click()
    visit.page.wait_for_selector(".tm-sides")
    visit.page.wait_for_function("location.search.includes('tab=compare')")
    visit.press("Step")
    visit.wait_for_month(2)
    visit.page.get_by_role("tab", name="Market").click()
    visit.page.wait_for_function("!location.search.includes('tab=compare')")
    visit.page.get_by_label("Scenario").select_option("baseline")
    visit.wait_for_month(0, "scenario=baseline")
    visit.page.wait_for_function("location.search.includes('scenario=baseline')")
    visit.page.go_back()
    visit.wait_for_month(2, "scenario=file")
    visit.page.go_back()
    visit.page.wait_for_selector(".tm-sides")
    visit.page.go_back()
    visit.page.wait_for_selector(".tm-sliders")
    assert visit.month() == 2  # time does not run backwards
    visit.page.go_forward()
    visit.page.wait_for_selector(".tm-sides")


def test_who_goes_back_while_the_market_plays_can_go_forward_again(visit: Visit) -> None:
    """What the server had sent before it heard of it is no answer to it."""
    visit.page.get_by_role("tab", name="Compare").click()
    visit.page.wait_for_selector(".tm-sides")
    visit.page.wait_for_function("location.search.includes('tab=compare')")
    visit.page.get_by_label("Months a second").select_option("8")
    visit.press("Play")
    visit.page.wait_for_function(f"{MONTH} >= 3")
    visit.page.go_back()
    visit.page.wait_for_selector(".tm-sliders")
    visit.page.go_forward()
    visit.page.wait_for_selector(".tm-sides")
    visit.page.wait_for_function(f"{MONTH} === {MONTHS}")
    visit.page.go_back()
    visit.page.wait_for_selector(".tm-sliders")
    assert visit.page.evaluate("new URLSearchParams(location.search).get('tab')") is None


def test_a_server_that_starts_again_is_found_by_its_tabs(tmp_path: Path, chromium) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    first = started(file, 0, tmp_path)
    visit = Visit(first, chromium)
    try:
        visit.press("Step")
        visit.wait_for_month(1)
        visit.page.wait_for_function("location.search.includes('month=1')")
        ended(first)
        visit.page.evaluate("window.before = true")
        first = started(file, first.port, tmp_path)
        visit.page.wait_for_function("window.before === undefined")
        visit.wait_for_month(1)
        visit.press("Step")
        visit.wait_for_month(2)
    finally:
        visit.close()
        ended(first)


def started(file: Path, port: int, folder: Path) -> Served:
    """The page, served by a process of its own."""
    log = folder / f"log{port}.txt"
    code = "from talentmarket.cli import main; main()"
    command = [sys.executable, "-c", code, "view", str(file), "--port", str(port), "--no-open"]
    with log.open("w", encoding="utf-8") as output:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment)
    page = Served.found(process, log)
    page.wait_until_ready()
    return page


def ended(page: Served) -> None:
    page.process.terminate()
    page.process.wait(timeout=SLOWEST)


def test_a_file_that_has_become_wrong_is_said_with_ways_out(served: Served, scenario: Path, chromium) -> None:
    text = scenario.read_text(encoding="utf-8")
    try:
        scenario.write_text(text.replace("engage = 0.9", "engage = 9.0"), encoding="utf-8")
        lost = Visit(served, chromium, shown=".tm-failure")
        assert "engage is 9, but must be" in lost.page.get_by_role("alert").inner_text().replace("9.0", "9")
    finally:
        scenario.write_text(text, encoding="utf-8")
    lost.press("Try again")
    lost.page.wait_for_selector(".tm-clock")
    lost.close()
    assert lost.complaints == []
