"""The command `calibrate`: the values at which the model meets published figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talentmarket.commands.options import AsJson, Workers
from talentmarket.commands.terminal import cell, messages, say_if_compiling

if TYPE_CHECKING:
    from rich.table import Table

DIGITS = 4


def calibrate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A calibration file, or `baseline` for the shipped one.")],
    check: Annotated[int, typer.Option(min=2, help="Replicates of the table of targets at the point found.")] = 100,
    workers: Workers = 0,
    as_json: AsJson = False,
) -> None:
    """Find the parameter values at which the model meets published figures, by least squares. Takes minutes.

    Example: talentmarket calibrate baseline
    """
    from rich.console import Console

    from talentmarket.calibration.file import find_calibration, read_calibration
    from talentmarket.calibration.moments import moment, runs_at
    from talentmarket.calibration.search import fit

    calibration = read_calibration(find_calibration(file))
    errors = messages(as_json)
    say_if_compiling(errors)
    with errors.status("Searching") as status:
        found = fit(
            calibration,
            workers,
            lambda number, squares: status.update(f"Searching: {number} points, sum of squared misses {squares:.3g}"),
        )
        status.update(f"Checking the point found with {check} replicates")
        runs = runs_at(calibration, found.point, check, workers)
    rows = []
    for target in calibration.targets:
        value, tolerance = target.figure()
        model = moment(target, runs)
        rows.append(
            {"name": target.name, "target": value, "tolerance": tolerance, "model": model.value, "half": model.half}
        )
    if as_json:
        said = {"parameters": found.point, "targets": rows, "evaluations": found.evaluations}
        print(json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False))
        return
    console = Console(highlight=False)
    console.print(_parameters(found.point))
    console.print(_targets(rows))
    console.print(f"{found.evaluations} points of {calibration.fit.replicates} replicates each.")


def _parameters(point: dict[str, float]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table("parameter", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("value", justify="right")
    for path, value in point.items():
        table.add_row(cell(path), f"{value:.{DIGITS}g}")
    return table


def _targets(rows: list[dict[str, Any]]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table("target", box=box.SIMPLE_HEAD, pad_edge=False)
    for header in ("figure", "tolerance", "model", "±", "off, in tolerances"):
        table.add_column(header, justify="right")
    for row in rows:
        off = (row["model"] - row["target"]) / row["tolerance"]
        numbers = (f"{row[name]:.{DIGITS}g}" for name in ("target", "tolerance", "model"))
        table.add_row(cell(row["name"]), *numbers, f"{row['half']:.2g}", f"{off:+.2f}")
    return table
