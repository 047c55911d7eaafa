"""Twins: who lives another life, and how far one removed offer reaches in the real market."""

import numpy as np
import pandas as pd
import pytest
from fake_market import build_scenario, moves_table, offers_table, quiet

import talentmarket as tm
from talentmarket.comparison.comparison import compared
from talentmarket.comparison.twins import TWINS, twins_of
from talentmarket.market.simulate import Replicate
from talentmarket.runs.running import Options, Place, run, run_to_folder

SCENARIO = build_scenario()
HOME, AWAY, GONE = "Alpha", "Beta", "outside"


def market(*lives, offers=()):
    """Runs of a market whose moves in each replicate are (researcher, month, from, to, kind)."""
    names = ("researcher", "month", "from", "to", "kind")

    def simulate(scenario, replicate):
        rows = [dict(zip(names, move, strict=True)) for move in lives[replicate]]
        tables = {**quiet(scenario, replicate), "moves": moves_table(rows)}
        return {**tables, "offers": offers_table(scenario, list(offers))}

    return run(SCENARIO, Options(replicates=len(lives), workers=1, simulate=simulate))


def fate_of(before, after):
    """The only twin of one researcher's two lives."""
    twins, _ = twins_of(market(before), market(after), [0], "raid")
    assert len(twins) <= 1
    return twins.iloc[0] if len(twins) else None


GOES = (5, 3, HOME, AWAY, "ordinary")
GOES_LATER = (5, 7, HOME, AWAY, "ordinary")
LEAVES = (5, 4, HOME, GONE, "separation")
RAIDED = (5, 3, HOME, AWAY, "campaign")


@pytest.mark.parametrize(
    ("before", "after", "fate", "months"),
    [
        ([], [GOES], "moved", (3, None)),
        ([GOES], [], "stayed", (None, 3)),
        ([LEAVES], [GOES], "elsewhere", (3, 4)),
        ([GOES], [GOES_LATER], "another time", (7, 3)),
        ([GOES], [RAIDED], "other terms", (3, 3)),
    ],
)
def test_the_fates(before, after, fate, months):
    twin = fate_of(before, after)
    assert (twin["researcher"], twin["replicate"], twin["fate"], twin["from"]) == (5, 0, fate, HOME)
    found = [None if np.isnan(month) else int(month) for month in (twin["month"], twin["base_month"])]
    assert tuple(found) == months


def test_equal_lives_are_no_twins():
    assert fate_of([GOES], [GOES]) is None


def test_lives_part_at_the_first_move_that_differs():
    back = (5, 9, AWAY, HOME, "return")
    twin = fate_of([GOES], [GOES, back])
    assert (twin["fate"], twin["month"], twin["from"]) == ("moved", 9, AWAY)


def test_order_of_the_rows_does_not_matter():
    others = [(number, 2, HOME, AWAY, "ordinary") for number in (9, 1, 7)]
    assert fate_of([*others, GOES], [GOES, *reversed(others)]) is None


def test_an_offer_that_was_taken_comes_with_its_terms():
    taken = {"researcher": 5, "month": 3, "lab": AWAY, "rank": 12, "total": 300.0, "outcome": "started"}
    refused = {**taken, "month": 2, "total": 7.0, "outcome": "refused"}
    twins, _ = twins_of(market([LEAVES]), market([RAIDED], offers=[refused, taken]), [0], "raid")
    (twin,) = twins.to_dict("records")
    assert (twin["campaign"], twin["rank"], twin["total"], twin["reason"]) == ("Beta on Alpha", 12, 300.0, "money")
    assert (twin["base_to"], twin["base_kind"], str(twin["base_campaign"])) == (GONE, "separation", "nan")


def test_columns_are_those_that_are_explained():
    twins, _ = twins_of(market([]), market([GOES]), [0], "raid")
    assert list(twins.columns) == [column.name for column in TWINS]


def test_the_share_of_moves_that_the_raid_caused():
    stays = (6, 2, HOME, AWAY, "ordinary")
    comparison = compared([market([stays, LEAVES], [stays]), market([stays, RAIDED], [stays, GOES])], ["calm", "raid"])
    (fates,) = comparison.fates.to_dict("records")
    assert (fates["run"], fates["base_moves"], fates["moves"], fates["same_moves"]) == ("raid", 3, 4, 2)
    assert fates["caused_share"] == 0.5
    assert (fates["people"], fates["elsewhere"], fates["moved"]) == (2, 1, 1)
    assert (fates["raided"], fates["raided_who_else_stayed"]) == (1, 0)


def test_the_raided_are_those_who_took_a_campaign_s_offer_and_some_would_have_left_anyway():
    other = [(number, 2, HOME, AWAY, kind) for number, kind in ((6, "campaign"), (7, "ordinary"), (8, "return"))]
    (fates,) = compared([market([LEAVES], []), market([RAIDED, *other], [RAIDED])], ["calm", "raid"]).fates.to_dict(
        "records"
    )
    assert (fates["people"], fates["raided"], fates["raided_who_else_stayed"]) == (5, 3, 2)
    assert fates["raided_who_else_left"] == 1  # who leaves in the base where the raid moves them


def test_replicates_are_matched_by_number_not_by_place():
    base, other = market([], [GOES], [GOES]), market([], [GOES], [])
    assert len(twins_of(base, other, [0, 1], "raid")[0]) == 0
    twins, _ = twins_of(base, other, [1, 2], "raid")
    assert twins["replicate"].tolist() == [2]


def test_many_replicates_at_once_are_those_one_by_one():
    lives = ([], [GOES], [LEAVES], [GOES_LATER, (5, 9, AWAY, HOME, "ordinary")], [RAIDED, (6, 2, HOME, AWAY, "return")])
    number = np.arange(21)  # more than stand in one part of a table
    base, other = (market(*(lives[each] for each in order)) for order in (number % 5, (number // 5 + 1) % 5))
    every, counts = twins_of(base, other, number, "raid")
    single = [twins_of(base, other, [replicate], "raid") for replicate in number]
    assert set(every["replicate"]) > {0, 18}
    pd.testing.assert_frame_equal(every, pd.concat([twins for twins, _ in single], ignore_index=True))
    for name in ("base_moves", "moves", "same_moves", "people", "raided"):
        assert counts[name] == sum(alone[name] for _, alone in single)


def test_people_who_are_not_the_same_have_no_twins():
    larger = build_scenario().model_dump()
    larger["population"]["scale"] = 2.0
    runs = run(type(SCENARIO).model_validate(larger), Options(replicates=2, workers=1, simulate=quiet))
    comparison = compared([market([], []), runs], ["one", "two"])
    assert len(comparison.twins) == 0
    assert any("do not begin with the same people" in note for note in comparison.notes)


def recorded(moves):
    """Runs of a scenario that writes out only such moves; the engine leaves the others out."""
    return run(build_scenario(moves=moves), Options(replicates=2, workers=1, simulate=lively_moves))


def lively_moves(scenario, replicate):
    names = ("researcher", "month", "from", "to", "kind")
    rows = [LEAVES, (8, 1, HOME, AWAY, "ordinary")]
    kept = [move for move in rows if scenario.run.moves == "all" or GONE not in move]
    return {**quiet(scenario, replicate), "moves": moves_table([dict(zip(names, move, strict=True)) for move in kept])}


def test_what_both_wrote_out_is_compared_and_without_moves_there_are_no_twins():
    every, between, none = (recorded(moves) for moves in ("all", "between_labs", "none"))
    comparison = compared([every, between], ["all", "between"])
    assert len(comparison.twins) == 0
    assert comparison.fates["base_moves"].tolist() == [2]
    assert any("wrote out no moves" in note for note in compared([every, none]).notes)


# How far one removed offer reaches, in the real market.

ALONE = (
    "population.scale=0.05",
    "run.months=24",
    "defaults.lab.refill=false",
    "choice.contagion=0.0",
    "choice.exit_contagion=0.0",
    "choice.tie_value=0.0",
    "choice.envy=0.0",
    "contacts.room=false",
    "campaigns.Meta on OpenAI.engage=0.5",
    "campaigns.Meta on OpenAI.engage_response=0.0",
)


def raid(*overrides):
    return tm.load("meta_raid", [*ALONE, *overrides])


def with_and_without_the_last_offers(tmp_path, fewer, *overrides):
    """The twins of a raid and of the same one whose list ends before the last few people who came in replicate 0.

    Returns them with the researchers who lost an offer that they took, as (replicate, researcher).
    """
    whole = raid(*overrides)
    full = run_to_folder(whole, Place("full", tmp_path), Options(replicates=3, workers=1))
    came = full.offers[full.offers["outcome"].isin(["started", "returned"])]
    last = int(came.loc[came["replicate"] == 0, "rank"].nlargest(fewer).min())
    document = whole.model_dump()
    document["campaigns"][0]["tiers"][1]["last_rank"] = last - 1
    shorter = type(whole).model_validate(document)
    less = run_to_folder(shorter, Place("less", tmp_path), Options(replicates=3, workers=1))
    removed = came[came["rank"] >= last]
    assert (removed["replicate"] == 0).sum() == fewer
    comparison = compared([full, less], ["full", "less"])
    return comparison.twins, set(zip(removed["replicate"], removed["researcher"], strict=True))


def who(twins):
    return set(zip(twins["replicate"], twins["researcher"], strict=True))


def test_without_channels_a_removed_offer_changes_the_life_of_that_person_and_nobody_else(tmp_path):
    twins, removed = with_and_without_the_last_offers(tmp_path, 1)
    assert who(twins) == removed
    assert (twins["base_kind"] == "campaign").all()


def test_with_ties_a_removed_offer_reaches_only_people_connected_to_that_person(tmp_path):
    channels = ("choice.contagion=6.0", "choice.tie_value=1.0", "population.ties_mean=8.0", "defaults.lab.contact=4.0")
    twins, removed = with_and_without_the_last_offers(tmp_path, 8, *channels)
    assert removed < who(twins)  # it does reach others
    parted = {(row.replicate, row.researcher): np.nanmin([row.month, row.base_month]) for row in twins.itertuples()}
    for replicate in set(twins["replicate"]):
        ties = Replicate(raid(*channels), int(replicate)).world.ties
        for (number, person), month in parted.items():
            if number == replicate and (number, person) not in removed:
                friends = ties.other[ties.start[person] : ties.start[person + 1]]
                # Somebody tied to this person lived another life before.
                assert any(parted.get((number, int(friend)), np.inf) < month for friend in friends)


def test_refilling_reaches_strangers_too(tmp_path):
    """A vacancy is a channel of the model's own: somebody else takes the place."""
    twins, removed = with_and_without_the_last_offers(tmp_path, 1, "defaults.lab.refill=true")
    assert removed <= who(twins)
    assert "growth" in set(twins["kind"].astype(str)) | set(twins["base_kind"].astype(str))
