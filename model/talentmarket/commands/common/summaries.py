"""The summary of a run in the terminal: its measures with intervals, in groups, and what they are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from talentmarket.commands.common.terminal import cell
from talentmarket.numbers import mean_and_interval

if TYPE_CHECKING:
    from rich.table import Table

    from talentmarket.runs.summary import Row

RIGHT = ("Mean", "95 % interval")
STACK = (
    ("Mean", "95 % interval"),
    ("Measure", "Lab"),
    ("Measure", "Unit"),
)  # what goes below what in a narrow terminal


def _shown(rows: Sequence[Row]) -> list[Row]:
    """Rows to show: with one raided lab, its own rows would only repeat those of all raided labs."""
    wholes = {row.measure for row in rows if row.lab == ""}
    named = {row.lab for row in rows if row.lab != "" and row.measure in wholes}
    return [row for row in rows if row.lab == "" or row.measure not in wholes or len(named) > 1]


def _cells(row: Row, replicates: int) -> dict[str, str]:
    """Text by column; names come from the user's files and may hold what Rich would take for markup."""
    from talentmarket.runs.measures.labels import label_of

    mean, interval = mean_and_interval(row.mean, row.low, row.high)
    return {
        "Measure": label_of(row.measure),
        "Lab": cell(row.lab),
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


def summary_table(summary: Sequence[Row], title: str, replicates: int) -> Table:
    """The summary as a Rich table, in groups, with units and 95 % intervals of the mean.

    Parameters
    ----------
    summary
        As `summary.summary_rows` makes it.
    title
        Title of the table.
    replicates
        Number of replicates; a measure that is undefined in some of them shows in how many (n) it is defined.
    """
    from rich import box
    from rich.table import Table

    rows = [(row.group, _cells(row, replicates)) for row in _shown(summary)]
    table = Table(title=cell(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Measure", min_width=18)
    for header in ("Lab", "Mean", "95 % interval"):
        table.add_column(header, justify="right" if header in RIGHT else "left", no_wrap=True)
    table.add_column("Unit", min_width=10)
    if any(cells["n"] for _, cells in rows):
        table.add_column("n", justify="right", no_wrap=True)
    for group, members in groupby(rows, key=lambda row: row[0]):
        _add_group(table, group, [cells for _, cells in members])
    return table


def definitions_table(summary: Sequence[Row]) -> Table:
    """What each measure of a summary is, as a Rich table that fits any terminal."""
    from rich.table import Table

    from talentmarket.runs.measures.labels import label_of

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column("Measure", no_wrap=True)
    table.add_column("What it is")
    for measure, definition in {row.measure: row.definition for row in summary}.items():
        table.add_row(label_of(measure), cell(definition))
    table.add_row("n", "In how many runs a measure is defined, where that is not all of them.")
    return table
