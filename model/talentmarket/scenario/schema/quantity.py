"""How a parameter of a scenario is declared, once: meaning, unit, range, what switches it off, whether events may set it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

CONTROL = r"\x00-\x1f\x7f"  # characters that no line of text holds, as a regular expression lists them


class Section(BaseModel):
    """A table of a scenario file: strict, frozen, without unknown keys, NaN or infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def quantity(
    unit: str,
    meaning: str,
    *,
    low: float | None = None,
    high: float | None = None,
    off: Any = None,
    settable: bool = False,
) -> Any:
    """A parameter with its unit and the closed range [low, high] in which it is allowed.

    Parameters
    ----------
    off
        The value at which it has no effect; None if there is none.
    settable
        Whether events may set it: what a market is built from (people, head-counts, lists, packages already granted)
        stays for a run, what the rules read every month can change.
    """
    return Field(description=meaning, ge=low, le=high, json_schema_extra=_declared(unit, off, settable))


def _declared(unit: str, off: Any, settable: bool) -> dict[str, Any]:
    return {"unit": unit, "settable": settable} | ({} if off is None else {"off": off})


def share(meaning: str, *, off: float | None = None, settable: bool = False) -> Any:
    """A number in [0, 1]."""
    return quantity("share", meaning, low=0, high=1, off=off, settable=settable)


def text(meaning: str, *, longest: int = 2000) -> Any:
    """A piece of text that is not empty."""
    return Field(description=meaning, min_length=1, max_length=longest)


def line(meaning: str, *, longest: int) -> Any:
    """A piece of text on one line, that is not empty."""
    return Field(description=meaning, min_length=1, max_length=longest, pattern=rf"^[^{CONTROL}]+$")


def pattern(meaning: str, shape: str, regular: str) -> Any:
    """A text of a given shape, or nothing; `shape` says it in words, `regular` as a regular expression."""
    return Field(description=meaning, pattern=rf"^({regular})?$", json_schema_extra={"shape": shape})


def identifier(meaning: str) -> Any:
    """A short name, unique among its kind, and not the `*` that stands for all of them in a path."""
    return Field(
        description=meaning,
        min_length=1,
        max_length=40,
        pattern=rf"^([^{CONTROL}*][^{CONTROL}]*|[*][^{CONTROL}]+)$",
        json_schema_extra={"shape": "text in quotation marks on one line, of 1 to 40 characters, and not * alone"},
    )
