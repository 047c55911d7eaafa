"""A user's own table: read as spreadsheets write it, told of line by line, and held against a run."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from fake_market import build_scenario, flows_table, months_table, quiet
from typer.testing import CliRunner

import talentmarket as tm
from talentmarket.cli import app
from talentmarket.errors import InputError
from talentmarket.runs.running import Options, run
from talentmarket.validation.against import checks_against
from talentmarket.validation.own_tables import read_own_table

COUNT = 12


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "mine.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize(
    "text",
    [
        "lab,months,share,people\nAlpha,24,0.67,1200\nBeta,12,0.8,\n",
        "\ufeffLab;Months;Share;People\r\n Alpha ; 24 ; 67 % ; 1.200 \r\n;;;\r\n\r\nBeta;12;0,80;\r\n",
        "company\tyears\tretention\tn\nAlpha\t2\t67%\t1 200\nBeta\t1\t.8\t\n",
        'lab,months,share,people\n"Alpha",24,"67%","1,200"\n\nBeta,12,8e-1,\n',
    ],
)
def test_one_table_in_the_ways_of_spreadsheets(text: str, tmp_path: Path) -> None:
    table = read_own_table(write(tmp_path, text))
    assert table.kind == "retention"
    assert table.rows["lab"].tolist() == ["Alpha", "Beta"]
    assert table.rows["months"].tolist() == [24.0, 12.0]
    assert table.rows["share"].tolist() == [0.67, 0.8]
    assert table.rows["people"].iloc[0] == 1200.0
    assert math.isnan(table.rows["people"].iloc[1])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("lab,months,share\n", "has a heading and no rows"),
        ("lab,month,x\n", "expected the columns of retention (lab, months, share); pay (lab, pay)"),
        ("lab,months,share,shares\n", "found shares"),
        ("lab,months,share\nAlpha,24,67\n", "line 2: share is 67, but must be from 0 to 1; 67 % is written 0.67"),
        ("lab,months,share\nAlpha,24,\n,12,0.5\n", "line 3: lab is missing"),
        ("lab,months,share\n\nAlpha,two,0.5\n", "line 3: months is 'two', which is no number"),
        ("lab;pay\nAlpha;1,5\nBeta;1.05\n", "line 3: pay is '1.05', which is no number with ',' before its decimals"),
        ('lab,pay\nAlpha,"1,5"\n', "line 2: pay is '1,5', which is no number with '.' before its decimals"),
        ("lab,months,share,low,high\nAlpha,24,.6,.5,\n", "low and high go together"),
        ("lab,months,share,low,high\nAlpha,24,.6,.7,.5\n", "low is 0.7, above high"),
        ("lab,pay,percentile\nAlpha,1.0,25\n", "percentile is 25, but must be 10, 50 or 90"),
        ("from,to,moves\nAlpha,Beta,-1\n", "moves is -1"),
    ],
)
def test_what_is_wrong_is_told_by_line(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_own_table(write(tmp_path, text))
    assert words in str(caught.value)
    assert "mine.csv" in str(caught.value)


@pytest.mark.parametrize("bad", [5, None])
def test_what_is_no_path_is_an_input_error(bad: object) -> None:
    with pytest.raises(InputError, match="must be a path"):
        tm.read_flows(bad)  # type: ignore[arg-type]


def test_flows_are_read_and_added_up_and_no_other_table_is(tmp_path: Path) -> None:
    file = write(tmp_path, "origin;destination;count\nAlpha;Beta;1.000,5\nBeta;Alpha;2\nAlpha;Beta;9,5\n")
    assert tm.read_flows(file).to_dict("list") == {
        "from": ["Alpha", "Beta"],
        "to": ["Beta", "Alpha"],
        "moves": [1010.0, 2.0],
    }
    with pytest.raises(InputError, match="is a table of pay"):
        tm.read_flows(write(tmp_path, "lab,pay\nAlpha,1\n"))


@pytest.fixture(scope="module")
def runs() -> tm.Runs:
    """Of Alpha's 100 people 90 + k are still there at the end in replicate k; of four moves k % 2 + 2 go to Beta."""

    def simulate(scenario, replicate):
        months = scenario.run.months + 1
        stayers = np.tile([100, 50, 50], (months, 1))
        stayers[-1, 0] = 85 + replicate
        pay = np.tile([1.0 + replicate / 100.0, 2.0, 3.0], (months, 1))
        moves = replicate % 2 + 2
        return {
            **quiet(scenario, replicate),
            "months": months_table(scenario, stayers=stayers, pay_p50=pay),
            "flows": flows_table(
                [(1, "Alpha", "Beta", moves), (2, "Beta", "Alpha", 4 - moves), (3, "Beta", "outside", 9)]
            ),
        }

    return run(build_scenario(), Options(replicates=COUNT, workers=1, simulate=simulate))


def test_the_model_s_figures_are_those_counted_by_hand(runs: tm.Runs, tmp_path: Path) -> None:
    retention = checks_against(runs, read_own_table(write(tmp_path, "lab,months,share\nAlpha,24,.9\nBeta,24,1\n")))
    assert retention[0].value == pytest.approx(np.mean([(85 + k) / 100 for k in range(COUNT)]))
    assert [each.verdict for each in retention] == ["agrees", "agrees"]
    assert retention[0].interval.low < 0.9 < retention[0].interval.high
    pay = checks_against(runs, read_own_table(write(tmp_path, "lab;pay;low;high\nAlpha;1,05;1;1,1\nBeta;3;2,5;3,5\n")))
    assert pay[0].value == pytest.approx(np.mean([1.0 + k / 100 for k in range(COUNT)]))
    assert [each.verdict for each in pay] == ["agrees", "differs"]
    flows = checks_against(runs, read_own_table(write(tmp_path, "from,to,moves\nAlpha,Beta,625\nBeta,Alpha,375\n")))
    assert [each.value for each in flows] == pytest.approx([2.5 / 4, 1.5 / 4])
    assert [each.verdict for each in flows] == ["agrees", "agrees"]


def test_people_and_moves_give_a_figure_its_range(runs: tm.Runs, tmp_path: Path) -> None:
    few, many = checks_against(
        runs, read_own_table(write(tmp_path, "lab,months,share,people\nAlpha,24,0.8,50\nAlpha,24,0.8,5000\n"))
    )
    assert few.target == pytest.approx((0.6696, 0.8876), abs=1e-3)  # Wilson's interval of 40 of 50
    assert (few.verdict, many.verdict) == ("differs", "differs")
    assert many.target.high - many.target.low < 0.1 * (few.target.high - few.target.low) * 1.2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lab,pay\nAlpa,1\n", "line 2: there is no lab 'Alpa'; did you mean 'Alpha'?"),
        ("lab,months,share\nAlpha,25,.5\n", "month 25 is not in the run, which has the months 0 to 24"),
        ("lab,months,share\nAlpha,2.5,.5\n", "month 2.5"),
        ("from,to,moves\nAlpha,Beta,0\n", "no moves at all"),
    ],
)
def test_what_the_run_has_not_is_refused(text: str, words: str, runs: tm.Runs, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        checks_against(runs, read_own_table(write(tmp_path, text)))


def test_the_command_holds_a_run_folder_against_it(tmp_path: Path) -> None:
    small = {"population.scale": 0.03, "run.months": 12}
    folder = tmp_path / "run"
    tm.run("baseline", replicates=3, workers=1, folder=folder, set=small)
    file = write(tmp_path, "lab;months;share;low;high\nOpenAI;12;80 %;0;1\nMeta;12;1 %;0;2 %\n")
    done = CliRunner().invoke(app, ["validate", str(folder), "--against", str(file)], env={"COLUMNS": "160"})
    assert done.exit_code == 1
    for words in ("OpenAI: still there after 12 months", "agrees", "differs", "2 checks"):
        assert words in " ".join(done.stdout.split())
    said = json.loads(CliRunner().invoke(app, ["validate", str(folder), "--against", str(file), "--json"]).stdout)
    assert [each["verdict"] for each in said["results"]] == ["agrees", "differs"]
    alone = CliRunner().invoke(app, ["validate", str(folder)])
    assert isinstance(alone.exception, InputError)
