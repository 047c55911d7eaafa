"""Rules are linked into what Python calls; where Numba has not what that needs, they are compiled as Numba does it."""

from __future__ import annotations

import llvmlite.binding as llvm
import numba
import numpy as np
import pytest
from numba.core import types

from talentmarket.market.numeric import compiled as compiling
from talentmarket.market.numeric import linking

pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")


def half(number):  # type: ignore[no-untyped-def]
    return number / 2


def test_this_version_of_numba_has_what_linking_needs() -> None:
    assert linking.available()


@pytest.mark.parametrize("linked", [True, False])
def test_a_rule_gives_the_same_with_and_without_linking(linked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "available", lambda: linked)
    inner = compiling.compiled(half)

    @compiling.compiled
    def outer(numbers):  # type: ignore[no-untyped-def]
        total = 0.0
        for number in numbers:
            total += inner(number) + inner(3)
        return total

    assert isinstance(outer, linking.Rule) == linked
    assert outer(np.array([1.0, 2.0])) == 4.5
    assert inner(5) == 2.5


def test_one_version_of_a_rule_serves_constants_and_numbers_of_any_width() -> None:
    inner = compiling.compiled(half)

    @compiling.compiled
    def outer(small, large):  # type: ignore[no-untyped-def]
        return inner(small[0]) + inner(large[0]) + inner(7)

    assert outer(np.array([4], dtype=np.uint16), np.array([6], dtype=np.int64)) == 8.5
    assert list(inner.overloads) == [(types.int64,)]


def test_a_rule_that_is_only_linked_has_no_code_of_its_own() -> None:
    inner = compiling.compiled(half)

    @compiling.compiled
    def outer(number):  # type: ignore[no-untyped-def]
        return inner(number)

    assert outer(2.0) == 1.0
    assert "entry" not in vars(inner)
    assert isinstance(next(iter(inner.overloads.values())).library, linking.RuleLibrary)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (types.uint16, types.int64),
        (types.IntegerLiteral(3), types.int64),
        (types.uint64, types.uint64),
        (types.float32, types.float32),
        (types.BooleanLiteral(True), types.boolean),
        (types.Tuple((types.int32, types.float64)), types.Tuple((types.int64, types.float64))),
    ],
)
def test_whole_numbers_become_wide_and_keep_their_value(given: types.Type, taken: types.Type) -> None:
    assert linking.wide(given) == taken


def test_what_python_calls_is_kept_as_machine_code_and_names_alone() -> None:
    inner = compiling.compiled(half)

    @compiling.compiled
    def outer(number):  # type: ignore[no-untyped-def]
        return inner(number)

    assert outer(2.0) == 1.0
    (whole,) = outer.entry.overloads.values()
    _, _, (machine_code, beside) = whole.library.serialize_using_object_code()
    kept = llvm.parse_bitcode(beside)
    assert machine_code
    assert whole.fndesc.llvm_cpython_wrapper_name in [one.name for one in kept.functions]
    assert all(len(list(block.instructions)) == 1 for one in kept.functions for block in one.blocks)
