"""What a test finds in scenarios of its own is not kept for the tests that follow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from talentmarket.scenario.inactive import notes as inactive
from talentmarket.scenario.writing import reference

REMEMBERED = (inactive._baseline, inactive._defaults, reference.entries, reference.baseline)


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Let what is kept of the shipped scenarios be found anew before and after each test."""
    for each in REMEMBERED:
        each.cache_clear()
    yield
    for each in REMEMBERED:
        each.cache_clear()
