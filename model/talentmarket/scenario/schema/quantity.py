"""What every field of a scenario says about itself: meaning, unit and range."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Section(BaseModel):
    """A table of a scenario file: strict, frozen, without unknown keys, NaN or infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def quantity(unit: str, meaning: str, *, low: float | None = None, high: float | None = None) -> Any:
    """A number with its unit and the closed range [low, high] in which it is allowed."""
    return Field(description=meaning, ge=low, le=high, json_schema_extra={"unit": unit})


def positive(unit: str, meaning: str, *, high: float | None = None) -> Any:
    """A number that must be above zero."""
    return Field(description=meaning, gt=0, le=high, json_schema_extra={"unit": unit})


def share(meaning: str) -> Any:
    """A number in [0, 1]."""
    return quantity("share", meaning, low=0, high=1)


def text(meaning: str, *, longest: int = 2000) -> Any:
    """A piece of text that is not empty."""
    return Field(description=meaning, min_length=1, max_length=longest)


def line(meaning: str, *, longest: int) -> Any:
    """A piece of text on one line, that is not empty."""
    return Field(description=meaning, min_length=1, max_length=longest, pattern=r"^[^\x00-\x1f\x7f]+$")


def identifier(meaning: str) -> Any:
    """A short name, unique among its kind."""
    return line(meaning, longest=40)
