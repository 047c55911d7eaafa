import math

import numpy as np
import pytest
from markets import ALIKE, campaign, frames, lab, lively, outside, quiet, run, run_to, tier

STRAINS = ("growth_strain", "mercenary_strain", "inequality_strain", "loss_strain")
SURE = {"noise": 0.0, "mission_scale": 0.0}  # the best paid job wins


def culture_of(tables, name):
    return tables["months"].query("lab == @name").culture.to_numpy()


def damage(tables, name):
    """Log points that the culture of a lab has lost by the end of each month, where nothing heals."""
    return -np.log(culture_of(tables, name))


def raid(months=1, **changes):
    """Ten stars of Alpha come to Beta for 46 M$ over four years: 1.5 M$ of pay and 10 M$ of stock a year."""
    return campaign(months=months, tiers=[tier(total=46.0)], **changes)


def raided(months=24, choice=None, population=None, **culture):
    """Alpha's ten best go to Beta in the first month, and nothing else happens."""
    return run(
        quiet(
            campaigns=[raid()],
            choice={**SURE, **(choice or {})},
            population=population or {},
            culture=culture,
            run={"months": months},
        )
    )


def test_damage_heals_at_a_constant_rate():
    labs = [lab("Alpha", 50, culture=0.4), lab("Beta", 50, culture=0.0), outside(50, culture=0.4)]
    tables = run(quiet(labs=labs, culture={"recovery": 0.5}, run={"months": 60}))
    left = np.exp(-0.5 / 12.0 * np.arange(61))
    assert culture_of(tables, "Alpha") == pytest.approx(1.0 - 0.6 * left, rel=1e-12)
    assert culture_of(tables, "Beta") == pytest.approx(1.0 - left, rel=1e-12, abs=1e-15)
    assert (culture_of(tables, "outside") == 0.4).all()


def growing(growth, months=48, headcount=2000, **culture):
    labs = [lab("Alpha", headcount, growth=growth, refill=True), outside(20_000)]
    return run(quiet(labs=labs, choice=SURE, culture={"growth_norm": 0.1, **culture}, run={"months": months}))


def test_constant_growth_holds_culture_where_healing_and_strain_meet():
    """K = r e^-s / (1 - (1 - r) e^-s) with s = strength (growth - norm) / 12."""
    tables = growing(0.4, growth_strain=2.0, recovery=3.0)
    survives, heals = math.exp(-2.0 * (0.4 - 0.1) / 12.0), -math.expm1(-3.0 / 12.0)
    steady = heals * survives / (1.0 - (1.0 - heals) * survives)
    assert culture_of(tables, "Alpha")[-1] == pytest.approx(steady, abs=5e-4)  # heads are whole numbers
    assert steady == pytest.approx(0.8118, abs=1e-4)


def test_growth_counts_over_a_year_and_beyond_the_norm():
    tables = growing(0.4, growth_strain=2.0)
    heads = tables["months"].query("lab == 'Alpha'").headcount.to_numpy()
    expected = np.zeros(49)
    for month in range(1, 49):
        span = min(month - 1, 12)
        excess = math.log(heads[month - 1] / heads[month - 1 - span]) - 0.1 * span / 12.0
        expected[month] = expected[month - 1] + 2.0 * max(0.0, excess) / 12.0
    assert damage(tables, "Alpha") == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("growth", [0.08, 0.0, -0.5])
def test_a_lab_that_grows_within_the_norm_or_shrinks_suffers_nothing(growth):
    assert (culture_of(growing(growth, growth_strain=9.0), "Alpha") == 1.0).all()


def test_mercenaries_strain_a_culture_for_twelve_months():
    tables = raided(mercenary_strain=3.0)
    came = tables["moves"]
    assert len(came) == 10
    mercenaries = (came.loyalty < 0.5).sum()
    assert 0 < mercenaries < 10
    monthly = 3.0 / 12.0 * mercenaries / 110.0
    world = run_to(quiet(), 0).world  # some of Beta's first staff are newcomers too
    own = world.researchers[(world.researchers["lab"] == 1) & (world.researchers["loyalty"] < 0.5)]["joined"]
    assert (own > -12).any()
    early = [3.0 / 12.0 * np.count_nonzero(own > month - 12) / 110.0 for month in range(1, 25)]
    expected = np.concatenate(
        [[0.0], np.cumsum([monthly * (month <= 12) + early[month - 1] for month in range(1, 25)])]
    )
    assert damage(tables, "Beta") == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_missionaries_who_are_paid_as_much_do_no_harm():
    loyal = {"loyalty_mean": 0.9, "loyalty_concentration": 500.0}
    tables = raided(population=loyal, mercenary_strain=50.0)
    assert len(tables["moves"]) == 10
    assert (culture_of(tables, "Beta") == 1.0).all()


@pytest.mark.parametrize("visibility", [0.0, 0.25, 1.0])
def test_unequal_pay_strains_by_its_mean_log_deviation_as_far_as_merit_is_not_seen(visibility):
    """100 people at 1 M$ a year and ten at 1.5 M$ of pay and 10 M$ of stock a year."""
    one_level = {**ALIKE, "levels": 1}
    tables = raided(choice={"merit_visibility": visibility}, population=one_level, inequality_strain=0.8)
    deviation = math.log((100.0 + 10.0 * 11.5) / 110.0) - 10.0 * math.log(11.5) / 110.0
    expected = 0.8 * (1.0 - visibility) * deviation * np.arange(25) / 12.0
    assert damage(tables, "Beta") == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_pay_that_differs_between_levels_only_is_no_inequality():
    apart = {"pay_sigma": 0.0, "pay_talent": 0.0}
    scenario = quiet(population=apart, culture={"inequality_strain": 50.0})
    assert culture_of(run(scenario), "Alpha") == pytest.approx(np.ones(13), abs=1e-12)


def test_lost_talent_strains_the_lab_that_loses_it():
    tables = raided(loss_strain=1.5)
    went = tables["flows"].talent.sum()
    there = tables["months"].query("lab == 'Alpha' and month == 0").talent.item()
    expected = np.where(np.arange(25) > 0, 1.5 * went / there, 0.0)
    assert damage(tables, "Alpha") == pytest.approx(expected, rel=1e-9)
    assert (culture_of(tables, "Beta") == 1.0).all()


def test_talent_that_goes_outside_does_not_count_as_lost():
    labs = [lab("Alpha", 300, separation=2.0), lab("Beta", 100), outside()]
    tables = run(quiet(labs=labs, culture={"loss_strain": 9.0}))
    assert len(tables["moves"]) > 100
    assert (culture_of(tables, "Alpha") == 1.0).all()


@pytest.mark.parametrize(
    ("strength", "hurt"),
    [("growth_strain", "Beta"), ("mercenary_strain", "Beta"), ("inequality_strain", "Beta"), ("loss_strain", "Alpha")],
)
def test_a_raid_hurts_the_raider_by_what_it_brings_and_the_raided_by_what_it_takes(strength, hurt):
    """The other of the two is hurt as much as without the raid, or less, or not at all."""
    found = {
        approached: run(
            quiet(
                campaigns=[raid(approaches_per_month=approached)],
                choice=SURE,
                culture={strength: 2.0, "growth_norm": 0},
            )
        )
        for approached in (0, 10, 40)
    }
    at_end = {name: [culture_of(tables, name)[-1] for tables in found.values()] for name in ("Alpha", "Beta")}
    spared = "Alpha" if hurt == "Beta" else "Beta"
    assert at_end[hurt][0] > at_end[hurt][1] > at_end[hurt][2] > 0.0
    assert at_end[spared][1] >= at_end[spared][0] - 0.01


def test_the_totals_of_culture_are_a_recount_of_its_people():
    """Newcomers by month of joining, and what everyone came for, however often people have moved."""
    scenario = lively()
    tiers = {(c.name, t.name): t for c in scenario.campaigns for t in c.tiers}
    for month in (0, 1, 11, 12, 24):
        market = run_to(scenario, month)
        world, offers = market.world, frames(market.tables())["offers"]
        people = world.researchers
        compensation = people["pay"].copy()
        for offer in offers[offers.outcome == "started"].itertuples():
            package = tiers[offer.campaign, offer.tier]
            if people[offer.researcher]["joined"] == offer.month:
                special = offer.total * (1.0 - package.running_pay * package.years / package.total) / package.years
                compensation[offer.researcher] += special / math.exp(0.03 * offer.month / 12.0)
        for number, record in enumerate(world.labs):
            here = people["lab"] == number
            new = here & (people["loyalty"] < 0.5) & (people["joined"] > month - 12)
            ring = [np.count_nonzero(new & (people["joined"] % 12 == place)) for place in range(12)]
            assert record["mercenaries"].tolist() == ring
            for level in range(4):
                peers = compensation[here & (people["level"] == level)]
                assert record["level_compensation"][level] == pytest.approx(peers.sum(), rel=1e-9, abs=1e-9)
                assert record["level_log_compensation"][level] == pytest.approx(np.log(peers).sum(), rel=1e-9, abs=1e-9)
    assert (offers.outcome == "started").sum() > 20


def test_all_strains_add_up_month_by_month():
    """From the record of each month alone, in a market where nobody refills."""
    scenario = quiet(
        labs=[lab("Alpha", 300, contact=1.0), lab("Beta", 200, culture=0.7, contact=1.0), outside(300, contact=1.0)],
        campaigns=[raid(months=6)],
        choice={"merit_visibility": 0.4},
        culture={"recovery": 1.0, "growth_norm": 0.02, **dict.fromkeys(STRAINS, 0.7)},
        run={"months": 18},
    )
    heals = -math.expm1(-1.0 / 12.0)
    market = run_to(scenario, 0)
    months = run(scenario)["months"]
    flows = run(scenario)["flows"].query("to != 'outside'")
    for month in range(1, 19):
        market.advance(1)
        for number, name in enumerate(("Alpha", "Beta")):
            own = months[months.lab == name].set_index("month")
            record = market.world.labs[number]
            heads, span = own.headcount, min(month - 1, 12)
            growth = max(0.0, math.log(heads[month - 1] / heads[month - 1 - span]) - 0.02 * span / 12.0)
            mercenaries = record["mercenaries"].sum() / heads[month]
            peers = record["level_count"][:4]
            deviation = (peers * np.log(record["level_compensation"][:4] / peers)).sum() - record[
                "level_log_compensation"
            ].sum()
            lost = flows[(flows["from"] == name) & (flows.month == month)].talent.sum() / own.talent[month - 1]
            strain = 0.7 * (growth + mercenaries + 0.6 * deviation / heads[month]) / 12.0 + 0.7 * lost
            healed = 1.0 - (1.0 - own.culture[month - 1]) * (1.0 - heals)
            assert own.culture[month] == pytest.approx(healed * math.exp(-strain), rel=1e-9)


def test_culture_stays_between_nothing_and_whole_under_the_hardest_strain():
    culture = run(lively(culture={**dict.fromkeys(STRAINS, 100.0), "growth_norm": 0.0}))["months"].culture
    assert (culture > 0.0).all()
    assert (culture <= 1.0).all()
    assert culture.min() < 1e-3


def test_without_strain_and_healing_culture_never_changes():
    tables = run(lively(culture={**dict.fromkeys(STRAINS, 0.0), "recovery": 0.0}))
    for name, culture in (("Alpha", 1.0), ("Beta", 1.0), ("Gamma", 0.8), ("outside", 1.0)):
        assert (culture_of(tables, name) == culture).all()


def test_a_damaged_culture_drives_the_loyal_away():
    """The mission counts for less where culture has suffered, so more people take an ordinary offer."""
    labs = [lab("Alpha", 1500, mission=1.0), lab("Beta", 100, contact=6.0), outside()]
    loyal = {"loyalty_mean": 0.9, "loyalty_concentration": 50.0}
    left = []
    for culture in (1.0, 0.3):
        labs[0]["culture"] = culture
        tables = run(quiet(labs=labs, population=loyal, choice={"money_weight": 16.0}))
        left.append(tables["months"].query("lab == 'Alpha'").departures.sum())
    assert left[1] > left[0] + 4.5 * math.sqrt(left[0] + left[1])
