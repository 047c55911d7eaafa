"""Summary measures of the whole market and of each lab, raid or no raid."""

from __future__ import annotations

import numpy as np

from talentmarket.runs.measures.measure import Measure, inside, of_labs
from talentmarket.runs.measures.observed import Observed, share
from talentmarket.runs.measures.revealed_value import revealed_values_by_run

RETENTION_MONTHS = 24
LAST_YEAR = 12


def two_year_retention(observed: Observed) -> np.ndarray:
    """Life table: product over 24 months of 1 - departures / head-count at the month's start (R, labs)."""
    headcount = of_labs(observed, observed.panel("headcount"))
    departures = of_labs(observed, observed.panel("departures"))
    if observed.scenario.run.months < RETENTION_MONTHS:
        return np.full_like(headcount[:, 0], np.nan)
    leaving = share(departures[:, 1 : RETENTION_MONTHS + 1], headcount[:, :RETENTION_MONTHS])
    return np.prod(np.maximum(1.0 - leaving, 0.0), axis=1)


def headcount_change(observed: Observed) -> np.ndarray:
    """Head-count in the last month less that of month 0 (R, labs)."""
    headcount = of_labs(observed, observed.panel("headcount"))
    return headcount[:, -1] - headcount[:, 0]


def _flows(observed: Observed, to: tuple[str, ...]) -> np.ndarray:
    """Moves from labs of kind `lab` to some labs (R, 1)."""
    where = observed.among("flows", "to", to)
    moves = observed.sums("flows", "from", where, observed.values("flows", "moves"))
    return of_labs(observed, moves).sum(axis=1, keepdims=True)


def lost_to_labs(observed: Observed) -> np.ndarray:
    """Moves from each lab to other labs over the run (R, labs)."""
    where = observed.among("flows", "to", inside(observed.scenario))
    return of_labs(observed, observed.sums("flows", "from", where, observed.values("flows", "moves")))


def won_from_labs(observed: Observed) -> np.ndarray:
    """Moves to each lab from other labs over the run (R, labs)."""
    where = observed.among("flows", "from", inside(observed.scenario))
    return of_labs(observed, observed.sums("flows", "to", where, observed.values("flows", "moves")))


def departures(observed: Observed) -> np.ndarray:
    """Moves away from each lab over the run (R, labs)."""
    return of_labs(observed, observed.panel("departures").sum(axis=1))


def exits_to_outside(observed: Observed) -> np.ndarray:
    """Moves from the labs to the outside over all moves away from them (R, 1)."""
    between = _flows(observed, inside(observed.scenario))
    every = _flows(observed, observed.labs)
    return share(every - between, every)


def moves_between_labs(observed: Observed) -> np.ndarray:
    """Moves from lab to lab over the years of the run (R, 1)."""
    return _flows(observed, inside(observed.scenario)) / (observed.scenario.run.months / 12.0)


def moves_between(observed: Observed, column: str) -> np.ndarray:
    """A column of `flows` over the moves between labs, added up (R, 1)."""
    labs = inside(observed.scenario)
    between = observed.among("flows", "from", labs) & observed.among("flows", "to", labs)
    return observed.sums("flows", "from", between, observed.values("flows", column)).sum(axis=1, keepdims=True)


def moves_to_lower_pay(observed: Observed) -> np.ndarray:
    """Chosen moves between labs with less total compensation than before over all of them (R, 1)."""
    return share(moves_between(observed, "lower"), moves_between(observed, "chosen"))


def revealed_value(observed: Observed) -> np.ndarray:
    """Sorkin's revealed value of each lab from ordinary moves over the run (R, labs).

    Offers are counted as their expectation, the first month's contact rate for everybody at another lab.
    """
    labs = inside(observed.scenario)
    moves = observed.matrix("ordinary", labs)
    people = of_labs(observed, observed.panel("headcount"))[:, :-1].sum(axis=1)
    rates = np.array([lab.contact for lab in observed.scenario.labs if lab.name in labs])
    offers = -np.expm1(-rates / 12.0)
    return revealed_values_by_run(moves, offers, people)


def forfeited_stock(observed: Observed) -> np.ndarray:
    """Unvested stock left behind at each lab over the run (R, labs)."""
    return of_labs(observed, observed.panel("forfeited")).sum(axis=1)


def log_odds_per_log_pay(observed: Observed) -> np.ndarray:
    """As the run reports it (R, 1)."""
    return observed.once("log_odds_per_log_pay")[:, np.newaxis]


def mission_pay_share(observed: Observed) -> np.ndarray:
    """As the run reports it (R, 1)."""
    return observed.once("mission_pay_share")[:, np.newaxis]


def output_change(observed: Observed) -> np.ndarray:
    """Mean output over the last year less that of month 0, over the latter (R, labs)."""
    output = of_labs(observed, observed.panel("output"))
    return share(output[:, -LAST_YEAR:].mean(axis=1), output[:, 0]) - 1.0


def output_per_pay(observed: Observed) -> np.ndarray:
    """Output after month 0 over running pay and what special packages paid (R, labs)."""
    output, pay, special = (of_labs(observed, observed.panel(name)) for name in ("output", "wage_bill", "spend_paid"))
    return share(output[:, 1:].sum(axis=1), (pay + special)[:, 1:].sum(axis=1))


def culture_at_the_end(observed: Observed) -> np.ndarray:
    """Culture in the last month (R, labs)."""
    return of_labs(observed, observed.panel("culture"))[:, -1]


MARKET = "Market"
LABS = "Labs"

MARKET_MEASURES = (
    Measure(
        "two_year_retention",
        "share",
        "Staff who would still be there after two years at the leaving rates of months 1 to 24.",
        LABS,
        "labs",
        two_year_retention,
    ),
    Measure(
        "headcount_change",
        "people",
        "Head-count in the last month less that of month 0.",
        LABS,
        "labs",
        headcount_change,
        bounded=False,
    ),
    Measure(
        "forfeited_stock", "M$", "Unvested stock that leavers left behind over the run.", LABS, "labs", forfeited_stock
    ),
    Measure("departures", "moves", "Moves away from the lab over the run.", LABS, "labs", departures),
    Measure("lost_to_labs", "moves", "Moves from the lab to other labs over the run.", LABS, "labs", lost_to_labs),
    Measure("won_from_labs", "moves", "Moves to the lab from other labs over the run.", LABS, "labs", won_from_labs),
    Measure(
        "revealed_value",
        "log-odds",
        "Worth of the lab to people, from ordinary moves, size and offers taken out; less the mean of the labs compared: "
        "the largest set that moves join both ways, of labs that make offers and have people.",
        LABS,
        "labs",
        revealed_value,
    ),
    Measure(
        "output_change",
        "share",
        "Mean output over the last year against that of month 0.",
        LABS,
        "labs",
        output_change,
        bounded=False,
    ),
    Measure(
        "output_per_pay",
        "output per M$",
        "Output over running pay and what special packages paid.",
        LABS,
        "labs",
        output_per_pay,
    ),
    Measure("culture_at_the_end", "share", "Culture in the last month.", LABS, "labs", culture_at_the_end),
    Measure(
        "exits_to_outside",
        "share",
        "Departures from the labs that go to the outside, of all departures from them.",
        MARKET,
        "market",
        exits_to_outside,
    ),
    Measure(
        "moves_between_labs", "moves a year", "Moves from one lab to another.", MARKET, "market", moves_between_labs
    ),
    Measure(
        "moves_to_lower_pay",
        "share",
        "Chosen moves between labs (ordinary or campaign) to less total compensation (running pay and a year's part of "
        "bonus and stock), of all of them.",
        MARKET,
        "market",
        moves_to_lower_pay,
    ),
    Measure(
        "log_odds_per_log_pay",
        "log-odds",
        "Mean over the labs' people of d log-odds / d ln pay of an offer at present pay.",
        MARKET,
        "market",
        log_odds_per_log_pay,
    ),
    Measure(
        "mission_pay_share",
        "share",
        "Share of pay that offsets the mean pull of the strongest mission over the weakest.",
        MARKET,
        "market",
        mission_pay_share,
    ),
)
