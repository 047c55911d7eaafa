"""What `compare --apart` adds: each thing in which two scenarios differ, run alone and in turn, and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from talentmarket.commands.common.terminal import cell, progress_bar
from talentmarket.numbers import decimals, fixed, signed

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console
    from rich.table import Table

    from talentmarket.comparison.comparison import Comparison
    from talentmarket.scenario.schema import Scenario


def check_parts(base: Scenario, other: Scenario) -> None:
    """Make sure that every combination of parts that is to be run is a scenario. Raises InputError if one is not."""
    from talentmarket.comparison.apart import hybrid, parts_of, subsets

    parts = parts_of(base, other)
    for chosen in subsets(len(parts)):
        hybrid(base, other, [parts[number] for number in chosen])


def take_apart(comparison: Comparison, workers: int, console: Console) -> pd.DataFrame:
    """Run the combinations of parts that are missing; returns their table, see `apart.COLUMNS`."""
    from talentmarket.comparison.apart import taken_apart
    from talentmarket.runs.options import Options
    from talentmarket.runs.running import run

    def measured(scenario: Scenario) -> pd.DataFrame:
        with progress_bar(console, "Parts of the difference") as progress:
            return run(scenario, Options(replicates=comparison.replicates, workers=workers, progress=progress)).measures

    base, other = comparison.runs
    return taken_apart(base, other, measured)


def apart_table(apart: pd.DataFrame, comparison: Comparison) -> Table:
    """The parts of the difference in the one measure that its picture shows, as a Rich table of at most 80 columns."""
    from rich import box
    from rich.table import Table

    from talentmarket.comparison.apart import chief_rows
    from talentmarket.runs.measures.labels import label_of

    rows = chief_rows(apart, comparison.runs[1].scenario)
    first = rows.iloc[0]
    of_lab = f" of {first['lab']}" if first["lab"] else ""
    title = cell(f"{label_of(first['measure'])}{of_lab}, {comparison.names[1]} against {comparison.names[0]}")
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Part", min_width=20)
    for header in ("Alone", "In turn", "Shapley"):
        table.add_column(header, justify="right", no_wrap=True)
    for row in rows.to_dict("records"):
        table.add_row(cell(row["part"]), *(_with_half(row, name) for name in ("alone", "in_turn", "shapley")))
    return table


def _with_half(row: dict[str, Any], name: str) -> str:
    value, half = row[name], (row[f"{name}_high"] - row[f"{name}_low"]) / 2.0
    places = decimals(value, half) if half == half else 0
    return f"{signed(fixed(value, places))} ± {fixed(half, places)}"
