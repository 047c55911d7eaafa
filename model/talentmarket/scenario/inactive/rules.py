"""Which parameters of a scenario cannot act, and why: what they act through is off, out of time or out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from talentmarket.scenario.schema.campaigns import Campaign, Tier
from talentmarket.scenario.schema.labs import Equity, Lab, OrdinaryResponse, Posting
from talentmarket.scenario.schema.scenario import Scenario
from talentmarket.scenario.schema.vesting import Schedule
from talentmarket.scenario.text.paths import path_text

STEPS = {"monthly": 1, "quarterly": 3, "annual": 12}  # months from one vesting to the next
BURDETT_MORTENSEN = ("productivity", "reservation", "competition")
FAIR_AWARD = ("fair_levels", "fair_ratio", "fair_years", "fair_vesting")
FAIR = ("fair_award", "fair_raise", "raise_moves_scale", "fair_delay", *FAIR_AWARD)
COUNTER = ("counter_share", "counter_cap", "counter_budget", "title")
TERMS = (
    "mission_scale",
    "compute_value",
    "tie_value",
    "size_value",
    "taste_sd",
    "envy",
    "switching_cost",
    "exit_response",
)
EXITS = ("exit_response", "exit_contagion", "patience")

Reasons = Iterator[tuple[tuple[str, ...], str]]  # names of parameters of a table, and why they cannot act


def inactive(scenario: Scenario) -> Mapping[str, str]:
    """The path of every parameter, campaign and tier that cannot act, and why ("because ...").

    Only what is certain from the scenario as it stands is said; events are not looked at.
    """
    return dict(_reasons(scenario))


def _reasons(scenario: Scenario) -> Iterator[tuple[str, str]]:
    for names, reason in _market(scenario):
        yield from ((name, reason) for name in names)
    for lab in scenario.labs:
        for names, reason in (*_lab(lab, scenario), *_response(lab, scenario), *_ordinary_response(lab, scenario)):
            yield from ((f"{path_text(('labs', lab.name))}.{name}", reason) for name in names)
    for campaign in scenario.campaigns:
        path = path_text(("campaigns", campaign.name))
        for names, reason in _campaign(campaign, scenario):
            yield from ((f"{path}.{name}" if name else path, reason) for name in names)
        first_rank = 1
        for tier in campaign.tiers:
            here = f"{path}.{path_text(('tiers', tier.name))}"
            for names, reason in _tier(tier, first_rank, campaign, scenario):
                yield from ((f"{here}.{name}" if name else here, reason) for name in names)
            first_rank = tier.last_rank + 1


def last_month(campaign: Campaign, scenario: Scenario) -> int:
    """The last month in which a campaign can ask anyone."""
    return min(campaign.start + campaign.months - 1, scenario.run.months)


def most_asked(campaign: Campaign, scenario: Scenario) -> int:
    """How many approaches a campaign can make."""
    return campaign.approaches_per_month * max(0, last_month(campaign, scenario) - campaign.start + 1)


def holds_stock(lab: Lab, scenario: Scenario) -> bool:
    """Whether anyone can come to hold stock of a lab."""
    packages = (tier for campaign in scenario.campaigns if campaign.lab == lab.name for tier in campaign.tiers)
    in_packages = any(tier.stock_share > 0.0 and tier.special > 0.0 for tier in packages)
    awarded = lab.response.fair_award > 0.0 and lab.response.fair_trigger > 0
    return lab.equity.years_of_pay > 0.0 or lab.equity.refresh_years_of_pay > 0.0 or awarded or in_packages


def _first_month(vesting: str | Schedule) -> int:
    """A month before which nothing vests; 0 if something may from the first day on."""
    return STEPS.get(vesting, 0) if isinstance(vesting, str) else vesting[0][0]


def _market(scenario: Scenario) -> Reasons:
    population, choice, culture = scenario.population, scenario.choice, scenario.culture
    fees = scenario.transfer.fee_years_of_pay > 0.0 or scenario.transfer.fee_share > 0.0
    strains = (culture.growth_strain, culture.mercenary_strain, culture.inequality_strain, culture.loss_strain)
    labs = [lab for lab in scenario.labs if lab.kind == "lab"]
    if population.talent_tail_share == 0.0:
        yield ("population.talent_tail_exponent",), "because population.talent_tail_share is 0"
        if population.talent_sigma == 0.0:
            alike = ("population.wealth_talent", "population.pay_talent", "contacts.contact_talent")
            yield alike, "because everybody has the same talent"
    if population.ties_mean == 0.0:
        tied = (
            "choice.tie_value",
            "choice.contagion",
            "choice.exit_contagion",
            "contacts.referral",
            "output.spillover",
        )
        yield ("population.ties_within_lab", *tied), "because population.ties_mean is 0"
    if choice.money_weight == 0.0:
        yield tuple(f"choice.{name}" for name in TERMS), "because choice.money_weight is 0"
    if not any(lab.separation for lab in labs):
        yield tuple(f"choice.{name}" for name in EXITS), "because the separation of every lab is 0"
    if choice.envy == 0.0 and culture.inequality_strain == 0.0:
        reason = "because choice.envy and culture.inequality_strain are 0"
        yield ("choice.merit_visibility",), reason
    if (choice.envy == 0.0 or choice.merit_visibility == 1.0) and scenario.contacts.envious_search == 0.0:
        reason = "because nobody minds pay below that of colleagues: choice.envy and contacts.envious_search are 0"
        yield ("choice.fairness_reference", "choice.fairness_scope"), reason
    elif choice.fairness_reference == "pay":
        yield ("choice.fairness_scope",), 'because choice.fairness_reference is "pay"'
    if choice.compute_value == 0.0 and scenario.output.compute_elasticity == 0.0:
        reason = "because choice.compute_value and output.compute_elasticity are 0"
        yield ("choice.compute_reference",), reason
    if not any(holds_stock(lab, scenario) for lab in scenario.labs):
        of_stock = ("risk.risk_aversion", "risk.risk_free", "risk.equity_premium", "risk.stock_share")
        yield (*of_stock, "choice.patience"), "because nobody is granted stock"
    elif scenario.risk.risk_aversion == 0.0:
        yield ("risk.stock_share",), "because risk.risk_aversion is 0"
    if not any(lab.contact for lab in scenario.labs):
        calls = ("contacts.contact_talent", "contacts.reach_outside", "contacts.envious_search")
        yield calls, "because the contact of every lab is 0"
    if not any(lab.contact for lab in labs) and scenario.contacts.referral == 0.0:
        yield ("contacts.room", "transfer.no_poach"), "because no lab calls anyone"
    if not any(lab.refill or (scenario.contacts.room and lab.contact) for lab in labs):
        yield ("contacts.candidates_per_vacancy",), "because no lab refills"
    if culture.growth_strain == 0.0:
        yield ("culture.growth_norm",), "because culture.growth_strain is 0"
    if not any(strains) and all(lab.culture == 1.0 for lab in labs):
        yield ("culture.recovery",), "because no culture is damaged"
    if not fees:
        yield ("transfer.borne_by", "transfer.solidarity"), "because there are no fees"


def _lab(lab: Lab, scenario: Scenario) -> Reasons:
    if lab.kind == "outside":
        reason = "because the outside has no aim of its own, and those who separate from labs come here"
        yield ("growth", "refill", "separation"), reason
    elif not lab.refill and not scenario.contacts.room:
        yield ("growth",), "because refill is false"
    if scenario.choice.mission_scale == 0.0 or scenario.choice.money_weight == 0.0:
        yield ("mission", "fit"), "because choice.mission_scale or choice.money_weight is 0"
    if scenario.choice.compute_value == 0.0 and scenario.output.compute_elasticity == 0.0:
        yield ("compute",), "because choice.compute_value and output.compute_elasticity are 0"
    calls = lab.contact > 0.0 or scenario.contacts.referral > 0.0
    if not calls:
        yield ("premium_mean", "premium_sigma"), "because contact is 0"
    if not calls and (lab.kind == "outside" or not lab.refill):
        yield tuple(f"posting.{name}" for name in Posting.model_fields), "because contact is 0"
    else:
        yield from _posting(lab.posting)
    if lab.stock.success_rate == 0.0:
        yield ("stock.success_size",), "because stock.success_rate is 0"
    if not holds_stock(lab, scenario):
        yield ("stock.beta", "stock.upside"), "because nobody is granted its stock"
    yield from _equity(lab.equity)


def _posting(posting: Posting) -> Reasons:
    reason = f'because posting.distribution is "{posting.distribution}"'
    if posting.distribution != "none":
        yield ("premium_mean", "premium_sigma"), reason
    if posting.distribution != "lognormal":
        yield ("posting.sigma",), reason
    if posting.distribution != "burdett_mortensen":
        yield tuple(f"posting.{name}" for name in BURDETT_MORTENSEN), reason


def _equity(equity: Equity) -> Reasons:
    if equity.years_of_pay == 0.0:
        yield ("equity.cliff",), "because equity.years_of_pay is 0"
        if equity.refresh_years_of_pay == 0.0:
            yield (
                ("equity.years", "equity.vesting"),
                "because equity.years_of_pay and equity.refresh_years_of_pay are 0",
            )
    elif 0 < equity.cliff <= _first_month(equity.vesting):
        yield ("equity.cliff",), _before_the_first(equity.vesting)


def _before_the_first(vesting: str | Schedule) -> str:
    kind = f"{vesting} vesting" if isinstance(vesting, str) else "this vesting"
    return f"because {kind} pays nothing before month {_first_month(vesting)}"


def _response(lab: Lab, scenario: Scenario) -> Reasons:
    response = lab.response
    raids = [one for one in scenario.campaigns if lab.name in one.targets and most_asked(one, scenario)]
    if response.counter_share == 0.0 and response.title == 0.0:
        yield _of_response("detection", "counter_to"), "because counter_share and title are 0"
    if response.detection == 0.0:
        yield _of_response(*COUNTER, "counter_to"), "because detection is 0"
    # Under a transfer system offers wait, and may find their researcher at another lab.
    waits = bool(scenario.transfer.windows and scenario.campaigns)
    if response.counter_to == "approached" and not raids and not waits:
        yield _of_response(*COUNTER, "detection"), "because no campaign approaches its people"
    if response.counter_share == 0.0:
        yield _of_response("counter_cap", "counter_budget"), "because counter_share is 0"
    elif 0.0 < response.counter_budget <= response.counter_cap:
        yield _of_response("counter_cap"), f"because counter_budget is {response.counter_budget:g} M$ for all of them"
    if response.fair_raise == 0.0:
        yield _of_response("raise_moves_scale"), "because fair_raise is 0"
    elif lab.kind == "lab" and not lab.refill and lab.posting.distribution == "none":
        yield _of_response("raise_moves_scale"), 'because refill is false and posting.distribution is "none"'
    asked = sum(most_asked(campaign, scenario) for campaign in raids)
    first = min((campaign.start for campaign in raids), default=0) + response.fair_delay
    if response.fair_trigger == 0:
        yield _of_response(*FAIR), "because fair_trigger is 0"
    elif asked < response.fair_trigger:
        reason = (
            f"because its people are approached {asked:,} times at most, and fair_trigger is {response.fair_trigger:,}"
        )
        yield _of_response("fair_trigger", *FAIR), reason
    elif first > scenario.run.months:
        reason = (
            f"because the review could not come before month {first}, and the run ends with month {scenario.run.months}"
        )
        yield _of_response("fair_trigger", *(name for name in FAIR if name != "fair_delay")), reason
    elif response.fair_award == 0.0:
        yield _of_response(*FAIR_AWARD), "because fair_award is 0"
        if response.fair_raise == 0.0:
            yield _of_response("fair_trigger", "fair_delay"), "because fair_award and fair_raise are 0"
    elif min(response.fair_levels, scenario.population.levels) == 1:
        yield _of_response("fair_ratio"), "because the award covers one talent band"


def _ordinary_response(lab: Lab, scenario: Scenario) -> Reasons:
    practice = lab.ordinary_response
    callers = any(other.contact > 0.0 for other in scenario.labs if other.name != lab.name)
    if practice.counter_share == 0.0:
        yield ("ordinary_response.detection", "ordinary_response.counter_cap"), "because counter_share is 0"
    elif practice.detection == 0.0:
        yield ("ordinary_response.counter_share", "ordinary_response.counter_cap"), "because detection is 0"
    elif not callers and scenario.contacts.referral == 0.0:
        every = tuple(f"ordinary_response.{name}" for name in OrdinaryResponse.model_fields)
        yield every, "because nobody calls its people"


def _of_response(*names: str) -> tuple[str, ...]:
    return tuple(f"response.{name}" for name in names)


def _campaign(campaign: Campaign, scenario: Scenario) -> Reasons:
    months, last = scenario.run.months, last_month(campaign, scenario)
    asked, ranks = most_asked(campaign, scenario), campaign.tiers[-1].last_rank
    if campaign.start > months:
        yield ("",), f"because it starts in month {campaign.start}, and the run ends with month {months}"
        return
    if asked == 0:
        yield ("",), "because approaches_per_month is 0"
        return
    if campaign.retry_after == 0:
        yield ("sweetener",), "because retry_after is 0"
        if asked > ranks + campaign.approaches_per_month:
            by_then = campaign.start - (-ranks // campaign.approaches_per_month)
            yield ("",), f"from month {by_then} on because all {ranks:,} ranks that have a tier have been asked by then"
    elif campaign.start + campaign.retry_after > last:
        again = campaign.start + campaign.retry_after
        reason = f"because nobody could be asked again before month {again}, and the last month of asking is {last}"
        yield ("retry_after", "sweetener"), reason
    for name, after in (("engage", ("offer", "start_work")), ("offer", ("start_work",)), ("start_work", ())):
        if getattr(campaign, name) == 0.0:
            yield (*after, "return_rate", "return_months"), f"because {name} is 0"
    if campaign.engage_response == 0.0:
        yield ("engage_reference",), "because engage_response is 0"
    elif campaign.engage in (0.0, 1.0) or scenario.choice.money_weight == 0.0:
        yield ("engage_response", "engage_reference"), "because engage is 0 or 1, or choice.money_weight is 0"
    if campaign.return_rate == 0.0:
        yield ("return_months",), "because return_rate is 0"
    if campaign.return_months == 0:
        yield ("return_rate",), "because return_months is 0"
    for name in ("max_offers", "max_hires"):
        if getattr(campaign, name) >= asked:
            yield (name,), f"because {asked:,} are asked at most"


def _tier(tier: Tier, first_rank: int, campaign: Campaign, scenario: Scenario) -> Reasons:
    asked, choice = most_asked(campaign, scenario), scenario.choice
    ranks = tier.last_rank - first_rank + 1
    lowest = tier.total * ranks**-tier.rank_exponent
    if 0 < asked < first_rank:
        yield ("",), f"because rank {first_rank:,} is never reached: {asked:,} are asked at most"
        return
    for name in ("engage", "offer"):
        if asked and getattr(campaign, name) == 0.0:
            yield ("",), f"because {name} is 0, so that nobody is made an offer"
            return
    if asked and 0.0 < campaign.budget < max(lowest, tier.floor):
        yield ("",), f"because the budget is {campaign.budget:.4g} M$, less than its smallest package"
        return
    if tier.special <= 0.0:
        yield ("stock_share", "vesting", "cliff"), "because the total is running pay alone"
    elif tier.stock_share == 0.0:
        yield ("vesting", "cliff"), "because stock_share is 0"
    elif 0 < tier.cliff <= _first_month(tier.vesting):
        yield ("cliff",), _before_the_first(tier.vesting)
    if choice.compute_value == 0.0 or choice.money_weight == 0.0:
        yield ("compute",), "because choice.compute_value or choice.money_weight is 0"
    if tier.clawback == 1:
        yield ("clawback",), "because nobody leaves in the month of joining"
    elif tier.clawback > 0 and tier.special <= 0.0:
        yield ("clawback",), "because the total is running pay alone"
    if tier.rank_exponent == 0.0:
        yield ("floor",), "because rank_exponent is 0, so that the package does not fall"
    elif ranks == 1:
        yield ("rank_exponent", "floor"), "because the tier has one rank"
    elif 0.0 < tier.floor <= lowest:
        yield ("floor",), f"because the package falls no lower than {lowest:.4g} M$"
    elif tier.floor == tier.total:
        yield ("rank_exponent",), "because floor is the total"
