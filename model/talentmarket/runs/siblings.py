"""Hidden folders beside a run folder, in which it is built (`new`) or set aside for a moment (`old`).

Their names say which process made them, so that those of dead processes can be found and those of living ones are
left alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
from pathlib import Path
from typing import Literal
from uuid import uuid4

import psutil

Role = Literal["new", "old"]

# The start of a process is rounded and shifts a little when the clock is set.
SECONDS_OF_DOUBT = 2


def _host() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def sibling(target: Path, role: Role) -> Path:
    """A name beside `target` that no other process and no other call uses."""
    born = int(psutil.Process().create_time())
    return target.with_name(f".{target.name}.{_host()}-{os.getpid()}-{born}-{uuid4().hex[:8]}.{role}")


def _is_alive(pid: int, born: int) -> bool:
    try:
        return abs(psutil.Process(pid).create_time() - born) <= SECONDS_OF_DOUBT
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def abandoned(target: Path, role: Role) -> list[Path]:
    """Siblings of `target` whose process on this machine is dead; those of other machines are not judged."""
    pattern = re.compile(rf"\.{re.escape(target.name)}\.{_host()}-(\d+)-(\d+)-[0-9a-f]{{8}}\.{role}")
    found = []
    for path in sorted(target.parent.iterdir()) if target.parent.is_dir() else []:
        match = pattern.fullmatch(path.name)
        if match and not _is_alive(int(match[1]), int(match[2])):
            found.append(path)
    return found


def discard(old: Path, target: Path, own: frozenset[str]) -> None:
    """Delete a run folder that was set aside; what its owner had put into it moves on to `target`.

    Parameters
    ----------
    own
        Names that talentmarket itself writes into a run folder; nothing else is deleted.
    """
    for path in old.iterdir():
        if path.name not in own and not (target / path.name).exists():
            path.rename(target / path.name)
    shutil.rmtree(old, ignore_errors=True)


def recover(target: Path, own: frozenset[str]) -> None:
    """Tidy up after processes that died: put back a run folder that one had set aside, delete what it was building."""
    for old in abandoned(target, "old"):
        if target.exists():
            discard(old, target, own)
        else:
            old.rename(target)
    for new in abandoned(target, "new"):
        shutil.rmtree(new, ignore_errors=True)
