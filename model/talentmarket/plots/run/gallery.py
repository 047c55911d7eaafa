"""All pictures that apply to a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from talentmarket.comparison.hires import CAME
from talentmarket.errors import InputError
from talentmarket.plots.files import provenance_of, save
from talentmarket.plots.raid.acceptance import acceptance_by_offer
from talentmarket.plots.raid.cost import cost_of_hires
from talentmarket.plots.raid.funnel import fate_of_approaches
from talentmarket.plots.raid.offers import fate_of_offers
from talentmarket.plots.raid.staying import stay_of_hires
from talentmarket.plots.run.flows import flows_between_labs
from talentmarket.plots.run.headcount import headcount_by_lab
from talentmarket.plots.run.pay import pay_of_movers
from talentmarket.runs.runs import Runs
from talentmarket.scenario.schema import Scenario

TABLES = ("months", "flows", "offers", "moves", "events", "replicates")


def all_plots(tables: Mapping[str, pd.DataFrame], scenario: Scenario) -> dict[str, Figure]:
    """Every picture for which the run has something to show.

    Parameters
    ----------
    tables
        The tables `months`, `flows`, `offers`, `moves`, `events` and `replicates` of a run.
    scenario
        The scenario that was run.

    Returns
    -------
    dict
        Figure by file name without ending. Of a raid first `approaches`, `cost`, `stay`, `acceptance`, and `offers` for the
        only campaign or `offers_1`, `offers_2`, … in the order of the scenario's campaigns; then `headcount`, `flows` and
        `pay`. Empty if no run was finished.
    """
    runs = int((tables["replicates"]["error"].astype(str) == "").sum())
    if not runs:
        return {}
    moves = tables["moves"]
    figures = {
        **_of_raids(tables, scenario, runs),
        "headcount": headcount_by_lab(tables["months"], tables["events"], scenario, runs),
        "flows": flows_between_labs(tables["flows"], scenario, runs),
    }
    if moves["kind"].isin(["ordinary", "campaign"]).any():
        figures["pay"] = pay_of_movers(moves, scenario, runs)
    return figures


def _of_raids(tables: Mapping[str, pd.DataFrame], scenario: Scenario, runs: int) -> dict[str, Figure]:
    """The pictures of raids for which there is something to show."""
    offers, figures = tables["offers"], {}
    if tables["months"]["approached"].any():
        figures["approaches"] = fate_of_approaches(tables["months"], offers, scenario, runs)
    if offers["outcome"].isin(CAME).any():
        figures["cost"] = cost_of_hires(offers, scenario, runs)
        figures["stay"] = stay_of_hires(offers, scenario, runs)
    if len(offers):
        figures["acceptance"] = acceptance_by_offer(offers, scenario, runs)
    for number, campaign in enumerate(scenario.campaigns, start=1):
        if (offers["campaign"] == campaign.name).any():
            name = "offers" if len(scenario.campaigns) == 1 else f"offers_{number}"
            figures[name] = fate_of_offers(offers, campaign, scenario, runs)
    return figures


def plots_of(runs: Runs) -> dict[str, Figure]:
    """Every picture for which a run has something to show, as `all_plots`."""
    return all_plots({name: getattr(runs, name) for name in TABLES}, runs.scenario)


def draw_run(runs: Runs, kind: str) -> Figure:
    """A picture of a run by its name.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    figures = plots_of(runs)
    if kind not in figures:
        raise InputError(f"there is no picture {kind!r} of these runs; there are {', '.join(figures) or 'none'}")
    return figures[kind]


def save_plots(runs: Runs, folder: Path, svg_text: bool = False) -> None:
    """Draw every picture of a run into a folder, as PNG and SVG; with `svg_text` letters in SVG stay text."""
    provenance = provenance_of(runs.scenario.title, runs.manifest)
    for name, figure in plots_of(runs).items():
        save(figure, folder, name, provenance, svg_text)
