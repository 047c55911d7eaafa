"""Markdown: tables, and parts of a document between marks, which the program writes and people leave alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from talentmarket.errors import InputError

GENERATED = "make docs writes what stands between these marks"


def _between(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name}: [^>]*-->\n)(.*?)(<!-- end of {name} -->)", re.DOTALL)


def content_of(document: str, name: str) -> str:
    """What stands between the marks of a name.

    Raises
    ------
    InputError
        If the document does not have the marks.
    """
    found = _between(name).search(document)
    if found is None:
        raise InputError(f"there are no marks <!-- {name}: ... --> and <!-- end of {name} --> in the document")
    return found[2].strip("\n")


def with_content(document: str, name: str, content: str) -> str:
    """The document with other content between the marks of a name.

    Raises
    ------
    InputError
        If the document does not have the marks.
    """
    content_of(document, name)
    written = f"\n{content.strip(chr(10))}\n\n"
    return _between(name).sub(lambda found: f"<!-- {name}: {GENERATED} -->\n{written}{found[3]}", document)


def cell(text: str) -> str:
    """A text that does not break the table that it stands in."""
    return text.replace("|", "\\|").replace("\n", " ")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; cells may hold any text."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell(each) for each in line) + " |" for line in lines)
