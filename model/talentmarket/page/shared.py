"""What all tabs share: the choices that the page was opened with. Nothing that a visitor does changes it."""

from __future__ import annotations

import json
import os
from functools import cache

from talentmarket.page.choices import Choices, choices_for

VARIABLE = "TALENTMARKET_PAGE_SCENARIO"


def offer(given: str) -> None:
    """Open the page with a scenario's name or file."""
    os.environ[VARIABLE] = json.dumps(given)


@cache
def choices() -> Choices:
    """The scenarios that the page offers."""
    return choices_for(json.loads(os.environ.get(VARIABLE, '"meta_raid"')))
