"""The tutorials as notebooks: text, Python to run, files to write and commands, made of the Markdown pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from talentmarket.errors import InputError

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$\n?", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# ([\w.-]+\.toml)\n")


def notebook_of(page: str) -> Any:
    """A tutorial as a notebook: Python blocks as they are, commands behind `!`, scenario files written where they stand.

    Raises
    ------
    InputError
        If nbformat is missing, which the extra `docs` brings.
    """
    try:
        from nbformat import v4
    except ModuleNotFoundError as error:
        raise InputError("notebooks need nbformat: pip install 'talentmarket[docs]'") from error
    cells = []
    pieces = BLOCK.split(page)
    for text, language, body in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True):
        if text.strip():
            cells.append(v4.new_markdown_cell(text.strip()))
        if language == "text":
            cells.append(v4.new_markdown_cell(f"```\n{body}```"))
        elif body:
            cells.append(v4.new_code_cell(_code(language, body).strip()))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # the same page gives the same bytes
    return v4.new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )


def _code(language: str, body: str) -> str:
    if language == "python":
        return body
    if language == "toml":
        name = NAMED.match(body)
        if name is None:
            raise InputError("a TOML block of a tutorial begins with a comment that names its file, as in # mine.toml")
        return f"%%writefile {name[1]}\n{body}"
    return "\n".join(f"!{line}" if line.startswith("talentmarket ") else line for line in body.splitlines())


def write_notebooks(pages: Path, folder: Path) -> list[Path]:
    """Write a notebook for each numbered Markdown page of a folder, and return their paths."""
    import nbformat

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for page in sorted(pages.glob("[0-9]*.md")):
        path = folder / f"{page.stem}.ipynb"
        path.write_text(nbformat.writes(notebook_of(page.read_text(encoding="utf-8"))), encoding="utf-8")
        written.append(path)
    return written
