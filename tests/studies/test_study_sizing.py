"""What is said of a study before it runs."""

from __future__ import annotations

import pytest

from talentmarket.commands.study_run import check_people, comes_to, megabytes
from talentmarket.errors import ScenarioError
from talentmarket.studies.reading.words import Words, study_of
from talentmarket.studies.sampling import sizing
from talentmarket.studies.sampling.idle import without_effect
from talentmarket.studies.sampling.sizing import Pace, most_people, pace_of


def test_points_across_the_design_are_timed_with_what_is_measured_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    timed: list[float] = []
    monkeypatch.setattr(sizing, "measured", lambda task, scenario, numbers: timed.append(scenario.choice.noise))
    pace = pace_of(study_of("meta_raid", Words(("choice.noise=1..2:9",), ("started",))))
    assert sorted(timed[1:]) == [1.0, 1.5, 2.0]  # the first one compiles
    assert pace.a_scenario > 0.0


def test_scenarios_are_read_by_one_processor_and_replicates_shared() -> None:
    assert Pace(0.5, 2.0).seconds(scenarios=4, replicates=32, workers=2) == 2.0 + 32.0


def test_a_small_study_is_not_said_to_need_nothing() -> None:
    assert megabytes(1_000) == "under 0.1 MB"
    assert megabytes(2_500_000) == "at most 2.5 MB"


@pytest.mark.parametrize(
    ("vary", "fixed", "people"),
    [
        (("population.scale=1..10:3",), (), [3000]),
        (("labs.*.headcount=x1,x4", "population.scale=0.5,2"), (), [2400]),
        (("choice.noise=1,2",), ("population.scale=3",), [900]),
    ],
)
def test_a_study_has_as_many_people_as_its_largest_point(
    vary: tuple[str, ...], fixed: tuple[str, ...], people: list[int]
) -> None:
    asked = study_of("classroom", Words(vary, ("started",), fixed))
    assert [scenario.researchers for scenario in most_people(asked)] == people


def test_what_no_memory_holds_is_refused_before_it_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizing, "measured", lambda *task: pytest.fail("ran"))
    asked = study_of("classroom", Words(("population.scale=1..100000",), ("started",)))
    for refused in (comes_to, check_people):
        with pytest.raises(ScenarioError, match="30,000,000 researchers, 64 runs at once, need about"):
            refused(asked, 64)


def test_what_acts_at_no_point_is_told() -> None:
    def told(*vary: str) -> list[str]:
        return without_effect(study_of("classroom", Words(vary, ("started",))))

    to = "labs.*.response.counter_to=approached,anyone"
    (line,) = told(to, "choice.noise=1,2")
    assert line.startswith("labs.*.response.counter_to is varied, but has no effect at any point because")
    assert told(to, "labs.*.response.counter_share=0,0.5") == []
    assert told(to, "labs.*.response.counter_share=0.5,0") == []


def test_what_acts_in_the_run_alone_is_not_held_to_be_idle_for_its_base() -> None:
    cap = "run:labs.OpenAI.response.counter_cap=20,100"
    asked = study_of("targeted_response", Words((cap,), ("departures of OpenAI",), base="meta_raid"))
    assert without_effect(asked) == []
