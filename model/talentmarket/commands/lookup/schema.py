"""The command `schema`: what a scenario file may hold, for editors."""

from __future__ import annotations


def schema() -> None:
    """Print the JSON Schema of scenario files. Editors complete and check files with it.

    Example: talentmarket schema > scenario.schema.json
    """
    from talentmarket.scenario.writing.file_format import file_format_text

    print(file_format_text(), end="")
