"""Work beside a tab's loop, also of a tab that is just being closed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from talentmarket.page.background.beside import beside

# In a process of its own: were the thread to belong to the tab, nobody could start one any more, nor end Python.
CLOSING = """
import asyncio, sys, threading
import solara.server.app
from solara.server import kernel, kernel_context
from talentmarket.page.background.beside import beside
from talentmarket.page.serving.memory import Memory

tab = kernel_context.VirtualKernelContext(id="a tab", kernel=kernel.Kernel(), session_id="of somebody")

async def work():
    with kernel_context.without_context():
        closing = threading.Thread(target=tab.close)
        closing.start()
    closing.join()
    kernel_context.set_current_context(tab)  # as it is for the moment before its threads are told
    print(await beside(threading.current_thread), kernel_context.get_current_context() is tab)

def loop_of_the_tab():
    with tab:
        asyncio.run(work())

with tab:
    server = Memory()
    server.give_back_soon()
    print(server._due.current_context)

with kernel_context.without_context():
    running = threading.Thread(target=loop_of_the_tab, daemon=True)
    running.start()
running.join()
"""


def test_it_begins_though_the_tab_is_closing() -> None:
    done = subprocess.run([sys.executable, "-c", CLOSING], capture_output=True, text=True, timeout=300, check=False)
    assert done.stderr == ""
    givers_tab, worker = done.stdout.splitlines()
    assert givers_tab == "None"  # or the memory of the tab would be kept until the next one leaves
    assert worker.startswith("<Thread(beside_0, ")
    assert worker.endswith(" True")


def test_errors_and_what_is_given_arrive() -> None:
    def refused(what: str, why: str) -> None:
        raise ValueError(f"{what}: {why}")

    async def tried() -> None:
        with pytest.raises(ValueError, match="this: because"):
            await beside(refused, "this", "because")
        assert await beside(threading.get_ident) != threading.get_ident()

    with ThreadPoolExecutor(1) as pool:  # a loop of its own, beside whatever loop another test has left running
        pool.submit(asyncio.run, tried()).result(timeout=300)
