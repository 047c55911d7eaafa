"""Many visitors at once, and visitors who go."""

from __future__ import annotations

import json
import time
import urllib.request

from served import SLOWEST, Served, Visit

VISITORS = 5


def sessions(served: Served) -> int:
    """How many tabs the page holds a market for."""
    with urllib.request.urlopen(f"{served.address}/resourcez", timeout=SLOWEST) as answer:
        return json.load(answer)["kernels"]["total"]


def wait_for_sessions(served: Served, count: int) -> None:
    """Wait until it holds so many; a market whose tab has gone without a word ends after two minutes."""
    end = time.monotonic() + 180
    while sessions(served) != count and time.monotonic() < end:
        time.sleep(0.1)
    assert sessions(served) == count


def test_a_tab_that_closes_while_playing_takes_its_market_along(served: Served, chromium) -> None:
    wait_for_sessions(served, 0)  # those of other tests end
    one = Visit(served, chromium)
    assert sessions(served) == 1
    one.page.get_by_label("Months a second").select_option("1")
    one.press("Play")
    one.button("Pause").wait_for()
    one.page.close(run_before_unload=True)
    wait_for_sessions(served, 0)
    assert one.complaints == []


def test_visitors_at_once_play_their_own_markets(served: Served, chromium) -> None:
    visits = [Visit(served, chromium, f"?seed={seed}") for seed in range(VISITORS)]
    for one in visits:
        one.press("Run to end")
    shown = []
    for one in visits:
        one.wait_for_month(36)
        shown.append((one.number("between"), one.number("left"), *one.headcounts().values()))
    assert len(set(shown)) == VISITORS
    for one in visits:
        one.close()
        assert one.complaints == []
