"""The entries of seeds/: complete, plausible, and in agreement with each other and with the scenario files."""

import math
import re

import pytest
from scipy import stats

from talentmarket.scenario.evidence.fact import Fact
from talentmarket.scenario.evidence.seeds import facts, parameters
from talentmarket.scenario.places.locating import fields_of
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import split_path

PARAGRAPHS = 23
COUNTS = {"offers", "rank", "people"}
PARAGRAPH_OF = {
    "max_package": "paragraph 17",
    "first_year_pay": "paragraph 17",
    "offer_count": "paragraph 17",
    "stock_vests_year_one": "paragraph 18",
    "gpu_promise": "paragraph 17",
    "chief_scientist_declined": "paragraphs 10, 18",
    "far_down_the_list": "paragraph 10",
    "some_great_people": "paragraphs 4, 10",
    "missionaries_beat_mercenaries": "paragraphs 1, 5",
    "always_some_mercenaries": "paragraph 10",
    "culture_damage": "paragraph 7",
    "pay_review_for_all": "paragraph 6",
    "fairness": "paragraph 11",
    "equity_upside": "paragraph 11",
    "compute_bet": "paragraph 13",
    "growth_strain": "paragraph 13",
    "agi_first": "paragraphs 6, 14",
    "next_trend": "paragraph 14",
    "only_leaders": "paragraph 21",
    "not_a_signing_bonus": "paragraph 21",
    "signing_bonus_claim": "paragraph 20",
    "ceo_pay_microsoft": "paragraph 19",
    "ceo_pay_uber": "paragraph 19",
    "transfer_system": "paragraph 3",
    "headline_700": "paragraph 1",
    "talent_dearest": "paragraph 22",
}
NUMBERS = {
    "max_package": 300,
    "first_year_pay": 100,
    "offer_count": 10,
    "signing_bonus_claim": 100,
    "ceo_pay_microsoft": 79.1,
    "ceo_pay_uber": 39.4,
    "headline_700": 700,
    "retention_two_years_anthropic": 0.80,
    "retention_two_years_deepmind": 0.78,
    "retention_two_years_openai": 0.67,
    "retention_two_years_meta": 0.64,
    "flow_ratio_openai_anthropic": 8.2,
    "flow_ratio_deepmind_anthropic": 10.6,
    "headcount_deepmind": 6000,
    "headcount_openai": 3350,
    "headcount_meta": 2500,
    "headcount_anthropic": 1035,
    "headcount_xai": 1000,
    "retention_award_people": 1000,
    "log_odds_per_log_pay": 4,
    "science_pay_discount": 0.25,
    "amenity_sd": 0.123,
    "contagion_visier": 0.091,
    "joint_moves": 1 / 40,
    "unequal_pay_output": 0.24,
    "counteroffers_considered": 0.5,
    "counteroffers_stay": 0.8,
}


def numbers_of(fact: Fact) -> list[float]:
    """Every number in the value of a fact."""
    parts = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    cells = [cell for part in parts for cell in (part.values() if isinstance(part, dict) else [part])]
    return [cell for cell in cells if not isinstance(cell, str)]


def generic(pattern: str) -> str:
    """The schema path of a pattern: the name of a list item becomes `*`."""
    parts = list(split_path(pattern))
    for place in (1, 3):
        if len(parts) > place and parts[place - 1] in ("labs", "campaigns", "tiers"):
            parts[place] = "*"
    return ".".join(parts)


def test_every_fact_of_the_article_stands_where_the_article_has_it():
    article = {identifier: fact for identifier, fact in facts().items() if fact.collection == "article"}
    assert {identifier: article[identifier].where for identifier in PARAGRAPH_OF} == PARAGRAPH_OF
    for fact in article.values():
        assert re.fullmatch(r"paragraph \d+|paragraphs \d+(, \d+)+", fact.where), fact.id
        assert all(1 <= int(paragraph) <= PARAGRAPHS for paragraph in re.findall(r"\d+", fact.where)), fact.id


@pytest.mark.parametrize(("identifier", "number"), NUMBERS.items())
def test_figures_are_copied_right(identifier, number):
    assert facts()[identifier].number == pytest.approx(number)


def test_numbers_are_positive_and_shares_below_one():
    for fact in facts().values():
        assert all(math.isfinite(number) and number > 0 for number in numbers_of(fact)), fact.id
        if fact.unit == "share":
            assert all(row["value"] <= 1 for row in fact.rows), fact.id
            assert fact.rows or fact.allowed[0] <= 1, fact.id
        assert fact.relation == "claim" or fact.unit or isinstance(fact.value, str), fact.id


def test_a_fact_sets_only_parameters_that_exist_and_in_their_unit():
    fields = fields_of(Scenario)
    for fact in facts().values():
        for pattern in fact.sets:
            assert generic(pattern) in fields, f"{fact.id} sets {pattern}"
            unit = fields[generic(pattern)]["unit"]
            alike = fact.unit == unit or {fact.unit, unit} <= COUNTS
            assert fact.relation == "claim" or alike, f"{fact.id}: {fact.unit!r}, but {pattern} is in {unit!r}"


def test_every_fact_but_the_ambiguous_headline_says_what_it_is_for():
    idle = [fact.id for fact in facts().values() if not fact.sets and not fact.outcomes]
    assert idle == ["headline_700"]


def test_every_parameter_has_an_entry_and_every_entry_a_parameter():
    assert set(parameters()) == set(fields_of(Scenario))


def test_a_parameter_rests_on_facts_of_the_kind_it_claims():
    for parameter in parameters().values():
        collections = {facts()[identifier].collection for identifier in parameter.facts}
        if parameter.basis in ("article", "published"):
            assert parameter.basis in collections, parameter.path
        if parameter.basis == "fitted":
            assert "published" in collections, parameter.path
        if parameter.basis == "design":
            assert not collections, parameter.path


def test_a_fact_that_sets_a_parameter_is_named_by_the_parameter():
    for fact in facts().values():
        for pattern in fact.sets:
            assert fact.id in parameters()[generic(pattern)].facts, f"{fact.id} sets {pattern}"


def test_notes_repeat_no_number():
    assert [parameter.path for parameter in parameters().values() if re.search(r"\d", parameter.note)] == []


def test_ids_named_in_a_text_exist():
    for fact in facts().values():
        named = re.findall(r"\b[a-z]+(?:_[a-z0-9]+)+\b", f"{fact.caveat} {fact.claimed_by}")
        assert set(named) <= {*facts(), "stock_share"}, fact.id


@pytest.mark.parametrize("lab", ["anthropic", "deepmind", "openai", "meta"])
def test_rate_of_leaving_follows_from_retention(lab):
    retention = facts()[f"retention_two_years_{lab}"].number
    assert facts()[f"exit_hazard_{lab}"].number == pytest.approx(-math.log(retention) / 2, abs=5e-4)


def test_derived_figures_follow_from_the_others():
    number = {fact.id: fact.number for fact in facts().values() if isinstance(fact.value, float)}
    assert number["raid_yield"] == number["raid_hired_august"] / number["raid_approached"]
    assert number["first_year_share"] == pytest.approx(number["first_year_pay"] / number["max_package"], abs=1e-3)
    assert number["first_year_share"] <= number["first_year_pay"] / number["max_package"]
    repriced = number["openai_valuation_after"] / number["openai_valuation_before"]
    assert number["openai_repricing"] == pytest.approx(repriced, abs=5e-3)
    (hires,) = [row["value"] for row in facts()["hires_for_each_leaver"].rows if row["lab"] == "Anthropic"]
    assert number["growth_anthropic"] == pytest.approx(number["exit_hazard_anthropic"] * (hires - 1), abs=5e-3)
    sources = [number[f"first_announcement_{lab}"] for lab in ("openai", "deepmind", "anthropic")]
    assert sum(sources) == number["first_announcement_hires"] - 1
    assert number["outside_share_of_exits"] == pytest.approx(128 / 143, abs=5e-3)


def test_interval_of_the_yield_is_that_of_ten_in_a_hundred():
    interval = stats.beta.ppf([0.025, 0.975], 10 + 0.5, 90 + 0.5)
    assert facts()["raid_yield_interval"].allowed == pytest.approx(interval, abs=5e-3)


def test_range_of_the_log_odds_holds_every_study():
    low, high = facts()["log_odds_range"].allowed
    for study in ("hall_mueller", "roussille_scuderi", "lamadon", "unvested_stock"):
        least, most = facts()[f"log_odds_{study}"].allowed
        assert low <= least <= most <= high


@pytest.mark.parametrize("lab", ["openai", "anthropic", "deepmind"])
def test_profiles_keep_more_people_than_the_published_retention(lab):
    shares = {row["years"]: row["value"] for row in facts()[f"aiwatch_survival_{lab}"].rows}
    assert shares[1] > shares[2] > shares[4]
    assert shares[2] > facts()[f"retention_two_years_{lab}"].number
    assert facts()[f"aiwatch_hazard_{lab}"].number < facts()[f"exit_hazard_{lab}"].number


@pytest.mark.parametrize("kind", ["listed_1y", "listed_4y", "private_4y"])
def test_certainty_equivalents_fall_with_risk_aversion_and_with_the_share_of_wealth(kind):
    value = {
        (row["risk_aversion"], row["stock_share"]): row["value"] for row in facts()[f"certainty_equivalent_{kind}"].rows
    }
    assert set(value) == {(2, 0.5), (2, 0.67), (3, 0.5), (3, 0.67)}
    assert value[2, 0.5] > value[2, 0.67] > value[3, 0.67]
    assert value[2, 0.5] > value[3, 0.5] > value[3, 0.67]


RANGED = {path: entry.plausible for path, entry in parameters().items() if entry.plausible is not None}


@pytest.mark.parametrize("path", RANGED)
def test_a_plausible_range_is_judged_unless_a_fact_with_a_value_stands_behind_it(path: str) -> None:
    given, entry = RANGED[path], parameters()[path]
    known = [name for name in entry.facts if facts()[name].relation != "claim"]
    assert given.note.startswith("judged") or known or given.note.startswith("reported"), given.note
    assert not re.search(r"\d", given.note), "a note repeats no value"
    if "published" in given.note:
        assert any(facts()[name].collection == "published" for name in entry.facts), given.note


# Facts in the unit of a parameter, and how many of that unit one is.
MEASURED = [
    ("population.levels", "levels", 1.0),
    ("choice.taste_sd", "amenity_sd", 0.25),  # log points of money for one of pay at mean loyalty
    ("choice.contagion", "contagion_visier", 1.0),
    ("choice.exit_contagion", "contagion_visier", 1.0),
    ("choice.patience", "quits_wait_months", 1.0),
    ("choice.horizon", "package_years", 12.0),
    ("risk.risk_free", "risk_free_rate", 1.0),
    ("risk.equity_premium", "equity_premium", 1.0),
    ("labs.*.growth", "growth_anthropic", 1.0),
    ("labs.*.tenure_mean", "tenure_openai", 1.0),
    ("labs.*.stock.success_size", "openai_repricing", 1.0),
    ("labs.*.response.detection", "counteroffers_considered", 1.0),
    ("labs.*.ordinary_response.detection", "counteroffers_considered", 1.0),
    ("labs.*.response.counter_share", "counteroffers_stay", 1.0),
    ("labs.*.response.fair_years", "retention_award_years", 1.0),
    ("labs.*.equity.years_of_pay", "openai_stock_years_of_pay", 1.0),
    ("labs.*.equity.cliff", "openai_cliff_before", 1.0),
    ("labs.*.equity.cliff", "openai_cliff_spring", 1.0),
    ("campaigns.*.tiers.*.years", "package_years", 1.0),
    ("campaigns.*.engage_reference", "signing_bonus_claim", 1.0),
]


@pytest.mark.parametrize(("path", "name", "unit"), MEASURED)
def test_a_range_holds_the_fact_that_it_cites_with_its_tolerance(path: str, name: str, unit: float) -> None:
    given = RANGED[path]
    if name == "levels":
        ends = [float(sum(each.startswith("openai_pay_level_") for each in facts()))] * 2
    else:
        assert name in parameters()[path].facts
        fact = facts()[name]
        pair = fact.allowed if fact.relation in ("about", "between") else (fact.number, fact.number)
        ends = [end * unit for end in pair]
    assert given.low <= ends[0] <= ends[1] <= given.high


@pytest.mark.parametrize("column", ["risk_aversion", "stock_share"])
def test_the_ranges_of_risk_hold_what_the_published_table_is_for(column: str) -> None:
    given = RANGED[f"risk.{column}"]
    for name in parameters()[f"risk.{column}"].facts:
        assert all(given.low <= row[column] <= given.high for row in facts()[name].rows)


def test_the_scale_of_missions_holds_the_published_discount_in_log_points() -> None:
    given = RANGED["choice.mission_scale"]
    assert given.low <= -math.log1p(-facts()["science_pay_discount"].number) <= given.high


def test_a_scale_of_retention_holds_the_published_intervals() -> None:
    """A rate of leaving is -log(retention) / 2; its factor at the ends of each lab's interval."""
    given = RANGED["labs.*.separation"]
    for lab in ("anthropic", "deepmind", "openai", "meta"):
        fact = facts()[f"retention_two_years_{lab}"]
        for end in fact.allowed:
            assert given.low <= math.log(end) / math.log(fact.number) <= given.high
