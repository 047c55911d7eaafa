"""Compiles the rules, and keeps what was compiled for the next start.

Numba notices an edit in the file of a compiled function, but not in the files of the functions it calls. So the
cache folder carries a digest of the whole engine's source: another source, another folder, never stale code.
With NUMBA_DISABLE_JIT=1 the same source runs as plain Python.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np

from talentmarket.caches import cache_folder
from talentmarket.market.numeric import linking

Function = TypeVar("Function", bound=Callable[..., Any])

PACKAGE = Path(__file__).resolve().parents[2]
ENGINE = ("market/**/*.py", "scenario/schema/*.py", "scenario/places/*.py")  # what decides the numbers of a market
DIGITS = 16


@cache
def source_digest(package: Path = PACKAGE) -> str:
    """A digest of what the engine's source says, wherever it lies: equal ones compute the same numbers."""
    digest = hashlib.sha256()
    files = {path.relative_to(package).as_posix(): path for pattern in ENGINE for path in package.glob(pattern)}
    for name, path in sorted(files.items()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:DIGITS]


def cache_key() -> str:
    """A digest of the engine's source, of where it lies, and of the versions whose compiled code cannot be shared.

    Numba looks for compiled code by the place of its source: that of another checkout is none of ours.
    """
    parts = (PACKAGE, source_digest(), numba.__version__, np.__version__, sys.version_info[:2])
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:DIGITS]


CACHE_FOLDER = cache_folder(cache_key())

# The rules allocate no arrays, and whoever runs a market holds it meanwhile: without Numba's reference counts
# (`_nrt`), which are atomic and cost more than the rules themselves, a month takes half the time.
OPTIONS: Any = {"nogil": True, "no_cfunc_wrapper": True, "_nrt": False, "error_model": "numpy"}


def _entry(function: Callable[..., Any]) -> Any:
    """What Python calls: with all rules it reaches, kept on disk."""
    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(CACHE_FOLDER)
    try:
        if linking.available():
            return linking.Entry(function, OPTIONS)
        return numba.njit(cache=True, **OPTIONS)(function)
    finally:
        config.CACHE_DIR = before


def _compile(function: Function, inline: bool) -> Function:
    if numba.config.DISABLE_JIT:
        return function
    options = {**OPTIONS, "forceinline": inline}
    if not linking.available():
        return cast("Function", numba.njit(**options)(function))
    return cast("Function", linking.Rule(function, options, _entry))


def compiled(function: Function) -> Function:
    """Compile on first call for the argument types met, without the interpreter lock; what Python calls is kept on disk."""
    return _compile(function, inline=False)


def inlined(function: Function) -> Function:
    """As `compiled`, and woven into its callers: for what is called millions of times with a whole market in hand."""
    return _compile(function, inline=True)
