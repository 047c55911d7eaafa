"""What a study says of points that are made up, so that every number in a sentence is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from talentmarket.report.chapters.study_points import listed
from talentmarket.studies.analyses.answers import in_short
from talentmarket.studies.analyses.space import space
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.study import Study
from talentmarket.studies.reading.words import Words, study_of
from talentmarket.studies.result import StudyResult
from talentmarket.studies.sampling.design import design_of
from talentmarket.studies.sampling.evaluating import Evaluated
from talentmarket.studies.sampling.running import Sampled

WOBBLE = np.array([-1.0, 1.0] * 4)


def asked(outcomes: tuple[str, ...], base: str) -> Study:
    vary = ("choice.noise=0.5..2",)
    return study_of("fair_response", Words(vary, outcomes, base=base, kind="sobol", points=8))


def result_of(study: Study, means: np.ndarray, spread: float) -> StudyResult:
    """Points with these means of the run (points, outcomes), the base at zero, and replicates around them."""
    evaluated = []
    for point, row in enumerate(means):
        run = np.array([row + spread * wobble for wobble in WOBBLE])[:, np.newaxis, :]
        sides = [np.zeros_like(run), run] if study.base is not None else [run]
        evaluated.append(Evaluated(point, np.concatenate(sides, axis=1), ""))
    return StudyResult(Sampled(study, design_of(study), tuple(evaluated)))


def test_a_plain_outcome_is_told_by_its_middle_and_nine_tenths_of_the_space() -> None:
    study = asked(("departures of OpenAI",), "")
    (answer,) = result_of(study, np.arange(100.0, 108.0)[:, np.newaxis], 0.1).answers
    space = "the space that was varied (noise)"
    assert f"lies between 100 and 107 in nine tenths of {space}, with 104 in the middle" in answer
    grid = replace(study, design=replace(study.design, kind="grid"))
    assert "nine tenths" not in "".join(result_of(grid, np.arange(5.0)[:, np.newaxis], 0.1).answers)


def test_an_outcome_over_another_is_told_at_the_points_that_are_clear_about_the_other() -> None:
    study = asked(("departures of OpenAI:lower", "answer_spending of OpenAI"), "meta_raid")
    first, second = study.outcomes
    study = replace(study, outcomes=(first, replace(second, per=first.name)))
    # Of the last two points the exits are unclear and are left out, whatever they cost.
    exits = np.array([-10.0, -20.0, -10.0, -5.0, -8.0, -4.0, 0.01, -0.02])
    cost = np.array([30.0, 80.0, 50.0, 5.0, 32.0, 8.0, 9.0, 9.0])
    answers = result_of(study, np.column_stack([exits, cost]), 0.1).answers
    assert [answer for answer in answers if answer.startswith("Divided by")] == [
        "Divided by departures of OpenAI it is 3.5 M$ in the middle, from 1 to 5, at the 6 points of 8 that are clear about it."
    ]
    unclear = result_of(study, np.column_stack([np.zeros(8), cost]), 0.1).answers
    assert "There is no point at which departures of OpenAI is clearly not zero, to divide it by." in unclear


def test_a_title_tells_the_sign_that_most_points_have_and_a_sentence_the_wanted_one() -> None:
    study = asked(("departures of OpenAI:lower",), "meta_raid")
    result = result_of(study, np.array([[-1.0], [2.0], [2.0], [2.0], [2.0], [2.0], [2.0], [2.0]]), 0.1)
    text = in_short(study, result.panels[0]).replace("\u00a0", " ")
    assert text.startswith("fair_response raises departures of OpenAI at 88 % (53 % to 98 %)")
    assert text.endswith("of the points: +2 in the middle, −1 to +2 at the ends")
    unclear = result_of(study, np.array([[-1.0], [2.0], [2.0], [2.0], [2.0], [2.0], [2.0], [0.01]]), 0.1)
    assert (
        in_short(study, unclear.panels[0])
        .replace("\u00a0", " ")
        .partition(":")[0]
        .endswith("of the points, clearly at 75 %")
    )
    assert "is below zero in 12 %" in result.answers[0].replace("\u00a0", " ")


def test_the_ends_are_told_by_the_values_of_the_parameters_within_the_bounds_of_a_share() -> None:
    vary = ("campaigns.Meta on OpenAI.tiers.top.total=10,500", "population.loyalty_mean=0.4,0.6")
    study = study_of("meta_raid", Words(vary, ("share_came",), kind="grid"))
    result = result_of(study, np.array([[0.01], [0.2], [0.3], [0.9]]), 0.05)
    low = result.design[[each.path for each in study.parameters]].iloc[0].tolist()
    assert low == [10, 0.4]
    (answer,) = (each.replace("\u00a0", " ") for each in result.answers)
    assert " % (0.0 to 5.5) at the top tier's total 10 M$, loyalty mean 0.4 to 90.0 % " in answer
    assert answer.endswith("at the top tier's total 500 M$, loyalty mean 0.6.")
    assert result.effects["low"].min() == 0.0
    assert list(result.effects.columns[:3]) == ["point", *(each.path for each in study.parameters)]


def test_a_factor_is_a_number_of_times() -> None:
    factor = Parameter("campaigns.*.tiers.*.total", values=(0.5, 2), factor=True, unit="M$")
    plain = Parameter("labs.Google DeepMind.mission", values=(0.5,), unit="share")
    assert (factor.phrase, factor.text(0.5)) == ("every tier's total", "0.5\u00a0times")
    assert (plain.phrase, plain.text(0.5)) == ("Google DeepMind's mission", "0.5")


def test_the_space_is_called_plausible_where_every_range_is_the_plausible_one() -> None:
    def told(*vary: str) -> str:
        return space(study_of("meta_raid", Words(vary, ("started",), kind="sobol", points=8)))

    both = ("population.loyalty_mean=plausible", "labs.OpenAI.stock.volatility=plausible")
    assert told(*both) == "the plausible space"
    assert told(both[0], "choice.noise=1..2") == "the space that was varied (loyalty mean and noise)"
    assert told("population.loyalty_mean=0.4..0.41") == "the space that was varied (loyalty mean)"
    assert told(*both, "choice.noise=1..2", "choice.envy=0..1") == "the space that was varied"


def test_the_points_of_a_small_grid_are_told_one_by_one() -> None:
    study = study_of("fair_response", Words(("choice.noise=1,2,3",), ("departures of OpenAI",), base="meta_raid"))
    (answer,) = result_of(study, np.array([[-1.0], [0.0], [2.0]]), 0.1).answers
    assert answer.startswith(
        "Departures of OpenAI, fair_response less meta_raid, is −1.000 (−1.089 to −0.911) at noise 1, "
    )
    assert answer.endswith(" and 2.000 (1.911 to 2.089) at noise 3.")


def test_the_table_of_points_has_units_and_shown_names_in_its_headings() -> None:
    vary = ("choice.switching_cost=0.4,0.465",)
    study = study_of("fair_response", Words(vary, ("staff_still_there of OpenAI",), base="meta_raid"))
    headings, rows = listed(result_of(study, np.array([[1.0], [2.0]]), 0.1))
    assert headings == ["Point", "switching cost, log points of money", "first staff still there of OpenAI, people"]
    assert [row[:2] for row in rows] == [["0", "0.4"], ["1", "0.465"]]
