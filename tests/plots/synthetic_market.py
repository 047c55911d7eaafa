"""Made-up tables of a run, with the columns and the rough numbers of real ones, so that plots can be tested alone."""

from __future__ import annotations

import tomllib
from typing import Any

import numpy as np
import pandas as pd

from talentmarket.market.records.codes import PARTS
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.shipped import folder

LABS = {"OpenAI": 3350, "Meta": 2500, "Google DeepMind": 6000, "Anthropic": 1035, "xAI": 1000}
REASONS = ("money", "mission", "compute", "ties", "upside", "fairness", "taste", "friction", "counter", "chance")


def tier(name: str, last_rank: int, total: float) -> dict[str, Any]:
    """A tier of a campaign, as it stands in a scenario file."""
    return {"name": name, "last_rank": last_rank, "total": total, "running_pay": total / 40}


def raid(**changes: Any) -> dict[str, Any]:
    """The raid of Meta on OpenAI, as it stands in a scenario file."""
    tiers = [tier("top", 12, 300.0), tier("middle", 50, 100.0), tier("core", 120, 30.0)]
    return {"name": "Meta on OpenAI", "lab": "Meta", "targets": ["OpenAI"], "tiers": tiers, **changes}


def build_scenario(
    labs: dict[str, int] | None = None,
    campaigns: list[dict[str, Any]] | None = None,
    months: int = 48,
    scale: float = 1.0,
) -> Scenario:
    """The baseline scenario with other labs (head-count by name), campaigns, length and scale."""
    document = tomllib.loads((folder("scenarios") / "baseline.toml").read_text(encoding="utf-8"))
    defaults = document.pop("defaults")
    del document["tour"]  # of the file, not of the scenario
    # Only names and sizes: what the baseline says of each lab beyond that is no matter for plots.
    people = [{"name": name, "headcount": headcount} for name, headcount in (labs or LABS).items()]
    outside = {"name": "outside", "kind": "outside", "headcount": 12000}
    document["labs"] = [{**defaults["lab"], **lab} for lab in (*people, outside)]
    document["campaigns"] = [
        {
            **defaults["campaign"],
            **campaign,
            "tiers": [{**defaults["tier"], **each} for each in campaign["tiers"]],
        }
        for campaign in campaigns or []
    ]
    document["run"]["months"] = months
    document["population"]["scale"] = scale
    document.setdefault("sources", {})
    document["events"] = []
    return Scenario.model_validate(document)


def build_tables(scenario: Scenario, replicates: int = 40, seed: int = 1) -> dict[str, pd.DataFrame]:
    """All tables of a run of `scenario`; numbers are invented, columns are those of a real run."""
    chance = np.random.default_rng(seed)
    offers = _offers(scenario, replicates, chance)
    moves = _moves(scenario, replicates, offers, chance)
    between = ["replicate", "month", "from", "to"]
    flows = moves.groupby(between, observed=True).agg(moves=("talent", "size"), talent=("talent", "sum")).reset_index()
    flows = flows.assign(joint=0, ordinary=0, chosen=0, lower=0, rise=0.0)
    runs = pd.DataFrame({"replicate": np.arange(replicates), "seed": scenario.run.seed, "researchers": 1})
    return {
        "months": _with_funnel(_months(scenario, replicates, flows), offers),
        "flows": flows,
        "offers": _named(offers, ["campaign", "tier", "home", "lab", "outcome", "reason"]),
        "moves": _named(moves, ["from", "to", "kind"]),
        "events": _named(pd.DataFrame({"replicate": [], "month": [], "event": []}), ["event"]),
        "replicates": runs.assign(log_odds_per_log_pay=4.0, mission_pay_share=0.2, error=""),
    }


def _named(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return frame.astype(dict.fromkeys(columns, "category"))


def _months(scenario: Scenario, replicates: int, flows: pd.DataFrame) -> pd.DataFrame:
    labs = [lab.name for lab in scenario.labs]
    change = np.zeros((replicates, scenario.run.months + 1, len(labs)))
    for column, sign in (("to", 1), ("from", -1)):
        codes = pd.Categorical(flows[column].astype(str), labs).codes
        np.add.at(change, (flows["replicate"], flows["month"], codes), sign * flows["moves"])
    start = np.array([round(lab.headcount * scenario.population.scale) for lab in scenario.labs])
    headcount = start + change.cumsum(axis=1)
    index = pd.MultiIndex.from_product(
        [range(replicates), range(scenario.run.months + 1), labs], names=["replicate", "month", "lab"]
    )
    frame = pd.DataFrame({"headcount": headcount.ravel().astype(int)}, index=index).reset_index()
    frame = frame.assign(loyalty_mean=0.6, pay_p50=1.0, mission=0.5, culture=1.0, stock=1.0)
    return _named(frame, ["lab"])


def _with_funnel(months: pd.DataFrame, offers: pd.DataFrame) -> pd.DataFrame:
    """The months with the steps of the campaigns: every sixth of the approached gets an offer, every third talks."""
    ends = {"offers": offers["outcome"].notna()}
    ends["accepted"] = offers["outcome"].isin(["started", "withdrew", "returned"])
    ends["started"] = offers["outcome"].isin(["started", "returned"])
    keys = ["replicate", "month", "home"]
    counted = pd.DataFrame({**offers[keys], **ends}).groupby(keys)[[*ends]].sum()
    counted = counted.assign(approached=6 * counted["offers"], engaged=2 * counted["offers"]).reset_index()
    joined = months.astype({"lab": str}).merge(
        counted.rename(columns={"home": "lab"}), on=["replicate", "month", "lab"], how="left"
    )
    return _named(joined.fillna(0).astype(dict.fromkeys(("approached", "engaged", *ends), int)), ["lab"])


def _offers(scenario: Scenario, replicates: int, chance: np.random.Generator) -> pd.DataFrame:
    parts = [_campaign_offers(None, 0, chance)]
    for replicate in range(replicates):
        parts += [_campaign_offers(campaign, replicate, chance) for campaign in scenario.campaigns]
    offers = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return offers[offers["month"] <= scenario.run.months].reset_index(drop=True)


def _campaign_offers(campaign: Any, replicate: int, chance: np.random.Generator) -> pd.DataFrame:
    approached = 0 if campaign is None else campaign.months * campaign.approaches_per_month
    rank = np.arange(1, approached + 1)
    offered = chance.random(approached) < 0.3
    offered &= rank <= (campaign.tiers[-1].last_rank if campaign else 0)
    rank = rank[offered]
    tiers = campaign.tiers if campaign else ()
    band = np.searchsorted([each.last_rank for each in tiers], rank)
    total = np.array([each.total for each in tiers])[band] if len(rank) else np.zeros(0)
    loyalty = chance.beta(3, 2, len(rank))
    stay = chance.normal(0, 0.6, len(rank)) + 9.0 * loyalty - 3.1
    probability = 1 / (1 + np.exp(stay - 1.1 * np.log(total / 30 + 1e-9)))
    ends = chance.choice(["started", "withdrew", "returned"], len(rank), p=[0.85, 0.06, 0.09])
    no = chance.choice(["refused", "took another offer"], len(rank), p=[0.93, 0.07])
    return pd.DataFrame(
        {
            "replicate": replicate,
            "month": (campaign.start + (rank - 1) // campaign.approaches_per_month) if campaign else rank,
            "decided": (campaign.start + (rank - 1) // campaign.approaches_per_month) if campaign else rank,
            "campaign": campaign.name if campaign else "",
            "researcher": rank * 7,
            "rank": rank,
            "attempt": 1,
            "tier": [tiers[code].name for code in band],
            "talent": 12.0 / np.sqrt(rank),
            "loyalty": loyalty,
            "home": campaign.targets[0] if campaign else "",
            "lab": campaign.lab if campaign else "",
            "total": total,
            "first_year": total / 3,
            "certainty_equivalent": total * 0.7,
            "stay_value": stay,
            "offer_value": 0.0,
            "rival_value": np.nan,
            "acceptance_probability": probability,
            "outcome": np.where(chance.random(len(rank)) < probability, ends, no),
            "reason": chance.choice(REASONS, len(rank)),
            **{f"without_{part}": chance.random(len(rank)) < 0.2 * place for place, part in enumerate(PARTS)},
            "left": -1,
        }
    )


def _moves(scenario: Scenario, replicates: int, offers: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    parts = [_campaign_moves(offers, chance)]
    outside = next(lab.name for lab in scenario.labs if lab.kind == "outside")
    for home in scenario.labs:
        for lab in scenario.labs:
            if home.name == lab.name:
                continue
            staff = round((home if lab.kind == "outside" else lab).headcount * scenario.population.scale)
            yearly = 0.15 if outside in (home.name, lab.name) else 0.004
            expected = staff * yearly * scenario.run.months / 12
            count = int(chance.poisson(expected * replicates))
            kind = "separation" if lab.kind == "outside" else "growth" if home.kind == "outside" else "ordinary"
            parts.append(_some_moves((home.name, lab.name, kind), count, (replicates, scenario.run.months), chance))
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _some_moves(
    who: tuple[str, str, str], count: int, extent: tuple[int, int], chance: np.random.Generator
) -> pd.DataFrame:
    pay = np.exp(chance.normal(0.1, 0.4, count))
    after = pay * np.exp(chance.normal(0.2, 0.2, count))
    return pd.DataFrame(
        {
            "replicate": chance.integers(0, extent[0], count),
            "month": chance.integers(1, extent[1] + 1, count),
            "researcher": chance.integers(0, 20000, count),
            "from": who[0],
            "to": who[1],
            "kind": who[2],
            "talent": np.exp(chance.normal(0, 0.6, count)),
            "loyalty": chance.beta(3, 2, count),
            "tenure": chance.integers(0, 100, count),
            "pay_before": pay,
            "pay_after": after,
            "first_year": after,
            "forfeited": 0.0,
            "reward_before": pay,
            "reward_after": after,
        }
    )


def _campaign_moves(offers: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    came = offers[offers["outcome"].isin(["started", "returned"])]
    kinds = [(came, "home", "lab", "campaign"), (came[came["outcome"] == "returned"], "lab", "home", "return")]
    parts = []
    for rows, home, lab, kind in kinds:
        moves = _some_moves(("", "", kind), len(rows), (1, 1), chance)
        first_year = rows["first_year"] * chance.uniform(0.9, 1.1, len(rows)) if kind == "campaign" else 1.2
        own = {name: rows[name].to_numpy() for name in ("replicate", "month", "researcher", "talent", "loyalty")}
        parts.append(
            moves.assign(**own, **{"from": rows[home].to_numpy(), "to": rows[lab].to_numpy()}).assign(
                first_year=np.asarray(first_year, dtype=float) * np.ones(len(rows))
            )
        )
    return pd.concat(parts, ignore_index=True)
