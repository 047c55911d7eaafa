"""Paths that name several places, and values told by a factor: in `--set` and in Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.scenario import Scenario, load
from talentmarket.scenario.places.patterns import factor_in, paths_of

EVERY = "campaigns.*.tiers.*.total"


def totals(scenario: Scenario) -> list[float]:
    return [tier.total for campaign in scenario.campaigns for tier in campaign.tiers]


def test_a_star_is_every_item_of_its_list() -> None:
    assert paths_of(EVERY, load("two_raiders")) == [
        f"campaigns.{name} on OpenAI.tiers.{tier}.total" for name in ("Meta", "Google") for tier in ("top", "core")
    ]
    assert {lab.contact for lab in load("baseline", ["labs.*.contact=0.1"]).labs} == {0.1}


@pytest.mark.parametrize("name", ["meta_raid", "two_raiders"])
def test_a_factor_multiplies_what_is_there(name: str) -> None:
    plain, half = load(name), load(name, [f"{EVERY}=x0.5"])
    assert totals(half) == [0.5 * total for total in totals(plain)]
    by_hand = [f"{path}={0.5 * total}" for path, total in zip(paths_of(EVERY, plain), totals(plain), strict=True)]
    assert half == load(name, by_hand)  # title, description and sources too
    assert half == plain.changed({EVERY: "x0.5"})


def test_overrides_act_in_their_order() -> None:
    assert totals(load("meta_raid", [f"{EVERY}=100", f"{EVERY}=x2"])) == [200.0, 200.0]
    assert totals(load("meta_raid", [f"{EVERY}=x2", f"{EVERY}=100"])) == [100.0, 100.0]
    assert totals(load("meta_raid", [f"{EVERY}=x2", f"{EVERY}=x2"])) == [1200.0, 120.0]


def test_a_star_reaches_what_an_event_sets() -> None:
    plain, twice = (load("next_trend", more) for more in ([], ['events.*.set."labs.Meta.compute"=x2']))
    assert twice.events[0].set["labs.Meta.compute"] == 2 * plain.events[0].set["labs.Meta.compute"]


def test_a_product_has_the_digits_that_somebody_would_write() -> None:
    assert load("meta_raid", ["population.loyalty_mean=x0.7"]).population.loyalty_mean == 0.42


def test_a_whole_number_stays_whole() -> None:
    assert load("meta_raid", ["run.months=x0.33"]).run.months == 16


def test_a_text_may_begin_with_an_x() -> None:
    assert load("meta_raid", ["title=x2"]).title == "x2"
    assert load("meta_raid").changed({"title": "x2"}).title == "x2"


@pytest.mark.parametrize(
    ("text", "factor"), [("x2", 2.0), ("x.5", 0.5), ("x1.", 1.0), ("x", None), ("x-1", None), ("2x", None)]
)
def test_what_is_a_factor(text: str, factor: float | None) -> None:
    assert factor_in(text) == factor


@pytest.mark.parametrize(
    ("override", "words"),
    [
        ("labs.*.bogus=3", "there is no 'bogus' in labs.OpenAI"),
        ("events.*.month=x2", "events.*.month names nothing in 'Meta raids OpenAI'"),
        ("labs.OpenAI.refill=x2", "labs.OpenAI.refill is no number"),
        ("labs.*.compute=x1/2", "labs.OpenAI.compute: 'x1/2' is no factor, which is written x0.5"),
        ("campaigns.*.tiers.*.total=x0", "must be a number from 1e-06"),
    ],
)
def test_what_names_nothing_or_cannot_be_multiplied_is_told(override: str, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load("meta_raid", [override])
    assert words in str(caught.value)
    assert f"--set {override.split('=')[0].split('*')[0]}" in str(caught.value)
    path, _, value = override.partition("=")
    changes: dict[str, Any] = {path: int(value) if value.isdigit() else value}
    with pytest.raises(ScenarioError, match=r"campaigns|labs|events"):
        load("meta_raid").changed(changes)


TOP = "campaigns.Meta on OpenAI.tiers.top"


def test_a_factor_multiplies_what_was_set_before_though_that_would_be_wrong_alone() -> None:
    """A total of 6 M$ is less than the running pay that it holds; twice as much is not."""
    with pytest.raises(ScenarioError):
        load("meta_raid", [f"{TOP}.total=6"])
    twice = [f"{TOP}.total=6", f"{TOP}.total=x2"]
    assert load("meta_raid", twice).campaigns[0].tiers[0].total == 12.0
    assert load("meta_raid", [*twice, f"{TOP}.running_pay=1"]).campaigns[0].tiers[0].total == 12.0
    assert load("meta_raid").changed({f"{TOP}.total": 6, "campaigns.*.tiers.*.total": "x2"}).campaigns[0].tiers[
        0
    ].total == pytest.approx(12.0)


def test_a_whole_number_in_a_file_is_multiplied_as_the_number_that_it_means(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('extends = "baseline"\n[[labs]]\nname = "xAI"\ncompute = 1\n')
    assert load(tmp_path / "mine.toml", ["labs.xAI.compute=x0.3"]).labs["xAI"].compute == 0.3
    assert load("baseline", ["labs.xAI.compute=1", "labs.xAI.compute=x0.3"]).labs["xAI"].compute == 0.3


@pytest.mark.parametrize("factor", ["x" + "9" * 400, "x1000000000", "X2", "x-1", "x"])
def test_what_is_no_factor_that_could_be_meant_is_told(factor: str) -> None:
    for change in (
        lambda: load("meta_raid", [f"run.months={factor}"]),
        lambda: load("meta_raid").changed({"run.months": factor}),
    ):
        with pytest.raises(ScenarioError, match=r"is no factor, which is written x0\.5"):
            change()


def test_a_text_that_begins_with_an_x_is_a_text_where_no_number_stands() -> None:
    with pytest.raises(ScenarioError, match="rests on an unknown fact"):
        load("meta_raid", ['sources."labs.xAI.compute"=xai_pay'])
    with pytest.raises(ScenarioError, match=r'must be a list of one or more texts; write \["xAI"\]'):
        load("meta_raid", ["campaigns.*.targets=xAI"])
    with pytest.raises(ScenarioError, match="is no number, so that nothing can multiply it"):
        load("meta_raid", ["labs.OpenAI.refill=x2"])
