"""Guided tours: those that are shipped, what is refused in one, and that no run knows of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.page.turning.sliders import sliders
from talentmarket.scenario.reading.chain import shipped_names
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.reading.tours import tour_of

HEAD = 'extends = "meta_raid"\n\n[run]\nmonths = 12\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "raid.toml"


def problems(file: Path, steps: str) -> list[str]:
    file.write_text(HEAD + steps, encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        tour_of(file)
    return list(error.value.problems)


def test_at_least_six_scenarios_have_a_tour_of_six_to_eight_steps() -> None:
    tours = {name: tour_of(name) for name in shipped_names()}
    told = {name: steps for name, steps in tours.items() if steps}
    assert len(told) >= 6
    assert "classroom" in told
    assert all(6 <= len(steps) <= 8 for steps in told.values())
    assert all(any(step.guess for step in steps) for steps in told.values())


@pytest.mark.parametrize("name", [name for name in shipped_names() if tour_of(name)])
def test_a_tour_turns_only_what_the_page_lets_a_visitor_turn(name: str) -> None:
    scenario = load(name)
    ranges = {one.path: one for one in sliders(scenario, scenario)}
    for step in tour_of(name):
        if step.turn:
            assert step.to is not None
            assert ranges[step.turn].low <= step.to <= ranges[step.turn].high
            assert step.to != ranges[step.turn].loaded


def test_a_tour_is_neither_inherited_nor_part_of_the_scenario(file: Path) -> None:
    file.write_text('extends = "meta_raid"\n', encoding="utf-8")
    assert tour_of(file) == ()
    assert load(file) == load("meta_raid")
    assert "tour" not in load("meta_raid").model_dump()


def test_what_is_wrong_with_a_step_is_told_with_its_line(file: Path) -> None:
    assert problems(file, '[[tour]]\ntext = "a"\nlook = "stag"\n') == [
        f'{file}, line 7: tour[1].look is "stag", but must be "" or "question" or "stage" or "list" or "counters" or'
        ' "charts" or "feed" or "parameters" or "compare"; did you mean \'stage\'?'
    ]
    (unknown,) = problems(file, '[[tour]]\ntext = "a"\nmonths = 3\n')
    assert f"{file}, line 7: there is no 'months' in tour[1]" in unknown
    (alone,) = problems(file, '[[tour]]\ntext = "a"\nguess = "How many?"\n')
    assert alone == f"{file}, line 5: tour[1] needs both `guess` and `reveals`, or neither"


def test_a_step_beyond_the_run_or_without_such_a_parameter_is_told(file: Path) -> None:
    late, nothing = problems(file, '[[tour]]\ntext = "a"\nmonth = 13\nturn = "choice.nois"\nto = 1.0\n')
    assert late == f"{file}, line 7: tour: plays to month 13, but the run has 12"
    assert nothing.startswith(f"{file}, line 8: tour: turns nothing: ")


def test_a_tour_cannot_be_set_from_the_command_line() -> None:
    with pytest.raises(ScenarioError, match="'tour' can only stand in a file"):
        load("meta_raid", ["tour=[]"])
