"""Scenarios beside one another are told apart by what differs, in few words."""

from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.writing.told_apart import LONGEST, told_apart

TIERS = "campaigns.Meta on OpenAI.tiers"


def raid(*settings):
    return load("meta_raid", list(settings))


def test_what_shares_a_title_is_called_by_what_differs():
    small = raid(f"{TIERS}.top.total=150", f"{TIERS}.core.total=10")
    large = raid(f"{TIERS}.top.total=600", f"{TIERS}.core.total=90")
    assert told_apart([raid(), small, large, load("pay_review")]) == (
        "Meta raids OpenAI",
        "top.total 150, core.total 10",
        "top.total 600, core.total 90",
        "A pay review for all",
    )
    assert told_apart([small, large]) == ("top.total 150, core.total 10", "top.total 600, core.total 90")
    assert told_apart([large, raid()]) == ("top.total 600, core.total 90", "Meta raids OpenAI")


def test_what_a_whole_list_has_is_told_as_one():
    half, double = raid(f"{TIERS}.top.total=150", f"{TIERS}.core.total=15"), raid("campaigns.*.tiers.*.total=x2")
    assert told_apart([raid(), half, double]) == (
        "Meta raids OpenAI",
        "total of every tier ×0.5",
        "total of every tier ×2",
    )
    assert told_apart([half, double]) == ("total of every tier ×0.5", "total of every tier ×2")
    assert told_apart([raid(), raid("labs.*.compute=x2")]) == ("Meta raids OpenAI", "compute of every lab ×2")
    assert told_apart([double, double]) == (double.title, double.title)


def test_titles_that_differ_are_left_alone_and_what_is_alike_keeps_its_title():
    changed = raid(f"{TIERS}.top.total=150")
    assert told_apart([load("baseline"), changed]) == ("Baseline: no raid", changed.title)
    small = load("baseline", ["population.scale=0.03", "run.months=8"])
    assert told_apart([small, small]) == (small.title, small.title)
    assert told_apart([raid(), raid("run.replicates=7")]) == ("Meta raids OpenAI", "Meta raids OpenAI")


def test_many_differences_are_counted():
    top = [f"{TIERS}.top.{each}" for each in ("total=150", "years=3", "running_pay=1", "cliff=3", "floor=2")]
    _, many = told_apart([raid(), raid(*top, "choice.taste_sd=0.3", "labs.OpenAI.mission=0.5")])
    assert many == "taste_sd 0.3, OpenAI.mission 0.5 and 5 more"
    assert len(many) <= LONGEST


def test_one_key_of_several_tables_is_told_by_its_whole_path():
    _, both = told_apart(
        [raid(), raid("labs.OpenAI.response.detection=0.1", "labs.OpenAI.ordinary_response.detection=0.2")]
    )
    assert both == "labs.OpenAI.response.detection 0.1 and 1 more"


def test_what_is_added_or_gone_is_told_by_its_name():
    calm = load("baseline").model_copy(update={"title": "One title"})
    busy = raid().model_copy(update={"title": "One title"})
    assert told_apart([calm, busy]) == ("One title", "Meta on OpenAI")
    assert told_apart([busy, calm]) == ("One title", "no Meta on OpenAI")


def test_sides_are_told_against_one_origin():
    longer = raid("run.months=12", "campaigns.*.tiers.*.total=x0.5")
    assert told_apart([raid("run.months=12"), longer])[1] == "top.total 150, core.total 15"
    both = told_apart([raid("campaigns.*.tiers.*.total=x2"), raid("choice.noise=2")])
    assert both == ("total of every tier ×2", "choice.noise 2 instead of 1")
