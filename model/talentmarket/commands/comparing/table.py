"""A comparison in the terminal: the table of its effects, and sentences below it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from talentmarket.commands.common.terminal import cell
from talentmarket.numbers import UNKNOWN, decimals, fixed, percent, signed

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from talentmarket.comparison.comparison import Comparison

WITHOUT_DIFFERENCE = ("the same", "only one run has it", "undefined")
HEADERS = ("Base", "Run", "Difference", "95 % interval", "Needs")


def comparison_table(table: pd.DataFrame, run: str, base: str) -> Table:
    """The effects of one run as a Rich table of at most 80 columns, in groups.

    Parameters
    ----------
    table
        As `Comparison.table`; rows of other runs, and those in which nothing differs, are left out.
    run, base
        Names of the run and of what it is compared with.
    """
    from rich import box
    from rich.table import Table

    title = cell(f"{run} against {base}")
    found = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    found.padding = (0, 1, 0, 0)
    found.add_column("Measure", min_width=20)
    for header in HEADERS:
        found.add_column(header, justify="right", no_wrap=True)
    rows = [row for row in table.itertuples() if row.run == run and row.verdict not in WITHOUT_DIFFERENCE]
    for group, members in groupby(rows, key=lambda row: row.group):
        found.add_section()
        found.add_row(f"[bold]{group}[/bold]")
        for _, of_measure in groupby(members, key=lambda row: row.measure):
            _add_measure(found, list(of_measure))
    return found


def _add_measure(found: Table, rows: list[Any]) -> None:
    """A row for each lab below the measure's name; a measure of the whole stands in one row."""
    from talentmarket.runs.measures.labels import label_of

    name = f"{label_of(rows[0].measure)}, {rows[0].unit}"
    if rows[0].lab != "":
        found.add_row(name)
    for row in rows:
        label = f"  {cell(row.lab)}" if row.lab else name if len(rows) == 1 else "  all of them"
        found.add_row(label, *_cells(row), style="" if row.significant else "dim")


def _cells(row: Any) -> tuple[str, ...]:
    known = not math.isnan(row.low)
    places = decimals(row.difference, (row.high - row.low) / 2.0 if known else 0.0)
    difference = signed(fixed(row.difference, places))
    mark = "*" if row.interval == "bootstrap" else ""
    return (
        fixed(row.base_mean, places),
        fixed(row.mean, places),
        difference if row.significant or not known else f"({difference})",
        f"{fixed(row.low, places)} to {fixed(row.high, places)}{mark}" if known else UNKNOWN,
        fixed(row.replicates_needed, 0),
    )


def remarks(comparison: Comparison) -> Iterator[str]:
    """Sentences that belong below the tables: what the marks mean, what pairing bought, the twins, the notes."""
    yield f"In brackets: not distinguishable from zero (5 %, corrected for {comparison.tests} tests at once)."
    yield f"Needs: runs for a difference known to ±{100 * comparison.precision:g} %."
    if (comparison.table["interval"] == "bootstrap").any():
        yield "*: bootstrap interval (BCa: corrected for bias and skewness), as the differences are skewed."
    for run in comparison.names[1:]:
        yield from _left_out(comparison.table, run)
        yield from _pairing(comparison.table, run)
    for row in comparison.costs.to_dict("records"):
        yield from _cost(row)
    for row in comparison.fates.to_dict("records"):
        yield from _twins(row, comparison.names[0])
    yield from comparison.notes


def _left_out(table: pd.DataFrame, run: str) -> Iterator[str]:
    verdicts = table.loc[table["run"] == run, "verdict"]
    for verdict, said in (
        ("the same", "the same in every run"),
        ("only one run has it", "known in one run only"),
    ):
        if count := int((verdicts == verdict).sum()):
            yield f"{run}: {count} more {'row is' if count == 1 else 'rows are'} {said}."


def _pairing(table: pd.DataFrame, run: str) -> Iterator[str]:
    differing = table[(table["run"] == run) & (table["width_ratio"] > 0.0)]
    if len(differing):
        from talentmarket.report.comparison_answers import times_as_many

        yield f"{run}: without the same shocks it would take {times_as_many(differing)} runs (median)."


def _cost(row: dict[str, Any]) -> Iterator[str]:
    """What each person still there costs, for labs whose own policy makes them spend otherwise."""
    from talentmarket.comparison.costs import NO_SPENDING, SAME_POLICY, SPENT_ON

    if row["note"] in (SAME_POLICY, NO_SPENDING):
        return
    spending = f"{row['run']}: {row['lab']} spends {signed(fixed(row['spending'], 1))} M$ on {SPENT_ON}"
    people = f"{signed(fixed(row['people'], 1))} of its first staff are still there"
    if not row["note"]:
        interval = f"{fixed(row['low'], 2)} to {fixed(row['high'], 2)}"
        yield f"{spending}; {people}: {fixed(row['cost'], 2)} M$ a person ({interval})."
    else:
        yield f"{spending}; {people}: no cost a person, as {row['note']}."


def _twins(fates: dict[str, Any], base: str) -> Iterator[str]:
    from talentmarket.comparison.sentences import otherwise

    each = fates["replicates"]
    if fates["moves"]:
        yield (
            f"{fates['run']}: {percent(fates['caused_share'], 1)} of its moves are not in the base; "
            f"lives that differ: {fates['people'] / each:,.0f} a run ({fates['moved'] / each:,.0f} move here only, "
            f"{fates['stayed'] / each:,.0f} there only, the others elsewhere or at another time)."
        )
    if said := otherwise(fates, fates["run"], base):
        yield said
