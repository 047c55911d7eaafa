"""The quick validation, run once for all tests of this folder."""

from __future__ import annotations

import pytest

from talentmarket.validation import Check, Effort, all_checks


@pytest.fixture(scope="session")
def quick_checks() -> list[Check]:
    return [check for _, found in all_checks(Effort(quick=True)) for check in found]
