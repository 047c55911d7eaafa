"""Notable moves in words, and the twins of two sessions."""

from __future__ import annotations

import numpy as np

from talentmarket.comparison.twins import twins_of as comparison_twins
from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.records.codes import PARTS, REFUSED
from talentmarket.page.choices import choices_for
from talentmarket.page.panels.comparison import counters_compared, lab_to_show, overlaid
from talentmarket.page.panels.researcher import lives_of, researcher_of
from talentmarket.page.panels.target_list import target_lists
from talentmarket.page.panels.twins import ASKED, CAUSES, VACANCY, causes_of, parted, twins_of, twins_table
from talentmarket.page.session import Session, Setup
from talentmarket.page.told.fates import hung_on
from talentmarket.page.view import same_people
from talentmarket.runs.options import Options
from talentmarket.runs.running import run

CHOICES = choices_for("baseline")
SMALL = {"population.scale": 0.1, "run.months": 10}


def session(key: str, like: Session | None = None, seed: int = 4) -> Session:
    return Session(Setup(key, SMALL, seed), CHOICES, like)


def test_every_start_of_a_campaign_is_told_or_counted() -> None:
    one = session("meta_raid")
    one.advance(10, float("inf"))
    told = [note for note in one.notes if note.kind == "campaign"]
    started = one.market.tables()["months"]["started"].sum()
    more = sum(int(note.text.split()[1]) for note in one.notes if note.kind == "more")
    assert 0 < len(told) <= started <= len(told) + more
    assert all("leaves OpenAI for Meta" in note.text for note in told)
    begin = [note for note in one.notes if note.kind == "begin"]
    assert [(note.month, note.text) for note in begin] == [
        (3, "Meta begins to ask people at OpenAI"),
        (7, "Meta on OpenAI: the campaign's last month is over"),
    ]


def test_the_largest_refusals_of_a_month_are_told_with_what_they_hung_on() -> None:
    one = session("missionaries")
    one.advance(10, float("inf"))
    asked = approaches_table(one.market.replicate.world, one.scenario)
    refused = asked["outcome"].codes == REFUSED
    told = [note for note in one.notes if note.kind == "refusal"]
    months = np.unique(asked["month"][refused]).tolist()
    assert [note.month for note in told] == [
        month for month in months for _ in range(min(int((refused & (asked["month"] == month)).sum()), 2))
    ]
    for note in told:
        row = int(
            np.flatnonzero(refused & (asked["researcher"] == note.researcher) & (asked["month"] == note.month))[0]
        )
        same = refused & (asked["month"] == note.month)
        assert (asked["total"][same] > asked["total"][row]).sum() < 2
        assert note.text.endswith(hung_on([part for part in PARTS if asked[f"without_{part}"][row]]))


def test_twins_are_those_who_are_elsewhere() -> None:
    raid = session("meta_raid")
    base = session("baseline", raid)
    assert same_people(raid, base)
    np.testing.assert_array_equal(raid.first_drawn, base.first_drawn)
    assert twins_of(raid, base).size == 0
    raid.advance(8, float("inf"))
    assert twins_of(raid, base).size == 0  # not the same month
    base.advance(8, float("inf"))
    twins = twins_of(raid, base)
    assert twins.size > 0
    told = twins_table(raid, base)
    assert f"{twins.size:,} of {raid.scenario.researchers:,}" in told["words"]
    names = [lab.name for lab in raid.scenario.labs]
    labs = raid.market.replicate.world.researchers["lab"], base.market.replicate.world.researchers["lab"]
    for row in told["rows"]:
        assert row["a"].startswith(names[labs[0][row["researcher"]]])
        assert row["b"].startswith(names[labs[1][row["researcher"]]])
    rows = {row["name"]: row for row in counters_compared(raid, base)}
    assert rows["started"]["b"] == "0"
    assert rows["started"]["difference"] == f"+{rows['started']['a']}"
    assert "B" in overlaid(raid, base, "OpenAI")[0]["svg"]


def test_lives_part_as_a_comparison_counts_them() -> None:
    sides = [session(key, seed=4) for key in ("baseline", "meta_raid")]
    for side in sides:
        side.advance(10, float("inf"))
    base, raid = sides
    runs = [run(side.market.spec, Options(replicates=1, workers=1)) for side in sides]  # with all moves
    table, counts = comparison_twins(*runs, [0], "raid")
    lives = parted(raid, base)
    assert sorted(lives.researcher.tolist()) == sorted(table["researcher"].tolist())
    assert f"{counts['people']:,} lives have parted" in twins_table(raid, base)["words"]
    months = table.set_index("researcher")[["month", "base_month"]].min(axis=1)
    assert lives.month.tolist() == months.loc[lives.researcher].tolist()
    kinds = table.set_index("researcher")[["kind", "base_kind"]].astype(str)
    grown = (kinds == "growth").any(axis=1)
    assert lives.vacancy.tolist() == grown.loc[lives.researcher].tolist()


def test_those_whom_the_raid_asked_come_first_then_what_follows() -> None:
    raid, base = session("meta_raid"), session("baseline")
    for side in (raid, base):
        side.advance(10, float("inf"))
    asked = set(approaches_table(raid.market.replicate.world, raid.scenario)["researcher"].tolist())
    lives = parted(raid, base)
    cause = dict(zip(lives.researcher.tolist(), causes_of(raid, base, lives).tolist(), strict=True))
    assert {who for who, why in cause.items() if why == ASKED} == asked & set(cause)
    assert VACANCY in cause.values()
    ties, since = raid.market.replicate.world.ties, dict(zip(*(each.tolist() for each in lives[:2]), strict=True))
    for who, why in cause.items():  # a slow recount
        friends = ties.other[ties.start[who] : ties.start[who + 1]].tolist()
        knows = any(since.get(friend, 10**6) < since[who] for friend in friends)
        if why > VACANCY:
            assert CAUSES[why] == (CAUSES[2] if knows else "")
    shown = [CAUSES.index(row["cause"]) for row in twins_table(raid, base)["rows"]]
    assert shown == sorted(shown)
    assert shown[0] == ASKED


def test_other_people_have_no_twins() -> None:
    one, other = session("baseline", seed=1), session("baseline", seed=2)
    assert twins_of(one, other).size == 0
    assert "do not have the same people" in twins_table(one, other)["words"]
    assert lab_to_show(one, "nowhere") == "OpenAI"
    assert lab_to_show(one, "xAI") == "xAI"


def test_both_lives_of_a_twin_are_told() -> None:
    one, other = session("meta_raid", seed=1), session("baseline", seed=1)
    for each in (one, other):
        each.advance(10, float("inf"))
    who = int(twins_of(one, other)[0])
    told = lives_of(one, other, who, in_b=True)
    assert [life["tag"] for life in told["lives"]] == ["A", "B"]
    assert told["first"] == 1
    assert told["lives"][0]["lab"] != told["lives"][1]["lab"]
    assert [life["tag"] for life in lives_of(one, None, who, in_b=False)["lives"]] == [""]
    stranger = session("baseline", seed=2)
    assert [life["tag"] for life in lives_of(one, stranger, who, in_b=True)["lives"]] == ["B"]
    assert lives_of(one, other, -1, in_b=False) == {}


def test_a_researcher_has_a_life_and_reasons() -> None:
    one = session("meta_raid")
    one.advance(10, float("inf"))
    asked = approaches_table(one.market.replicate.world, one.scenario)
    rows = target_lists(asked, one.scenario, one.month)[0]["rows"]
    came = next(row for row in rows if row["fate"] == "came")
    life = researcher_of(one, came["researcher"])
    assert [job["lab"] for job in life["history"]][:2] == ["OpenAI", "Meta"]
    (choice,) = [each for each in life["choices"] if each.get("fate") == "came"]
    assert choice["taken"]
    assert choice["terms"].split(",")[0] in came["terms"]
    refused = next(row for row in rows if row["fate"] == "refused")
    assert not researcher_of(one, refused["researcher"])["choices"][0]["taken"]
    assert researcher_of(one, 10**9) == {}
    assert researcher_of(one, -1) == {}
