"""Compiles the rules, and keeps what was compiled for the next start.

Numba notices an edit in the file of a compiled function, but not in the files of the functions it calls. So the
cache folder carries a digest of the whole engine's source: another source, another folder, never stale code.
With NUMBA_DISABLE_JIT=1 the same source runs as plain Python.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np

Function = TypeVar("Function", bound=Callable[..., Any])


def source_digest() -> str:
    """A digest of the engine's source code, of where it lies, and of the versions whose compiled code cannot be shared.

    Numba looks for compiled code by the place of its source: that of another checkout is none of ours.
    """
    engine = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256(f"{engine} {numba.__version__} {np.__version__} {sys.version_info[:2]}".encode())
    for path in sorted(engine.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where compiled code is kept: NUMBA_CACHE_DIR if set, else the user's cache folder."""
    if chosen := os.environ.get("NUMBA_CACHE_DIR"):
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "talentmarket" / source_digest()


CACHE_FOLDER = cache_folder()

# The rules allocate no arrays, and whoever runs a market holds it meanwhile: without Numba's reference counts
# (`_nrt`), which are atomic and cost more than the rules themselves, a month takes half the time.
OPTIONS: Any = {"cache": True, "nogil": True, "no_cfunc_wrapper": True, "_nrt": False, "error_model": "numpy"}


def _compile(function: Function, inline: bool) -> Function:
    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(CACHE_FOLDER)
    try:
        return cast("Function", numba.njit(forceinline=inline, **OPTIONS)(function))
    finally:
        config.CACHE_DIR = before


def compiled(function: Function) -> Function:
    """Compile on first call for the argument types met, without the interpreter lock, and cache it on disk."""
    return _compile(function, inline=False)


def inlined(function: Function) -> Function:
    """As `compiled`, and woven into its callers: for what is called millions of times with a whole market in hand."""
    return _compile(function, inline=True)
