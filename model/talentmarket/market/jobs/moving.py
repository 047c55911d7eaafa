"""A researcher changes labs: the one place where a move is carried out and written down."""

from __future__ import annotations

from talentmarket.market.money.clawback import bind, repayment
from talentmarket.market.money.packages import Package, liquid_wealth, unvested_stock, vested_share, wage_index
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records import Approach
from talentmarket.market.records.codes import BY_CAMPAIGN, BY_ORDINARY_OFFER, STARTED
from talentmarket.market.records.world import LATEST_MOVER, MOVES_MADE, MOVES_WRITTEN, World
from talentmarket.market.tallies.census import count, set_pay
from talentmarket.market.tallies.colleagues import employ, find_colleagues, follows_someone, tell_ties
from talentmarket.market.tallies.newcomers import notice, set_compensation, yearly_compensation


@inlined
def is_written(world: World, origin: int, destination: int) -> bool:
    """Whether a move gets a row of its own in the record."""
    written = world.counts[MOVES_WRITTEN]
    outside = world.setting[0].outside
    return written == 2 or (written == 1 and origin != outside and destination != outside)


@inlined
def write_move(
    world: World, researcher: int, destination: int, package: Package, kind: int, forfeited: float, month: int
) -> None:
    """Write a move into the record, before the researcher's columns change."""
    person = world.researchers[researcher]
    row = world.moves[world.counts[MOVES_MADE]]
    world.counts[MOVES_MADE] += 1
    wages = wage_index(world.setting[0], month)
    row.month = month
    row.researcher = researcher
    row.origin = person.lab
    row.destination = destination
    row.kind = kind
    row.tenure = month - person.joined
    row.pay_before = person.pay * wages
    row.pay_after = package.pay * wages
    first_stock = package.stock * vested_share(world.tiers[package.vesting], 12)
    row.first_year = package.pay * wages + package.bonus + first_stock
    row.forfeited = forfeited
    row.reward_before = world.jobs[researcher].total_compensation * wages
    row.reward_after = yearly_compensation(world.setting[0], world.tiers[package.vesting], package, month) * wages


@inlined
def count_choice(world: World, place: tuple[int, int, int], kind: int, rise: float) -> None:
    """Count a chosen move among the flows of (month, origin, destination); total compensation rises by `rise` log points."""
    world.flow_chosen[place] += 1
    world.flow_rise[place] += rise
    if kind == BY_ORDINARY_OFFER:
        world.flow_ordinary[place] += 1
    if rise < 0.0:
        world.flow_lower[place] += 1


@inlined
def move(world: World, researcher: int, destination: int, package: Package, kind: int, month: int) -> None:
    """Move a researcher to a lab that pays a package.

    What has vested becomes wealth, less what is paid back; what has not stays behind and is counted as forfeited.
    """
    setting = world.setting[0]
    person = world.researchers[researcher]
    origin = int(person.lab)
    lab = world.labs[origin]
    tier = world.tiers[person.vesting]
    forfeited = unvested_stock(person, lab, tier, month)
    if is_written(world, origin, destination):
        write_move(world, researcher, destination, package, kind, forfeited, month)
    world.flows[month, origin, destination] += 1
    world.flow_talent[month, origin, destination] += person.talent
    world.months[month, origin].departures += 1
    world.months[month, origin].forfeited += forfeited
    repaid = repayment(world, researcher, month)
    world.months[month, origin].clawed_back += repaid
    world.months[month, destination].hires += 1
    person.wealth = liquid_wealth(person, lab, tier, month) - repaid + package.bonus
    job = world.jobs[researcher]
    log_before = job.log_compensation
    count(setting, lab, person, job, -1)
    notice(lab, person, job, month, -1)
    employ(setting, lab, person, job, month, -1)
    job.leaves = 0
    bind(job, package, world.tiers[package.vesting], month)
    set_pay(person, job, package.pay)
    person.lab = destination
    world.employers[researcher] = destination
    person.previous_lab = origin
    person.joined = month
    person.grant = package.stock
    person.granted = month
    person.vesting = package.vesting
    set_compensation(job, yearly_compensation(setting, world.tiers[package.vesting], package, month))
    count(setting, world.labs[destination], person, job, 1)
    notice(world.labs[destination], person, job, month, 1)
    find_colleagues(world, researcher, month)
    tell_ties(world, researcher, month)
    if follows_someone(world, researcher, month):
        world.flow_joint[month, origin, destination] += 1
    if kind in (BY_ORDINARY_OFFER, BY_CAMPAIGN):  # once a month at most, so that no one is chained twice
        count_choice(world, (month, origin, destination), kind, job.log_compensation - log_before)
        job.mover_before = world.counts[LATEST_MOVER]
        world.counts[LATEST_MOVER] = researcher


@compiled
def still_there(world: World, approach: Approach) -> bool:
    """Whether the hire of an approach still holds that job."""
    return approach.outcome == STARTED and holds_job_of(world, approach)


@compiled
def holds_job_of(world: World, approach: Approach) -> bool:
    """Whether the researcher of an approach that ended with a start is still at the raider since then."""
    person = world.researchers[approach.researcher]
    raider = world.campaigns[approach.campaign].lab
    return person.lab == raider and person.joined == approach.decided
