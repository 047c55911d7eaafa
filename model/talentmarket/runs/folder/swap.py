"""A folder is built beside its place and swapped into it whole, so that no reader ever meets half of one.

Hidden folders beside the place are where it is built (`new`) and where the one before is set aside for a moment
(`old`). Only the process that holds the lock touches them; what it finds there, a dead one has left. A draft is marked
as ours before anything is put into it, and what bears neither the mark nor our manifest is never touched.
"""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from talentmarket.errors import InputError, RunFolderError
from talentmarket.runs.folder.bounded import read_json
from talentmarket.runs.folder.lock import locked

Role = Literal["new", "old"]
MARK = ".talentmarket"
MARK_TEXT = "A draft of talentmarket. What is finished in it is kept until the folder it is for is in its place.\n"
DEBRIS = re.compile(r"\.plots\.(new|[0-9a-f]{32})|\..+\.[0-9a-f]{32}\.part")

NO_ROOM = "; make room and give the same command again: what is finished is kept"
NOT_WRITABLE = "; make it writable, or choose another place"
REMEDIES = {
    errno.EACCES: NOT_WRITABLE,
    errno.EPERM: NOT_WRITABLE,
    errno.EROFS: NOT_WRITABLE,
    errno.ENOSPC: NO_ROOM,
    errno.EFBIG: NO_ROOM,
    getattr(errno, "EDQUOT", errno.ENOSPC): NO_ROOM,  # Windows knows no quotas
}


def _none_outlives(draft: Path) -> bool:
    return False


@dataclass(frozen=True)
class Contents:
    """What a folder of talentmarket holds.

    Attributes
    ----------
    noun
        What it is called.
    record
        The file that says what the folder is, and lists the files of it under `files`.
    format
        The record's `format`.
    own
        Names that talentmarket writes at the top of the folder.
    unlisted
        Files of ours that the record does not list.
    outlives
        Says of a draft whether it outlives an interruption; the next call for its folder finds it as it was left.
    """

    noun: str
    record: str
    format: str
    own: frozenset[str]
    unlisted: frozenset[str] = frozenset()
    outlives: Callable[[Path], bool] = _none_outlives


def sibling(target: Path, role: Role) -> Path:
    """The folder beside `target` that has this role for it."""
    return target.with_name(f".{target.name}.{role}")


def full_path(target: Path) -> Path:
    """Where a folder is or will be, links followed.

    Raises
    ------
    InputError
        If a link leads back to itself.
    """
    try:
        place = target.resolve()
    except RuntimeError:  # how pathlib tells it before Python 3.13
        place = target
    if place.is_symlink():
        raise InputError(f"{target}: is a link that leads back to itself; take it away, or choose another name")
    return place


def is_written_by_us(folder: Path, contents: Contents) -> bool:
    """Whether a folder's record is one of talentmarket, of this version or another."""
    try:
        content = read_json(folder / contents.record)
    except (ValueError, OSError):
        return False
    return isinstance(content, dict) and content.get("format") == contents.format


def check_target(target: Path, contents: Contents) -> None:
    """Check that a folder may be put there.

    Raises
    ------
    InputError
        If something else than a folder is there.
    RunFolderError
        If a folder is there that talentmarket did not write.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError(f"{target}: cannot write a {contents.noun} there, it is a file")
    if any(target.iterdir()) and not is_written_by_us(target, contents):
        raise RunFolderError(
            f"{target}: this is no {contents.noun} that talentmarket wrote and is left alone; choose another name or place"
        )


def check_ours(folder: Path, contents: Contents) -> bool:
    """Whether a hidden folder beside a target is there; it is ours then.

    Raises
    ------
    RunFolderError
        If talentmarket did not leave what is there, or it leads elsewhere.
    """
    if not folder.exists() and not folder.is_symlink():
        return False
    if folder.is_symlink() or not folder.is_dir():
        raise RunFolderError(f"{folder}: is no folder that talentmarket left; take it away")
    if any(path.is_symlink() for path in folder.rglob("*")) and folder.name.endswith(".new"):
        raise RunFolderError(f"{folder}: holds links, which talentmarket never leaves in a draft; take it away")
    marked = (folder / MARK).is_file()
    if any(folder.iterdir()) and not marked and not is_written_by_us(folder, contents):
        raise RunFolderError(f"{folder}: was not left by talentmarket and is left alone; take it away")
    return True


def make_draft(draft: Path, contents: Contents) -> None:
    """Make a folder to build in, marked as ours; one that outlived a dead process is gone on with, any other goes.

    Raises
    ------
    RunFolderError
        If something is there that talentmarket did not leave.
    """
    clear_draft(draft, contents)
    draft.mkdir(exist_ok=True)
    (draft / MARK).write_text(MARK_TEXT, encoding="utf-8")


def clear_draft(draft: Path, contents: Contents) -> None:
    """Delete a draft that is not to outlive the process that made it. Raises as `check_ours` does."""
    if check_ours(draft, contents) and not contents.outlives(draft):
        discard(draft)


def discard(folder: Path) -> None:
    """Delete a folder of ours, its mark last: what of it cannot be deleted can still be told as ours."""
    with suppress(OSError):
        (folder / MARK).write_text(MARK_TEXT, encoding="utf-8")
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != MARK:
                path.unlink()
        (folder / MARK).unlink()
        folder.rmdir()


def clear_debris(folder: Path) -> None:
    """Delete halves of files and drafts of pictures that a killed command left in a folder of ours."""
    for place in (folder, folder / "plots"):
        if place.is_dir() and not place.is_symlink():
            for path in [path for path in place.iterdir() if DEBRIS.fullmatch(path.name) and not path.is_symlink()]:
                if not path.is_dir():
                    path.unlink()
                elif not path.name.endswith(".new") or (path / MARK).is_file():
                    discard(path)


def _listed(folder: Path, contents: Contents) -> set[str] | None:
    """Paths of our files in a folder, or None if its record cannot say."""
    try:
        return {file["path"] for file in read_json(folder / contents.record)["files"]}
    except (ValueError, OSError, KeyError, TypeError):
        return None


def _unused(place: Path) -> Path:
    number, free = 1, place
    while free.exists() or free.is_symlink():
        number += 1
        free = place.with_name(f"{place.stem} ({number}){place.suffix}")
    return free


def _carry_over(old: Path, target: Path, contents: Contents) -> None:
    """Move what the owner put into a run folder on to the one that has taken its place."""
    listed = _listed(old, contents)
    ours = {contents.record, MARK, *contents.unlisted, *(listed or ())}
    for path in sorted(old.iterdir()):
        if path.name not in contents.own | {MARK} and not DEBRIS.fullmatch(path.name):
            path.rename(_unused(target / path.name))
    if listed is None:
        return
    for path in sorted(old.rglob("*")):
        name = path.relative_to(old)
        if (path.is_symlink() or not path.is_dir()) and name.as_posix() not in ours and not DEBRIS.fullmatch(path.name):
            place = _unused(target / name)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.rename(place)


def recover(target: Path, contents: Contents) -> None:
    """Finish a swap: put back a folder that was set aside, or delete it if another has taken its place.

    Raises
    ------
    RunFolderError
        If what stands aside is not ours.
    """
    old = sibling(target, "old")
    if not check_ours(old, contents):
        return
    if target.exists():
        if not (old / MARK).is_file():
            _carry_over(old, target, contents)
        discard(old)
    else:
        old.rename(target)


def _swap(draft: Path, target: Path, contents: Contents) -> None:
    """Put a draft in the place of `target`; on any failure the earlier `target` is back in its place."""
    check_target(target, contents)
    try:
        if target.exists():
            (target / MARK).unlink(missing_ok=True)
            target.rename(sibling(target, "old"))
        (draft / MARK).unlink()
        draft.rename(target)
    finally:
        recover(target, contents)


@contextmanager
def writing(target: Path, contents: Contents) -> Iterator[Path]:
    """Keep other processes from writing a folder, and finish what a dead one has left; gives its full path.

    Raises
    ------
    InputError
        If the place is not writable, the disk is full, or a file is in the way.
    RunFolderError
        If a folder is there that talentmarket did not write, or another process is writing it.
    """
    try:
        place = full_path(target)
        place.parent.mkdir(parents=True, exist_ok=True)
        with locked(place):
            recover(place, contents)
            check_target(place, contents)
            clear_debris(place)
            clear_draft(sibling(place, "new"), contents)
            yield place
    except OSError as error:
        raise InputError(f"{target}: the {contents.noun} cannot be written: {why(error, target)}") from error


@contextmanager
def building(target: Path, contents: Contents) -> Iterator[Path]:
    """Build a folder; it takes the place of `target` when the block ends well, otherwise nothing changes there.

    This process is `writing` the target.
    """
    draft = sibling(target, "new")
    make_draft(draft, contents)
    try:
        yield draft
        _swap(draft, target, contents)
    finally:
        if draft.is_dir() and not contents.outlives(draft):
            discard(draft)


def why(error: OSError, target: Path) -> str:
    """What went wrong, with which file if it is another one than `target`, and what to do about it."""
    file = "" if error.filename in (None, str(target)) else f" ({error.filename})"
    advice = REMEDIES.get(error.errno or 0, "")
    return f"{error.strerror or error}{file}{advice}"
