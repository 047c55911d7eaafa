"""The parts that read a scenario, where whole files do not show the difference."""

from pathlib import Path

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.scenario import load
from talentmarket.scenario.places.locating import follow, inside, schema_of
from talentmarket.scenario.reading.fields import allowed
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.syntax import parse
from talentmarket.scenario.text.tree import Source, grow


def problems_of(folder: Path, text: str) -> list[str]:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(file)
    return list(caught.value.problems)


def tree(text: str):
    parsed = parse(text, "file")
    return grow(parsed.content, Source("file", 0, parsed.lines))


def test_a_field_that_there_is_not_is_empty() -> None:
    assert inside(schema_of(Scenario), "nonsense") == {}
    assert inside({}, 3) == {}
    assert inside(inside(schema_of(Scenario), "labs"), 0)["properties"]["mission"]["unit"] == "share"


@pytest.mark.parametrize(
    ("low", "high", "words"), [(0.5, 2.0, "from 0.5 to 2"), (0, 1000.0, "from 0 to 1,000"), (1, 2.5, "from 1 to 2.5")]
)
def test_bounds_are_told_without_a_needless_point(low: float, high: float, words: str) -> None:
    assert allowed({"type": "number", "minimum": low, "maximum": high}) == f"a number {words}"


@pytest.mark.parametrize("key", ["extends", "replace"])
def test_what_is_said_of_a_file_itself_cannot_be_replaced(tmp_path: Path, key: str) -> None:
    (problem,) = problems_of(tmp_path, f'extends = "baseline"\nreplace = ["{key}"]\ntitle = "x"')
    assert f'replace: "{key}" is not in this file' in problem


def test_labs_without_a_name_stay_apart(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, "[[labs]]\nmission = 0.5\n[[labs]]\nmission = 0.6")
    missing = [problem for problem in problems if "name is missing" in problem]
    assert [problem.partition(":")[0][-1] for problem in missing] == ["1", "3"]


def test_a_misspelt_name_is_meant_as_a_name_but_not_in_defaults(tmp_path: Path) -> None:
    assert any("did you mean 'name'?" in problem for problem in problems_of(tmp_path, '[[labs]]\nnamee = "xAI"'))
    assert not any("'name'?" in problem for problem in problems_of(tmp_path, '[defaults.lab]\nnamee = "xAI"'))


def test_steps_are_followed_as_far_as_there_is_something() -> None:
    labs = tree('[[labs]]\nname = "A"\n[[labs]]\nname = "B"')
    assert follow(labs, ("labs", 1, "name")).value == "B"
    for beyond in (2, 3):
        assert follow(labs, ("labs", beyond, "name")) is labs.table["labs"]
    assert follow(labs, ("events", 0)) is labs


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[run]\nmonths = 12.0", "; write 12 without a point"),
        ("[run]\nmonths = 12.5", ""),
        ("[run]\nmonths = 1e9", ""),
        ("[choice]\nnoise = '0.5'", "; write 0.5 without quotation marks"),
        ("[choice]\nnoise = '\u0663'", ""),
        ("[[labs]]\nname = 'xAI'\nmission = 10", "; 10 % is written 0.1"),
        ("[[labs]]\nname = 'xAI'\nmission = 100", "; 100 % is written 1"),
        ("[[labs]]\nname = 'xAI'\nmission = 9.5", ""),
        ("[[labs]]\nname = 'xAI'\nmission = 101", ""),
        ("[[labs]]\nname = 'xAI'\nmission = 2.0", ""),
        ("title = 3", '; write "3"'),
        ("title = 3.5", '; write "3.5"'),
        ("title = [3]", ""),
    ],
)
def test_what_was_meant_is_told_where_it_can_be_guessed(tmp_path: Path, text: str, hint: str) -> None:
    (problem,) = problems_of(tmp_path, text)
    assert problem.partition("; ")[1:] == (("; ", hint[2:]) if hint else ("", ""))
