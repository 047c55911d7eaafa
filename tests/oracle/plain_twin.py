"""The market's core told a second time: written from the text of docs/ODD.md, not from the engine, plain and slow.

People are objects, chance is `random.Random`, a step of the month is a function of the market, and every rule that ODD
states is a function of its own: whoever adds a mechanism adds its rule here from its words. What the twin does not
tell (responses, transfers, envy, culture, events, ...) must be off; `simulate` refuses a scenario in which it is not.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, cached_property
from statistics import NormalDist

import talentmarket as tm

STEPS_OF_VESTING = {"monthly": 1, "quarterly": 3, "annual": 12, "first_year_at_once": 1}
KERNEL_PEAK, KERNEL_END = 70, 135  # days
DAYS_PER_MONTH = 365.25 / 12
MONTHS_OF_KERNEL = range(1, 5)
Row = dict[str, object]


@dataclass
class Package:
    """Special terms: bonus (M$) on the first day, stock (M$ at the grant) by month of vesting after it."""

    bonus: float
    tranches: dict[int, float]
    granted: int = 0  # month
    price: float = 1.0  # index of the stock at the grant


@dataclass(eq=False)
class Person:
    """A researcher, at a job."""

    talent: float
    loyalty: float
    wealth: float  # M$, with all that has been paid and has vested
    pay: float  # M$ a year
    lab: int
    joined: int  # month
    taste: list[float]
    ties: list[Person] = field(default_factory=list)
    package: Package | None = None
    moved: int = 0  # month of the latest move
    moved_from: int = -1
    old_pay: float = 0.0
    hired_as: Row | None = None  # the campaign's offer that the job came with


@dataclass
class Offer:
    """A job offered this month; `row` is what is written of a campaign's offer."""

    lab: int
    pay: float
    package: Package | None = None
    row: Row | None = None
    start_work: float = 1.0


@dataclass
class Market:
    """All state of a run, and what has been written down."""

    spec: tm.Scenario
    chance: random.Random
    people: list[Person]
    heads: list[int]
    index: list[float]
    month: int = 0
    offers: dict[Person, list[Offer]] = field(default_factory=lambda: defaultdict(list))
    chosen: list[tuple[Person, Offer]] = field(default_factory=list)
    lists: list[list[tuple[int, Person]]] = field(default_factory=list)
    luck: dict[tuple[Person, int], float] = field(default_factory=dict)
    wages: list[float] = field(default_factory=list)  # M$ this month, by lab
    paid: list[float] = field(default_factory=list)  # special pay, M$ this month, by lab
    rows: dict[str, list[Row]] = field(default_factory=lambda: {"moves": [], "offers": [], "months": []})

    @cached_property
    def outside(self) -> int:
        """Which lab the outside is."""
        return next(i for i, lab in enumerate(self.spec.labs) if lab.kind == "outside")

    def happens(self, probability: float) -> bool:
        """Whether something of a probability comes about."""
        return self.chance.random() < probability


# --- The first month (sections 5 and 7.8) ---


def talent(u: float, population: object) -> float:
    """Quantile of talent: lognormal, above its upper tail share a Pareto that begins where the lognormal ends."""
    tail = population.talent_tail_share
    if u < 1 - tail:
        return math.exp(population.talent_sigma * NormalDist().inv_cdf(max(u, 1e-12)))
    threshold = math.exp(population.talent_sigma * NormalDist().inv_cdf(1 - tail))
    return threshold * ((1 - u) / tail) ** (-1 / population.talent_tail_exponent)


def ordinary_pay(spec: tm.Scenario, lab: int, talent: float) -> float:
    """A lab's ordinary terms (M$ a year)."""
    return spec.labs[lab].pay_level * talent**spec.population.pay_talent


def new_person(spec: tm.Scenario, chance: random.Random, lab: int) -> Person:
    """Somebody at a lab in month 0."""
    of = spec.population
    t = talent(chance.random(), of)
    return Person(
        talent=t,
        loyalty=chance.betavariate(
            of.loyalty_mean * of.loyalty_concentration, (1 - of.loyalty_mean) * of.loyalty_concentration
        ),
        wealth=of.wealth_median * t**of.wealth_talent * chance.lognormvariate(0, of.wealth_sigma),
        pay=ordinary_pay(spec, lab, t) * chance.lognormvariate(0, of.pay_sigma),
        lab=lab,
        joined=-math.ceil(12 * chance.expovariate(1 / spec.labs[lab].tenure_mean)),
        taste=[chance.gauss(0, spec.choice.taste_sd) for _ in spec.labs],
    )


def poisson(chance: random.Random, mean: float) -> int:
    """Events of rate 1 in a time of `mean`."""
    count, time = 0, chance.expovariate(1)
    while time < mean:
        count, time = count + 1, time + chance.expovariate(1)
    return count


def tie(spec: tm.Scenario, chance: random.Random, people: list[Person]) -> None:
    """Each names co-authors, mostly colleagues; naming ties both."""
    colleagues = {lab: [one for one in people if one.lab == lab] for lab in range(len(spec.labs))}
    for one in people:
        for _ in range(poisson(chance, spec.population.ties_mean / 2)):
            within = chance.random() < spec.population.ties_within_lab
            other = chance.choice(colleagues[one.lab] if within else people)
            if other is not one and other not in one.ties:
                one.ties.append(other)
                other.ties.append(one)


# --- What a job is worth (sections 7.1 and 7.5) ---


@cache
def restricted_value(months: int, volatility: float, beta: float, risk: object) -> float:
    """Worth today of a dollar of stock that vests in some months, to a holder averse to risk (Hall and Murphy)."""
    years = months / 12
    if years == 0:
        return 1.0
    growth = math.exp(risk.risk_free * years)
    log_mean = (risk.risk_free + beta * risk.equity_premium - volatility**2 / 2) * years
    of_stock = of_money = 0.0
    for step in range(-800, 801):
        z = step / 100
        stock = math.exp(log_mean + volatility * math.sqrt(years) * z)
        wealth = (1 - risk.stock_share) * growth + risk.stock_share * stock
        weight = math.exp(-z * z / 2) * wealth**-risk.risk_aversion
        of_stock, of_money = of_stock + weight * stock, of_money + weight
    return of_stock / (of_money * growth)


@cache
def annuity(months: int, discount: float) -> float:
    """Present value (years) of a dollar a year, paid at the end of each month and discounted by a yearly rate."""
    return sum((1 + discount) ** (-month / 12) for month in range(1, months + 1)) / 12


def price(market: Market, lab: int, package: Package) -> float:
    """Present price of a lab's stock over that of the grant."""
    return market.index[lab] / package.price


def unvested(market: Market, package: Package) -> dict[int, float]:
    """Stock of a job that is still to vest, by the months until it does."""
    age = market.month - package.granted
    return {when - age: stock for when, stock in package.tranches.items() if when > age}


def certainty_equivalent(market: Market, person: Person, lab: int, pay: float, package: Package | None) -> float:
    """CE (M$): running pay, and stock that vests within the horizon at its worth to the holder."""
    choice, stock = market.spec.choice, market.spec.labs[lab].stock
    worth = pay * annuity(choice.horizon, choice.discount)
    if package is None:
        return worth
    if package is person.package:
        ahead, belief = unvested(market, package), stock.upside
    else:
        ahead, belief = package.tranches, 1.0
        worth += package.bonus
    return worth + belief * price(market, lab, package) * sum(
        tranche * restricted_value(months, stock.volatility, stock.beta, market.spec.risk)
        for months, tranche in ahead.items()
        if months <= choice.horizon
    )


@cache
def kernel(months: int) -> float:
    """Restlessness (up to a factor) some months after a tie has gone: a triangle in days."""
    days = months * DAYS_PER_MONTH
    return max(0.0, min(days / KERNEL_PEAK, (KERNEL_END - days) / (KERNEL_END - KERNEL_PEAK)))


def restless(market: Market, person: Person) -> float:
    """Log-odds of leaving that ties who have left the lab add; `contagion` for each is its mean over four months."""
    scale = market.spec.choice.contagion * len(MONTHS_OF_KERNEL) / sum(map(kernel, MONTHS_OF_KERNEL))
    gone = (other for other in person.ties if other.moved and other.moved_from == person.lab != other.lab)
    return scale * sum(kernel(market.month - other.moved) for other in gone)


def switching_cost(spec: tm.Scenario) -> float:
    """Cost of any move (log points of money)."""
    return spec.choice.switching_cost


def value(market: Market, person: Person, lab: int, pay: float, package: Package | None) -> float:
    """V without its noise, in log-odds."""
    choice, there, home = market.spec.choice, market.spec.labs[lab], market.spec.labs[person.lab]
    money = math.log(person.wealth + certainty_equivalent(market, person, lab, pay, package))
    worth = (1 - person.loyalty) * money + person.taste[lab]
    fit = 1.0 if lab == person.lab else home.fit.get(there.name, 1.0)
    worth += person.loyalty * choice.mission_scale * there.mission * there.culture * fit
    worth += choice.compute_value * math.log(there.compute / choice.compute_reference)
    if person.ties:
        worth += choice.tie_value * sum(other.lab == lab for other in person.ties) / len(person.ties)
    worth += choice.size_value * market.heads[lab] / len(market.people)
    if lab == person.lab:
        return choice.money_weight * worth - restless(market, person)
    return choice.money_weight * (worth - switching_cost(market.spec))


def noise(market: Market, person: Person, lab: int) -> float:
    """Gumbel noise: one draw of the person, the lab and the month, however often the lab asks in it."""
    if (person, lab) not in market.luck:
        market.luck[person, lab] = -market.spec.choice.noise * math.log(market.chance.expovariate(1))
    return market.luck[person, lab]


def best(market: Market, person: Person, offers: list[Offer]) -> Offer | None:
    """The offer whose value with its noise beats staying and all others; none if staying is as good."""
    stay = value(market, person, person.lab, person.pay, person.package)
    winner, most = None, stay + noise(market, person, person.lab)
    for offer in offers:
        worth = value(market, person, offer.lab, offer.pay, offer.package)
        if offer.row is not None:
            offer.row["stay_value"], offer.row["offer_value"] = stay, worth
        if worth + noise(market, person, offer.lab) > most:
            winner, most = offer, worth + noise(market, person, offer.lab)
    return winner


# --- Moving (section 7.6) ---


def move(market: Market, person: Person, kind: str, offer: Offer) -> None:
    """Take a job: unvested stock is lost, the bonus and what vests on the first day become wealth."""
    lost = sum(unvested(market, person.package).values()) if person.package else 0.0
    names = [lab.name for lab in market.spec.labs]
    row = {"month": market.month, "from": names[person.lab], "to": names[offer.lab], "kind": kind}
    row |= {"talent": person.talent, "loyalty": person.loyalty, "tenure": market.month - person.joined}
    row |= {"pay_before": person.pay, "pay_after": offer.pay}
    row["forfeited"] = lost * price(market, person.lab, person.package) if person.package else 0.0
    market.rows["moves"].append(row)
    person.moved, person.moved_from, person.old_pay = market.month, person.lab, person.pay
    market.heads[person.lab] -= 1
    market.heads[offer.lab] += 1
    person.lab, person.pay, person.joined = offer.lab, offer.pay, market.month
    person.package, person.hired_as = offer.package, offer.row
    if offer.package:
        receive(market, person, offer.package.bonus + offer.package.tranches.get(0, 0.0))


def receive(market: Market, person: Person, money: float) -> None:
    """Special pay becomes wealth."""
    person.wealth += money
    market.paid[person.lab] += money


# --- The steps of a month (section 3) ---


def draw_up_lists(market: Market) -> None:
    """A campaign that begins ranks the people of its targets by talent as scouted."""
    for number, campaign in enumerate(market.spec.campaigns):
        if campaign.start == market.month:
            there = [one for one in market.people if market.spec.labs[one.lab].name in campaign.targets]
            seen = {one: one.talent * market.chance.lognormvariate(0, campaign.scouting_error) for one in there}
            ranked = sorted(there, key=lambda one: -seen[one])[: campaign.tiers[-1].last_rank]
            market.lists[number] = list(enumerate(ranked, start=1))


def move_stock(market: Market) -> None:
    """A lognormal step, now and then a success jump."""
    for number, lab in enumerate(market.spec.labs):
        stock = lab.stock
        market.index[number] *= math.exp(stock.drift / 12 + market.chance.gauss(0, stock.volatility / math.sqrt(12)))
        if market.happens(monthly(stock.success_rate)):
            market.index[number] *= stock.success_size


def pay_out(market: Market) -> None:
    """What vests this month is paid at the price of its day to those who are still there."""
    for person in market.people:
        if person.package:
            tranche = person.package.tranches.get(market.month - person.package.granted, 0.0)
            receive(market, person, tranche * price(market, person.lab, person.package))


def monthly(rate: float) -> float:
    """Probability in a month of what comes at a rate a year."""
    return 1 - math.exp(-rate / 12)


def separate(market: Market) -> None:
    """People leave for the outside, at its ordinary terms."""
    for person in market.people:
        if person.lab != market.outside and market.happens(monthly(market.spec.labs[person.lab].separation)):
            move(market, person, "separation", ordinary_terms(market, person, market.outside))


def go_back(market: Market) -> None:
    """Some whom a campaign has won go back within months, at their old pay."""
    campaigns = {campaign.name: campaign for campaign in market.spec.campaigns}
    for person in market.people:
        if person.hired_as is None or person.moved == market.month:
            continue
        campaign = campaigns[person.hired_as["campaign"]]
        if market.month - person.joined <= campaign.return_months and market.happens(monthly(campaign.return_rate)):
            person.hired_as["outcome"] = "returned"
            move(market, person, "return", Offer(person.moved_from, person.old_pay))


def ordinary_terms(market: Market, person: Person, lab: int) -> Offer:
    """A job at a lab's ordinary pay."""
    return Offer(lab, ordinary_pay(market.spec, lab, person.talent))


def premium(market: Market, lab: int) -> float:
    """Offered over current pay: lognormal with a given mean."""
    of = market.spec.labs[lab]
    return market.chance.lognormvariate(math.log(of.premium_mean) - of.premium_sigma**2 / 2, of.premium_sigma)


def posted(market: Market, lab: int) -> float:
    """Posted pay in units of ordinary pay: lognormal, or by the inverse of Burdett and Mortensen's F."""
    of = market.spec.labs[lab].posting
    if of.distribution == "lognormal":
        return market.chance.lognormvariate(0, of.sigma)
    k, p, least = of.competition, of.productivity, of.reservation * of.productivity
    return p - (p - least) * (1 - market.chance.random() * k / (1 + k)) ** 2


def ordinary_offer(market: Market, person: Person, lab: int) -> Offer:
    """What a recruiter offers: a premium over current pay, or posted pay."""
    if market.spec.labs[lab].posting.distribution == "none":
        return Offer(lab, person.pay * premium(market, lab))
    return Offer(lab, ordinary_pay(market.spec, lab, person.talent) * posted(market, lab))


def vacancy(market: Market, person: Person, lab: int) -> Offer:
    """What a vacancy pays: what the lab posts, or its ordinary pay."""
    if market.spec.labs[lab].posting.distribution == "none":
        return ordinary_terms(market, person, lab)
    return ordinary_offer(market, person, lab)


def contact(market: Market) -> None:
    """Recruiters of every lab reach people elsewhere."""
    of = market.spec.contacts
    for person in market.people:
        often = person.talent**of.contact_talent * (of.reach_outside if person.lab == market.outside else 1.0)
        for number, lab in enumerate(market.spec.labs):
            if number != person.lab and market.happens(monthly(lab.contact * often)):
                market.offers[person].append(ordinary_offer(market, person, number))


def package_of(tier: object) -> Package:
    """Bonus and stock of a tier, by month of vesting."""
    special = tier.total - tier.running_pay * tier.years
    stock = special * tier.stock_share
    bonus = special - stock
    first = tier.first_year_share * tier.total - tier.running_pay - bonus
    step, tranches = STEPS_OF_VESTING[tier.vesting], defaultdict(float)
    for month in range(step, 12 * tier.years + 1, step):
        at_once = tier.vesting == "first_year_at_once" and month <= 12
        share = first / 12 if month <= 12 else (stock - first) / (12 * (tier.years - 1))
        tranches[max(0 if at_once else month, tier.cliff)] += share * step
    return Package(bonus, dict(tranches))


def raid(market: Market) -> None:
    """A campaign walks down its list past those who have gone: approached, engaged, offered."""
    names = [lab.name for lab in market.spec.labs]
    for number, campaign in enumerate(market.spec.campaigns):
        if not campaign.start <= market.month < campaign.start + campaign.months:
            continue
        asked = 0
        while asked < campaign.approaches_per_month and market.lists[number]:
            rank, person = market.lists[number].pop(0)
            if names[person.lab] not in campaign.targets or person.moved == market.month:
                continue
            asked += 1
            if market.happens(campaign.engage) and market.happens(campaign.offer):
                tier = next(each for each in campaign.tiers if rank <= each.last_rank)
                lab = names.index(campaign.lab)
                package = package_of(tier)
                package.granted, package.price = market.month, market.index[lab]
                row = {"campaign": campaign.name, "tier": tier.name, "month": market.month, "outcome": "refused"}
                row |= {"talent": person.talent, "loyalty": person.loyalty}
                row["certainty_equivalent"] = certainty_equivalent(market, person, lab, tier.running_pay, package)
                market.rows["offers"].append(row)
                market.offers[person].append(Offer(lab, tier.running_pay, package, row, campaign.start_work))


def choose(market: Market) -> None:
    """Everyone who has an offer takes the best; all choose on the state before the month's moves."""
    for person, offers in market.offers.items():
        if person.moved == market.month:
            continue
        winner = best(market, person, offers)
        for offer in offers:
            if offer.row is not None and winner is not None:
                offer.row["outcome"] = "started" if winner is offer else "took another offer"
        if winner is not None:
            market.chosen.append((person, winner))


def carry_out_moves(market: Market) -> None:
    """Those who chose to go, go, but for those who do not start after all."""
    for person, offer in market.chosen:
        if offer.row is None:
            move(market, person, "ordinary", offer)
        elif market.happens(offer.start_work):
            move(market, person, "campaign", offer)
        else:
            offer.row["outcome"] = "withdrew"
    market.chosen.clear()
    market.offers.clear()


def grow(market: Market) -> None:
    """Labs below their aim ask people outside, one after the other, until one prefers their ordinary terms.

    In all a lab asks at most as many in a month as there are outside; whoever has refused may be drawn again.
    """
    for number, lab in enumerate(market.spec.labs):
        if not lab.refill or number == market.outside:
            continue
        aim = round(lab.headcount * market.spec.population.scale * math.exp(lab.growth * market.month / 12))
        left_to_ask = market.heads[market.outside]
        terms: dict[Person, Offer] = {}
        for _ in range(aim - market.heads[number]):
            most = min(left_to_ask, market.spec.contacts.candidates_per_vacancy)
            asked, hired = ask_outside(market, number, most, terms)
            left_to_ask -= asked
            if hired:
                move(market, hired, "growth", terms[hired])


def ask_outside(market: Market, lab: int, most: int, terms: dict[Person, Offer]) -> tuple[int, Person | None]:
    """How many were asked for a vacancy, and who takes it, if anybody does; each hears the same terms all month."""
    free = [one for one in market.people if one.lab == market.outside and one.moved != market.month]
    for asked in range(1, most + 1 if free else 1):
        person = market.chance.choice(free)
        if best(market, person, [terms.setdefault(person, vacancy(market, person, lab))]):
            return asked, person
    return most, None


def pay_wages(market: Market) -> None:
    """Running pay of those at work this month; whoever is hired for a vacancy at its end is paid from the next."""
    market.wages = [0.0] * len(market.index)
    for person in market.people:
        market.wages[person.lab] += person.pay / 12


def write_month(market: Market) -> None:
    """Heads, pay and special pay of every lab at the end of the month."""
    for number, lab in enumerate(market.spec.labs):
        row = {"month": market.month, "lab": lab.name, "headcount": market.heads[number]}
        row |= {"wage_bill": market.wages[number], "spend_paid": market.paid[number]}
        market.rows["months"].append(row)
        market.paid[number] = 0.0
    market.luck.clear()


MONTH = (
    draw_up_lists,
    move_stock,
    pay_out,
    separate,
    go_back,
    contact,
    raid,
    choose,
    carry_out_moves,
    pay_wages,
    grow,
    write_month,
)


def refuse_what_is_not_told(spec: tm.Scenario) -> None:
    """Refuse a scenario that uses what the twin does not tell."""
    on = [spec.contacts.envious_search, spec.contacts.referral, spec.choice.envy, spec.population.pay_growth]
    on += [spec.culture.growth_strain, spec.culture.mercenary_strain, spec.culture.inequality_strain]
    on += [spec.culture.loss_strain, spec.transfer.windows, spec.transfer.fee_share, spec.transfer.fee_years_of_pay]
    on += [len(spec.events), spec.culture.recovery and any(lab.culture < 1 for lab in spec.labs)]
    for lab in spec.labs:
        on += [lab.equity.years_of_pay, lab.response.counter_share, lab.response.title, lab.response.fair_trigger]
    for campaign in spec.campaigns:
        on += [campaign.retry_after, campaign.max_offers, campaign.max_hires, campaign.budget, campaign.next_trend]
        on += [tier.rank_exponent for tier in campaign.tiers]
    on += [spec.choice.exit_response, spec.choice.exit_contagion, spec.choice.patience, spec.contacts.room]
    on += [spec.choice.fairness_reference == "reward", spec.transfer.no_poach]
    on += [lab.ordinary_response.counter_share for lab in spec.labs]
    on += [campaign.engage_response for campaign in spec.campaigns]
    on += [tier.compute or tier.clawback for campaign in spec.campaigns for tier in campaign.tiers]
    assert not any(on), "the twin tells only the core"


def simulate(spec: tm.Scenario, seed: int) -> dict[str, list[Row]]:
    """One run; rows of `moves`, `offers` and `months` named as in a run's tables."""
    refuse_what_is_not_told(spec)
    chance = random.Random(seed)
    heads = [round(lab.headcount * spec.population.scale) for lab in spec.labs]
    people = [new_person(spec, chance, lab) for lab, count in enumerate(heads) for _ in range(count)]
    tie(spec, chance, people)
    market = Market(spec, chance, people, heads, index=[1.0] * len(heads), lists=[[] for _ in spec.campaigns])
    market.paid = [0.0] * len(heads)
    pay_wages(market)
    write_month(market)
    for market.month in range(1, spec.run.months + 1):
        for step in MONTH:
            step(market)
    return market.rows
