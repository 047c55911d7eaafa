"""The command `validate`: the model against closed forms and published figures, a line each."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console

from talentmarket.commands.run import say_if_compiling

if TYPE_CHECKING:
    from talentmarket.validation import Check


@dataclass(frozen=True)
class Request:
    """What the user asked for; 0 workers mean one a processor."""

    quick: bool
    workers: int
    as_json: bool


def validate(request: Request) -> bool:
    """Run every check and print what came of it; returns whether none differs."""
    from talentmarket.validation import Effort, all_checks

    errors = Console(stderr=True, quiet=request.as_json)
    say_if_compiling(errors)
    checks: list[Check] = []
    with errors.status("Checking") as status:
        for title, found in all_checks(Effort(request.quick, request.workers)):
            status.update(f"Checking {title}")
            checks += found
    if request.as_json:
        print(json.dumps([_as_json(check) for check in checks], indent=2, allow_nan=False))
    else:
        _print(checks)
    return all(check.verdict != "differs" for check in checks)


def _finite(value: float) -> float | None:
    """A number for JSON, which knows no infinity: null where there is no bound."""
    return value if math.isfinite(value) else None


def _as_json(check: Check) -> dict[str, Any]:
    return {
        "group": check.group,
        "name": check.name,
        "target": [_finite(check.target.low), _finite(check.target.high)],
        "model": _finite(check.value),
        "interval": [_finite(check.interval.low), _finite(check.interval.high)],
        "unit": check.unit,
        "verdict": check.verdict,
        "source": check.source,
        "miss": check.miss,
    }


def _print(checks: list[Check]) -> None:
    """The table, what is known to miss, and the sum."""
    from talentmarket.validation.table import summed_up, validation_table

    console = Console(highlight=False)
    console.print(validation_table(checks))
    console.print(summed_up(checks), soft_wrap=True)
