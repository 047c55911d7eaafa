"""The sentence in each scenario file that says what the model answers, and the runs that it rests on.

Such a sentence begins with `# Answer:` and holds figures as `measure [of LAB] [less SCENARIO]` = mean (low to high),
from the scenario's own number of replicates. `python tests/data/answers.py [SCENARIO…]` runs the scenarios and writes
the figures anew.
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

import numpy as np

import talentmarket as tm
from talentmarket.report.documents.answered import FIGURE, answer_in, figures_in
from talentmarket.runs.summary import half_width

SCENARIOS = Path(__file__).parents[2] / "scenarios"
UNBROKEN = "\0"


class Figure(NamedTuple):
    """What a sentence claims."""

    measure: str
    lab: str
    other: str
    mean: float
    low: float
    high: float


def answer(name: str) -> str:
    """The sentence of a scenario file, its lines joined."""
    return answer_in((SCENARIOS / f"{name}.toml").read_text(encoding="utf-8"))


def figures(name: str) -> list[Figure]:
    """The figures of a scenario's sentence."""
    numbers = ((each, (float(word.replace(",", "")) for word in each[3:])) for each in figures_in(answer(name)))
    return [Figure(each.measure, each.lab, each.other, *values) for each, values in numbers]


def values(name: str, replicates: int) -> dict[tuple[str, str], np.ndarray]:
    """Each measure of each lab by replicate."""
    measures = tm.run(tm.load(name), replicates=replicates).measures
    rows = measures.astype({"measure": str, "lab": str}).groupby(["measure", "lab"])
    return {key: table["value"].to_numpy() for key, table in rows}


def moments(figure: Figure, own: dict, other: dict | None) -> tuple[float, float, int]:
    """Mean, standard deviation and number of a figure's values, paired where it is a difference."""
    key = (figure.measure, figure.lab)
    found = own[key] - other[key] if other is not None else own[key]
    found = found[~np.isnan(found)]
    return float(found.mean()), float(found.std(ddof=1)), len(found)


def _written(value: float, half: float) -> str:
    digits = max(0, int(np.ceil(-np.log10(half))) + 1) if half > 0.0 else 1
    text = f"{value:,.{min(digits, 4)}f}"
    return text[1:] if text.strip("-0.,") == "" and text.startswith("-") else text


def wrapped(text: str) -> str:
    """The text of a scenario file with its sentence on lines of at most 120 characters, no figure broken."""
    before, mark, rest = text.partition("# Answer:")
    lines = rest.splitlines()
    last = next(number for number, line in enumerate(lines) if number and not line.startswith("#"))
    sentence = mark + " " + " ".join(line.lstrip("# ") for line in lines[:last]).strip()
    whole = FIGURE.sub(lambda match: match.group().replace(" ", UNBROKEN), sentence)
    shown = textwrap.wrap(whole, 120, subsequent_indent="# ", break_long_words=False, break_on_hyphens=False)
    return before + "\n".join([*shown, *lines[last:]]).replace(UNBROKEN, " ") + "\n"


def rewrite(name: str, replicates: int, cache: dict[str, dict]) -> None:
    """Run a scenario and write the figures of its sentence anew."""
    path = SCENARIOS / f"{name}.toml"

    def run(one: str) -> dict:
        if one not in cache:
            cache[one] = values(one, replicates)
        return cache[one]

    def figure(match: re.Match[str]) -> str:
        measure, lab, other = (word or "" for word in match.groups()[:3])
        asked = Figure(measure, lab, other, 0.0, 0.0, 0.0)
        mean, deviation, count = moments(asked, run(name), run(other) if other else None)
        half = float(half_width(np.array(deviation), np.array(count)))
        shown = [_written(value, half) for value in (mean, mean - half, mean + half)]
        return f"{match.group().partition(' = ')[0]} = {shown[0]} ({shown[1]} to {shown[2]})"

    text = path.read_text(encoding="utf-8")
    path.write_text(wrapped(FIGURE.sub(figure, text)), encoding="utf-8")


if __name__ == "__main__":
    done: dict[str, dict] = {}
    for each in sys.argv[1:] or sorted(file.stem for file in SCENARIOS.glob("*.toml")):
        rewrite(each, 200, done)
        print(each, answer(each), sep="\n  ", flush=True)
