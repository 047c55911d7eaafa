"""Changes of all items of a list, told as one: `labs.*.compute` is `×2` where every lab has twice its compute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from talentmarket.errors import InputError
from talentmarket.scenario.places.differences import Change, written
from talentmarket.scenario.places.locating import locate, schema_of, value_at
from talentmarket.scenario.places.patterns import ANY, paths_of, times
from talentmarket.scenario.text.paths import path_text, split_path

FACTOR = "×"  # as it is told, not as it is typed
DIGITS = 4  # of a factor that is told


def gathered(found: Sequence[Change], scenario: BaseModel) -> list[Change]:
    """Changes, those of all items of a list as one if they set the same value or multiply by the same factor.

    Parameters
    ----------
    found
        What was changed, place by place.
    scenario
        The scenario, before or after them.

    Returns
    -------
    list of Change
        One for several has `*` in its path, and as its new value that of all of them or a factor such as `×0.5`; its old value
        is empty if they had different ones.
    """
    together: dict[str, list[Change]] = defaultdict(list)
    for change in found:
        together[_starred(change.path, scenario)].append(change)
    return [each for pattern, several in together.items() for each in _told(pattern, several, scenario)]


def _starred(path: str, scenario: BaseModel) -> str:
    """A path with `*` for the names of list items; itself if it leads nowhere any more."""
    parts = split_path(path)
    try:
        steps = locate(parts, schema_of(type(scenario)), scenario)
    except InputError:
        return path
    if isinstance(steps[-1], int):  # the item itself is new
        return path
    return path_text([ANY if isinstance(step, int) else part for step, part in zip(steps, parts, strict=True)])


def _told(pattern: str, several: Sequence[Change], scenario: BaseModel) -> Iterator[Change]:
    if len(several) == 1:
        yield from several
        return
    changed = {each.path: (each.old, each.new) for each in several}
    same = [written(value_at(scenario, path)) for path in paths_of(pattern, scenario) if path not in changed]
    olds, news = zip(*changed.values(), *((text, text) for text in same), strict=True)
    if len({new.removesuffix(".0") for new in news}) == 1:
        yield Change(pattern, olds[0] if len({*olds}) == 1 else "", news[0])
    elif factor := _factor_of([*map(_number, olds)], [*map(_number, news)]):
        yield Change(pattern, "", f"{FACTOR}{factor:.{DIGITS}g}")
    else:
        yield from several


def _number(text: str) -> float | None:
    """The number that a value is; None for a text, a yes or no, and what is not there."""
    try:
        return float(text) if "." in text or "e" in text else int(text)
    except ValueError:
        return None


def _factor_of(olds: Sequence[float | None], news: Sequence[float | None]) -> float:
    """By what all old values were multiplied; 0 if by nothing that is the same for all of them."""
    pairs = [(old, new) for old, new in zip(olds, news, strict=True) if old is not None and new is not None]
    largest, its_new = max(pairs, key=lambda pair: abs(pair[0]), default=(0.0, 0.0))
    factor = float(f"{its_new / largest:.{DIGITS}g}") if largest else 0.0
    # A file may have a whole number where others have parts of one.
    fits = all(new in (times(factor, old), times(factor, float(old))) for old, new in pairs)
    return factor if fits and len(pairs) == len(olds) and factor > 0.0 else 0.0
