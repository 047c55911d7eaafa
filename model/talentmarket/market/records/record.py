"""What records are made of: an annotated class names the fields of one, each with its unit in a note behind it.

A row that is touched is touched as a whole, so each researcher is one record, no longer than one line of the
processor's cache. `rows["pay"]` is still a column. What is never negative is unsigned: Numba need not check then whether
an index counts from the end. A compiled rule gets the records it needs by reference; Numba ignores annotations, the type
checker finds by them a field that is not there. Money is in M$, rates and probabilities are per month, M months, "wages
of the first month" leave out the growth of pay common to all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Protocol, TypeVar, cast, get_type_hints, overload

import numpy as np
from numpy.typing import NDArray

CACHE_LINE = 64  # bytes

F8 = Annotated[float, "f8"]
F4 = Annotated[float, "f4"]
I8 = Annotated[int, "i8"]
I4 = Annotated[int, "i4"]
I2 = Annotated[int, "i2"]
U4 = Annotated[int, "u4"]
U2 = Annotated[int, "u2"]
Bool = Annotated[bool, "?"]

# Several in one field: `Annotated[F8s, MOST_LABS]` has one for each lab.
F8s = Annotated[NDArray[np.float64], "f8"]
I8s = Annotated[NDArray[np.int64], "i8"]
I4s = Annotated[NDArray[np.int32], "i4"]
I1s = Annotated[NDArray[np.int8], "i1"]

Record = TypeVar("Record")


class Records(Protocol[Record]):
    """Records of one kind: `rows[3]` is one of them, `rows["pay"]` a column, as in a NumPy record array."""

    size: int
    dtype: np.dtype

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: tuple[int, int]) -> Record: ...
    @overload
    def __getitem__(self, place: str) -> np.ndarray: ...
    @overload
    def __getitem__(self, place: slice | np.ndarray) -> Records[Record]: ...
    def __setitem__(self, place: Any, value: Any) -> None: ...
    def __iter__(self) -> Iterator[Record]: ...
    def __len__(self) -> int: ...
    def tobytes(self) -> bytes:
        """Their memory, in order."""

    def copy(self) -> Records[Record]:
        """The same records anew."""

    def view(self, kind: type[np.ndarray]) -> np.ndarray:
        """The same records as a plain structured array."""


@cache
def dtype_of(kind: type) -> np.dtype:
    """The memory layout of a record: the fields of its class in their order, aligned."""
    hints = get_type_hints(kind, include_extras=True)
    fields = [(name, hint.__metadata__[0], hint.__metadata__[1:]) for name, hint in hints.items()]
    return np.dtype(fields, align=True)


def records(kind: type[Record], shape: int | tuple[int, ...]) -> Records[Record]:
    """Records of zeros whose fields can be named with a dot, compiled or not; the first begins a line of the cache."""
    dtype = dtype_of(kind)  # type: ignore[arg-type]  # every class can be hashed
    size = int(np.prod(shape)) * dtype.itemsize
    room = np.zeros(size + CACHE_LINE, dtype=np.uint8)
    first = -room.ctypes.data % CACHE_LINE
    return cast("Records[Record]", np.recarray(shape, dtype=dtype, buf=room.data, offset=first))
