"""poach-bench: one market, simulated by talentmarket and by its rivals, and how their rates compare."""

import os

# Every rival runs on one thread; their libraries read this when they are first imported.
for _name in ("OMP_NUM_THREADS", "POLARS_MAX_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
