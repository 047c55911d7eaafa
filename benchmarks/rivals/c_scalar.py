"""A C program, built with `gcc -O3 -march=native`: what the machine can do with this model on a stream of draws."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.poaching import Poaching, Record, first_people

NAME = "C scalar"
SOURCE = Path(__file__).with_name("poach.c")
MOST_LABS = 16
PERSON = np.dtype([("money", "f4"), ("mission", "f4"), ("pay", "f8"), ("lab", "i4")], align=True)


class _Market(ctypes.Structure):
    _fields_ = (
        ("people", ctypes.c_int64),
        ("labs", ctypes.c_int64),
        ("months", ctypes.c_int64),
        ("state", ctypes.c_uint64 * 4),
        ("rates", ctypes.c_double * MOST_LABS),
        ("premium_mu", ctypes.c_double),
        ("premium_sigma", ctypes.c_double),
        ("size", ctypes.c_double),
        ("staying", ctypes.c_double),
        ("growth", ctypes.c_double),
        ("fit", ctypes.c_double * (MOST_LABS * MOST_LABS)),
    )


@cache
def library() -> ctypes.CDLL:
    """The compiled program; built once for each state of its source.

    Raises
    ------
    ImportError
        If there is no gcc.
    """
    compiler = shutil.which("gcc")
    if compiler is None:
        raise ImportError("no gcc to build it with")
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]
    built = Path(tempfile.gettempdir()) / f"poach-bench-{os.getuid()}-{digest}.so"
    if not built.exists():
        unfinished = built.with_suffix(f".{os.getpid()}")
        command = [compiler, "-O3", "-march=native", "-fno-math-errno", "-shared", "-fPIC", "-o", unfinished, SOURCE]
        subprocess.run([*command, "-lm"], check=True)
        unfinished.replace(built)
    return ctypes.CDLL(str(built))


def _pointer(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def _structure(market: Poaching) -> _Market:
    numbers = _Market(market.people, market.labs, market.months)
    for name in ("premium_mu", "premium_sigma", "size", "staying", "growth"):
        setattr(numbers, name, getattr(market, name))
    numbers.state[:] = [int(word) for word in np.random.SeedSequence(market.seed).generate_state(4, np.uint64)]
    numbers.rates[: market.labs] = list(market.rates)
    numbers.fit[: market.labs**2] = list(market.fit.ravel())
    return numbers


def prepare(market: Poaching) -> Callable[[], Record]:
    """Set a market up; what is returned runs its months."""
    drawn = first_people(market, np.random.default_rng(market.seed))
    people = np.zeros(market.people, PERSON)
    people["money"] = market.money * (1.0 - drawn.loyalty)
    people["mission"] = market.mission * drawn.loyalty
    people["pay"], people["lab"] = drawn.pay, drawn.lab
    headcounts = market.headcounts.astype(np.int64)
    first_paid = np.bincount(drawn.lab, drawn.pay, market.labs)
    shape = (market.months, market.labs)
    headcount, paid, flows = np.zeros(shape, np.int64), np.zeros(shape), np.zeros((*shape, market.labs), np.int64)
    numbers, program = _structure(market), library()

    def run() -> Record:
        arrays = (people, headcounts, first_paid, headcount, paid, flows)
        program.run(ctypes.byref(numbers), *map(_pointer, arrays))
        return Record(headcount, paid / headcount, flows)

    return run
