"""What parameters and what they rest on are called where people read and nobody types: below pictures, before paths in reports."""

from __future__ import annotations

import re

from talentmarket.scenario.evidence.seeds import facts
from talentmarket.scenario.text.paths import split_path

# By path, `*` standing for any item of a list; noun phrases, as they stand in lists. Others are called by the last part of their path.
PARAMETERS = {
    "population.talent_sigma": "how unequal talent is",
    "population.talent_tail_share": "the share of stars in all researchers",
    "population.talent_tail_exponent": "how far stars are ahead",
    "population.loyalty_mean": "the mean loyalty to the mission",
    "population.loyalty_concentration": "how alike people are in loyalty",
    "population.wealth_median": "the wealth people have",
    "population.wealth_sigma": "how unequal wealth is",
    "population.wealth_talent": "how much wealthier the talented are",
    "population.pay_sigma": "how unequal pay is",
    "population.pay_talent": "how much better the talented are paid",
    "population.pay_growth": "the growth of pay",
    "population.levels": "the number of levels within which pay is compared",
    "population.ties_mean": "the number of co-authors",
    "population.ties_within_lab": "the share of co-authors at the same lab",
    "choice.money_weight": "how strongly money counts in a choice",
    "choice.mission_scale": "the worth of a mission in money",
    "choice.compute_value": "the worth of compute in money",
    "choice.tie_value": "the worth of colleagues one has written with",
    "choice.size_value": "the worth of a lab's size",
    "choice.taste_sd": "how far tastes for labs differ",
    "choice.envy": "the cost of being paid less than colleagues",
    "choice.merit_visibility": "how far merit justifies unequal pay",
    "choice.switching_cost": "the cost of moving",
    "choice.contagion": "how a colleague's exit stirs those tied to him or her",
    "choice.exit_contagion": "how a colleague's exit makes others leave",
    "choice.exit_response": "how far better terms keep people from leaving",
    "choice.patience": "how long people wait for stock about to vest",
    "choice.horizon": "how far ahead people count",
    "choice.discount": "the rate at which people discount pay",
    "risk.risk_aversion": "risk aversion",
    "risk.risk_free": "the risk-free rate",
    "risk.equity_premium": "the equity premium",
    "risk.stock_share": "the share of wealth in the lab's stock",
    "contacts.contact_talent": "how much more the talented are sought",
    "contacts.reach_outside": "how often people outside are called",
    "contacts.candidates_per_vacancy": "how many are asked for each vacancy",
    "contacts.envious_search": "how much more those search who are paid less",
    "contacts.referral": "the chance that a mover refers a colleague",
    "culture.recovery": "how soon a culture heals",
    "culture.growth_norm": "the growth that a culture bears",
    "culture.growth_strain": "how much faster growth harms a culture",
    "culture.mercenary_strain": "how much people who come for money harm a culture",
    "culture.inequality_strain": "how much unequal pay harms a culture",
    "culture.loss_strain": "how much lost talent harms a culture",
    "output.talent_elasticity": "how output follows talent",
    "output.compute_elasticity": "how output follows compute",
    "output.portability": "how much of their talent movers bring along",
    "output.spillover": "how much those left behind lose by a colleague's exit",
    "labs.*.headcount": "the labs' first head-counts",
    "labs.*.growth": "the growth that labs aim at",
    "labs.*.refill": "whether labs refill from outside",
    "labs.*.mission": "the strength of the labs' missions",
    "labs.*.culture": "the first state of the labs' cultures",
    "labs.*.fit": "how far one lab's mission speaks to another's people",
    "labs.*.compute": "the compute of a researcher",
    "labs.*.pay_level": "the labs' pay",
    "labs.*.tenure_mean": "how long people have been there",
    "labs.*.separation": "how often people leave for reasons of their own",
    "labs.*.contact": "how often recruiters call",
    "labs.*.premium_mean": "how far ordinary offers are above present pay",
    "labs.*.premium_sigma": "how unequal ordinary offers are",
    "labs.*.posting.sigma": "how far apart posted offers are",
    "labs.*.posting.competition": "how strongly labs bid up what they post",
    "labs.*.stock.drift": "the expected growth of the stock",
    "labs.*.stock.volatility": "the volatility of the stock",
    "labs.*.stock.beta": "the stock's market beta",
    "labs.*.stock.success_rate": "how often the stock jumps",
    "labs.*.stock.success_size": "how far the stock jumps",
    "labs.*.stock.upside": "what the lab's people believe its stock is worth",
    "labs.*.response.detection": "the chance that the lab hears of an offer in time",
    "labs.*.response.counter_share": "how much of the gap a counter-offer closes",
    "labs.*.ordinary_response.detection": "the chance that labs hear of an ordinary offer in time",
    "labs.*.ordinary_response.counter_share": "how much of the gap an ordinary counter-offer closes",
    "campaigns.*.approaches_per_month": "how many are asked a month",
    "campaigns.*.scouting_error": "the error in scouting talent",
    "campaigns.*.engage": "the share of those asked who talk",
    "campaigns.*.engage_response": "how a larger offer gets people to talk",
    "campaigns.*.engage_reference": "the package at which people talk as often as that",
    "campaigns.*.offer": "the share of talks that end in an offer",
    "campaigns.*.start_work": "the share of those who accept that start",
    "campaigns.*.return_rate": "how often those who came go back",
    "campaigns.*.return_months": "how long they can go back",
    "campaigns.*.next_trend": "how soon the raider loses interest",
    "events.*.hazard": "how often the event happens",
}
FITTED = re.compile(r"fitted to \w+, confidence (\w+)")


def parameter_in_words(path: str) -> str:
    """What a parameter is called, by its path with `*` for list items."""
    return PARAMETERS.get(path, split_path(path)[-1].replace("_", " "))


def basis_in_brief(basis: str) -> str:
    """What a value rests on without the names of facts: `fitted, confidence low`; `from the article`, `published` for a fact."""
    return "; ".join(dict.fromkeys(_in_brief(part) for part in basis.split("; ")))


def basis_with_facts(basis: str) -> str:
    """What a value rests on with the names of facts, as somebody would look them up: `published: counteroffers_considered`."""
    parts = basis.split("; ")
    return "; ".join(f"{_in_brief(part)}: {part}" if part in facts() else part for part in parts)


def _in_brief(basis: str) -> str:
    if found := FITTED.fullmatch(basis):
        return f"fitted, confidence {found[1]}"
    known = facts().get(basis)
    return basis if known is None else "from the article" if known.collection == "article" else known.collection
