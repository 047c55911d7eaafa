"""Work in a thread beside a tab's loop, so that its market can go on meanwhile.

Solara hands a new thread the tab of whoever starts it, and a thread that gets a tab which is just being closed ends before
it has begun. Whoever starts it then waits for ever; and as Python starts the threads of all pools under one lock, so does
every other tab. The threads here belong to no tab, and neither do those that are started in them.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from solara.server.kernel_context import without_context

Arguments = TypeVarTuple("Arguments")
R = TypeVar("R")
# Of all tabs; a thread is started when it is needed. Tabs that wait for their turn with many seeds hold one each.
POOL = ThreadPoolExecutor(max_workers=256, thread_name_prefix="beside")


async def beside(call: Callable[[*Arguments], R], *arguments: *Arguments) -> R:
    """What a call comes to that is made in a thread; its errors are raised here."""
    context = contextvars.copy_context()
    with without_context():
        future = POOL.submit(context.run, lambda: call(*arguments))
    return await asyncio.wrap_future(future)
