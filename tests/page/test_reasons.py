"""What a researcher is said to have weighed, against the run's own record."""

from __future__ import annotations

import numpy as np
import pytest

from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.records.codes import NOBODY, REASONS
from talentmarket.page.choices import choices_for
from talentmarket.page.panels import reasons
from talentmarket.page.panels.reasons import choices_shown, reason
from talentmarket.page.panels.target_list import in_words
from talentmarket.page.session import Session, Setup

CHOICES = choices_for("meta_raid")
MONTHS = 18


@pytest.fixture(scope="module")
def ended() -> Session:
    one = Session(Setup("meta_raid", {"population.scale": 0.1, "run.months": MONTHS}, 5), CHOICES)
    one.advance(MONTHS, float("inf"))
    return one


def people_asked(session: Session) -> list[int]:
    asked = approaches_table(session.market.replicate.world, session.scenario)
    return sorted(set(asked["researcher"][np.isfinite(asked["total"])].tolist()))[:25]


def test_offers_that_were_refused_are_told_too(ended: Session) -> None:
    told = [one for who in range(40) for one in choices_shown(ended, who)["choices"]]
    ordinary = [one for one in told if one["from"] == "an ordinary offer"]
    stayed = [one for one in ordinary if one["words"].startswith("stayed, for ")]
    assert len(stayed) > len(ordinary) / 2
    assert not any(one["taken"] for one in stayed)
    assert all("a year instead of" in one["terms"] for one in ordinary)


def test_months_and_takers_are_those_of_the_run(ended: Session) -> None:
    moves = ended.market.tables()["moves"]
    by_offer = [moves["kind"].names.index(name) for name in ("ordinary", "campaign")]
    for who in people_asked(ended):
        mine = (moves["researcher"] == who) & np.isin(moves["kind"].codes, by_offer)
        taken = [one for one in choices_shown(ended, who)["choices"] if one["taken"] and "did not" not in one["words"]]
        told = [(one["month"], one["lab"]) for one in reversed(taken)]
        labs = [moves["to"].names[code] for code in moves["to"].codes[mine].tolist()]
        assert told == list(zip(moves["month"][mine].tolist(), labs, strict=True))


def test_the_reason_is_the_one_on_record(ended: Session) -> None:
    asked = approaches_table(ended.market.replicate.world, ended.scenario)
    seen = 0
    for who in people_asked(ended):
        for choice in ended.choices_of(who):
            for offer in choice.offers:
                if offer.approach == NOBODY or not (offer.option.chosen or choice.staying.chosen):
                    continue
                pair = (offer.option, choice.staying) if offer.option.chosen else (choice.staying, offer.option)
                recorded = asked["reason"].names[asked["reason"].codes[offer.approach]]
                assert reason(*pair) == REASONS[recorded]
                words = in_words(int(asked["outcome"].codes[offer.approach]))
                assert any(one["words"] == f"{words}, for {REASONS[recorded]}" for one in told_by_campaign(ended, who))
                seen += 1
    assert seen > 10


def told_by_campaign(session: Session, who: int) -> list[dict]:
    return [one for one in choices_shown(session, who)["choices"] if "fate" in one]


def test_the_latest_are_shown_and_the_rest_counted(ended: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    who = next(who for who in range(200) if len(ended.choices_of(who)) > 3)
    whole = choices_shown(ended, who)
    assert whole["earlier"] == 0
    monkeypatch.setattr(reasons, "MOST_CHOICES", 2)
    cut = choices_shown(ended, who)
    months = sorted({one["month"] for one in whole["choices"]})
    assert cut["earlier"] == len(months) - 2
    assert [one["month"] for one in cut["choices"]] == [
        one["month"] for one in whole["choices"] if one["month"] in months[-2:]
    ]


def test_looking_month_by_month_tells_the_same_and_changes_nothing(ended: Session) -> None:
    one = Session(ended.setup, CHOICES)
    who = people_asked(ended)[0]
    while not one.over:
        one.advance(one.month + 1, 0.0)
        told = choices_shown(one, who)
    assert told == choices_shown(ended, who)
    one.forget()
    assert choices_shown(one, who) == told
    mine, theirs = (each.market.replicate.world.researchers for each in (one, ended))
    assert mine.tobytes() == theirs.tobytes()
