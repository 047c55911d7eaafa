"""The command `compare`: scenarios or run folders in; tables, twins and pictures of their differences out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talentmarket.commands.common import completion
from talentmarket.commands.common.options import AsJson, Cluster, Plots, Quiet, Replicates, SvgText, Workers
from talentmarket.commands.common.terminal import (
    cell,
    crew_at,
    messages,
    print_answer,
    print_entry,
    print_json,
    print_table,
    say,
)
from talentmarket.commands.comparing.apart import apart_table, check_parts, take_apart
from talentmarket.commands.comparing.names import names_of
from talentmarket.commands.comparing.sides import check_sides, sides_of
from talentmarket.commands.comparing.table import comparison_table, remarks
from talentmarket.commands.run import drawing, run_in_place

if TYPE_CHECKING:
    import pandas as pd

    from talentmarket.comparison.comparison import Comparison


def compare(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="A B...",
            help="Two to six scenarios or run folders; the first is the base.",
            autocompletion=completion.scenarios,
        ),
    ],
    overrides: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="[SIDE:]PATH=VALUE",
            help="Change a value of all scenarios, or as in 2:choice.noise=0.5 of one.",
        ),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(metavar="SIDE:TEXT", help="What a side is called everywhere, as in '2:Half the offer'."),
    ] = None,
    replicates: Replicates = 0,
    seed: Annotated[int | None, typer.Option(help="In place of the scenarios' own seed.")] = None,
    workers: Workers = 0,
    cluster: Cluster = "",
    out: Annotated[Path, typer.Option(help="Folder of the run folders and of the comparison.")] = Path("outputs"),
    name: Annotated[str, typer.Option(help="Name of the comparison's folder; else A-vs-B.")] = "",
    precision: Annotated[
        float, typer.Option(help="Wanted precision, as a share of a difference: tells how many runs it needs.")
    ] = 0.1,
    plots: Plots = True,
    svg_text: SvgText = False,
    apart: Annotated[
        bool, typer.Option("--apart", help="Switch each thing in which the two differ on alone, and in turn.")
    ] = False,
    report: Annotated[bool, typer.Option("--report", help="Write the report on it, one HTML file.")] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Compare scenarios under the same shocks: paired differences with intervals, twins, pictures.

    Example: talentmarket compare baseline meta_raid --replicates 50

    Half the offer: talentmarket compare meta_raid meta_raid --set '2:campaigns.*.tiers.*.total=x0.5'
    """
    from talentmarket.comparison.comparison import check_precision, compared
    from talentmarket.comparison.folder import REPORT, check_comparison_target, write_comparison
    from talentmarket.comparison.pairing import check_number
    from talentmarket.errors import InputError
    from talentmarket.runs.folder.naming import folder_name
    from talentmarket.runs.options import Options, Place

    if len(sources) < 2:
        raise InputError(f"compare needs at least two scenarios or run folders, found {len(sources)}")
    check_number(len(sources))
    if apart and len(sources) != 2:
        raise InputError(f"--apart takes the difference of two scenarios apart, found {len(sources)}")
    check_precision(precision)
    wanted = Options(replicates=replicates, workers=workers, command=tuple(sys.argv), overrides=tuple(overrides or ()))
    console = messages(quiet or as_json)
    sides = sides_of(sources, wanted, seed, out, lambda line: say(console, line))
    names, titles = names_of(sides, sources, label or ())
    target = out / folder_name(name or "-vs-".join(side.name for side in sides))
    check_comparison_target(target)
    check_sides(sides)
    if apart:
        check_parts(sides[0].scenario, sides[1].scenario)
    runs = []
    with crew_at(cluster, console) as crew:
        for side in sides:
            place = Place(side.folder.name, side.folder.parent, drawing(svg_text) if plots else None)
            options = changed(wanted, replicates=side.scenario.run.replicates, crew=crew, overrides=side.settings)
            runs.append(side.runs or run_in_place(side.scenario, place, options, console))
    comparison = compared(runs, names, precision, titles=titles)
    folders = tuple(side.folder for side in sides)
    table = take_apart(comparison, workers, console) if apart else None
    with console.status("Comparing"):
        pictures = (lambda found, folder: _draw(found, folder, table, svg_text)) if plots else None
        write_comparison(target, comparison, folders, pictures, _report_writer(folders) if report else None, table)
    if as_json:
        print_json("compare", [_as_json(target, comparison, table)])
    elif not quiet:
        _print(target / REPORT if report else target, comparison, table)
    if any(each.failures for each in runs):
        raise typer.Exit(1)


def _draw(comparison: Comparison, folder: Path, apart: pd.DataFrame | None, svg_text: bool) -> None:
    from talentmarket.plots import save_comparison_plots

    save_comparison_plots(comparison, folder, apart, svg_text)


def _report_writer(folders: tuple[Path, ...]) -> Callable[[Comparison, Path], None]:
    """What writes the HTML report on a comparison of the runs in some folders."""
    from talentmarket.comparison.folder import PLOTS
    from talentmarket.report import comparison_report, write_report

    def write(comparison: Comparison, place: Path) -> None:
        plots = place.with_name(PLOTS)
        write_report(comparison_report(comparison, folders, plots if plots.is_dir() else None), place)

    return write


def _print(place: Path, comparison: Comparison, apart: pd.DataFrame | None) -> None:
    from rich.console import Console

    from talentmarket.comparison.side_by_side import has_several
    from talentmarket.report.comparison_answers import first_sentences
    from talentmarket.report.side_opening import opening
    from talentmarket.report.side_words import NOTE_OF_LINES, side_lines

    several = has_several(comparison)
    console = Console()
    base = comparison.titles[0]
    for name, title in zip(comparison.names[1:], comparison.titles[1:], strict=True):
        # The names by which commands know them, and what they are.
        if (name, comparison.names[0]) != (title, base):
            console.print(cell(f"{title} – against {base}"), style="bold", highlight=False)
        table = comparison_table(comparison.table, name, comparison.names[0])
        print_table(console, table, stack=(("Difference", "95 % interval"),), drop=("Needs", "Base", "Run"))
    if apart is not None:
        print_table(console, apart_table(apart, comparison), drop=("In turn", "Alone"))
    for remark in remarks(comparison):
        console.print(cell(remark), highlight=False)
    if several:
        console.print("\nSide by side", style="bold")
        for title, lines in side_lines(comparison):
            print_entry(console, title, lines)
        console.print(NOTE_OF_LINES, highlight=False)
    print_answer(console, [*(opening(comparison) if several else []), *first_sentences(comparison)])
    say(console, f"{place}")


def _as_json(folder: Path, comparison: Comparison, apart: pd.DataFrame | None) -> dict[str, Any]:
    """A comparison for scripts."""
    return {
        "folder": str(folder),
        "base": comparison.names[0],
        "runs": list(comparison.names[1:]),
        "titles": list(comparison.titles),
        "seed": comparison.runs[0].manifest.seed,
        "replicates": comparison.replicates,
        "precision": comparison.precision,
        "notes": list(comparison.notes),
        "effects": comparison.table,
        "costs": comparison.costs,
        "fates": comparison.fates,
        **({} if apart is None else {"apart": apart}),
    }
