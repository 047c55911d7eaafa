"""One process at a time on a run folder: a lock file beside it that says who holds it.

The operating system ends the lock with the process that held it, however that process ended: a lock file that a dead
one left behind holds nobody up. Where there are no such locks (Windows, some network file systems) nobody waits.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from talentmarket.errors import RunFolderError


def lock_file(target: Path) -> Path:
    """Where the lock of a run folder stands while a process writes the folder."""
    return target.with_name(f".{target.name}.lock")


def _take(stream: TextIO) -> bool:
    """Lock an open file, or return False if another process has."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # this file system knows no locks
    return True


def _is_still_there(stream: TextIO, path: Path) -> bool:
    """Whether an open file is the one of that path, and not one that its owner has deleted since it was opened."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _opened(target: Path) -> TextIO:
    """The lock file, locked."""
    path = lock_file(target)
    while True:
        stream = path.open("a+", encoding="utf-8")
        if not _take(stream):
            with stream:
                stream.seek(0)
                holder = stream.read().strip() or "another process"
            raise RunFolderError(f"{target}: {holder} is writing this run folder; wait for it, or choose another name")
        if _is_still_there(stream, path):
            return stream
        stream.close()


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep other processes from writing a run folder.

    Raises
    ------
    RunFolderError
        If one is writing it now; the message says which, on which machine.
    OSError
        If the lock file cannot be written.
    """
    with _opened(target) as stream:
        stream.truncate(0)
        stream.write(f"process {os.getpid()} on {socket.gethostname()}")
        stream.flush()
        try:
            yield
        finally:
            # Deleted while it is still locked: whoever opened it meanwhile finds it gone and opens a new one.
            if sys.platform != "win32":
                lock_file(target).unlink(missing_ok=True)
