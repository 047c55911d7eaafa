"""The command line: a thin layer; each command's work is done in the package it belongs to, imported on use."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from talentmarket.errors import InputError, TalentMarketError

app = typer.Typer(
    help="A laboratory for the fight over AI researchers: raids, loyalty, pay and what they do to labs.",
    epilog="Start with: talentmarket scenarios",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change a value, as in choice.noise=0.5; may be given again."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"talentmarket {version('talentmarket')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command(epilog="Example: talentmarket run baseline meta_raid --replicates 50 --set choice.noise=0.5")
def run(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="SCENARIO...", help="Scenario files, or names of shipped ones.")
    ],
    overrides: Overrides = None,
    replicates: Annotated[int, typer.Option(min=0, help="How many runs; 0 for the scenario's number.")] = 0,
    seed: Annotated[int | None, typer.Option(help="In place of the scenario's own seed.")] = None,
    workers: Annotated[int, typer.Option(min=0, help="Runs at once; 0 for one a processor. Changes no result.")] = 0,
    out: Annotated[Path, typer.Option(help="Folder of the run folders.")] = Path("outputs"),
    name: Annotated[str, typer.Option(help="Name of the run folder; else the scenario's.")] = "",
    resume: Annotated[bool, typer.Option("--resume", help="As without it: go on with what is there.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Give up what is there, and run anew.")] = False,
    plots: Annotated[bool, typer.Option(help="Draw pictures.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    as_json: AsJson = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Explain every measure.")] = False,
) -> None:
    """Run scenarios many times: a summary with 95 % intervals, and a folder of tables and pictures for each."""
    from talentmarket.commands.run import Request, run_scenarios

    seeded = [] if seed is None else [f"run.seed={seed}"]
    request = Request(
        scenarios=tuple(scenarios),
        overrides=(*(overrides or []), *seeded),
        replicates=replicates,
        workers=workers,
        out=out,
        name=name,
        resume=resume,
        replace=replace,
        plots=plots,
        quiet=quiet,
        as_json=as_json,
        verbose=verbose,
    )
    if not run_scenarios(request):
        raise typer.Exit(1)


@app.command(epilog="Example: talentmarket compare baseline meta_raid --replicates 50")
def compare(
    sources: Annotated[
        list[str], typer.Argument(metavar="A B...", help="Scenarios or run folders; the first is the base.")
    ],
    overrides: Overrides = None,
    replicates: Annotated[int, typer.Option(min=0, help="How many runs; 0 for the scenario's number.")] = 0,
    seed: Annotated[int | None, typer.Option(help="In place of the scenarios' own seed.")] = None,
    workers: Annotated[int, typer.Option(min=0, help="Runs at once; 0 for one a processor. Changes no result.")] = 0,
    out: Annotated[Path, typer.Option(help="Folder of the run folders and of the comparison.")] = Path("outputs"),
    name: Annotated[str, typer.Option(help="Name of the comparison's folder; else A-vs-B.")] = "",
    precision: Annotated[
        float, typer.Option(help="Wanted precision, as a share of a difference: tells how many runs it needs.")
    ] = 0.1,
    plots: Annotated[bool, typer.Option(help="Draw pictures.")] = True,
    report: Annotated[bool, typer.Option("--report", help="Write the report on it, one HTML file.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare scenarios under the same shocks: paired differences with intervals, twins, pictures."""
    from talentmarket.commands.compare import Request, compare_scenarios

    request = Request(
        sources=tuple(sources),
        overrides=tuple(overrides or []),
        seed=seed,
        replicates=replicates,
        workers=workers,
        out=out,
        name=name,
        precision=precision,
        plots=plots,
        report=report,
        quiet=quiet,
        as_json=as_json,
    )
    if not compare_scenarios(request):
        raise typer.Exit(1)


@app.command(epilog="Example: talentmarket plot outputs/meta_raid")
def plot(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")],
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Draw a run folder's pictures again. Nothing is run."""
    from talentmarket.commands.plot import plot_run

    plot_run(folder, quiet)


@app.command(epilog="Example: talentmarket reproduce outputs/meta_raid")
def reproduce(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")],
    workers: Annotated[int, typer.Option(min=0, help="Runs at once; 0 for one a processor. Changes no result.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Run a run folder's manifest again. Says whether every byte of its tables is the same."""
    from talentmarket.commands.reproduce import Request, reproduce_run

    if not reproduce_run(Request(folder, workers, as_json)):
        raise typer.Exit(1)


@app.command(epilog="Example: talentmarket report outputs/baseline outputs/meta_raid")
def report(
    folders: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders; the first one is the base.")],
    output: Annotated[Path | None, typer.Option(help="File to write; else report.html in the run folder.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Write a report: one HTML file, on a run or on several compared, that opens anywhere."""
    from talentmarket.commands.report import Request, report_runs

    report_runs(Request(tuple(folders), output, quiet))


@app.command(epilog="Example: talentmarket validate --quick")
def validate(
    quick: Annotated[bool, typer.Option("--quick", help="Fewer replicates: seconds, and wider intervals.")] = False,
    workers: Annotated[int, typer.Option(min=0, help="Runs at once; 0 for one a processor. Changes no result.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Hold the model against closed forms and published figures. Exit code 1 if anything differs."""
    from talentmarket.commands.validate import Request
    from talentmarket.commands.validate import validate as run_checks

    if not run_checks(Request(quick, workers, as_json)):
        raise typer.Exit(1)


@app.command(epilog="Example: talentmarket check my_raid.toml --set choice.noise=0.5")
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Scenario files, or names of shipped ones.")],
    overrides: Overrides = None,
) -> None:
    """Check scenario files. Says what each holds, or everything that is wrong with it."""
    from talentmarket.scenario.checking import print_checks

    if not print_checks(files, overrides or []):
        raise typer.Exit(2)


@app.command(epilog="Example: talentmarket schema > scenario.schema.json")
def schema() -> None:
    """Print the JSON Schema of scenario files. Editors complete and check files with it."""
    from talentmarket.scenario.writing.file_format import file_format

    print(json.dumps(file_format(), indent=2))


@app.command(epilog="Example: talentmarket scenarios")
def scenarios(as_json: AsJson = False) -> None:
    """List the scenarios that come along. Each begins with the name to use and ends with its question."""
    from talentmarket.scenario.catalogue import print_scenarios

    print_scenarios(as_json)


@app.command(epilog="Example: talentmarket facts max_package")
def facts(
    identifier: Annotated[str, typer.Argument(metavar="[ID]", help="Print one fact in full.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show what the numbers rest on. Tells who claims each fact, where it stands, and how sure it is."""
    from talentmarket.scenario.evidence.disagreements import print_facts

    print_facts(identifier, as_json)


@app.command(epilog="Example: talentmarket view meta_raid --port 8765")
def view(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="What to show first: a file, or the name of a shipped one.")
    ] = "meta_raid",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 for any free port.")] = 8765,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
) -> None:
    """Open the page in the browser, to watch a market, change it and compare. Only this machine can reach it."""
    from talentmarket.commands.view import Request
    from talentmarket.commands.view import view as view_page

    view_page(Request(scenario, port, open_browser))


def main() -> None:
    """Run the command line; wrong input ends with exit code 2, any other error with 1, both without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Unicode shows ? instead of ending the program
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as `head`, has had enough; Python's own flush at the end must not meet the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except TalentMarketError as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(2 if isinstance(error, InputError) else 1)
    except OSError as error:
        print(f"Error: {error.strerror or error}", file=sys.stderr)
        sys.exit(1)
