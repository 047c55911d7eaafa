"""What the program writes into docs/ is up to date, and what people wrote beside it names what is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from talentmarket.errors import InputError
from talentmarket.market.records import Researcher, dtype_of
from talentmarket.report.documents import (
    content_of,
    lab_table,
    parameter_tables,
    schedule_list,
    state_tables,
    validation_lines,
    with_content,
)
from talentmarket.report.documents.__main__ import main
from talentmarket.report.documents.markdown import table
from talentmarket.scenario.places.locating import fields_of
from talentmarket.scenario.schema import Scenario

ROOT = Path(__file__).resolve().parents[2]
ODD = (ROOT / "docs/ODD.md").read_text(encoding="utf-8")
MECHANISMS = ROOT / "model/talentmarket/market/mechanisms"
WRITTEN = {
    "state": state_tables,
    "schedule": schedule_list,
    "parameters": parameter_tables,
    "labs": lab_table,
}
CONCEPTS = [
    "Basic principles",
    "Emergence",
    "Adaptation",
    "Objectives",
    "Learning",
    "Prediction",
    "Sensing",
    "Interaction",
    "Stochasticity",
    "Collectives",
    "Observation",
]


@pytest.mark.parametrize("name", WRITTEN)
def test_the_tables_of_the_odd_protocol_are_up_to_date(name: str) -> None:
    assert content_of(ODD, name) == WRITTEN[name](), "run `make docs`"


def test_every_parameter_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", content_of(ODD, "parameters"), re.MULTILINE)
    assert rows == [path.rpartition(".")[2] for path in fields_of(Scenario)]
    assert "| each its own |" in content_of(ODD, "parameters")
    assert "|  |" not in content_of(ODD, "parameters")


def test_the_protocol_has_its_seven_parts_and_eleven_concepts() -> None:
    parts = re.findall(r"^## (\d)\. (.*)$", ODD, re.MULTILINE)
    assert [int(number) for number, _ in parts] == list(range(1, len(parts) + 1))
    assert len(parts) >= 7
    concepts = re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", ODD[ODD.index("## 4.") : ODD.index("## 5.")], re.MULTILINE)
    assert concepts == CONCEPTS


def test_every_mechanism_is_described() -> None:
    """A mechanism without a word in the sections on submodels is one that readers do not know of."""
    submodels = ODD[ODD.index("## 7.") : ODD.index("## 8.")]
    modules = {file.name for file in MECHANISMS.glob("*.py")} - {"__init__.py"}
    assert {name for name in modules if f"`{name}`" not in submodels} == set()


def switches() -> list[tuple[str, str, str]]:
    """Mechanism, switch and test of each row of section 8."""
    section = ODD[ODD.index("## 8.") : ODD.index("## 9.")]
    rows = [tuple(cell.strip() for cell in line.split("|")[1:-1]) for line in section.splitlines() if "::" in line]
    return [(row[0], row[1], row[2]) for row in rows]


def test_the_tests_that_catch_a_break_are_there() -> None:
    assert len(switches()) >= 35
    for mechanism, _, test in switches():
        file, function = test.strip("`").split("::")
        source = (ROOT / "tests" / file).read_text(encoding="utf-8")
        names = {node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
        assert function in names, mechanism


def test_the_switches_are_parameters_at_the_value_that_the_schema_calls_off() -> None:
    words = {"0": 0, "1": 1, "false": False, '"none"': "none", '"pay"': "pay", "empty": []}
    for mechanism, switch, _ in switches():
        for paths, word in re.findall(r"(`[a-z_]+\.[^ ]+`(?:, `[^ ]+`)*) (\S+?)(?:,|$| )", switch):
            for path in re.findall(r"`([^`]+)`", paths):
                expected = {} if path == "labs.*.fit" else words[word]
                assert fields_of(Scenario)[path]["off"] == expected, mechanism


def test_each_record_of_a_researcher_has_a_meaning() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (.*) \|$", state_tables().split("**Jobs**")[0], re.MULTILINE)
    assert [name for name, _ in rows] == list(dtype_of(Researcher).names or ())
    assert [name for name, meaning in rows if not meaning.strip()] == []


def test_what_stands_between_marks_is_replaced_and_nothing_else() -> None:
    document = "before\n<!-- a: old -->\n\nx\n\n<!-- end of a -->\nafter <!-- b: -->\n"
    written = with_content(document, "a", "| 1 |\n\\1 \\g<0>")
    assert content_of(written, "a") == "| 1 |\n\\1 \\g<0>"
    assert written.startswith("before\n<!-- a: ")
    assert written.endswith("<!-- end of a -->\nafter <!-- b: -->\n")
    assert with_content(written, "a", content_of(written, "a")) == written
    with pytest.raises(InputError, match="no marks"):
        content_of(document, "b")


def test_a_cell_does_not_break_its_table() -> None:
    assert table(("a", "b"), [("x|y", "1\n2")]) == "| a | b |\n| --- | --- |\n| x\\|y | 1 2 |"
    assert validation_lines([]) == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["galery"], "invalid choice: 'galery'"),
        (["studies", "offersize"], "there is no 'offersize' to choose; studies knows after_the_trend"),
        (["gallery", "offer_size"], "there is no 'offer_size' to choose; gallery knows baseline"),
        (["validation", "meta_raid"], "validation knows no names"),
    ],
)
def test_the_command_refuses_what_it_does_not_know_and_writes_nothing(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert told in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]
