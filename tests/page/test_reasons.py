"""What a researcher is said to have weighed, against the run's own record."""

from __future__ import annotations

import numpy as np
import pytest

from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.records.codes import NOBODY, PARTS, REASONS
from talentmarket.page.choices import choices_for
from talentmarket.page.panels import reasons
from talentmarket.page.panels.reasons import choices_shown, reason
from talentmarket.page.session import Session, Setup
from talentmarket.page.told.fates import hung_on, in_words

CHOICES = choices_for("meta_raid")
MONTHS = 18


@pytest.fixture(scope="module")
def ended() -> Session:
    many_talk = {"population.scale": 0.1, "run.months": MONTHS, "campaigns.Meta on OpenAI.engage": 0.9}
    one = Session(Setup("meta_raid", many_talk, 5), CHOICES)
    one.advance(MONTHS, float("inf"))
    return one


def people_asked(session: Session) -> list[int]:
    asked = approaches_table(session.market.replicate.world, session.scenario)
    return sorted(set(asked["researcher"][np.isfinite(asked["total"])].tolist()))[:25]


def test_offers_that_were_refused_are_told_too(ended: Session) -> None:
    told = [one for who in range(40) for one in choices_shown(ended, who)["choices"]]
    ordinary = [one for one in told if one["from"] == "an ordinary offer"]
    stayed = [one for one in ordinary if one["words"].startswith("stayed; ")]
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


def test_why_an_offer_was_taken_or_refused_is_as_the_run_has_it_on_record(ended: Session) -> None:
    asked = approaches_table(ended.market.replicate.world, ended.scenario)
    seen, hung = 0, set()
    for who in people_asked(ended):
        for choice in ended.choices_of(who):
            for offer in choice.offers:
                if offer.approach == NOBODY:
                    continue
                end = in_words(int(asked["outcome"].codes[offer.approach]))
                if offer.option.chosen:
                    recorded = asked["reason"].names[asked["reason"].codes[offer.approach]]
                    assert reason(offer.option, choice.staying) == REASONS[recorded]
                    withdrew = end == "did not start"
                    short = f"accepted, then {end}" if withdrew else end
                    words = (
                        f"accepted for {REASONS[recorded]}, then {end}"
                        if withdrew
                        else f"{end}, for {REASONS[recorded]}"
                    )
                    # Or, told in full, all without which it would not have been.
                    full = [one for one in told_by_campaign(ended, who) if one["words"] == short and one["held"]]
                    words = short if full else words
                else:
                    on_record = tuple(part for part in PARTS if asked[f"without_{part}"][offer.approach])
                    assert offer.but_for == on_record
                    hung.add(on_record)
                    words = f"{end}; {hung_on(on_record)}"
                assert any(one["words"] == words for one in told_by_campaign(ended, who))
                seen += 1
    assert seen > 10
    assert len(hung) > 1


def test_whoever_was_asked_and_got_no_offer_is_told_of_the_asking(ended: Session) -> None:
    asked = approaches_table(ended.market.replicate.world, ended.scenario)
    for row in np.flatnonzero(np.isnan(asked["total"])).tolist()[:10]:
        month, end = int(asked["month"][row]), in_words(int(asked["outcome"].codes[row]))
        told = choices_shown(ended, int(asked["researcher"][row]))["asked"]
        assert f"Month {month}, Meta on OpenAI: {end}" in told
    with_offer = np.flatnonzero(np.isfinite(asked["total"])).tolist()
    assert [choices_shown(ended, int(asked["researcher"][row]))["asked"] for row in with_offer[:10]] == [[]] * 10


def test_a_refusal_is_told_by_what_it_hung_on() -> None:
    assert hung_on(["mission"]) == "would have taken it but for the mission"
    assert hung_on(["mission", "moving_cost", "ties"]) == (
        "would have taken it but for the mission, the cost of moving or colleagues"
    )
    assert hung_on([]) == "no single part of the choice decided it"


def test_an_offer_by_its_own_terms_is_taken_without_a_part_as_its_value_says(ended: Session) -> None:
    """One offer of the month, nothing at home to vest: without the cost of moving it is worth more by just that."""
    seen = 0
    for who in range(120):
        for choice in ended.choices_of(who):
            if len(choice.offers) > 1 or choice.offers[0].option.chosen:
                continue
            option, home = choice.offers[0].option, choice.staying
            # At home friction is what the exits of ties add, which no cost of moving is.
            for part, away, at_home in (
                ("moving_cost", option.terms["friction"], 0.0),
                ("mission", option.terms["mission"], home.terms["mission"]),
            ):
                taken = option.value - away + option.noise > home.value - at_home + home.noise
                assert (part in choice.offers[0].but_for) == taken
                seen += 1
    assert seen > 30


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
