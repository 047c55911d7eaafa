"""What a study file may hold, and what is said of everything wrong in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from talentmarket.errors import InputError, ScenarioError
from talentmarket.studies.reading.deciding import held
from talentmarket.studies.reading.file import is_study, read_study, study_names
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.ranges import vary
from talentmarket.studies.reading.words import Words, study_of

GOOD = """
title = "A study"
question = "Does it hold?"
[compare]
base = "meta_raid"
run = "fair_response"
[set]
run.months = 12
[parameters]
choice.noise = { low = 0.5, high = 2.0, log = true }
"labs.*.compute" = { factors = [0.5, 2.0] }
labs.OpenAI.mission = { distribution = { beta = [4, 2] } }
population.loyalty_mean = [0.4, 0.6]
[levers]
labs.OpenAI.response.fair_delay = { values = [1, 2], on = "run" }
[design]
kind = "latin"
points = 20
[replicates]
least = 8
most = 32
until = "sign"
[[outcomes]]
measure = "lost_to_labs of OpenAI"
want = "lower"
[discover]
above = 0.0
"""


def written(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def problems_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read_study(written(folder, text))
    return [problem.removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_a_file_becomes_a_study(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)
    assert is_study(file)
    assert not is_study("meta_raid")
    study = read_study(file)
    assert [side.name for side in study.sides] == ["meta_raid", "fair_response"]
    assert study.fixed == ("run.months=12",)
    assert [each.path for each in study.parameters] == [
        "choice.noise",
        "labs.*.compute",
        "labs.OpenAI.mission",
        "population.loyalty_mean",
    ]
    assert study.parameters[1].factor
    assert study.levers[0].run_only
    assert study.stopping.sign
    assert study.stopping.looks == 4
    assert study.discover is not None
    assert study.discover.outcome == "lost_to_labs of OpenAI"


@pytest.mark.parametrize("name", study_names())
def test_shipped_studies_are_right(name: str) -> None:
    assert is_study(name)
    assert read_study(name).question


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("choice.noise =", "choice.nose =", ["line 10", "there is no 'nose' in choice", "did you mean 'noise'?"]),
        ("low = 0.5, high = 2.0, log", "low = 2.0, high = 0.5, log", ["line 10", "empty range"]),
        ("low = 0.5, high = 2.0, log", "low = 0.0, high = 2.0, log", ["line 10", "above 0"]),
        ("low = 0.5, high = 2.0, log", "lwo = 0.5, high = 2.0, log", ["line 10", "did you mean 'low'?"]),
        ("high = 2.0", "high = 2e9", ["line 10", "choice.noise is 2000000000.0, but must be"]),
        ("[0.4, 0.6]", "[0.4, 7]", ["line 13", "population.loyalty_mean is 7, but must be a number from 0.01 to 0.99"]),
        ("[0.4, 0.6]", "[]", ["line 13", "has no values"]),
        ("[0.4, 0.6]", "[0.4, 0.4]", ["line 13", "a value twice"]),
        ("[0.4, 0.6]", "0.4", ["line 13", "must be { low = 1, high = 2 }"]),
        ("beta = [4, 2]", "beta = [4]", ["line 12", "must be [a, b]"]),
        ("beta = [4, 2]", "bta = [4, 2]", ["line 12", "did you mean 'beta'?"]),
        ('"labs.*.compute"', '"labs.Opal.compute"', ["line 11", "there is no 'Opal' in labs", "OpenAI"]),
        ("{ values = [1, 2], on", "{ low = 1, high = 2, on", ["line 15", "needs values to choose from"]),
        ('kind = "latin"', 'kind = "latain"', ["line 17", "did you mean 'latin'?"]),
        ("points = 20", "points = 0", ["line 18", "a whole number from 2"]),
        ("most = 32", "most = 30", ["line 21", "rounds of 8"]),
        ('until = "sign"', "", ["line 21", "needs an aim"]),
        ("lost_to_labs", "lost_to_lab", ["line 24", "did you mean 'lost_to_labs'?"]),
        ("lost_to_labs of OpenAI", "lost_to_labs of Opal", ["line 24", "not known of 'Opal'"]),
        ('want = "lower"', 'want = "less"', ["line 25", '"lower" or "higher"']),
        ("above = 0.0", "", ["line 26", "needs a limit"]),
        ('base = "meta_raid"', 'base = "meta_rade"', ["line 5", "did you mean 'meta_raid'?"]),
        ("[levers]", "[leavers]", ["line 14", "did you mean 'levers'?"]),
        ("above = 0.0", "above = nan", ["line 27", "discover.above is nan, but must be a finite number"]),
        ("above = 0.0", f"above = 1{'0' * 400}", ["line 27", "must be a finite number"]),
        ('until = "sign"', "half_width = nan", ["line 22", "half_width is nan, but must be a finite number"]),
        ('until = "sign"', "relative = inf", ["line 22", "relative is inf, but must be a finite number"]),
        ("low = 0.5, high = 2.0, log", "low = 0.5, high = inf, log", ["line 10", "high is inf"]),
        ("[0.5, 2.0]", "[0.5, nan]", ["line 11", "labs.*.compute has a value that is no finite number"]),
        ("[0.4, 0.6]", "[0.4, -inf]", ["line 13", "has a value that is no finite number"]),
        ("beta = [4, 2]", "normal = [nan, 2]", ["line 12", "must be [mean, standard deviation] as finite numbers"]),
        ("run.months = 12", "choice.noise = 1.5", ["line 10", "choice.noise is varied, and set", "mine.toml, line 8"]),
        ("choice.noise = {", "run.seed = {", ["line 10", "run.seed cannot be varied: it changes no market"]),
        ("[discover]", '[[outcomes]]\nmeasure = "lost_to_labs of OpenAI"\n[discover]', ["line 27", "is asked twice"]),
        (
            'want = "lower"',
            'per = "lost_to_labs of OpenAI"',
            ["line 25", "another outcome, and this study has no other"],
        ),
        ("run.months = 12", "run.moths = 12", ["mine.toml, line 8: run.moths=12: there is no 'moths' in run"]),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    assert old in GOOD
    told = "\n".join(problems_of(tmp_path, GOOD.replace(old, new)))
    for word in words:
        assert word in told


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    wrong = GOOD.replace("log = true", "log = 1").replace("points = 20", "points = 1").replace("lower", "loewr")
    assert [problem.partition(":")[0] for problem in problems_of(tmp_path, wrong)] == [
        "mine.toml, line 10",
        "mine.toml, line 18",
        "mine.toml, line 25",
    ]


def test_a_measure_that_a_side_lacks_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace('base = "meta_raid"', 'base = "baseline"').replace("lost_to_labs of OpenAI", "share_came")
    assert "share_came is not known in baseline" in "\n".join(problems_of(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("choice.noise=1..9:3", [1.0, 5.0, 9.0]),
        ("choice.noise=1..100:3:log", [1.0, 10.0, 100.0]),
        ("choice.noise=.4,.6", [0.4, 0.6]),
        ("labs.*.compute=x0.5,x2", [0.5, 2]),
        ("run.moves=all,raids", ["all", "raids"]),
    ],
)
def test_what_varies_on_the_command_line(text: str, values: list[object]) -> None:
    assert list(vary(text).levels) == pytest.approx(values) if values[0] != "all" else list(vary(text).levels) == values


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("choice.noise", "expected PATH"),
        ("choice.noise=5..1", "empty range"),
        ("choice.noise=0..1:5:log", "above 0"),
        ("choice.noise=a..b", "no number"),
        ("choice.noise=1..2:1", "steps"),
        ("choice..noise=1,2", "no path"),
        ("2:choice.noise=1,2", "run:choice.noise=1,2 is for the scenario that is studied alone"),
    ],
)
def test_what_cannot_be_varied(text: str, word: str) -> None:
    with pytest.raises(InputError, match=word):
        vary(text)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (Words(), "nothing is varied"),
        (Words(vary=("choice.nose=1,2",)), "did you mean 'noise'"),
        (Words(vary=("choice.noise=1,2",), outcomes=("startd",)), "did you mean 'started'"),
        (Words(vary=("choice.noise=1,2",), outcomes=("started:lwer",)), "did you mean 'lower'"),
        (
            Words(vary=("choice.noise=1,2",), outcomes=("started", "started:lower")),
            "the outcome started is asked twice",
        ),
        (Words(vary=("choice.noise=1,2",), outcomes=("started of Opal",)), "known are OpenAI$"),
        (Words(vary=("choice.noise=1,2",), outcomes=("joint_moves of Opal",)), "leave out ' of Opal'"),
        (Words(vary=("choice.noise=1,2",), fixed=("choice.noise=3",)), "set as well by --set choice.noise=3"),
        (Words(vary=("labs.*.compute=1,2",), fixed=("labs.Meta.compute=3",)), "set as well by --set labs.Meta.compute"),
        (Words(vary=("title=a,b",)), "title cannot be varied"),
        (Words(vary=("run.replicates=8,16",)), "run.replicates cannot be varied"),
        (Words(vary=("labs.Meta.colour=red,blue",)), "labs.Meta.colour cannot be varied"),
        (Words(vary=("choice.noise=1,2",), kind="grid", points=4), "brings its own number of points"),
        (Words(vary=(f"choice.noise=1..1{'0' * 400}",)), "is no number"),
        (Words(vary=("choice.noise=1,2",), replicates=9), "rounds of 8"),
        (Words(vary=("choice.noise=1,2",), kind="sobl"), "did you mean 'sobol'"),
        (Words(vary=("choice.noise=1,2",), base="meta_raid"), "with itself"),
        (Words(vary=("labs.*.name=x2",)), "no number"),
        (Words(vary=("run:choice.noise=1,2",)), "no other side without --base"),
        (Words(vary=("choice.noise=1,2",), fixed=("2:choice.envy=1",)), "--vary run:choice.envy=A,B"),
    ],
)
def test_words_of_a_command_that_are_wrong(words: Words, told: str) -> None:
    with pytest.raises(InputError, match=told):
        study_of("meta_raid", words)


def test_what_is_set_is_kept_where_factors_multiply_it_or_the_base_has_it() -> None:
    def asked(vary: str, fixed: str, base: str = "") -> tuple[str, ...]:
        return study_of("meta_raid", Words((vary,), ("departures of OpenAI",), (fixed,), base)).fixed

    assert asked("choice.noise=x0.5,x2", "choice.noise=3")
    assert asked("labs.OpenAI.compute=1,2", "labs.*.compute=3")  # the other labs have it
    assert asked("run:labs.OpenAI.mission=.4,.6", "labs.OpenAI.mission=.5", base="baseline")


def test_values_are_quantiles_of_what_is_asked() -> None:
    shares = np.linspace(0.0, 1.0, 10001)
    log = Parameter("a.b", 1.0, 100.0, log=True).drawn(shares)
    assert np.median(log) == pytest.approx(10.0)
    whole = np.array(Parameter("a.b", 1.0, 4.0, whole=True).drawn(shares))
    assert np.bincount(whole)[1:] / len(whole) == pytest.approx([0.25] * 4, abs=1e-3)
    beta = Parameter("a.b", distribution=("beta", (4.0, 2.0))).drawn(shares[1:-1])
    assert np.mean(beta) == pytest.approx(4.0 / 6.0, abs=1e-3)
    assert Parameter("a.b", values=("x", "y")).drawn(np.array([0.0, 0.49, 0.5, 1.0])) == ["x", "x", "y", "y"]


def test_labels_say_what_is_varied() -> None:
    assert Parameter("choice.noise").label == "noise"
    assert Parameter("campaigns.Meta on OpenAI.tiers.top.total").label == "total of top"
    assert Parameter("labs.*.compute", factor=True).label == "compute of every lab (times)"


def test_an_outcome_has_words_of_its_own_and_is_divided_by_another_one_of_the_study(tmp_path: Path) -> None:
    more = 'want = "lower"\nwords = "what it loses"\n[[outcomes]]\nmeasure = "answer_spending of OpenAI"\nper = "{}"\n'
    text = GOOD.replace('want = "lower"\n', more.format("lost_to_labs of OpenAI"))
    first, second = read_study(written(tmp_path, text)).outcomes
    assert (first.label, first.name) == ("what it loses", "lost_to_labs of OpenAI")
    assert (second.label, second.per) == ("answer spending of OpenAI, to all offers", first.name)
    (problem,) = problems_of(tmp_path, GOOD.replace('want = "lower"\n', more.format("lost_to_lab of OpenAI")))
    assert "must be the measure of another outcome" in problem
    assert "'lost_to_labs of OpenAI'" in problem


def test_a_misspelt_study_is_told_the_nearest_one() -> None:
    with pytest.raises(
        ScenarioError, match=r"offersize: there is no such file, study or scenario; did you mean 'offer_size'\?"
    ):
        is_study("offersize")
    assert not is_study("meta_rade")


def test_what_decides_a_raid_decides_a_study_of_its_outcome_too() -> None:
    def deciding(outcome: str, vary: str) -> list[str]:
        return held(study_of("meta_raid", Words(vary=(vary,), outcomes=(outcome,))))

    loyalty, labs = "population.loyalty_mean=0.4,0.6", "moves_between_labs"
    assert "campaigns.*.engage" in deciding("share_came", loyalty)[:2]
    assert not [path for path in deciding(labs, loyalty) if path.startswith("campaigns")]
    # What decides the lab's answer comes first where that is varied, and is asked for.
    answer = "labs.OpenAI.response.counter_share=0.4,0.8"
    assert deciding("counters of OpenAI", answer)[0] == "labs.*.response.detection"
    assert deciding("share_came", answer)[:2] == ["labs.*.response.detection", "campaigns.*.engage"]
    # What varies the raid itself keeps its own order, and what is varied is not named as held.
    assert deciding("share_came", "campaigns.*.tiers.*.total=x0.5,x2")[0] == "campaigns.*.engage_response"
    assert "campaigns.*.engage" not in deciding("share_came", "campaigns.*.engage=0.4,0.6")


CAP = "labs.OpenAI.response.counter_cap"


def test_what_tells_the_sides_apart_is_varied_in_the_run_alone_or_on_purpose(tmp_path: Path) -> None:
    def asked(vary: str) -> Parameter:
        words = Words(vary=(vary,), outcomes=("departures of OpenAI",), base="meta_raid")
        return study_of("targeted_response", words).parameters[0]

    with pytest.raises(ScenarioError) as caught:
        asked(f"{CAP}=20,100")
    told = str(caught.value)
    assert f"{CAP} is 20.0 in targeted_response and 0.0 in meta_raid" in told
    assert f"run:{CAP}=… varies it in targeted_response alone" in told
    assert asked(f"run:{CAP}=20,100").run_only
    assert not asked(f"both:{CAP}=20,100").run_only
    # Where the sides are alike, or keep their ratio, there is nothing to overwrite.
    assert not asked("choice.noise=1,2").run_only
    assert asked(f"{CAP}=x0.5,x2").factor

    assert read_study(written(tmp_path, GOOD.replace('"run" }', '"both" }'))).levers[0].both
    (problem,) = problems_of(tmp_path, GOOD.replace(', on = "run"', ""))
    assert "line 15" in problem
    assert 'with on = "run" it varies in fair_response alone' in problem
