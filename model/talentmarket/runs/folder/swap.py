"""Hidden folders beside a run folder, in which it is built (`new`) or set aside for a moment (`old`).

Only the process that holds the lock of the run folder touches them; what it finds there, a dead one has left.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

Role = Literal["new", "old"]


def sibling(target: Path, role: Role) -> Path:
    """The folder beside `target` that has this role for it."""
    return target.with_name(f".{target.name}.{role}")


def _discard(old: Path, target: Path, own: frozenset[str]) -> None:
    """Delete a run folder that was set aside; what its owner had put into it moves on to `target`."""
    for path in old.iterdir():
        if path.name not in own and not (target / path.name).exists():
            path.rename(target / path.name)
    shutil.rmtree(old, ignore_errors=True)


def recover(target: Path, own: frozenset[str]) -> None:
    """Finish a swap: put back a run folder that was set aside, or delete it if another has taken its place.

    Parameters
    ----------
    own
        Names that talentmarket itself writes into a run folder; nothing else is deleted.
    """
    old = sibling(target, "old")
    if not old.exists():
        return
    if target.exists():
        _discard(old, target, own)
    else:
        old.rename(target)
