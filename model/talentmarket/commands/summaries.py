"""The summary of a run in the terminal: its measures with intervals at any width, and what they are."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from talentmarket.commands.terminal import cell
from talentmarket.numbers import mean_and_interval

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

RIGHT = ("Mean", "95 % interval")
NARROW = 70  # columns; a narrower terminal has the interval below the mean
LEAST, EDGES = 10, 6  # columns for the measure in a narrow terminal, and for what stands between the columns
NAMES = {"Mean, 95 %": "Mean"}


def _rows(summary: pd.DataFrame) -> list[Any]:
    """Rows to show: with one raided lab, its own rows would only repeat those of all raided labs."""
    rows = list(summary.itertuples())
    wholes = {row.measure for row in rows if row.lab == ""}
    named = {row.lab for row in rows if row.lab != "" and row.measure in wholes}
    return [row for row in rows if row.lab == "" or row.measure not in wholes or len(named) > 1]


def _cells(row: Any, replicates: int) -> dict[str, str]:
    """Text by column; names come from the user's files and may hold what Rich would take for markup."""
    mean, interval = mean_and_interval(row.mean, row.low, row.high)
    return {
        "Measure": row.measure.replace("_", " "),
        "Lab": cell(row.lab),
        "Mean": mean,
        "95 % interval": interval,
        "Unit": row.unit.replace(" per ", "/").replace(" a ", "/"),
        "n": f"{row.n:,}" if row.n < replicates else "",
    }


def _stacked(cells: dict[str, str]) -> dict[str, str]:
    """The same for a narrow terminal: the interval below its mean, the unit below the measure, no column of its own."""
    unit, interval = (f"\n{text}" if text else "" for text in (cells["Unit"], cells["95 % interval"]))
    return {
        "Measure": cells["Measure"] and f"{cells['Measure']}{unit}",
        "Lab": cells["Lab"],
        "Mean": f"{cells['Mean']}{interval}",
    }


def _add_group(table: Table, group: str, rows: list[dict[str, str]], narrow: bool) -> None:
    table.add_section()
    table.add_row(f"[bold]{group}[/bold]")
    last = ""
    for cells in rows:
        again = cells["Measure"] == last
        last = cells["Measure"]
        said = {**cells, "Measure": ""} if again else cells
        shown = _stacked(said) if narrow else said
        table.add_row(*(shown[NAMES.get(str(column.header), str(column.header))] for column in table.columns))


def summary_table(summary: pd.DataFrame, title: str, replicates: int, width: int = 80) -> Table:
    """The summary as a Rich table, in groups, with units and 95 % intervals of the mean.

    A number is never cut, whatever the width: words are broken, and in a narrow terminal intervals stand below their means.

    Parameters
    ----------
    summary
        As `summary.summarise` makes it.
    title
        Title of the table.
    replicates
        Number of replicates; a measure that is undefined in some of them shows in how many (n) it is defined.
    width
        Columns of the terminal.
    """
    from rich import box
    from rich.table import Table

    rows = [(row.group, _cells(row, replicates)) for row in _rows(summary)]
    narrow = width < NARROW
    longest = {name: max([len(cells[name]) for _, cells in rows], default=0) for name in RIGHT}
    table = Table(title=cell(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    value = max(longest.values(), default=0)
    room = max(width - LEAST - value - EDGES, LEAST // 2) if narrow else None
    table.add_column("Measure", min_width=LEAST if narrow else 18, overflow="fold")
    table.add_column("Lab", overflow="fold", max_width=room)
    if narrow:
        table.add_column("Mean, 95 %", justify="right", no_wrap=True, min_width=value)
    else:
        for name in RIGHT:
            table.add_column(name, justify="right", no_wrap=True, min_width=longest[name])
        table.add_column("Unit", min_width=10)
        if any(cells["n"] for _, cells in rows):
            table.add_column("n", justify="right", no_wrap=True)
    for group, members in groupby(rows, key=lambda row: row[0]):
        _add_group(table, group, [cells for _, cells in members], narrow)
    return table


def definitions_table(summary: pd.DataFrame) -> Table:
    """What each measure of a summary is, as a Rich table that fits any terminal."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column("Measure", no_wrap=True)
    table.add_column("What it is")
    for row in summary.drop_duplicates("measure").itertuples():
        table.add_row(row.measure.replace("_", " "), cell(row.definition))
    table.add_row("n", "In how many runs a measure is defined, where that is not all of them.")
    return table
