"""The table of months as labelled arrays, for those who work with xarray."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from talentmarket.errors import InputError
from talentmarket.runs.tables.columns import MONTHS
from talentmarket.scenario.schema import Scenario

if TYPE_CHECKING:
    import xarray

DIMENSIONS = ("replicate", "month", "lab")


def months_dataset(months: pd.DataFrame, scenario: Scenario) -> xarray.Dataset:
    """The table `months` as an xarray Dataset.

    Parameters
    ----------
    months
        The table, its rows by replicate, month and lab.
    scenario
        The scenario that was run; its title, question and seed become attributes.

    Returns
    -------
    xarray.Dataset
        Each column by replicate, month (from 0) and lab, with its unit and definition as attributes.

    Raises
    ------
    InputError
        If xarray is not installed.
    """
    try:
        import xarray
    except ImportError as error:
        raise InputError("xarray is not installed; pip install 'talentmarket[arrays]' brings it") from error
    labs = [lab.name for lab in scenario.labs]
    rows = months.sort_values(list(DIMENSIONS), kind="stable")
    replicates = rows["replicate"].unique()
    shape = (len(replicates), scenario.run.months + 1, len(labs))
    columns = [column for column in MONTHS if column.name not in DIMENSIONS and column.name in rows]
    return xarray.Dataset(
        {
            column.name: (
                DIMENSIONS,
                rows[column.name].to_numpy().reshape(shape),
                {"units": column.unit, "long_name": column.definition},
            )
            for column in columns
        },
        coords={"replicate": replicates, "month": np.arange(shape[1]), "lab": labs},
        attrs={"title": scenario.title, "question": scenario.question, "seed": scenario.run.seed},
    )
