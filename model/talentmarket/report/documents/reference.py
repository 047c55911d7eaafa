"""The pages of `docs/reference/` that the code itself writes: commands, tables, measures and the public names of Python."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import typer

from talentmarket.report.documents.markdown import table

Page = Callable[[], str]
HEADINGS = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)


def _options(command: Any) -> Iterator[tuple[str, str, str]]:
    for each in command.params:
        if each.param_type_name == "argument":
            names = f"`{each.metavar or each.name.upper()}`"
        else:
            names = ", ".join(f"`{name}`" for name in (*sorted(each.opts, key=len), *each.secondary_opts))
        told = each.default not in (None, "", 0, False, True, ()) and not callable(each.default)
        yield names, each.help or "", f"`{each.default}`" if told else ""


def _examples(epilog: str) -> Iterator[str]:
    """The examples of a command's help, a line each; what a further one is for stands behind it."""
    for paragraph in filter(None, epilog.split("\n\n")):
        words, _, example = " ".join(paragraph.split()).partition(": ")
        yield example if words == "Example" else f"{example}    # {words[:1].lower()}{words[1:]}"


def commands_page() -> str:
    """Every command with its arguments and options, as its help has them."""
    from talentmarket.cli import app

    group: Any = typer.main.get_command(app)
    parts = [
        "# Commands",
        "`talentmarket COMMAND --help` prints the same. Wrong input ends with exit code 2 and says what would be right; any other\n"
        "error ends with 1.",
    ]
    for name, command in group.commands.items():
        if command.hidden:
            continue
        shown = "\n".join(("```", *_examples(command.epilog or ""), "```"))
        rows = table(("Argument or option", "What it does", "Default"), _options(command))
        parts += [f"## {name}", " ".join(command.help.split()), shown, rows]
    return "\n\n".join(parts) + "\n"


def tables_page() -> str:
    """Every table of a run folder with its columns."""
    from talentmarket.runs.tables.columns import TABLES

    parts = [
        "# Tables of a run",
        "Parquet files in `tables/` of a run folder, and frames of the same names from Python. A column marked *may be empty* is\n"
        "so where it does not apply. Money is in millions of US dollars (M$).",
    ]
    for name, columns in TABLES.items():
        rows = [
            (
                f"`{column.name}`",
                f"{column.definition}{' May be empty.' if column.optional else ''}",
                column.unit or "–",
                column.kind,
            )
            for column in columns
        ]
        parts += [f"## {name}", table(("Column", "What it is", "Unit", "Stored as"), rows)]
    return "\n\n".join(parts) + "\n"


def measures_page() -> str:
    """Every summary measure with unit and definition."""
    from talentmarket.runs.measures.everything import MEASURES

    parts = [
        "# Measures",
        "One number a run, or one for each lab or campaign. Summaries, comparisons, studies and calibrations take them by these\n"
        "names; `lost_to_labs of OpenAI` is that of one lab.",
    ]
    for group, measures in groupby(MEASURES, key=lambda measure: measure.group):
        rows = [(f"`{each.name}`", each.definition, each.unit, each.scope) for each in measures]
        parts += [f"## {group}", table(("Measure", "What it is", "Unit", "One for"), rows)]
    return "\n\n".join(parts) + "\n"


def _documented(thing: Any) -> str:
    """A docstring in Markdown: its NumPy headings in bold, names and texts as a list."""
    text = inspect.getdoc(thing) or ""
    pieces = HEADINGS.split(text)
    parts = [pieces[0].strip()]
    for heading, body in zip(pieces[1::2], pieces[2::2], strict=True):
        parts.append(f"*{heading}*\n\n{_listed(body)}")
    return "\n\n".join(parts)


def _listed(body: str) -> str:
    """Names with their texts as a list; a line without an indented one behind it is a text of its own."""
    lines = [line for line in body.splitlines() if line.strip()]
    listed = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith(" "):
            listed.append(f"  {line.strip()}")
        else:
            listed.append(f"- `{line}`:" if following.startswith(" ") else f"\n{line}")
    return "\n".join(listed)


def _members(kind: type) -> Iterator[tuple[str, str]]:
    """The public properties and methods that a class defines itself, with the first line of each."""
    for name, member in vars(kind).items():
        told = inspect.getdoc(member) if not name.startswith("_") else None
        if told and (inspect.isfunction(member) or hasattr(member, "__get__")):
            call = f"{name}{_signature(member)}" if inspect.isfunction(member) else name
            yield f"`{call}`", " ".join(told.partition("\n\n")[0].split())


def _signature(thing: Any) -> str:
    """The parameters of a function by name and default; types stand in the text."""
    names = inspect.signature(thing).parameters.values()
    shown = []
    for each in names:
        if each.name in ("self", "cls"):
            continue
        star = "*" if each.kind is each.VAR_POSITIONAL else ""
        shown.append(f"{star}{each.name}" + ("" if each.default is each.empty else f"={each.default!r}"))
    return f"({', '.join(shown)})"


def python_page() -> str:
    """Every public name of the package."""
    import talentmarket

    things = {name: getattr(talentmarket, name) for name in dir(talentmarket)}
    parts = ["# Python", "`import talentmarket as tm` gives these names and no others. Frames are those of pandas."]
    for name, thing in sorted(things.items(), key=lambda item: (inspect.isclass(item[1]), item[0].lower())):
        is_error = inspect.isclass(thing) and issubclass(thing, Exception)
        call = "" if inspect.isclass(thing) else _signature(thing)
        parts += [f"## {name}", f"`tm.{name}{call}`", _documented(thing)]
        members = list(_members(thing)) if inspect.isclass(thing) and not is_error and name != "Scenario" else []
        if members:
            parts.append(table(("Member", "What it is"), members))
    return "\n\n".join(parts) + "\n"


PAGES: dict[str, Page] = {
    "commands.md": commands_page,
    "tables.md": tables_page,
    "measures.md": measures_page,
    "python.md": python_page,
}
