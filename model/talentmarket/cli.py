"""The command line: the list of the commands, and the one place where every error ends.

Wrong input ends with exit code 2, any other error with 1, neither with a traceback unless `--debug` asks for it.
"""

from __future__ import annotations

import atexit
import codecs
import inspect
import io
import os
import sys
from contextlib import suppress
from itertools import takewhile
from typing import Any, NoReturn

import typer

from talentmarket.commands import calibrate, compare, plot, report, reproduce, run, study, validate, view, warm
from talentmarket.commands.common.options import general
from talentmarket.commands.lookup import check, facts, measures, parameters, scenarios, schema
from talentmarket.errors import InputError, TalentMarketError, harmless
from talentmarket.interruption import end_if_interrupted
from talentmarket.numbers import MINUS, NO_BREAK, UNKNOWN

# In the order of the help.
COMMANDS = (
    run.run,
    compare.compare,
    study.study,
    plot.plot,
    reproduce.reproduce,
    report.report,
    validate.validate,
    calibrate.calibrate,
    check.check,
    schema.schema,
    scenarios.scenarios,
    parameters.parameters,
    measures.measures,
    facts.facts,
    view.view,
    warm.warm,
)
UsageError: Any = typer.BadParameter.__base__  # Click's, which Typer hands on under no name of its own

app = typer.Typer(
    help="A laboratory for the fight over AI researchers: raids, loyalty, pay and what they do to labs.",
    epilog="Start with: talentmarket scenarios",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(general)
for _command in COMMANDS:
    _help, _, _example = inspect.cleandoc(_command.__doc__ or "").partition("\n\nExample: ")
    _first, _, _ = _help.partition(". ")  # all of it: without a short help of our own it is cut
    app.command(help=_help, short_help=_first.rstrip("."), epilog=f"Example: {_example}")(_command)

# For a terminal without Unicode; a minus must not become a question mark.
PLAIN = {MINUS: "-", UNKNOWN: "-", NO_BREAK: " "}


def _plain(error: UnicodeError) -> tuple[str, int]:
    """What a terminal without Unicode shows for what it lacks: a likeness, or a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(PLAIN.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


def main() -> None:
    """Run the command line."""
    # NumPy's matrices here are small: threads of its algebra would cost more than they compute, at each start, and the
    # last digits would depend on their number.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ["MPLBACKEND"] = "agg"  # pictures go to files; whatever window system is named there may not exist
    ended: list[int] = []
    atexit.register(_leave, ended)  # before anything else is, so that it is called last
    try:
        _run()
    except SystemExit as end:
        ended.append(int(end.code or 0))
        raise


def _run() -> NoReturn:
    codecs.register_error("talentmarket", _plain)
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="talentmarket")
    _check_arguments()
    try:
        try:
            code = app(prog_name="talentmarket", standalone_mode=False)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as `head`, has had enough; Python's own flush at the end must not meet the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        end_if_interrupted()
        _fail(error)
    sys.exit(code)


def _check_arguments() -> None:
    """What is no text can be a file's name and can be written in no record."""
    for argument in sys.argv[1:]:
        try:
            argument.encode()
        except UnicodeEncodeError:
            _fail(InputError(f"{argument}: is not UTF-8; give files and folders names that are"))


def _leave(ended: list[int]) -> None:
    """End the process once all is written: Arrow's threads may still be there, and now and then abort what C++ clears up."""
    if ended:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(ended[0])


def _open_closed_streams() -> None:
    """Python has no stream where the caller closed standard output or error; what is said there is lost, not an error."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the end


def _fail(error: Any) -> NoReturn:
    if isinstance(error, UsageError):
        shown = io.StringIO()
        error.show(file=shown)
        print(harmless(shown.getvalue()), end="", file=sys.stderr)
        sys.exit(error.exit_code)
    before = list(takewhile(lambda word: word.startswith("-"), sys.argv[1:]))
    if "--debug" in before:
        import traceback

        print(harmless("".join(traceback.format_exception(error))), end="", file=sys.stderr)
    print(f"Error: {harmless(_explained(error, ' '.join(sys.argv[1 + len(before) :][:1])))}", file=sys.stderr)
    sys.exit(2 if isinstance(error, InputError) else 1)


def _explained(error: Exception, command: str) -> str:
    """What went wrong: an error raised on purpose says it itself, any other gets the command and what is known."""
    if isinstance(error, TalentMarketError):
        return str(error)
    if isinstance(error, MemoryError):
        return f"talentmarket {command}: not enough memory; fewer --workers or a smaller population.scale need less"
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"talentmarket {command}: {place}{error.strerror or str(error) or type(error).__name__}"
    return (
        f"talentmarket {command}: {type(error).__name__}: {error}\n"
        f"This is a fault of talentmarket; `talentmarket --debug {command} ...` shows where."
    )
