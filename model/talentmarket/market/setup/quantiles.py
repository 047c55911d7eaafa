"""Quantiles of the normal and of the Beta distribution, as SciPy computes them.

SciPy's import is a quarter of a second of every start, for numbers that depend on a few parameters alone. So those that
were computed are kept in the user's cache folder, each file with a digest of what it holds.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

import numpy as np

from talentmarket.caches import cache_folder

MOST_KEPT = 64  # files, those asked for last; a study may ask for thousands of distributions
DIGEST_BYTES = 32


def normal_quantile(probability: np.ndarray) -> np.ndarray:
    """Quantiles of the standard normal at some probabilities."""

    def compute() -> np.ndarray:
        from scipy.special import ndtri

        return np.asarray(ndtri(probability))

    return _kept("normal", (), probability, compute)


def beta_quantile(a: float, b: float, probability: np.ndarray) -> np.ndarray:
    """Quantiles of the Beta distribution of shapes `a` and `b` at some probabilities."""

    def compute() -> np.ndarray:
        from scipy.special import betaincinv

        return np.asarray(betaincinv(a, b, probability))

    return _kept("beta", (a, b), probability, compute)


def _kept(
    name: str, parameters: tuple[float, ...], probability: np.ndarray, compute: Callable[[], np.ndarray]
) -> np.ndarray:
    """Numbers of the shape of `probability`: what an earlier start left, or computed and left for the next."""
    asked = f"{name} {parameters} {_scipy_version()} ".encode() + probability.tobytes()
    path = cache_folder("quantiles") / hashlib.sha256(asked).hexdigest()
    found = _read(path)
    if found is None or found.size != probability.size:
        found = compute()
        _write(path, found)
    return found.reshape(probability.shape)


@cache
def _scipy_version() -> str:
    return metadata.version("scipy")


def _read(path: Path) -> np.ndarray | None:
    """What a file holds, unless it is missing or damaged."""
    with suppress(OSError):
        content = path.read_bytes()
        numbers = content[DIGEST_BYTES:]
        if hashlib.sha256(numbers).digest() == content[:DIGEST_BYTES]:
            with suppress(OSError):
                os.utime(path)
            return np.frombuffer(numbers)
    return None


def _write(path: Path, numbers: np.ndarray) -> None:
    """Keep numbers in place of those not asked for longest; a disk that takes nothing costs only time."""
    content = numbers.tobytes()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = sorted(path.parent.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        for old in kept[: max(0, len(kept) + 1 - MOST_KEPT)]:
            old.unlink(missing_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(content).digest() + content)
            Path(draft).replace(path)
        except OSError:
            Path(draft).unlink(missing_ok=True)
