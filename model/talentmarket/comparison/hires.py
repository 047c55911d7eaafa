"""Those whom raids win: how many come and stay, and what each of them was promised."""

from __future__ import annotations

import numpy as np
import pandas as pd

from talentmarket.comparison.intervals import NO_INTERVAL, Interval, ratio_interval, t_interval

CAME = ("started", "returned")
YEAR = 12


def hires(offers: pd.DataFrame, runs: int, months: int) -> pd.DataFrame:
    """People whom campaigns have won, a row a run.

    Parameters
    ----------
    offers
        Table `offers`: replicate, decided (month), outcome, total (M$), left (month; -1: still there).
    runs
        Number of finished runs, also those that won nobody.
    months
        Length of a run.

    Returns
    -------
    pandas.DataFrame
        came (people), promised (M$, face value of their packages), stayed_a_year (people; not a number where somebody came
        less than a year before the end), stayed (people still with the raider at the end).
    """
    came = offers[offers["outcome"].astype(str).isin(CAME)]
    stay = np.where(came["left"] >= 0, came["left"] - came["decided"], np.inf)
    by_run = pd.DataFrame(
        {
            "replicate": came["replicate"],
            "came": 1.0,
            "promised": came["total"].astype(float),
            "stayed_a_year": (stay >= YEAR).astype(float),
            "stayed": (came["left"] < 0).astype(float),
        }
    )
    found = by_run.groupby("replicate").sum().reset_index(drop=True)
    found = found.reindex(range(runs), fill_value=0.0)
    if len(came) and int(came["decided"].max()) + YEAR > months:
        found["stayed_a_year"] = np.nan
    return found


def per_person(found: pd.DataFrame, whom: str) -> tuple[float, Interval]:
    """What was promised to all who came over the number of some of them, M$ a person, with Fieller's 95 % interval.

    `whom` is `came`, `stayed_a_year` or `stayed`; not a number if there is nobody.
    """
    people = found[whom].to_numpy(dtype=float)
    if np.isnan(people).any() or not people.sum():
        return float("nan"), NO_INTERVAL
    promised = found["promised"].to_numpy(dtype=float)
    return float(promised.mean() / people.mean()), ratio_interval(promised, people)


def mean_of(found: pd.DataFrame, column: str) -> tuple[float, Interval]:
    """The mean of a column of `hires` over the runs, with its 95 % interval."""
    values = found[column].to_numpy(dtype=float)
    return float(values.mean()), t_interval(values)
