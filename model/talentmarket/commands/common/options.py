"""Options that several commands have, each once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from talentmarket.commands.common import completion

Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change a value, as in choice.noise=0.5, or labs.*.compute=x2 for twice that of every lab; may be given again.",
        autocompletion=completion.overrides,
    ),
]
Replicates = Annotated[int, typer.Option(min=0, help="How many runs; 0 for the scenario's number.")]
Workers = Annotated[int, typer.Option(min=0, help="Runs at once; 0 for one a processor. Changes no result.")]
Cluster = Annotated[
    str, typer.Option("--cluster", metavar="ADDRESS", help="Run on local:8 processes or tls://host:8786 (Dask).")
]
Plots = Annotated[bool, typer.Option(help="Draw pictures.")]
SvgText = Annotated[
    bool, typer.Option("--svg-text", help="Keep letters in SVG pictures as text, for editors; else they are outlines.")
]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.", autocompletion=completion.run_folders)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def seeded(overrides: list[str] | None, seed: int | None) -> tuple[str, ...]:
    """The values to change, the seed among them."""
    return (*(overrides or ()), *(() if seed is None else (f"run.seed={seed}",)))


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"talentmarket {version('talentmarket')}")
        raise typer.Exit


def general(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error, for a report of it.")] = False,
) -> None:
    """Options before the command; `cli.main` acts on `debug`."""
