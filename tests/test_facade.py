"""The public names of the package."""

from __future__ import annotations

import doctest

import pytest

import talentmarket


def test_all_public_names_are_there_and_no_other() -> None:
    assert sorted(talentmarket.__all__) == dir(talentmarket)
    assert {"Scenario", "TalentMarket", "compare", "load", "run"} <= set(talentmarket.__all__)
    for name in talentmarket.__all__:
        assert getattr(talentmarket, name).__name__ == name


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="No talentmarket attribute lod"):
        talentmarket.lod  # noqa: B018


def test_example_of_the_docstring() -> None:
    assert doctest.testmod(talentmarket).failed == 0
