"""A researcher changes labs: the one place where a move is carried out and written down."""

from __future__ import annotations

from talentmarket.market.money.packages import liquid_wealth, unvested_stock, vested_share, wage_index
from talentmarket.market.numeric.compiled import inlined
from talentmarket.market.records.codes import BY_CAMPAIGN, BY_ORDINARY_OFFER
from talentmarket.market.records.world import LATEST_MOVER, MOVES_MADE, MOVES_WRITTEN
from talentmarket.market.tallies.census import count, set_pay
from talentmarket.market.tallies.colleagues import employ, find_colleagues, follows_someone, tell_ties
from talentmarket.market.tallies.newcomers import notice, set_reward, yearly_reward


@inlined
def is_written(world, origin, destination):
    """Whether a move gets a row of its own in the record."""
    written = world.counts[MOVES_WRITTEN]
    outside = world.setting[0].outside
    return written == 2 or (written == 1 and origin != outside and destination != outside)


@inlined
def write_move(world, who, destination, terms, kind, forfeited, month):
    """Write a move into the record, before the researcher's columns change; `terms` as in `move`."""
    person = world.researchers[who]
    row = world.moves[world.counts[MOVES_MADE]]
    world.counts[MOVES_MADE] += 1
    pay, bonus, stock, schedule = terms
    wages = wage_index(world.setting[0], month)
    row.month = month
    row.who = who
    row.origin = person.lab
    row.destination = destination
    row.kind = kind
    row.tenure = month - person.joined
    row.pay_before = person.pay * wages
    row.pay_after = pay * wages
    row.first_year = pay * wages + bonus + stock * vested_share(world.tiers[schedule], 12)
    row.forfeited = forfeited


@inlined
def move(world, who, destination, terms, kind, month):
    """Move a researcher; `terms` are (pay in wages of the first month, bonus, stock, schedule), M$.

    What has vested becomes wealth, what has not stays behind and is counted as forfeited.
    """
    setting = world.setting[0]
    person = world.researchers[who]
    origin = int(person.lab)
    lab = world.labs[origin]
    tier = world.tiers[person.schedule]
    forfeited = unvested_stock(person, lab, tier, month)
    if is_written(world, origin, destination):
        write_move(world, who, destination, terms, kind, forfeited, month)
    world.flows[month, origin, destination] += 1
    world.flow_talent[month, origin, destination] += person.talent
    world.months[month, origin].departures += 1
    world.months[month, origin].forfeited += forfeited
    world.months[month, destination].hires += 1
    pay, bonus, stock, schedule = terms
    person.wealth = liquid_wealth(person, lab, tier, month) + bonus
    job = world.jobs[who]
    count(setting, lab, person, job, -1)
    notice(lab, person, job, month, -1)
    employ(setting, lab, person, job, month, -1)
    set_pay(person, job, pay)
    person.lab = destination
    person.left = origin
    person.joined = month
    person.grant = stock
    person.granted = month
    person.schedule = schedule
    set_reward(job, yearly_reward(setting, world.tiers[schedule], terms, month))
    count(setting, world.labs[destination], person, job, 1)
    notice(world.labs[destination], person, job, month, 1)
    find_colleagues(world, who, month)
    tell_ties(world, who, month)
    if follows_someone(world, who, month):
        world.flow_joint[month, origin, destination] += 1
    if kind in (BY_ORDINARY_OFFER, BY_CAMPAIGN):  # once a month at most, so that no one is chained twice
        job.mover_before = world.counts[LATEST_MOVER]
        world.counts[LATEST_MOVER] = who
