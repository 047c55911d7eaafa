"""What the server gives back when its visitors leave."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from talentmarket.page.serving import memory
from talentmarket.page.serving.memory import Memory, give_back


class Tab:
    """What holds itself, as a tab does, so that only Python's collector finds it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def by_hand() -> Iterator[None]:
    """Python does not collect by itself meanwhile."""
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


def gone_tab() -> weakref.ref[Tab]:
    return weakref.ref(Tab())


def test_a_tab_that_holds_itself_is_collected() -> None:
    gone = gone_tab()
    assert gone() is not None
    give_back()
    assert gone() is None


def test_what_the_server_keeps_is_not_looked_through_and_later_tabs_are() -> None:
    before = gone_tab()
    kept, own = Memory(), Tab()
    kept.keep()
    assert before() is None
    assert gc.get_freeze_count() > 0
    assert all(one is not own for one in gc.get_objects())
    gone = gone_tab()
    give_back()
    assert gone() is None


def test_tabs_that_close_together_are_collected_together(monkeypatch: pytest.MonkeyPatch) -> None:
    collected, calls = threading.Event(), []

    def noted() -> None:
        calls.append(threading.current_thread())
        collected.set()

    monkeypatch.setattr(memory, "give_back", noted)
    monkeypatch.setattr(memory, "SETTLED", 3.0)
    server = Memory()
    for _ in range(5):
        server.give_back_soon()
    last = server._due
    assert collected.wait(120)
    assert last is not None
    last.join(120)
    assert len(calls) == 1
    assert calls[0] is not threading.main_thread()  # the page's own loop goes on


def test_a_machine_whose_c_library_cannot_trim_collects_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _: object())
    gone = gone_tab()
    give_back()
    assert gone() is None
