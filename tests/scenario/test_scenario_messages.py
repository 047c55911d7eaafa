"""Wrong scenarios: all problems at once, each with file, line, what was found and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.scenario import Scenario, load
from talentmarket.scenario.shipped import folder

CASES = {
    "unknown key": (
        "[population]\nloyalty_maen = 0.5",
        2,
        "there is no 'loyalty_maen' in population; did you mean 'loyalty_mean'?",
    ),
    "unknown table": ("[coice]\nnoise = 1.0", 1, "there is no 'coice' at the top of the file; did you mean 'choice'?"),
    "key of another table": ("[choice]\nmission = 1.0", 2, "there is no 'mission' in choice; it belongs to [[labs]]"),
    "key below a table": ("[run]\ntitle = 'x'", 2, "it belongs to the top of the file, before the first [table]"),
    "text for a number": (
        "[choice]\nnoise = '0.5'",
        2,
        'choice.noise is "0.5", but must be a number from 0 to 100 (scale); write 0.5 without quotation marks',
    ),
    "float for a whole number": (
        "[run]\nmonths = 12.0",
        2,
        "run.months is 12.0, but must be a whole number from 1 to 1,200 (months); write 12 without a point",
    ),
    "bool for a number": ("[choice]\nnoise = true", 2, "choice.noise is true, but must be a number"),
    "number for a bool": ("[[labs]]\nname = 'xAI'\nrefill = 1", 3, "labs.xAI.refill is 1, but must be true or false"),
    "number for text": (
        "title = 3",
        1,
        'title is 3, but must be text in quotation marks on one line, of 1 to 120 characters; write "3"',
    ),
    "empty text": ("title = ''", 1, 'title is ""'),
    "two lines of title": ('title = "a\\nb"', 1, 'title is "a\\nb", but must be text in quotation marks on one line'),
    "the star of a path for a name": (
        "[[labs]]\nname = '*'\nheadcount = 1",
        2,
        'labs.*.name is "*", but must be text in quotation marks on one line, of 1 to 40 characters, and not * alone',
    ),
    "date for a number": ("[run]\nseed = 2025-07-01", 2, "run.seed is 2025-07-01, but must be a whole number"),
    "too large": (
        "[[labs]]\nname = 'xAI'\nmission = 1.5",
        3,
        "labs.xAI.mission is 1.5, but must be a number from 0 to 1 (share)",
    ),
    "per cent": ("[[labs]]\nname = 'xAI'\nmission = 60", 3, "60 % is written 0.6"),
    "zero for a positive number": (
        "[population]\nscale = 0",
        2,
        "population.scale is 0, but must be a number from 1e-09 to 100,000 (factor)",
    ),
    "not a number": ("[choice]\nnoise = nan", 2, "choice.noise is nan, but must be a number from 0 to 100"),
    "infinity": ("[choice]\nnoise = -inf", 2, "choice.noise is -inf, but must be"),
    "beyond floats": ("[choice]\nnoise = 1e999", 2, "choice.noise is inf, but must be"),
    "beyond integers": (
        "[choice]\nnoise = " + "9" * 4000,
        2,
        "choice.noise is a whole number of more than 20 digits, but must be",
    ),
    "choice of words": (
        "[run]\nmoves = 'betwen_labs'",
        2,
        'must be "all" or "between_labs" or "none"; did you mean \'between_labs\'?',
    ),
    "table for a number": ("[choice]\nnoise.x = 1", 2, "choice.noise is a table, but must be a number"),
    "text for a table": ("choice = 'x'", 1, 'choice is "x", but must be a table'),
    "list for a table": ("[[choice]]\nnoise = 1.0", 1, "but must be a table; its name has single brackets: [choice]"),
    "table for a list": ("[labs.OpenAI]\nmission = 1.0", 1, 'write [[labs]] and on a line of its own name = "OpenAI"'),
    "text for a list": ("labs = 'x'", 1, 'labs is "x", but must be a list of 2 to 64 tables'),
    "name twice": (
        "[[labs]]\nname = 'xAI'\n[[labs]]\nname = 'Meta'\n[[labs]]\nname = 'xAI'",
        5,
        "the name 'xAI' stands in labs twice, first in line 1",
    ),
    "new lab without people": (
        "[[labs]]\nname = 'new'",
        1,
        "labs.new.headcount is missing; it must be a whole number from 0 to 100,000,000 (researchers)",
    ),
    "two outsides": (
        "[[labs]]\nname = 'x'\nheadcount = 1\nkind = 'outside'",
        1,
        'exactly one lab must be of kind = "outside"',
    ),
    "fit to an unknown lab": (
        "[[labs]]\nname = 'Meta'\nfit = { OpenAl = 0.5 }",
        3,
        "labs.Meta.fit.OpenAl is \"OpenAl\", which is no lab of this scenario; did you mean 'OpenAI'?",
    ),
    "fit to itself": (
        "[[labs]]\nname = 'Meta'\nfit = { Meta = 0.5 }",
        3,
        "labs.Meta.fit.Meta is the lab itself, whose own mission fits wholly",
    ),
    "window twice": (
        "[transfer]\nwindows = [3, 9,\n3]",
        3,
        "transfer.windows[3] is 3, a month that stands in the list twice",
    ),
    "nobody": ("[population]\nscale = 1e-9", 2, "population.scale leaves every lab with 0 researchers"),
    "in an inline list": ("labs = [{name = 'xAI'},\n{name = 'Meta', mission = 2}]", 2, "labs.Meta.mission is 2"),
    "defaults": (
        "[defaults.lab]\nmission = 5",
        2,
        "defaults.lab.mission is 5, but must be a number from 0 to 1 (share)",
    ),
    "unused defaults": ("[defaults.campaign]\nengage = 5", 2, "defaults.campaign.engage is 5"),
    "unknown default": (
        "[defaults.lab]\nmisson = 0.5",
        2,
        "there is no 'misson' in defaults.lab; did you mean 'mission'?",
    ),
    "unknown kind of defaults": (
        "[defaults.labs]\nmission = 0.5",
        1,
        "there is no 'labs' in defaults; did you mean 'lab'?",
    ),
    "named defaults": ("[defaults.lab]\nname = 'x'", 2, "there is no 'name' in defaults.lab"),
    "defaults that are none": ("defaults = 3", 1, "defaults is 3, but must be a table"),
    "default that is none": ("[defaults]\nlab = 3", 2, "defaults.lab is 3, but must be a table"),
    "unknown fact": ("[sources]\n'choice.noise' = 'max_packge'", 2, "did you mean 'max_package'?"),
    "source of nothing": (
        "[sources]\n'labs.OpnAI.mission' = 'max_package'",
        2,
        "there is no 'OpnAI' in labs; did you mean 'OpenAI'?",
    ),
    "source without quotes": (
        "[sources]\nlabs.xAI.mission = 'max_package'",
        2,
        'put the path in quotation marks: "labs.xAI.mission" = "max_package"',
    ),
}

RAID_CASES = {
    "unknown raider": ("lab = 'Mta'", 3, "lab is \"Mta\", which is no lab of this scenario; did you mean 'Meta'?"),
    "unknown target": ("targets = ['xAI', 'openai']", 3, "did you mean 'OpenAI'?"),
    "raids itself": ("targets = ['Meta']", 3, "targets[1] is the raiding lab, which cannot raid itself"),
    "target twice": ("targets = ['xAI', 'xAI']", 3, "targets[2] stands in the list twice"),
    "no targets": ("targets = []", 3, "targets is an empty list, but must be a list of one or more texts"),
    "tiers out of order": ("[[campaigns.tiers]]\nname = 'core'\nlast_rank = 1", 5, "last_rank is 1, but must be above"),
    "pay above total": (
        "[[campaigns.tiers]]\nname = 'core'\nrunning_pay = 100.0",
        5,
        "running_pay times years comes to 400 M$, more than the total of",
    ),
    "first year that cannot be": (
        "[[campaigns.tiers]]\nname = 'core'\nfirst_year_share = 0.999",
        5,
        "first_year_share is 0.999, but must be from",
    ),
}


def problems_in(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "my.toml"
    path.write_text(text)
    with pytest.raises(ScenarioError) as caught:
        load(path)
    return [problem.replace(str(path), "my.toml") for problem in caught.value.problems]


@pytest.mark.parametrize(("text", "line", "words"), CASES.values(), ids=CASES.keys())
def test_one_mistake_is_one_message_at_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    found = problems_in(tmp_path, text)
    assert len(found) == 1
    assert found[0].startswith(f"my.toml, line {line}: ")
    assert words in found[0]
    assert "pydantic" not in found[0]
    assert "http" not in found[0]


@pytest.mark.parametrize(("text", "line", "words"), RAID_CASES.values(), ids=RAID_CASES.keys())
def test_one_mistake_in_a_campaign(tmp_path: Path, text: str, line: int, words: str) -> None:
    head = 'extends = "meta_raid"\n[[campaigns]]\nname = "Meta on OpenAI"\n'
    found = problems_in(tmp_path, head + text)
    assert len(found) == 1
    assert found[0].startswith(f"my.toml, line {line + 1}: campaigns.Meta on OpenAI")
    assert words in found[0]


def test_all_mistakes_come_at_once_also_those_between_the_parts(tmp_path: Path) -> None:
    found = problems_in(
        tmp_path,
        'extends = "meta_raid"\nsources.x = 3\n[choice]\nnoise = "x"\nnose = 1\n[[campaigns]]\nname = "Meta on OpenAI"\n'
        'engage = 2\ntargets = ["OpenAi"]\n[[campaigns.tiers]]\nname = "top"\nlast_rank = 2000\nyears = 0\n'
        "[[labs]]\nmission = 0.5\n",
    )
    base = (folder("scenarios") / "meta_raid.toml").read_text(encoding="utf-8").splitlines()
    below = base.index("last_rank = 1000") + 1  # the tier after a tier that now ends at 2000
    assert [int(one.split("line ")[1].split(":")[0]) for one in found] == [2, 4, 5, 8, 9, 13, 14, 14, below]


def test_a_mistake_in_a_base_is_told_of_the_base(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text("# base\n[choice]\nnoise = -1\n")
    found = problems_in(tmp_path, 'extends = "base.toml"\ntitle = 3\n')
    assert found[0].startswith("my.toml, line 2: title")
    assert found[1].startswith(f"{tmp_path.as_posix()}/base.toml, line 3: choice.noise is -1")


def test_a_complete_file_is_told_what_it_lacks(tmp_path: Path) -> None:
    found = problems_in(tmp_path, 'extends = "none"\ntitle = "x"\n')
    assert (
        "my.toml: question is missing; it must be text in quotation marks on one line, of 1 to 200 characters" in found
    )
    assert "my.toml: labs is missing; it must be a list of 2 to 64 tables" in found
    # The title is there; campaigns, events, sources and facts may be missing.
    assert len(found) == len(Scenario.model_fields) - 5


def test_a_flood_of_problems_is_cut_short(tmp_path: Path) -> None:
    found = problems_in(tmp_path, "\n".join(f"key{number} = 1" for number in range(20_000)))
    assert len(found) == 51
    assert found[-1] == "… and 19950 more"


def test_names_from_the_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    found = problems_in(tmp_path, '"\\u001b[31m" = 1\n[[labs]]\nname = "\\u001b"\n[choice]\nnoise = "\\u009b\\u001b"\n')
    assert not any("\x1b" in one or "\x9b" in one for one in found)


def test_a_source_of_a_value_that_is_replaced_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    source = "campaigns.Meta on OpenAI.tiers.top.total"
    assert load("meta_raid").sources[source] == "max_package"
    path.write_text('extends = "meta_raid"\n[[campaigns]]\nname = "Meta on OpenAI"\nengage = 0.1\n')
    assert source in load(path).sources
    assert source not in load(path, [f"{source}=250.0"]).sources
    assert source not in load("meta_raid", ["campaigns=[]"]).sources
    assert source not in load("many_large_offers").sources


def test_a_scenario_built_in_python_is_checked_too() -> None:
    content = load("meta_raid").model_dump()
    content["campaigns"][0]["lab"] = "Mta"
    with pytest.raises(ValueError, match="is no lab of this scenario"):
        Scenario.model_validate(content)
