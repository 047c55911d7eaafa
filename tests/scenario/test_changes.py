import tomllib

import pytest

from talentmarket.scenario.places.differences import changes
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.writing.dumping import dumps


def listed(old, new):
    return [str(change) for change in changes(tomllib.loads(old), tomllib.loads(new))]


def test_a_scenario_does_not_differ_from_itself():
    content = tomllib.loads(dumps(load("meta_raid")))
    assert changes(content, content) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a = 1\nb = 2", "b = 2\na = 1", []),
        ("a = 1", "a = 2", ["a: 1 -> 2"]),
        ("[t]\na = 1.0\nb = true", "[t]\na = 1.5\nb = false", ["t.a: 1.0 -> 1.5", "t.b: true -> false"]),
        ("a = 1", "", ["a: 1 -> nothing"]),
        ("", "[t]\na = 'x'", ["t: nothing -> a table"]),
        ("a = [1, 2]", "a = [2, 1]", ["a: [1, 2] -> [2, 1]"]),
    ],
)
def test_every_difference_is_listed_by_its_path(old, new, expected):
    assert listed(old, new) == expected


def test_tables_of_a_list_are_compared_by_name():
    old = "[[labs]]\nname = 'A'\npay = 1\n[[labs]]\nname = 'B'\npay = 2"
    new = "[[labs]]\nname = 'B'\npay = 3\n[[labs]]\nname = 'A'\npay = 1"
    assert len(listed(old, new)) == 2
    assert listed(old, new)[0].endswith('-> ["B", "A"]')
    assert "pay: 2 -> 3" in listed(old, new)[1]


def test_what_the_raid_changes_is_the_raid():
    found = changes(tomllib.loads(dumps(load("baseline"))), tomllib.loads(dumps(load("meta_raid"))))
    assert {change.path.split(".")[0].split("[")[0] for change in found} >= {"campaigns", "title", "question"}
