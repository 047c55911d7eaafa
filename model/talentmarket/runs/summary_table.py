"""The summary of a run as a table for the terminal."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich import box
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    import pandas as pd

MOST_DECIMALS = 4
UNDEFINED = "–"
RIGHT = ("Mean", "95 % interval")
ROUNDING = 1e-9  # relative; below this a difference is the computer's, not the model's


def decimals(value: float, spread: float) -> int:
    """Decimals with which a value is shown: two digits of its spread, or four digits of itself without one."""
    if spread > ROUNDING * abs(value):
        digits = 1 - math.floor(math.log10(spread))
    elif value != 0.0 and value != round(value):
        digits = 3 - math.floor(math.log10(abs(value)))
    else:
        digits = 0
    return min(max(digits, 0), MOST_DECIMALS)


def shown(mean: float, low: float, high: float) -> tuple[str, str]:
    """A mean and its interval as text, both with the same decimals."""
    if math.isnan(mean):
        return UNDEFINED, UNDEFINED
    if math.isnan(low):
        return f"{mean:,.{decimals(mean, 0.0)}f}", UNDEFINED
    places = decimals(mean, (high - low) / 2.0)
    return f"{mean:,.{places}f}", f"{low:,.{places}f} to {high:,.{places}f}"


def _rows(summary: pd.DataFrame) -> list[Any]:
    """Rows to show: with one raided lab, its own rows would only repeat those of all raided labs."""
    rows = list(summary.itertuples())
    wholes = {row.measure for row in rows if row.lab == ""}
    named = {row.lab for row in rows if row.lab != "" and row.measure in wholes}
    return [row for row in rows if row.lab == "" or row.measure not in wholes or len(named) > 1]


def _cells(row: Any, replicates: int) -> dict[str, str]:
    """Text by column; names come from the user's files and may hold what Rich would take for markup."""
    mean, interval = shown(row.mean, row.low, row.high)
    return {
        "Measure": row.measure.replace("_", " "),
        "Lab": escape(row.lab),
        "Mean": mean,
        "95 % interval": interval,
        "Unit": row.unit.replace(" per ", "/").replace(" a ", "/"),
        "n": f"{row.n:,}" if row.n < replicates else "",
    }


def _add_group(table: Table, group: str, rows: list[dict[str, str]]) -> None:
    table.add_section()
    table.add_row(f"[bold]{group}[/bold]")
    last = ""
    for cells in rows:
        again = cells["Measure"] == last
        last = cells["Measure"]
        said = {**cells, "Measure": ""} if again else cells
        table.add_row(*(said[str(column.header)] for column in table.columns))


def summary_table(summary: pd.DataFrame, title: str, replicates: int) -> Table:
    """The summary as a Rich table, in groups, with units and 95 % intervals of the mean.

    Parameters
    ----------
    summary
        As `summary.summarise` makes it.
    title
        Title of the table.
    replicates
        Number of replicates; a measure that is undefined in some of them shows in how many (n) it is defined.
    """
    rows = [(row.group, _cells(row, replicates)) for row in _rows(summary)]
    table = Table(title=escape(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Measure", min_width=18)
    for header in ("Lab", "Mean", "95 % interval"):
        table.add_column(header, justify="right" if header in RIGHT else "left", no_wrap=True)
    table.add_column("Unit", min_width=10)
    if any(cells["n"] for _, cells in rows):
        table.add_column("n", justify="right", no_wrap=True)
    for group, members in groupby(rows, key=lambda row: row[0]):
        _add_group(table, group, [cells for _, cells in members])
    return table


def definitions_table(summary: pd.DataFrame) -> Table:
    """What each measure of a summary is, as a Rich table that fits any terminal."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column("Measure", no_wrap=True)
    table.add_column("What it is")
    for row in summary.drop_duplicates("measure").itertuples():
        table.add_row(row.measure.replace("_", " "), escape(row.definition))
    table.add_row("n", "In how many runs a measure is defined, where that is not all of them.")
    return table
