"""How much a market has room for, and how long things last."""

LAST_MONTH = 120  # of a vesting schedule
MOST_MONTHS = 1200  # of a run
MOST_LABS = 64
MOST_LEVELS = 20
LOYALTY_GRID = 4096
PAY_BINS = 512
PAY_HIGHEST = 1e4  # M$ a year; no ordinary offer goes beyond

CONTAGION_MONTHS = 4
LARGEST_EXIT_FACTOR = 8.0  # of anybody's exit rate against that of the lab; a power of two, as the bounds are
NEWCOMER_MONTHS = 12
STRANGER_MONTHS = 60
JOINT_MONTHS = 3
LONG_AGO = -1000  # months
