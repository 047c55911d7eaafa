"""One process at a time on a folder: a lock file beside it that says who holds it.

The operating system ends the lock with the process that held it, however that process ended: a lock file that a dead
one left behind holds nobody up. Where a file system knows no locks nobody waits.
"""

from __future__ import annotations

import errno
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from talentmarket.errors import RunFolderError

NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP}
HOLDER = 1  # where the holder's name begins: Windows locks the first byte against reading


def lock_file(target: Path) -> Path:
    """Where the lock of a folder stands while a process writes the folder."""
    return target.with_name(f".{target.name}.lock")


def _holder(path: Path) -> str:
    try:
        with path.open("rb", buffering=0) as stream:
            stream.seek(HOLDER)
            return stream.read(200).decode(errors="replace").strip() or "another process"
    except OSError:
        return "another process"


def _sign(path: Path) -> None:
    with path.open("r+b", buffering=0) as stream:
        stream.write(b"\n" if os.name != "nt" else b"")
        stream.seek(HOLDER)
        stream.write(f"process {os.getpid()} on {socket.gethostname()}\n".encode())
        stream.truncate()


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep other processes from writing a folder.

    Raises
    ------
    RunFolderError
        If one is writing it now; the message says which, on which machine. Also if the lock file is a link, or no file.
    OSError
        If the lock file cannot be written.
    """
    path = lock_file(target)
    with suppress(FileNotFoundError):  # looked at once: whoever holds it may take it away meanwhile
        if not stat.S_ISREG(path.lstat().st_mode):
            raise RunFolderError(f"{path}: is no ordinary file, so no lock that talentmarket left; take it away")
    lock = FileLock(path, timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise RunFolderError(
            f"{target}: {_holder(path)} is writing this folder; wait for it, or choose another name"
        ) from None
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
        yield
        return
    try:
        _sign(path)
        yield
    finally:
        # Deleted while it is still locked: whoever opened it meanwhile finds it gone and makes a new one.
        with suppress(OSError):
            path.unlink()
        lock.release()
