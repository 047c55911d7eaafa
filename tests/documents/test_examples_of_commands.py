"""The example at the end of each command's help can be given."""

from __future__ import annotations

import inspect
import shlex

import pytest
import typer

from talentmarket.cli import COMMANDS, app


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_the_example_of_a_command_is_read_by_it(command) -> None:
    """Its words are options and arguments that the command has; nothing is run."""
    example = " ".join(inspect.cleandoc(command.__doc__).partition("\n\nExample: ")[2].split())
    name, *words = shlex.split(example.partition(" > ")[0])[1:]
    group = typer.main.get_command(app)
    context = group.commands[name].make_context(name, words)
    assert context.command.name == name
    assert command.__name__ == name.replace("-", "_")
