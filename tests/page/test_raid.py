"""The raid on the stage: the list, the offers that are weighed, and where the labs lie, against the run's own record."""

from __future__ import annotations

import numpy as np
import pytest

from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.records.codes import WITHDREW
from talentmarket.page.choices import choices_for
from talentmarket.page.drawing.pools import SIDE, STAGE_SIZES, Pool, relative_radii, staged
from talentmarket.page.panels.raid import raids_of
from talentmarket.page.panels.stage import stage_of, still_of
from talentmarket.page.session import Session, Setup
from talentmarket.page.told.fates import CAME, held_by

CHOICES = choices_for("two_raiders")
SMALL = {"population.scale": 0.1, "run.months": 9}


@pytest.fixture(scope="module")
def ended() -> Session:
    one = Session(Setup("two_raiders", SMALL, 5), CHOICES)
    one.advance(9, float("inf"))
    return one


def test_what_was_weighed_is_what_the_run_has_on_record(ended: Session) -> None:
    approaches = ended.market.replicate.world.approaches
    asked = approaches_table(ended.market.replicate.world, ended.scenario)
    weighed = ended.weighed()
    assert [one.approach for one in weighed] != []
    assert {one.approach for one in weighed} == set(np.flatnonzero(np.isfinite(asked["total"])).tolist())
    for one in weighed:
        record = approaches[one.approach]
        terms = sum(value for name, value in one.terms.items() if name != "chance")
        assert terms == pytest.approx(float(record["offer_value"] - record["stay_value"]), abs=1e-9)
        assert one.month == record["decided"]
        assert one.taken == (int(record["outcome"]) in (*CAME, WITHDREW))
        assert not one.taken or sum(one.terms.values()) > 0.0


def test_month_by_month_tells_the_same(ended: Session) -> None:
    one = Session(ended.setup, CHOICES)
    while not one.over:
        one.advance(one.month + 1, 0.0)
        one.weighed()
    assert one.weighed() == ended.weighed()


@pytest.mark.parametrize("month", [0, 4, 9])
def test_everyone_asked_stands_in_the_queue_with_the_latest_fate(month: int) -> None:
    session = Session(Setup("two_raiders", SMALL, 5), CHOICES)
    session.advance(month, float("inf"))
    asked = approaches_table(session.market.replicate.world, session.scenario)
    for place, raid in enumerate(raids_of(session, moving=False)):
        mine = asked["campaign"].codes == place
        marks = [mark.split(",") for mark in raid["marks"].split(";") if mark]
        assert sorted(int(mark[2]) for mark in marks) == sorted(asked["researcher"][mine].tolist())
        assert sum(mark[3] == "1" for mark in marks) == int((mine & (asked["month"] == month)).sum())
        assert sum(mark[1] in ("came", "back") for mark in marks) == raid["flow"]["came"] == sum(raid["flow"]["lost"])
        campaign = session.scenario.campaigns[place]
        planned = campaign.approaches_per_month * campaign.months
        assert raid["next"] == (planned - int(mine.sum()) if month < campaign.start + campaign.months - 1 else 0)


def test_the_weights_of_an_offer_add_up_and_the_telling_one_is_among_the_largest(ended: Session) -> None:
    for raid in raids_of(ended, moving=True):
        assert raid["people"]
        for person in raid["people"]:
            assert sum(weight for _, weight in person["weights"]) == pytest.approx(person["tips"], abs=0.01)
        shown = raid["people"][raid["telling"]]
        assert shown["amount"] == max(person["amount"] for person in raid["people"])


def test_an_offer_was_taken_for_the_terms_without_which_it_would_not_have_been() -> None:
    assert held_by({"money": 2.0, "mission": -0.5, "chance": 1.0}) == "no single part of the choice decided it"
    assert held_by({"money": 2.0, "mission": -1.5, "chance": 0.6}) == "would have refused but for the money"
    assert held_by({"money": 2.0, "mission": -1.9, "chance": 0.3}) == ("would have refused but for the money")
    assert held_by({"money": 1.0, "friction": -1.5, "chance": 0.8}).endswith("the money or the mood of the day")


@pytest.mark.parametrize("shape", list(STAGE_SIZES))
@pytest.mark.parametrize(("labs", "targets"), [(6, [0]), (6, [0, 2]), (20, [3]), (3, [0])])
def test_the_stage_leaves_the_middle_to_the_list(shape: str, labs: int, targets: list[int]) -> None:
    heads = np.array([*[3350, 2500, 6000, 1035, 1000, *([400] * 15)][: labs - 1], 12000])
    pools = staged(relative_radii(heads, labs - 1), 1, targets, shape)
    (width, height), (side, _) = STAGE_SIZES[shape], SIDE[shape]
    for pool in pools:
        assert pool.y + pool.radius <= height
        assert pool.x + pool.radius <= side + 0.1 or pool.x - pool.radius >= width - side - 0.1
    for place, one in enumerate(pools):
        assert all(apart(one, other) > 0.0 for other in pools[place + 1 :])
    assert all(pools[target].x < pools[1].x for target in targets)


def apart(one: Pool, other: Pool) -> float:
    return float(np.hypot(one.x - other.x, one.y - other.y)) - one.radius - other.radius


def test_every_lab_is_drawn_at_the_same_share_and_whoever_came_beside_it() -> None:
    session = Session(Setup("meta_raid", {"run.months": 5}, 2), CHOICES)
    heads = session.market.replicate.world.months["headcount"][0]
    drawn = np.bincount([session.first_lab(who) for who in session.first_drawn.tolist()], minlength=len(heads))
    assert np.all(np.abs(drawn - len(session.first_drawn) * heads / heads.sum()) <= 1.5)
    assert f"one in {session.scenario.researchers / drawn.sum():.0f} at every lab" in still_of(session)["caption"]
    session.advance(5, float("inf"))
    shown = {int(dot.split(",")[0]) for dot in stage_of(session)["dots"].split(";")}
    came = set(session.won().tolist())
    assert came
    assert shown == set(session.first_drawn.tolist()) | came
