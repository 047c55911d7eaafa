"""The finding of the picture of effects: the differences that tell most, in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.losses import labs_concerned
from talentmarket.comparison.sentences import SENTENCES, UNITS, clause, headlines
from talentmarket.comparison.side_by_side import has_several
from talentmarket.numbers import NO_BREAK, factor_of_unit, signed, with_spread
from talentmarket.plots.comparison.words import NO_DIFFERENCE, by_run, others_told, quoted_run
from talentmarket.runs.measures.labels import label_of
from talentmarket.runs.measures.market import LABS
from talentmarket.runs.measures.measure import WHOLE
from talentmarket.scenario.text.wording import capital

MOST_SAID = 2


def finding_of_effects(table: pd.DataFrame, comparison: Comparison) -> str:
    """The most telling differences of two measures in words; else the largest by its name."""
    told = headlines(comparison.table[comparison.table["lab"].isin([*labs_concerned(comparison), WHOLE])])
    if told and has_several(comparison):
        return capital(_most_and_least(told[0], comparison))
    said: dict[str, str] = {}
    for row in told:
        said.setdefault(row.measure, clause(row))
    if said:
        return capital("; ".join([*said.values()][:MOST_SAID]))
    if not table["significant"].any():
        return f"Nothing that is distinguishable from zero with {comparison.replicates:,} runs of each"
    row = table.loc[(table["difference"] / table["scale"]).abs().where(table["significant"]).idxmax()]
    factor, unit = factor_of_unit(row["unit"]), "points" if row["unit"] == "share" else row["unit"]
    size = signed(with_spread(factor * float(row["difference"]), factor * float(row["half_width"])))
    where = f" in {quoted_run(comparison, row['run'])}" if has_several(comparison) else ""
    return capital(f"{_whose(row)}: {size} {unit}{where}")


def _most_and_least(row: Any, comparison: Comparison) -> str:
    """The measure of the most telling difference on the side where it is largest, and on others."""
    table = comparison.table
    rows = table[(table["measure"] == row.measure) & (table["lab"] == row.lab) & table["difference"].notna()]
    largest = max((each for each in rows.itertuples() if each.significant), key=lambda each: abs(each.difference))
    others = others_told(rows, pd.Series(largest._asdict()))
    return by_run(comparison, [(clause(largest), largest.run), *((_size(other), other["run"]) for other in others)])


def _size(row: pd.Series) -> str:
    """A difference with its unit as a title has it, or that there is none that can be told."""
    if not row["significant"]:
        return NO_DIFFERENCE
    factor, unit = factor_of_unit(row["unit"]), " points" if row["unit"] == "share" else UNITS.get(row["unit"], "")
    return f"{signed(with_spread(factor * float(row['difference']), factor * float(row['half_width'])))}{unit}"


def finding_of_chosen(table: pd.DataFrame, comparison: Comparison) -> str:
    """The first measures of a table in words, in its order."""
    several = has_several(comparison)
    said = []
    for row in table.head(MOST_SAID).itertuples():
        whose = f" ({comparison.titles[comparison.names.index(row.run)]})" if several else ""
        said.append(f"{_in_words(row)}{whose}")
    return capital("; ".join(said))


def _in_words(row: Any) -> str:
    """A difference as a clause, or as both means where there is no sentence for the measure; it says what cannot be told from none."""
    chance = "" if row.significant else ", which may be chance"
    if row.measure in SENTENCES:
        return f"{clause(row)}{chance}"
    factor, unit = (100.0, f"{NO_BREAK}%") if row.unit == "share" else (1.0, "")
    half = max(factor * row.half_width, 0.25 if row.unit == "share" else 0.0)  # a tenth of a per cent is enough
    mean, base = (f"{with_spread(factor * value, half)}{unit}" for value in (row.mean, row.base_mean))
    return f"{_whose(row)}: {mean} instead of {base}{chance}"


def _whose(row: Any) -> str:
    """A measure and what it is of: `Meta's culture at the end`, `offers refused, OpenAI`."""
    label = label_of(row.measure)
    if row.group == LABS:
        return f"{row.lab}'s {label}"
    return f"{label}, {row.lab}" if row.lab else label
