"""The answer of a comparison in words: what one run has more or less of than the base, and who lives another life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.costs import of_answers
from talentmarket.comparison.losses import labs_concerned
from talentmarket.comparison.sentences import ORDER, certainty, null, otherwise, sentence, tellable
from talentmarket.comparison.side_by_side import KEPT, SPENT, answering, has_several
from talentmarket.numbers import decimals, fixed
from talentmarket.report.answers import raid_answer
from talentmarket.runs.measures.measure import WHOLE
from talentmarket.runs.runs import Runs
from talentmarket.scenario.text.wording import capital

Key = tuple[str, str]  # a measure and the lab that it is about

MOST = 6
LEAST = 2  # sentences on differences of each run, however many there are
RAID = "started"  # who comes with a raid: what most ask about, and an answer too if it stays the same
OF_ITS_OWN = 4  # sentences on a raid before those on differences: how many come, and for how much
OF_AN_ANSWER = (KEPT, SPENT)  # what a lab's own answer to offers does, which is always told
MANY_TIMES = 100.0


def comparison_answer(comparison: Comparison) -> Iterator[str]:
    """What a comparison says, in sentences; with more than two runs each begins with the title that it is about."""
    for title, sentences in _by_run(comparison):
        yield from (_headed(comparison, title, said) for said in sentences)
    yield from _twins(comparison)


def first_sentences(comparison: Comparison, most: int = MOST) -> list[str]:
    """The first sentences of the answer, as many of each run as there is room for."""
    each = max(1, most // (len(comparison.names) - 1))
    found = [_headed(comparison, title, said) for title, sentences in _by_run(comparison) for said in sentences[:each]]
    return found[:most]


def _by_run(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """The title of each run but the base, and the sentences on it: of the same measures in all runs."""
    most = max(LEAST, MOST // (len(comparison.names) - 1))
    labs = answering(comparison)
    chosen = _chosen(comparison.table, labs_concerned(comparison), most, labs)
    for name, title, runs in zip(comparison.names[1:], comparison.titles[1:], comparison.runs[1:], strict=True):
        table = comparison.table[comparison.table["run"] == name]
        # Of several sides one table says what a raid did.
        own = [] if has_several(comparison) else _of_its_own(comparison.runs[0], runs)
        answers = _answers(table, comparison.costs[comparison.costs["run"] == name], labs)
        differences = _told(table, chosen) if answers else _differences(table, chosen, comparison.replicates)
        yield title, [*answers, *own[:OF_ITS_OWN], *differences, *own[OF_ITS_OWN:]]


def _headed(comparison: Comparison, title: str, said: str) -> str:
    return f"{title}: {said}" if has_several(comparison) else capital(said)


def comparison_caveats(comparison: Comparison) -> Iterator[str]:
    """What a reader should know of a comparison's figures."""
    yield (
        f"{comparison.replicates:,} simulated runs of each, in pairs that saw the same shocks: differences from "
        f"{comparison.titles[0]} are taken pair by pair. In parentheses: the 95 % interval of the mean difference, then both "
        "means."
    )
    table = comparison.table
    paired = table[table["significant"] & (table["width_ratio"] > 0.0)]
    yield (
        "Told above is who comes with a raid, whom a lab's answer to offers keeps and what is spent on it, whether or not that differs, "
        f"and a few of the differences that are distinguishable from zero (5 %, corrected for testing them all at once): {int(table['significant'].sum())} of {comparison.tests} are. All stand under "
        "“All measures”."
    )
    if len(paired):
        yield f"Runs that saw different shocks would have to be {times_as_many(paired)} for the same intervals (median)."
    yield from comparison.notes


def times_as_many(paired: pd.DataFrame) -> str:
    """How many more unpaired runs it would take, such as `4.2 times as many`; `paired` are rows of a comparison's table."""
    saved = float((paired["width_ratio"] ** -2.0).median())
    return f"more than {MANY_TIMES:.0f} times as many" if saved > MANY_TIMES else f"{saved:,.1f} times as many"


def _of_its_own(base: Runs, runs: Runs) -> list[str]:
    """All sentences about a raid, if the base has none: what it did cannot be a difference then."""
    return list(raid_answer(runs)) if runs.scenario.campaigns and not base.scenario.campaigns else []


def _chosen(table: pd.DataFrame, concerned: set[str], most: int, labs: Sequence[str]) -> list[Key]:
    """The measures that are told of every run besides the answers of some labs: who comes with a raid, and what is known best."""
    answers = [(measure, lab) for lab in labs for measure in OF_AN_ANSWER]
    rows = [row for row in tellable(table) if row.measure != RAID and (row.measure, row.lab) not in answers]
    raid = (
        [(RAID, WHOLE)] if table.loc[(table["measure"] == RAID) & (table["lab"] == WHOLE), "low"].notna().any() else []
    )
    known = dict.fromkeys(_key(row) for row in sorted(_of_labs_concerned(rows, concerned), key=certainty, reverse=True))
    others = [*known][: max(0, most - len(raid) - len(answers))]
    return [*raid, *sorted(others, key=lambda key: ORDER.index(key[0]))]


def _key(row: Any) -> Key:
    return row.measure, row.lab


def _told(table: pd.DataFrame, keys: Sequence[Key]) -> list[str]:
    """Some measures of a run in words, each whether or not it differs; those that it does not share with the base are left out."""
    rows = {_key(row): row for row in table.itertuples() if row.low == row.low}
    return [f"{sentence(row) if row.significant else null(row)}." for row in (rows[key] for key in keys if key in rows)]


def _answers(table: pd.DataFrame, costs: pd.DataFrame, labs: Sequence[str]) -> list[str]:
    """Of each lab that answers offers otherwise: whom it keeps, for how much, and what each of them costs."""
    said: list[str] = []
    for lab in labs:
        said += [*_told(table, [(measure, lab) for measure in OF_AN_ANSWER]), *_costs(costs[costs["lab"] == lab])]
    return said


def _differences(table: pd.DataFrame, keys: Sequence[Key], replicates: int) -> list[str]:
    """What becomes of the raid, also where nothing does, and then the differences that are known best, the most telling first."""
    said = _told(table, keys)
    if any(measure != RAID for measure, _ in keys):
        return said
    none = f"no {'other ' * bool(said)}difference"
    elsewhere = sum(bool(row.significant) for row in table.itertuples() if _key(row) not in keys)
    if elsewhere:
        none += f" that is told in words is distinguishable from zero with {replicates:,} runs of each; of those in the table"
        return [*said, f"{none} {elsewhere:,} {'is' if elsewhere == 1 else 'are'}."]
    return [*said, f"{none} is distinguishable from zero with {replicates:,} runs of each."]


def _of_labs_concerned(rows: Sequence[Any], concerned: set[str]) -> list[Any]:
    """Rows of the market and of labs whose parameters differ, that raid or are raided; all if there are none."""
    return [row for row in rows if row.lab in {"", *concerned}] or list(rows)


def _costs(costs: pd.DataFrame) -> Iterator[str]:
    """What each person who is still there because of an answer costs, where that is not nothing; else why it cannot be told."""
    for row in of_answers(costs).itertuples():
        if row.note:
            yield f"{row.lab} has no cost for each person kept: {row.note}."
            continue
        places = decimals(row.cost, (row.high - row.low) / 2.0, most=1)
        cost, low, high = (fixed(each, places) for each in (row.cost, row.low, row.high))
        if any(digit in cost for digit in "123456789"):
            yield (
                f"{row.lab} pays {cost} M$ ({low} to {high}) in answers for each of its first staff more who is still there at the "
                "end."
            )


def _twins(comparison: Comparison) -> Iterator[str]:
    """What those whom a raid moves would do otherwise."""
    titles = dict(zip(comparison.names, comparison.titles, strict=True))
    for row in comparison.fates.to_dict("records"):
        if said := otherwise(row, titles[row["run"]], comparison.titles[0]):
            yield said
