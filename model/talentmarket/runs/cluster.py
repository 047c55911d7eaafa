"""Workers of a Dask cluster: processes of this machine, or of others whose connection is encrypted on both sides.

Calls and what comes of them travel as pickles, which may do anything where they are read. So a scheduler is reached on this
machine or by TLS with certificates of both sides (Dask's own settings `distributed.comm.tls`), and by nothing else. Every
worker has the engine of this process or is refused: another one gives other numbers.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from talentmarket.errors import InputError, WorkerDiedError
from talentmarket.runs.folder.provenance import ENGINE, code_versions
from talentmarket.runs.workers import Reply

Result = TypeVar("Result", covariant=True)

PATIENCE = 30  # seconds for a scheduler to answer, and for its first worker
LOOK = 15  # seconds without a result after which somebody looks whether the workers are still there
ALONE = 600  # seconds without any worker after which one is no longer waited for
MOST_LOCAL = 1024
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
FORMS = "local:8 (that many processes of this machine) or tls://host:8786"


class _Reply:
    """What will have come of a call on the cluster."""

    def __init__(self, future: Any, address: str, look_after: Callable[[], None]) -> None:
        self._future = future
        self._address = address
        self._look_after = look_after

    def result(self) -> Any:
        from distributed import CancelledError, KilledWorker
        from distributed.comm.core import CommClosedError

        try:
            while True:
                try:
                    return self._future.result(timeout=LOOK)
                except TimeoutError:
                    if self._future.done():  # what came of it was still on its way
                        return self._future.result()
                    self._look_after()
        except KilledWorker as error:
            raise WorkerDiedError(f"every worker that tried has died ({error.last_worker.address} the last)") from error
        except (CancelledError, CommClosedError, TimeoutError) as error:
            raise InputError(
                f"the scheduler at {self._address} is gone; what is finished is kept, the same command goes on with the rest"
            ) from error

    def cancel(self) -> None:
        self._future.cancel()


class Cluster:
    """The workers of a scheduler.

    Parameters
    ----------
    client
        Dask's.
    started
        The scheduler and workers that were started for it, and end with it; None for those that were there.
    """

    def __init__(self, client: Any, started: Any = None) -> None:
        self._client = client
        self._started = started
        self._wanted = len(started.workers) if started is not None else 1
        self._short_since: float | None = None  # when a look first found fewer
        self._address = str(client.scheduler.address)

    @property
    def width(self) -> int:
        """How many calls run at the same time, now."""
        return max(1, sum(self._client.nthreads().values()))

    def submit(self, function: Callable[..., Result], *arguments: object) -> Reply[Result]:
        """Run a function on one of the workers."""
        return _Reply(self._client.submit(function, *arguments, pure=False), self._address, self._look_after)

    def _look_after(self) -> None:
        """Replace workers that are lost for good, or give up where they are not ours to start.

        Dask starts a worker again that dies, but not one that dies as it starts: without others the calls would wait for ever.
        """
        there, now = len(self._client.nthreads()), time.monotonic()
        if there >= self._wanted:
            self._short_since = None
            return
        self._short_since = self._short_since or now
        if self._started is not None and now - self._short_since > PATIENCE:
            self._started.scale(len(self._started.worker_spec) + self._wanted - there)
            self._short_since = None
        elif self._started is None and now - self._short_since > ALONE:
            raise InputError(
                f"no worker has been at {self._address} for {ALONE // 60} minutes; what is finished is kept, the same command"
                " goes on with the rest"
            )

    def close(self) -> None:
        """Give up what is under way; what was started here ends."""
        self._client.close()
        if self._started is not None:
            self._started.close()


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """The workers at an address, all of them with this engine; at the end nothing of it is left running.

    Raises
    ------
    InputError
        If Dask is not installed, the address is none or not protected, nobody answers there, or a worker has another engine.
    """
    try:
        import distributed
    except ModuleNotFoundError as error:
        raise InputError('--cluster needs Dask: pip install "talentmarket[cluster]"') from error
    ours = _connected(distributed, address)
    try:
        _make_ready(ours, address)
        yield ours
    finally:
        ours.close()


def _connected(distributed: Any, address: str) -> Cluster:
    if local := re.fullmatch(r"local:([0-9]{1,4})", address):
        return _started(distributed, int(local[1]))
    form = re.fullmatch(r"(tls|tcp)://(\[[0-9a-fA-F:]+\]|[^:/\s]+):([0-9]{1,5})", address)
    if form is None:
        raise InputError(f"--cluster {address}: an address is {FORMS}")
    if form[1] == "tcp" and form[2] not in LOOPBACK:
        raise InputError(
            f"--cluster {address}: plain tcp to another machine is refused, as whoever reaches it could run programs on both;"
            " use tls:// with certificates (distributed.comm.tls in Dask's settings)"
        )
    try:
        security = distributed.Security(require_encryption=True) if form[1] == "tls" else None
        return Cluster(distributed.Client(address, security=security, timeout=PATIENCE, set_as_default=False))
    except (OSError, TimeoutError, TypeError, ValueError, RuntimeError) as error:
        raise InputError(f"--cluster {address}: no scheduler can be reached there: {_in_a_line(error)}") from error


def _started(distributed: Any, processes: int) -> Cluster:
    if not 1 <= processes <= MOST_LOCAL:
        raise InputError(f"--cluster local:{processes}: from 1 to {MOST_LOCAL} processes can be started")
    import dask

    settings: dict[str, Any] = {f"distributed.{each}.http.routes": [] for each in ("scheduler", "worker")}
    # A worker has the one call that it runs: whatever else waited at one that dies would be suspected with it.
    settings["distributed.scheduler.worker-saturation"] = 1.0
    with dask.config.set(settings):
        started = distributed.LocalCluster(
            n_workers=processes,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs="CRITICAL",
        )
    return Cluster(distributed.Client(started, set_as_default=False), started)


def _make_ready(ours: Cluster, address: str) -> None:
    """Wait for a worker, and let each compare and compile its engine."""
    from talentmarket.runs.same_engine import SameEngine

    try:
        ours._client.wait_for_workers(1, timeout=PATIENCE)
        ours._client.register_plugin(SameEngine({name: code_versions()[name] for name in ENGINE}))
    except TimeoutError as error:
        raise InputError(f"--cluster {address}: no worker came within {PATIENCE} seconds") from error
    except InputError as error:
        raise InputError(f"--cluster {address}: {error}") from error
    except (ImportError, AttributeError) as error:
        raise InputError(
            f"--cluster {address}: a worker cannot load this talentmarket: {_in_a_line(error)}; install the same one there"
        ) from error


def _in_a_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
