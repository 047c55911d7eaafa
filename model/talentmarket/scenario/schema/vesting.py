"""Vesting schedules as they are written: a word for even tranches, or a list of [months since the grant, share that vests]."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from talentmarket.scenario.schema.agreement import Misfit, MisfitsError
from talentmarket.scenario.text.wording import as_written, nearest

Schedule = tuple[tuple[int, float], ...]

WORDS = ("monthly", "quarterly", "annual")
TIER_WORDS = (*WORDS, "first_year_at_once")
PAIR = "[months since the grant, share that vests then]"
EXAMPLE = "vesting = [[12, 0.25], [24, 0.75]]"
LONGEST = 120  # months
ROUNDING = 1e-6  # of shares that add up to 1


def checked(words: tuple[str, ...]) -> Callable[[Any], str | Schedule]:
    """What accepts one of some words, or a schedule."""

    def check(value: Any) -> str | Schedule:
        if isinstance(value, list | tuple):
            misfits = tuple(_misfits(value))
            if misfits:
                raise MisfitsError(misfits)
            return tuple((month, float(share)) for month, share in value)
        if value not in words:
            hint = nearest(value, words) if isinstance(value, str) else ""
            meant = f"; {hint}" if hint.startswith("did") else ""
            message = f"is {as_written(value)}, but must be {_one_of(words)} or a list of {PAIR}{meant}"
            raise MisfitsError([Misfit((), message)])
        return str(value)

    return check


def _one_of(words: tuple[str, ...]) -> str:
    return " or ".join(f'"{word}"' for word in words)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _misfits(tranches: Any) -> Iterator[Misfit]:
    """What is wrong with a schedule, the first of a kind."""
    before = -1
    for number, tranche in enumerate(tranches):
        if not isinstance(tranche, list | tuple) or len(tranche) != 2 or not all(map(_is_number, tranche)):
            yield Misfit((number,), f"must be a pair {PAIR}, as in {EXAMPLE}")
            return
        month, share = tranche
        if not isinstance(month, int) or not 0 <= month <= LONGEST:
            yield Misfit((number,), f"has month {month:g}, but it must be a whole number from 0 to {LONGEST}")
        elif month <= before:
            yield Misfit((number,), f"has month {month}, but it must come after month {before} of the tranche before")
        elif not 0.0 < share <= 1.0:
            yield Misfit((number,), f"has share {share:g}, but it must be above 0 and at most 1")
        else:
            before = month
            continue
        return
    vests = sum(share for _, share in tranches)
    if not abs(vests - 1.0) <= ROUNDING:
        yield Misfit((), f"vests {vests:.8g} of the stock in all, but its shares must add up to 1")


def _json_schema(words: tuple[str, ...]) -> dict[str, Any]:
    number = {"type": "number", "minimum": 0, "maximum": LONGEST}
    pair = {"title": PAIR, "type": "array", "items": number, "minItems": 2, "maxItems": 2}
    return {"anyOf": [{"enum": list(words), "type": "string"}, {"type": "array", "items": pair}]}


# As it is: pydantic's own serializer takes a schedule for neither a text nor a tuple.
_WRITTEN = PlainSerializer(lambda vesting: vesting, return_type=Any)
Vesting = Annotated[str | Schedule, PlainValidator(checked(WORDS)), WithJsonSchema(_json_schema(WORDS)), _WRITTEN]
TierVesting = Annotated[
    str | Schedule, PlainValidator(checked(TIER_WORDS)), WithJsonSchema(_json_schema(TIER_WORDS)), _WRITTEN
]


def first_year_of(schedule: Schedule) -> float:
    """Share that vests within twelve months."""
    return sum(share for month, share in schedule if month <= 12)


def too_long(vesting: str | Schedule, years: int) -> Iterator[str]:
    """Why a schedule does not end with its grant; nothing if it does."""
    if not isinstance(vesting, str) and vesting[-1][0] > 12 * years:
        yield f"ends with month {vesting[-1][0]}, after the grant, which has {years} years"


def cliff_too_long(cliff: int, years: int) -> Iterator[str]:
    """Why a cliff does not end with its grant; nothing if it does."""
    if cliff > 12 * years:
        yield f"is {cliff} months, longer than the grant: all of it has vested after {12 * years}"
