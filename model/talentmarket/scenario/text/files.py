"""Opens scenario files: ordinary text files of a sane size and nothing else, without ever waiting for one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from talentmarket.errors import ScenarioError

LARGEST = 1_000_000


def read_text(path: Path, file: str) -> str:
    """The text of a scenario file; `file` is its name in messages.

    Raises
    ------
    ScenarioError
        If it is missing, no ordinary file, larger than `LARGEST` bytes, or not text in UTF-8.
    """
    try:
        status = os.stat(path)
        _refuse_odd(status, file)
        # Between the look and the opening the file may become a pipe: opening must not wait for a writer.
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as opened:
            _refuse_odd(os.fstat(opened.fileno()), file)
            content = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise ScenarioError([f"{file}: there is no such file"]) from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no file can have this name"
        raise ScenarioError([f"{file}: cannot be read: {why}"]) from None
    if len(content) > LARGEST:
        raise ScenarioError([_too_large(file)])
    return _decoded(content, file)


def _refuse_odd(status: os.stat_result, file: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ScenarioError([f"{file}: is a folder, not a scenario file"])
    if not stat.S_ISREG(status.st_mode):
        raise ScenarioError([f"{file}: is no ordinary file but a pipe, device or socket; save it as a file first"])
    if status.st_size > LARGEST:
        raise ScenarioError([_too_large(file)])


def _too_large(file: str) -> str:
    return f"{file}: is larger than {LARGEST // 1_000_000} MB, so it is no scenario file"


def _decoded(content: bytes, file: str) -> str:
    if b"\0" in content:
        raise ScenarioError([f"{file}: is no text file (it holds zero bytes, as pictures, archives or UTF-16 text do)"])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ScenarioError(
            [f"{file}, line {line}: is not UTF-8 text; save the file with the encoding UTF-8"]
        ) from None
