"""All summary measures of a run, computed for each replicate."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from talentmarket.errors import InputError
from talentmarket.market.records.codes import Named
from talentmarket.runs.measures.campaigns import CAMPAIGN_MEASURES
from talentmarket.runs.measures.labels import label_of
from talentmarket.runs.measures.likelihood import LIKELIHOOD_MEASURES
from talentmarket.runs.measures.market import MARKET_MEASURES
from talentmarket.runs.measures.measure import Measure, subjects
from talentmarket.runs.measures.observed import Observed
from talentmarket.runs.measures.raid import RAID_MEASURES
from talentmarket.runs.measures.staying import STAYING_MEASURES
from talentmarket.runs.measures.transfers import TRANSFER_MEASURES
from talentmarket.runs.tables.arrow import table_of
from talentmarket.runs.tables.columns import MEASURES as MEASURE_COLUMNS
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.wording import nearest, one_line

_ALL = (
    *RAID_MEASURES,
    *LIKELIHOOD_MEASURES,
    *CAMPAIGN_MEASURES,
    *STAYING_MEASURES,
    *MARKET_MEASURES,
    *TRANSFER_MEASURES,
)
_GROUPS = tuple(dict.fromkeys(measure.group for measure in _ALL))

MEASURES: tuple[Measure, ...] = tuple(sorted(_ALL, key=lambda measure: _GROUPS.index(measure.group)))
"""All measures, those of one group side by side."""


def measures_about(word: str) -> list[Measure]:
    """The measures in whose name, definition, unit or group a word stands; all without one.

    Raises
    ------
    InputError
        If there are none; the message has the nearest name.
    """
    wanted = word.casefold().replace(" ", "_"), word.casefold()
    texts = {
        each: f"{each.name} {label_of(each.name)} {each.definition} {each.unit} {each.group}".casefold()
        for each in MEASURES
    }
    found = [each for each in MEASURES if any(part in texts[each] for part in wanted)]
    if not found:
        raise InputError(
            f"there is no measure about {one_line(word)!r}; {nearest(word, [each.name for each in MEASURES])}"
        )
    return found


def questions(scenario: Scenario) -> list[tuple[Measure, str]]:
    """Each measure with each lab or campaign that it is about in a scenario, in the order in which they are shown."""
    return [(measure, lab) for measure in MEASURES for lab in subjects(measure.scope, scenario)]


def measure(scenario: Scenario, tables: Mapping[str, pa.Table]) -> pa.Table:
    """Compute all measures of some replicates.

    Parameters
    ----------
    scenario
        What was run.
    tables
        The tables of the replicates, as `tables.columns.TABLES` names them.

    Returns
    -------
    pyarrow.Table
        Columns replicate, measure, lab and value: all `questions` of one replicate after the other, those that
        failed left out. A value that is undefined is not a number.
    """
    observed = Observed(scenario, tables)
    asked = questions(scenario)
    answers = [measure.compute(observed) for measure in MEASURES if subjects(measure.scope, scenario)]
    names = tuple(measure.name for measure in MEASURES)
    about = tuple(dict.fromkeys(subject for _, subject in asked))
    rows = len(observed.replicates)
    columns = {
        "replicate": np.repeat(observed.replicates, len(asked)),
        "measure": Named(np.tile([names.index(measure.name) for measure, _ in asked], rows), names),
        "lab": Named(np.tile([about.index(subject) for _, subject in asked], rows), about),
        "value": np.hstack(answers).ravel(),
    }
    return table_of(MEASURE_COLUMNS, columns)
