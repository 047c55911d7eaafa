"""The answer to the scenario's question so far, in a sentence: what the raids came to, or who moved and at what pay."""

from __future__ import annotations

import numpy as np

from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.readers.tables import Table
from talentmarket.market.records.codes import NO_OFFER, REFUSED, SILENT, TOOK_ANOTHER, WAITING, WENT_BACK, WITHDREW
from talentmarket.numbers import count, fixed, money, money_in_words, number, percent, signed
from talentmarket.page.told.fates import CAME
from talentmarket.page.view import View
from talentmarket.scenario.evidence.seeds import parameters
from talentmarket.scenario.schema import Campaign, Scenario
from talentmarket.scenario.text.wording import capital, listed
from talentmarket.scenario.writing.in_words import parameter_in_words

# The parameters that decide most of how many come by a raid, and of how many move without one.
RAIDED, QUIET = "campaigns.*.engage", "labs.*.contact"
LEAST_CHANGE = 0.005  # of pay; less is not told
CULTURE_DECIMALS = 2
# Everyone asked who did not come, by how that ended; with those who came they are all. Only the first and the last are always told.
NOT_CAME = {
    (REFUSED,): "refused",
    (TOOK_ANOTHER,): "took another offer",
    (WITHDREW,): "did not start",
    (WAITING,): "yet to answer",
    (SILENT, NO_OFFER): "got no offer",
}
ALWAYS = ("refused", "got no offer")


def answer_of(view: View) -> dict[str, str]:
    """The answer as plain data.

    Returns
    -------
    dict
        `now`, what this run says so far; `decides`, what is assumed that decides it.
    """
    raids = _raids(view) if view.scenario.campaigns else _labs(view)
    told = [raids, *_weighing(view), *_responses(view), *_cultures(view)]
    decisive = RAIDED if view.scenario.campaigns else QUIET
    decides = f"{capital(parameter_in_words(decisive))}. {parameters()[decisive].note}"
    return {"now": "; ".join(told) + ".", "decides": decides}


def named_labs(scenario: Scenario) -> list[int]:
    """Rows of the labs that the scenario's question names, or of the raiders and the raided; none if it names none."""
    in_raids = {lab for campaign in scenario.campaigns for lab in (campaign.lab, *campaign.targets)}
    return [row for row, lab in enumerate(scenario.labs) if lab.name in in_raids or lab.name in scenario.question]


def culture_suffers(scenario: Scenario) -> bool:
    """Whether anything in the scenario can damage a culture."""
    culture = scenario.culture
    strains = (culture.growth_strain, culture.mercenary_strain, culture.inequality_strain, culture.loss_strain)
    by_events = any("culture" in path for event in scenario.events for path in event.set)
    return max(strains) > 0.0 or by_events


def _raids(view: View) -> str:
    approaches = approaches_table(view.market.replicate.world, view.scenario)
    return "; ".join(
        _raid(campaign, approaches, approaches["campaign"].codes == place, view.month)
        for place, campaign in enumerate(view.scenario.campaigns)
    )


def _raid(campaign: Campaign, approaches: Table, mine: np.ndarray, month: int) -> str:
    """A raid in words: asked, came, went back, how it ended for the others, promised."""
    outcomes = approaches["outcome"].codes[mine]
    if outcomes.size == 0:
        most = campaign.approaches_per_month * campaign.months
        when = f"from month {campaign.start} on" if month < campaign.start else "and has not begun"
        asked = f"{count(most, 'person', 'people')} at {listed(campaign.targets)}"
        return f"{campaign.lab} is to ask up to {asked}, for {_packages(campaign)}, {when}"
    came = np.isin(outcomes, CAME)
    promised = float(np.nansum(approaches["total"][mine][came]))
    others = ((int(np.isin(outcomes, codes).sum()), words) for codes, words in NOT_CAME.items())
    told = [
        f"{campaign.lab} has asked {number(outcomes.size)}",
        f"{number(came.sum())} came",
        *(f"{number(many)} {words}" for many, words in others if many or words in ALWAYS),
        f"{money_in_words(promised)} promised to those who came",
    ]
    if back := int((outcomes == WENT_BACK).sum()):
        told.insert(2, f"{number(back)} of them went back")
    return ", ".join(told)


def _packages(campaign: Campaign) -> str:
    """What a campaign offers, from the smallest to the largest package."""
    totals = sorted(tier.total for tier in campaign.tiers)
    if totals[0] == totals[-1]:
        return f"{money(totals[0])} each"
    return f"{number(totals[0])} to {money(totals[-1])} each"


def _weighing(view: View) -> list[str]:
    """What an offer hangs on, for whoever has only opened the page."""
    beginning = view.scenario.campaigns and view.month == 0
    return ["each weighs the money against the mission and the cost of moving"] if beginning else []


def _labs(view: View) -> str:
    """Without a raid: who left and who came at the labs that the question names, or all moves and the pay."""
    flows = view.market.replicate.world.flows[: view.month + 1].sum(axis=0)
    labs = np.arange(len(view.scenario.labs)) != view.outside
    rows = named_labs(view.scenario)
    if not rows:
        between = int(flows[np.ix_(labs, labs)].sum())
        left = int(flows[labs, view.outside].sum())
        return f"{number(between)} have moved between labs, {number(left)} have left them; {_pay(view)}"
    told = []
    for row in rows:
        left, to_labs, came = flows[row].sum(), flows[row][labs].sum(), flows[:, row].sum()
        told.append(
            f"{view.scenario.labs[row].name}: {number(left)} have left, {number(to_labs)} of them for other labs, "
            f"{number(came)} have come"
        )
    return "; ".join(told)


def _pay(view: View) -> str:
    """The labs' median pays, averaged with the head-counts as weights, and the change since the first month."""
    months = view.market.replicate.world.months
    heads = months["headcount"].astype(float)
    heads[:, view.outside] = 0.0
    first, now = (float(np.average(months["pay"][at, :, 1], weights=heads[at] + 1e-9)) for at in (0, view.month))
    change = now / first - 1.0
    more = f" ({signed(percent(change))})" if abs(change) >= LEAST_CHANGE else ""
    return f"the labs' median pay is {money(now)} a year{more}"


def _responses(view: View) -> list[str]:
    """What labs that answer raids have spent on it; nothing where none does."""
    months = view.market.replicate.world.months[: view.month + 1]
    spent = months["spend_counters"].sum(axis=0) + months["spend_fair"].sum(axis=0)
    return [
        f"{lab.name} has spent {money_in_words(float(spent[row]))} on answering"
        for row, lab in enumerate(view.scenario.labs)
        if lab.response.counter_share > 0.0 or lab.response.fair_trigger > 0
    ]


def _cultures(view: View) -> list[str]:
    """The culture of the labs that the question is about, where anything can damage it."""
    if not culture_suffers(view.scenario):
        return []
    cultures = view.market.replicate.world.months["culture"][view.month]
    rows = named_labs(view.scenario) or [row for row, lab in enumerate(view.scenario.labs) if lab.kind == "lab"]
    told = [f"{view.scenario.labs[row].name} {fixed(float(cultures[row]), CULTURE_DECIMALS)}" for row in rows]
    return [f"culture (1 is unharmed): {listed(told)}"]
