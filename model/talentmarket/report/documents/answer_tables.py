"""The tables of `docs/answers.md`: scenarios beside one another, and what an answer changes under the raid's own shocks.

Numbers are means with their 95 % interval: half its width for a scenario, both ends for a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from talentmarket.comparison.costs import cost_per_person
from talentmarket.comparison.intervals import t_interval
from talentmarket.numbers import UNKNOWN, decimals, fixed, told_decimals
from talentmarket.report.documents.markdown import table
from talentmarket.runs.options import Options
from talentmarket.runs.running import run
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.writing.dumping import override

TOP, CORE = (f"campaigns.Meta on OpenAI.tiers.{tier}" for tier in ("top", "core"))
RESPONSE = "labs.OpenAI.response"
SPENDING, STILL_THERE = ("answer_spending", "OpenAI"), ("staff_still_there", "OpenAI")
REPLICATES = 200

Question = tuple[str, str]  # a measure and its lab; no lab for the whole


class Side(NamedTuple):
    """A scenario, and what is changed in it."""

    scenario: str
    changes: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return " with ".join((self.scenario, *(f"{path}={value}" for path, value in self.changes)))


RAID, BASELINE = Side("meta_raid"), Side("baseline")
TITLE = Side("meta_raid", ((f"{RESPONSE}.title", 0.1), (f"{RESPONSE}.counter_to", "approached")))
REFUSALS = ("refused_for_mission", "refused_for_moving_cost", "refused_for_stock", "refused_for_ties")


def packages(factor: float) -> Side:
    """The raid with all its packages multiplied; first-year shares stay."""
    return Side("meta_raid", ((f"{TOP}.total", 300.0 * factor), (f"{CORE}.total", 30.0 * factor)))


def envious(side: Side) -> Side:
    """The side with a tenth of envy."""
    return Side(side.scenario, (*side.changes, ("choice.envy", 0.1)))


class Market:
    """Values of every measure, a run of `replicates` for each side, each run once."""

    def __init__(self, replicates: int) -> None:
        self.replicates = replicates
        self.known: dict[Side, dict[Question, np.ndarray]] = {}

    def values(self, side: Side, question: Question) -> np.ndarray:
        """A measure of a lab, by replicate (R,)."""
        if side not in self.known:
            print(f"Running {side}", flush=True)
            scenario = load(side.scenario, [override(path, value) for path, value in side.changes])
            rows = run(scenario, Options(replicates=self.replicates)).measures.astype({"measure": str, "lab": str})
            self.known[side] = {key: each["value"].to_numpy() for key, each in rows.groupby(["measure", "lab"])}
        return self.known[side][question]

    def change(self, side: Side, base: Side, question: Question) -> np.ndarray:
        """A measure less that of another side, replicate by replicate (R,)."""
        return self.values(side, question) - self.values(base, question)


def level(values: np.ndarray) -> str:
    """Mean ± half the width of its interval, over the replicates in which the measure is defined."""
    values = values[~np.isnan(values)]
    if len(values) < 2:
        return UNKNOWN
    mean, half = float(values.mean()), t_interval(values).high - float(values.mean())
    places = decimals(mean, half, most=3)
    return f"{fixed(mean, places)} ± {fixed(half, places)}"


def difference(values: np.ndarray) -> str:
    """Mean and interval of a difference."""
    return _with_ends(float(values.mean()), *t_interval(values))


def _with_ends(mean: float, low: float, high: float) -> str:
    """A mean and its interval, with the digits that the interval can tell."""
    places = max(told_decimals((high - low) / 2.0), 0) if high > low else decimals(mean)
    shown, *ends = (fixed(each, places) for each in (mean, low, high))
    return shown if low == high else f"{shown} ({' to '.join(ends)})"


def cost(spending: np.ndarray, people: np.ndarray) -> str:
    """Cost of each person who is there because of an answer, M$, with Fieller's interval."""
    found = cost_per_person(spending, people)
    return UNKNOWN if found["note"] else _with_ends(float(found["cost"]), float(found["low"]), float(found["high"]))


def why_refused(market: Market) -> str:
    """What became of those asked, and what would have flipped the refusals."""
    sides = [
        Side(name) for name in ("meta_raid", "missionaries", "mercenaries", "few_large_offers", "many_large_offers")
    ]

    def row(side: Side) -> list[str]:
        def measure(name: str) -> np.ndarray:
            return market.values(side, (name, ""))

        lost = (measure("share_did_not_talk"), measure("share_no_offer"), measure("refusals") / measure("approached"))
        won = (measure("share_came"), measure("acceptance_rate"))
        return [f"`{side}`", *map(level, (*lost, *won, *map(measure, REFUSALS)))]

    asked = ("did not talk", "no offer", "refused", "came", "offers accepted")
    return table(("", *asked, "mission", "moving cost", "unvested stock", "ties"), map(row, sides))


def what_a_price_wins(market: Market) -> str:
    """The raid with its packages multiplied."""
    prices = {
        "a half: 150 M$ and 15 M$": packages(0.5),
        "as they are: 300 M$ and 30 M$": RAID,
        "twice": packages(2.0),
        "ten times": packages(10.0),
        "a trillion dollars, and a tenth of it": packages(1e6 / 300.0),
    }
    rows = [
        [
            label,
            level(1.0 - market.values(side, ("share_did_not_talk", ""))),
            *(level(market.values(side, (measure, ""))) for measure in ("acceptance_rate", "share_came")),
        ]
        for label, side in prices.items()
    ]
    return table(("packages", "asked who talk", "offers accepted", "asked who come"), rows)


POLICIES = {
    "counter-offers (`targeted_response`)": Side("targeted_response"),
    "award (`fair_response`)": Side("fair_response"),
    "raise of a tenth (`pay_review`)": Side("pay_review"),
    "title, .1 log points": TITLE,
}


def kept(market: Market, side: Side, base: Side) -> np.ndarray:
    """First staff there after two years because of an answer, people (R,)."""
    staff = next(lab for lab in load(base.scenario).labs if lab.name == "OpenAI").headcount
    return staff * market.change(side, base, ("staff_kept_24", "OpenAI"))


def what_openai_can_do(market: Market) -> str:
    """Each answer against the raid without one, and what it costs."""

    def row(label: str, side: Side) -> list[str]:
        after_two, after_four = kept(market, side, RAID), market.change(side, RAID, STILL_THERE)
        spent, hires = market.change(side, RAID, SPENDING), market.change(side, RAID, ("started", ""))
        people = (difference(after_two), cost(spent, after_two), difference(after_four), cost(spent, after_four))
        return [label, *people, difference(spent), difference(hires)]

    head = ("after 24 months", "M$ each", "after 48 months", "M$ each", "M$ in all", "hires of the raid")
    return table(("answer", *head), [row(*policy) for policy in POLICIES.items()])


def with_envy(market: Market) -> str:
    """The same where people mind what others get."""
    base = envious(RAID)
    rows = [
        [
            label,
            difference(kept(market, envious(side), base)),
            difference(market.change(envious(side), base, STILL_THERE)),
        ]
        for label, side in POLICIES.items()
        if side != TITLE
    ]
    return table(("answer", "after 24 months", "after 48 months"), rows)


def what_the_raid_does_to_the_raider(market: Market) -> str:
    """Meta with the raid less Meta without it, without envy and with it."""
    asked = {
        "people lost to other labs": ("lost_to_labs", "Meta"),
        "all departures": ("departures", "Meta"),
        "first staff still there after four years": ("staff_still_there", "Meta"),
    }
    sides = ((RAID, BASELINE), (envious(RAID), envious(BASELINE)))
    rows = [
        [label, *(difference(market.change(*each, question)) for each in sides)] for label, question in asked.items()
    ]
    return table(("Meta, raid less baseline", "envy 0", "envy .1"), rows)


def compute_or_packages(market: Market) -> str:
    """Compute for all of Meta's people, the raid's offers, and both, against neither."""
    compute = ("labs.Meta.compute", 40.0)
    sides = {
        "offers alone (`meta_raid`)": RAID,
        "compute alone (`compute_alone`)": Side("compute_alone"),
        "both": Side("meta_raid", (compute,)),
    }
    asked = {
        "OpenAI's people lost to other labs": ("lost_to_labs", "OpenAI"),
        "people whom Meta wins from other labs": ("won_from_labs", "Meta"),
        "Meta's people lost to other labs": ("lost_to_labs", "Meta"),
        "Meta's first staff still there after four years": ("staff_still_there", "Meta"),
    }
    rows = [
        [label, *(difference(market.change(side, BASELINE, question)) for side in sides.values())]
        for label, question in asked.items()
    ]
    return table(("", *sides), rows)


# What `talentmarket calibrate` finds with the file of the baseline at another moving cost, which no figure decides.
FITTED = (
    "labs.OpenAI.separation",
    "labs.Meta.separation",
    "labs.Google DeepMind.separation",
    "labs.Anthropic.separation",
    "labs.OpenAI.mission",
    "labs.Google DeepMind.mission",
    "choice.mission_scale",
    "defaults.lab.contact",
    "defaults.campaign.engage",
)
FITS: dict[float, tuple[float, ...]] = {
    0.2: (0.23, 0.195, 0.11, 0.104, 0.47, 0.737, 0.271, 0.09, 0.24),
    0.25: (),  # as shipped
    0.3: (0.241, 0.211, 0.12, 0.111, 0.51, 0.727, 0.294, 0.4, 0.265),
}


def fitted_at(moving_cost: float, scenario: str) -> Side:
    """A scenario with the parameters fitted at a moving cost."""
    found = FITS[moving_cost]
    cost = (("choice.switching_cost", moving_cost),) if found else ()
    return Side(scenario, (*cost, *zip(FITTED, found, strict=False)))


def what_the_moving_cost_decides(market: Market) -> str:
    """Answers at three moving costs, each with the market fitted anew."""

    def row(label: str, run: str, base: str, question: Question) -> list[str]:
        sides = [(fitted_at(cost, run), fitted_at(cost, base)) for cost in FITS]
        if not base:
            return [label, *(level(market.values(side, question)) for side, _ in sides)]
        return [label, *(difference(market.change(*each, question)) for each in sides)]

    staff, lost, moves = ("staff_still_there", "OpenAI"), ("lost_to_labs", "OpenAI"), ("moves_between_labs", "")
    rows = [
        row("asked who come", "meta_raid", "", ("share_came", "")),
        row("refusals that hang on the moving cost", "meta_raid", "", ("refused_for_moving_cost", "")),
        row("OpenAI's losses to labs, raid less baseline", "meta_raid", "baseline", lost),
        row("hires, `missionaries` less raid", "missionaries", "meta_raid", ("started", "")),
        row("OpenAI's losses to labs, `missionaries` less raid", "missionaries", "meta_raid", lost),
        row("first staff kept by counter-offers (`targeted_response`)", "targeted_response", "meta_raid", staff),
        row("first staff kept by the award (`fair_response`)", "fair_response", "meta_raid", staff),
        row("first staff kept by the raise (`pay_review`)", "pay_review", "meta_raid", staff),
        row("OpenAI's losses to labs, `equity_upside` less raid", "equity_upside", "meta_raid", lost),
        row("Meta's answers, M$, `no_poach` less baseline", "no_poach", "baseline", ("answer_spending", "Meta")),
        row("moves between labs a year, `transfer_system` less raid", "transfer_system", "meta_raid", moves),
        row("first staff kept by transfers (`transfer_system`)", "transfer_system", "meta_raid", staff),
    ]
    return table(("", *(f"moving cost {cost:g}" for cost in FITS)), rows)


TABLES: dict[str, Callable[[Market], str]] = {
    "why refused": why_refused,
    "what a price wins": what_a_price_wins,
    "what OpenAI can do": what_openai_can_do,
    "with envy": with_envy,
    "what the raid does to the raider": what_the_raid_does_to_the_raider,
    "compute or packages": compute_or_packages,
    "what the moving cost decides": what_the_moving_cost_decides,
}


def answer_tables(replicates: int = REPLICATES) -> Iterator[tuple[str, str]]:
    """Each table's name and its Markdown, from so many replicates of every scenario in it."""
    market = Market(replicates)
    for name, written in TABLES.items():
        yield name, written(market)
