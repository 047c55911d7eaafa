"""The address of a view, written and read, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentmarket.page.address import Opening, opening_of, written
from talentmarket.page.choices import choices_for
from talentmarket.page.session import Setup

CHOICES = choices_for("meta_raid")


@pytest.mark.parametrize(
    "opening",
    [
        Opening(Setup("baseline")),
        Opening(Setup("meta_raid", {"population.loyalty_mean": 0.41}, 7), 12),
        Opening(Setup("meta_raid", {"campaigns.Meta on OpenAI.max_offers": 40}), 3, "compare", Setup("baseline")),
        Opening(
            Setup("baseline"),
            9,
            "",
            Setup("meta_raid", {"choice.switching_cost": 0.15, "population.loyalty_mean": 0.2}),
        ),
    ],
)
def test_what_is_written_is_read(opening: Opening) -> None:
    assert opening_of(written(opening), CHOICES) == opening


def test_numbers_keep_their_kind() -> None:
    setup = opening_of("set=campaigns.Meta+on+OpenAI.max_offers%3D40", CHOICES).setup
    assert [type(value) for value in setup.changed.values()] == [int]


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("scenario=/etc/passwd", "no scenario '/etc/passwd'"),
        ("seed=abc", "seed=abc is not a whole number"),
        ("month=-3", "month=-3"),
        ("seed=99999999999", "seed=99999999999"),
        ("set=population.scale=9999", "sets nothing that can be turned here"),
        ("set=population.loyalty_mean=x", "sets nothing"),
        ("set=population.loyalty_mean=nan", "loyalty_mean"),
        ("set=campaigns.Meta+on+OpenAI.tiers.top.total%3D1", "total"),
        ("with=baseline&withset=population.scale=9999", "withset=population.scale=9999 sets nothing"),
        ("with=baseline&withset=population.loyalty_mean=7", "loyalty_mean"),
        ("set=population.loyalty_mean=5", ": population.loyalty_mean=5"),
        ("with=nowhere", "no scenario 'nowhere'"),
        ("withset=population.loyalty_mean=.5", "without a scenario to compare with"),
        ("tab=elsewhere", "no view 'elsewhere', but market and compare"),
        ("choice.noise=2", "choice.noise is not known"),
        ("scenario=" + "x" * 3000, "x…'"),
        ("seed=" + "9" * 3000, "9… is not a whole number"),
    ],
)
def test_what_cannot_be_is_passed_over_in_words(search: str, said: str) -> None:
    opening = opening_of(search, CHOICES)
    assert said in opening.problem
    assert opening.setup == Setup("meta_raid")


def test_beyond_the_last_month_is_the_last_month() -> None:
    opening = opening_of("month=1000", CHOICES)
    assert (opening.month, opening.problem) == (CHOICES.loaded("meta_raid").run.months, "")


def test_zeros_in_front_change_no_number() -> None:
    opening = opening_of("seed=0000000000000007&month=0003", CHOICES)
    assert (opening.setup.seed, opening.month, opening.problem) == (7, 3, "")
    assert opening_of("seed=000", CHOICES).setup.seed == 0


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.text(alphabet="scenariosetmonthseedtabwithset=&%+.0123456789 <>\"'é", max_size=80))
def test_no_address_breaks_the_page(search: str) -> None:
    assert opening_of(search, CHOICES).setup.key in CHOICES.titles
