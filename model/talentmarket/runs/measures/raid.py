"""Summary measures of the raids: by the lab that people were at, and for all raided labs together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from talentmarket.market.setup.setting import talent_quantile
from talentmarket.runs.measures.measure import Measure, of_raided, raided
from talentmarket.runs.measures.observed import Observed, medians, share

CAME = ("started", "returned")
STAYED = ("started",)
ACCEPTED = ("withdrew", *CAME)
REFUSED = ("refused",)
NOT_TAKEN = (*REFUSED, "took another offer")
TOP = 0.01


def _over_run(observed: Observed, column: str) -> np.ndarray:
    return of_raided(observed, observed.panel(column).sum(axis=1))


def _offers(observed: Observed, where: np.ndarray, column: str = "") -> np.ndarray:
    """Offers to people of the raided labs for which `where` holds, or the sum of a column over them."""
    weights = observed.values("offers", column) if column else None
    return of_raided(observed, observed.sums("offers", "home", where, weights))


def _with(observed: Observed, outcomes: tuple[str, ...]) -> np.ndarray:
    return observed.among("offers", "outcome", outcomes)


def _mean(observed: Observed, outcomes: tuple[str, ...], column: str) -> np.ndarray:
    where = _with(observed, outcomes)
    return share(_offers(observed, where, column), _offers(observed, where))


def _first_rows(*keys: np.ndarray) -> np.ndarray:
    """Whether no row before has the same keys."""
    first = np.zeros(len(keys[0]), dtype=bool)
    first[np.unique(np.column_stack(keys), axis=0, return_index=True)[1]] = True
    return first


def over_run(column: str) -> Callable[[Observed], np.ndarray]:
    """The measure that adds up a column of `months` over the run (R, raided + 1)."""
    return lambda observed: _over_run(observed, column)


def share_came(observed: Observed) -> np.ndarray:
    """Started over approached (R, raided + 1)."""
    return share(_over_run(observed, "started"), _over_run(observed, "approached"))


def people_offered(observed: Observed) -> np.ndarray:
    """Different people who had an offer (R, raided + 1)."""
    run, who = observed.run_of("offers"), observed.values("offers", "researcher")
    by_lab = _offers(observed, _first_rows(run, who, observed.positions("offers", "home", observed.labs)))
    by_lab[:, -1] = np.bincount(run[_first_rows(run, who)], minlength=len(by_lab))
    return by_lab


def acceptance_rate(observed: Observed) -> np.ndarray:
    """Offers accepted over offers (R, raided + 1)."""
    every = observed.values("offers", "rank") > 0
    return share(_offers(observed, _with(observed, ACCEPTED)), _offers(observed, every))


def refusals(observed: Observed) -> np.ndarray:
    """Offers that were refused, for another one or for none (R, raided + 1)."""
    return _offers(observed, _with(observed, NOT_TAKEN))


def did_not_talk(observed: Observed) -> np.ndarray:
    """Approaches without a talk over approaches (R, raided + 1)."""
    approached = _over_run(observed, "approached")
    return share(approached - _over_run(observed, "engaged"), approached)


def got_no_offer(observed: Observed) -> np.ndarray:
    """Talks without an offer over approaches (R, raided + 1)."""
    return share(_over_run(observed, "engaged") - _over_run(observed, "offers"), _over_run(observed, "approached"))


def refused_for(part: str) -> Callable[[Observed], np.ndarray]:
    """The measure of the refusals that a part of the choice decides, over all refusals (R, raided + 1)."""

    def measured(observed: Observed) -> np.ndarray:
        refused = _with(observed, NOT_TAKEN)
        turned = refused & observed.values("offers", f"without_{part}").astype(bool)
        return share(_offers(observed, turned), _offers(observed, refused))

    return measured


def list_depth(observed: Observed) -> np.ndarray:
    """Mean list rank of those who came (R, raided + 1)."""
    return _mean(observed, CAME, "rank")


def median_package(observed: Observed) -> np.ndarray:
    """Median total of accepted packages (R, raided + 1)."""
    where = _with(observed, ACCEPTED)
    totals = observed.values("offers", "total")[where]
    run = observed.run_of("offers")[where]
    home = observed.positions("offers", "home", raided(observed.scenario))[where]
    labs, runs = len(raided(observed.scenario)), len(observed.replicates)
    by_lab = medians(totals, run * labs + home, runs * labs).reshape(runs, labs)
    return np.column_stack([by_lab, medians(totals, run, runs)])


def cost_per_talent(observed: Observed) -> np.ndarray:
    """Face value of the packages of those who came over their talent (R, raided + 1)."""
    came = _with(observed, CAME)
    return share(_offers(observed, came, "total"), _offers(observed, came, "talent"))


def top_tier_offers(observed: Observed) -> np.ndarray:
    """Offers in the first tier of their campaign (R, raided + 1)."""
    where = np.zeros(len(observed.values("offers", "rank")), dtype=bool)
    for campaign in observed.scenario.campaigns:
        own = observed.among("offers", "campaign", (campaign.name,))
        where |= own & observed.among("offers", "tier", (campaign.tiers[0].name,))
    return _offers(observed, where)


def loyalty_came(observed: Observed) -> np.ndarray:
    """Mean loyalty of those who came (R, raided + 1)."""
    return _mean(observed, CAME, "loyalty")


def loyalty_refused(observed: Observed) -> np.ndarray:
    """Mean loyalty of those who refused, by offers (R, raided + 1)."""
    return _mean(observed, REFUSED, "loyalty")


def loyalty_gap(observed: Observed) -> np.ndarray:
    """Mean loyalty of those who refused less that of those who came (R, raided + 1)."""
    return loyalty_refused(observed) - loyalty_came(observed)


def talent_lost(observed: Observed) -> np.ndarray:
    """Talent of those who came and stayed over the talent of the raided lab in month 0 (R, raided + 1)."""
    lost = _offers(observed, _with(observed, STAYED), "talent")
    return share(lost, of_raided(observed, observed.panel("talent")[:, 0]))


def top_talent_lost(observed: Observed) -> np.ndarray:
    """Those of the top 1 % who came and stayed over those at the raided lab in month 0 (R, raided + 1).

    The top 1 % lie above the 99th percentile of the distribution that talent is drawn from, as in the table `months`;
    how many they are in all is its expectation, 1 % of the researchers.
    """
    bound = talent_quantile(observed.scenario, np.array([1.0 - TOP]))[0]
    top = observed.values("offers", "talent") >= bound
    everyone = TOP * observed.once("researchers")[:, np.newaxis]
    at_first = of_raided(observed, observed.panel("top1_share")[:, 0]) * everyone
    return share(_offers(observed, top & _with(observed, STAYED)), at_first)


def package_spending(observed: Observed) -> np.ndarray:
    """Face value of all campaign packages that began (R, 1)."""
    return observed.panel("spend_packages").sum(axis=(1, 2))[:, np.newaxis]


def package_payments(observed: Observed) -> np.ndarray:
    """Special pay of all campaign packages that was paid or vested (R, 1)."""
    return observed.panel("spend_paid").sum(axis=(1, 2))[:, np.newaxis]


def response_spending(observed: Observed) -> np.ndarray:
    """Worth of the response's raises, awards and counter-offers accepted (R, raided + 1)."""
    return _over_run(observed, "spend_counters") + _over_run(observed, "spend_fair")


def cost_per_avoided_exit(observed: Observed) -> np.ndarray:
    """Worth of counter-offers accepted over exits that they and titles avoided (R, raided + 1)."""
    return share(_over_run(observed, "spend_counters"), _over_run(observed, "exits_avoided"))


FUNNEL = "Raid: the funnel"
PACKAGES = "Raid: the packages"
PEOPLE = "Raid: the people"
ANSWER = "Raid: the answer"


def _raid(
    name: str, unit: str, definition: str, group: str, compute: Callable[[Observed], np.ndarray], bounded: bool = True
) -> Measure:
    return Measure(name, unit, definition, group, "raided", compute, bounded)


RAID_MEASURES = (
    _raid(
        "approached",
        "approaches",
        "Approaches by campaigns, each new asking of a person counted.",
        FUNNEL,
        over_run("approached"),
    ),
    _raid("engaged", "approaches", "Approaches that led to a talk.", FUNNEL, over_run("engaged")),
    _raid(
        "offers", "offers", "Offers made by campaigns, each new one to a person counted.", FUNNEL, over_run("offers")
    ),
    _raid(
        "people_offered", "people", "People whom campaigns made an offer, each counted once.", FUNNEL, people_offered
    ),
    _raid("accepted", "offers", "Offers accepted.", FUNNEL, over_run("accepted")),
    _raid(
        "started", "people", "People who accepted and started, counted for each campaign.", FUNNEL, over_run("started")
    ),
    _raid(
        "returned", "people", "Of those who started, people who went back within months.", FUNNEL, over_run("returned")
    ),
    _raid("share_came", "share", "People who started, of all approaches.", FUNNEL, share_came),
    _raid("acceptance_rate", "share", "Offers accepted, of all offers.", FUNNEL, acceptance_rate),
    _raid("refusals", "offers", "Offers refused, to stay or to go elsewhere.", FUNNEL, refusals),
    _raid(
        "share_did_not_talk",
        "share",
        "Approaches that led to no talk, of all approaches: lost before anything was weighed.",
        FUNNEL,
        did_not_talk,
    ),
    _raid(
        "share_no_offer",
        "share",
        "Approaches that led to a talk and to no offer, of all approaches.",
        FUNNEL,
        got_no_offer,
    ),
    _raid(
        "refused_for_mission",
        "share",
        "Refusals that would have been acceptances if no lab had a mission, of all refusals.",
        FUNNEL,
        refused_for("mission"),
    ),
    _raid(
        "refused_for_moving_cost",
        "share",
        "The same if moving cost nothing.",
        FUNNEL,
        refused_for("moving_cost"),
    ),
    _raid(
        "refused_for_stock",
        "share",
        "The same if the person had no stock at home that still has to vest.",
        FUNNEL,
        refused_for("stock"),
    ),
    _raid("refused_for_ties", "share", "The same if ties counted nothing at any lab.", FUNNEL, refused_for("ties")),
    _raid("list_depth", "rank", "Mean list rank of those who came.", FUNNEL, list_depth),
    _raid("top_tier_offers", "offers", "Offers in the first tier of their campaign.", PACKAGES, top_tier_offers),
    _raid("median_package", "M$", "Median total of accepted packages.", PACKAGES, median_package),
    _raid(
        "cost_per_talent",
        "M$ per talent",
        "Face value of the packages of those who came, over their talent (median researcher: 1).",
        PACKAGES,
        cost_per_talent,
    ),
    Measure(
        "package_spending",
        "M$",
        "Face value of all campaign packages that began.",
        PACKAGES,
        "raids",
        package_spending,
    ),
    Measure(
        "package_payments",
        "M$",
        "Special pay of campaign packages that was paid or vested within the run.",
        PACKAGES,
        "raids",
        package_payments,
    ),
    _raid("loyalty_came", "share", "Mean weight on the mission of those who came.", PEOPLE, loyalty_came),
    _raid("loyalty_refused", "share", "Mean weight on the mission of those who refused.", PEOPLE, loyalty_refused),
    _raid(
        "loyalty_gap",
        "share",
        "Mean loyalty of those who refused less that of those who came.",
        PEOPLE,
        loyalty_gap,
        bounded=False,
    ),
    _raid(
        "talent_lost",
        "share",
        "Talent of those who came and stayed, of the raided lab's talent in month 0.",
        PEOPLE,
        talent_lost,
        bounded=False,
    ),
    _raid(
        "top_talent_lost",
        "share",
        "People of the top 1 % by talent who came and stayed, of those at the raided lab in month 0.",
        PEOPLE,
        top_talent_lost,
        bounded=False,
    ),
    _raid("counters", "offers", "Counter-offers that the raided lab's response made.", ANSWER, over_run("counters")),
    _raid(
        "exits_avoided",
        "exits",
        "Exits that did not happen because of a counter-offer or a title, each of a person counted.",
        ANSWER,
        over_run("exits_avoided"),
    ),
    _raid(
        "response_spending",
        "M$",
        "Worth of the response's raises, awards and counter-offers accepted.",
        ANSWER,
        response_spending,
    ),
    _raid(
        "cost_per_avoided_exit",
        "M$ per exit",
        "Worth of counter-offers accepted, over exits that counter-offers and titles avoided.",
        ANSWER,
        cost_per_avoided_exit,
    ),
)
