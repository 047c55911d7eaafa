"""Where things are kept from one start to the next; where nothing can be kept, a temporary folder, and a line that says so."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from platformdirs import user_cache_path, user_config_path

from talentmarket.errors import InputError

UNUSED = 60 * 24 * 3600.0  # seconds


def is_writable(folder: Path) -> bool:
    """Whether files can be put into a folder, which need not be there yet."""
    try:
        there = next(place for place in (folder, *folder.parents) if place.exists())
    except (OSError, StopIteration):
        return False
    return folder.is_absolute() and there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def cache_folder(key: str) -> Path:
    """Where what is computed once is kept under a key: below NUMBA_CACHE_DIR if it is set, else in the user's cache folder."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    base = Path(chosen).absolute() / "talentmarket" if chosen else user_cache_path("talentmarket", appauthor=False)
    return (base if is_writable(base) else temporary_folder(base, "NUMBA_CACHE_DIR")) / key


def forget_unused(kept: Path) -> None:
    """Give up what other versions have left beside a folder of the cache, if nothing of it was used for two months."""
    before = time.time() - UNUSED
    for folder in kept.parent.glob(f"{'[0-9a-f]' * len(kept.name)}"):
        try:
            # That a folder is looked into, as here, is no use of it, but that a file is read.
            files = [each.stat() for each in folder.rglob("*") if each.is_file()]
            used = max([folder.stat().st_mtime, *(max(each.st_atime, each.st_mtime) for each in files)])
        except OSError:  # another process is at it
            continue
        if folder != kept and used < before:
            shutil.rmtree(folder, ignore_errors=True)


def prepare_matplotlib() -> None:
    """Give matplotlib, before it is imported, a folder for its list of fonts where its own cannot be written."""
    if "MPLCONFIGDIR" in os.environ or "matplotlib" in sys.modules:
        return
    if sys.platform.startswith(("linux", "freebsd")):
        own = [user_config_path("matplotlib"), user_cache_path("matplotlib")]
    else:
        own = [Path("~/.matplotlib").expanduser()]
    for folder in own:
        if not is_writable(folder):
            os.environ["MPLCONFIGDIR"] = str(temporary_folder(folder, "MPLCONFIGDIR"))


@cache
def _temporary() -> Path:
    try:
        folder = Path(tempfile.mkdtemp(prefix="talentmarket-"))
    except OSError as error:
        raise InputError(
            f"neither the cache folder nor a temporary one can be written ({error.strerror or error}); set "
            "NUMBA_CACHE_DIR and MPLCONFIGDIR to folders that can"
        ) from error
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def temporary_folder(unwritable: Path, variable: str) -> Path:
    """A folder that is gone when the process ends; the first time, a line on standard error says why."""
    first = not _temporary.cache_info().currsize
    folder = _temporary()
    if first:
        print(
            f"{unwritable} cannot be written: what is compiled lasts only until the end; {variable} can name another "
            "folder.",
            file=sys.stderr,
        )
    return folder
