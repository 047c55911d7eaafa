"""What every column of a run's tables means, and its unit: the one place where that is written."""

from __future__ import annotations

from typing import Literal, NamedTuple

from talentmarket.market.records.codes import KINDS, OUTCOMES, PARTS, REFUSED

Kind = Literal["int32", "int64", "float32", "float64", "bool", "name", "text"]


class Column(NamedTuple):
    """A column: its name, how it is stored, its unit, its meaning, and whether it may be empty.

    A `name` is one of a few names (a lab, a kind, an outcome), a `text` is free.
    """

    name: str
    kind: Kind
    unit: str
    definition: str
    optional: bool = False


REPLICATE = Column("replicate", "int32", "", "Number of the replicate, from 0.")

MONTHS = (
    REPLICATE,
    Column("month", "int32", "months", "0 is the state before the first month, t the state after month t."),
    Column("lab", "name", "", "The lab."),
    Column("headcount", "int32", "researchers", "Researchers at the lab."),
    Column("talent", "float64", "talent", "Sum of their talent; the median researcher has 1."),
    Column("talent_mean", "float64", "talent", "Mean of their talent."),
    Column(
        "top1_share",
        "float64",
        "share",
        "Share of all researchers of the top 1 % by talent who are at the lab; 0 if nobody is of them.",
    ),
    Column("top10_share", "float64", "share", "The same of the top 10 %."),
    Column("loyalty_mean", "float64", "share", "Mean weight on the mission."),
    Column("pay_p10", "float64", "M$ a year", "10th percentile of running pay."),
    Column("pay_p50", "float64", "M$ a year", "Median of running pay."),
    Column("pay_p90", "float64", "M$ a year", "90th percentile of running pay."),
    Column("approached", "int32", "approaches", "Approaches by campaigns to people at the lab."),
    Column("engaged", "int32", "approaches", "Approaches that led to a talk."),
    Column("offers", "int32", "offers", "Offers that campaigns made to people at the lab."),
    Column("accepted", "int32", "people", "People at the lab who accepted a campaign's offer."),
    Column("started", "int32", "people", "Of those who accepted, the people who started."),
    Column("returned", "int32", "people", "People who came back to the lab from a raider."),
    Column("hires", "int32", "moves", "Moves to the lab."),
    Column("departures", "int32", "moves", "Moves away from the lab."),
    Column("spend_packages", "float64", "M$", "Face value of the lab's own campaign packages that began this month."),
    Column("spend_paid", "float64", "M$", "Special pay of those packages that was paid or vested this month."),
    Column("forfeited", "float64", "M$", "Unvested stock left behind by those who went away this month."),
    Column("clawed_back", "float64", "M$", "What those who went away this month paid back of the lab's own packages."),
    Column("counters", "int32", "offers", "Counter-offers that the lab's response made to people with an offer."),
    Column("counters_accepted", "int32", "people", "People who stayed with one of those."),
    Column("exits_avoided", "int32", "people", "People who stayed and would have gone without what the response gave."),
    Column("spend_counters", "float64", "M$", "Present value over the horizon of the raises that those gave."),
    Column(
        "spend_practice",
        "float64",
        "M$",
        "The same of counter-offers to ordinary offers, which the lab makes as a practice.",
    ),
    Column("spend_fair", "float64", "M$", "Awards of a re-levelling, and the present value of its raises."),
    Column("fees_paid", "float64", "M$", "Transfer fees that the lab paid for people who came."),
    Column(
        "fees_received", "float64", "M$", "Transfer fees that it got for people who left, and its solidarity shares."
    ),
    Column("wage_bill", "float64", "M$", "Running pay of the lab's staff this month."),
    Column("mission", "float64", "share", "Strength of the lab's mission."),
    Column("culture", "float64", "share", "State of the lab's culture."),
    Column("output", "float64", "output", "Output of the lab; a settled researcher of median talent makes 1."),
    Column("stock", "float64", "index", "Stock of the lab; 1 in month 0."),
    Column("stayers", "int32", "researchers", "Researchers of month 0 who have never left the lab."),
)

FLOWS = (
    REPLICATE,
    Column("month", "int32", "months", "Month of the moves, from 1."),
    Column("from", "name", "", "The lab left."),
    Column("to", "name", "", "The lab joined."),
    Column("moves", "int32", "moves", "Number of moves; only rows with any are there."),
    Column("talent", "float64", "talent", "Sum of the talent moved."),
    Column(
        "joint", "int32", "moves", "Moves by people of whom a tie made the same move this month or in the three before."
    ),
    Column("ordinary", "int32", "moves", "Moves with an ordinary offer."),
    Column("chosen", "int32", "moves", "Moves by choice: with an ordinary offer or a campaign's."),
    Column("lower", "int32", "moves", "Chosen moves to less total compensation than before."),
    Column("rise", "float64", "log points", "Sum over the chosen moves of the log change of total compensation."),
)

APPROACHES = (
    REPLICATE,
    Column("month", "int32", "months", "Month of the asking, from 1."),
    Column("campaign", "name", "", "The campaign."),
    Column("researcher", "int32", "", "Number of the researcher, from 0; the same person in every scenario of a seed."),
    Column("rank", "int32", "rank", "Place on the campaign's list, from 1."),
    Column("attempt", "int32", "", "1 at the first asking, 2 at the second, and so on."),
    Column("talent", "float32", "talent", "Talent of the researcher."),
    Column("loyalty", "float32", "share", "Weight of the researcher on the mission."),
    Column("home", "name", "", "The lab that the researcher was at."),
    Column("total", "float32", "M$", "The package over its years; not a number without an offer."),
    Column("first_year", "float32", "M$", "What of it comes in the first year; not a number without an offer."),
    Column(
        "acceptance_probability",
        "float32",
        "share",
        "Probability that the offer is the one chosen; not a number without an offer.",
    ),
    Column("outcome", "name", "", f"{', '.join(OUTCOMES)}; those with an offer are also in the table offers."),
    Column("reason", "name", "", "As in the table offers; empty without an offer.", True),
    *(Column(f"without_{part}", "bool", "", "As in the table offers; false without an offer.") for part in PARTS),
)

OFFERS = (
    REPLICATE,
    Column("month", "int32", "months", "Month of the offer, from 1."),
    Column(
        "decided", "int32", "months", "Month of the choice; -1 for an offer that still waits for a transfer window."
    ),
    Column("campaign", "name", "", "The campaign."),
    Column("researcher", "int32", "", "Number of the researcher, from 0; the same person in every scenario of a seed."),
    Column("rank", "int32", "rank", "Place on the campaign's list, from 1."),
    Column("attempt", "int32", "", "1 at the first asking, 2 at the second, and so on."),
    Column("tier", "name", "", "Tier of the package."),
    Column("talent", "float32", "talent", "Talent of the researcher."),
    Column("loyalty", "float32", "share", "Weight of the researcher on the mission."),
    Column("home", "name", "", "The lab that the researcher is at."),
    Column("lab", "name", "", "The raiding lab."),
    Column("total", "float32", "M$", "The package over its years: running pay, bonus and stock at grant."),
    Column("first_year", "float32", "M$", "What of it comes in the first year."),
    Column("certainty_equivalent", "float32", "M$", "Its worth today to the researcher, risk and vesting considered."),
    Column("stay_value", "float32", "log-odds", "Value of staying, chance aside."),
    Column("offer_value", "float32", "log-odds", "Value of the offer, chance aside."),
    Column("rival_value", "float32", "log-odds", "Value of the best other offer of the month; empty without one."),
    Column("acceptance_probability", "float32", "share", "Probability that the offer is the one chosen."),
    Column(
        "outcome",
        "name",
        "",
        f"{', '.join([*OUTCOMES][REFUSED:])}; those who withdrew accepted and never started.",
    ),
    Column(
        "reason",
        "name",
        "",
        "The largest term of the difference between going and staying; empty while it waits.",
        True,
    ),
    Column(
        "without_mission",
        "bool",
        "",
        "Whether the offer would be the one chosen if no lab had a mission, with the same noise and offers; "
        "false while it waits, as the next three.",
    ),
    Column("without_moving_cost", "bool", "", "The same if moving cost nothing."),
    Column("without_stock", "bool", "", "The same if the person had no stock at home that still has to vest."),
    Column("without_ties", "bool", "", "The same if ties counted nothing at any lab."),
    Column(
        "left",
        "int32",
        "months",
        "Month in which a hire left the raider; -1 while there, and for whoever never started.",
    ),
)

MOVES = (
    REPLICATE,
    Column("month", "int32", "months", "Month of the move, from 1."),
    Column("researcher", "int32", "", "Number of the researcher, from 0; the same person in every scenario of a seed."),
    Column("from", "name", "", "The lab left."),
    Column("to", "name", "", "The lab joined."),
    Column("kind", "name", "", f"{', '.join(KINDS)}."),
    Column("talent", "float32", "talent", "Talent of the researcher."),
    Column("loyalty", "float32", "share", "Weight of the researcher on the mission."),
    Column("tenure", "int32", "months", "Time at the lab left."),
    Column("pay_before", "float32", "M$ a year", "Running pay before the move."),
    Column("pay_after", "float32", "M$ a year", "Running pay after the move."),
    Column("first_year", "float32", "M$", "What the first year at the new lab pays in all."),
    Column("forfeited", "float32", "M$", "Unvested stock left behind."),
    Column(
        "reward_before",
        "float32",
        "M$ a year",
        "Total compensation before the move: running pay, and a year's part of bonus and stock at grant.",
    ),
    Column("reward_after", "float32", "M$ a year", "Total compensation after the move."),
)

EVENTS = (
    REPLICATE,
    Column("month", "int32", "months", "Month before which it happened, from 1."),
    Column("event", "name", "", "The event."),
)

REPLICATES = (
    REPLICATE,
    Column("seed", "int64", "", "Seed of the scenario."),
    Column("researchers", "int32", "researchers", "Researchers in the run."),
    Column(
        "log_odds_per_log_pay", "float64", "log-odds", "Mean over the labs' people of d log-odds / d ln pay offered."
    ),
    Column(
        "mission_pay_share",
        "float64",
        "share",
        "Share of pay that offsets the mean pull of the strongest mission over the weakest.",
    ),
    Column("error", "text", "", "Why the replicate failed; empty when it went well."),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "months": MONTHS,
    "flows": FLOWS,
    "approaches": APPROACHES,
    "offers": OFFERS,
    "moves": MOVES,
    "events": EVENTS,
    "replicates": REPLICATES,
}

MEASURES = (
    REPLICATE,
    Column("measure", "name", "", "Name of the summary measure."),
    Column(
        "lab",
        "name",
        "",
        "The lab it is about, or the campaign if the measure's name begins so; empty for the whole market or all raided "
        "labs.",
    ),
    Column("value", "float64", "", "The value, in the measure's unit; empty where it is not defined."),
)
