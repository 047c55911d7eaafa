"""What a shipped scenario's file says the model answers: the sentences behind `# Answer:`, and their figures.

A figure is written as `measure [of LAB] [less SCENARIO]` = mean (low to high), a mean of the scenario's own number of
replicates with its 95 % interval.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from talentmarket.numbers import MOST_DECIMALS, NO_BREAK, fixed, signed, told_decimals
from talentmarket.runs.measures.everything import MEASURES

NUMBER = r"-?[\d,]*\.?\d+"
FIGURE = re.compile(rf"`(\w+)(?: of ([^`]+?))?(?: less (\w+))?` = ({NUMBER}) \(({NUMBER}) to ({NUMBER})\)")
MARK = "# Answer:"
SHARES = frozenset(measure.name for measure in MEASURES if measure.unit == "share")


class Figure(NamedTuple):
    """A figure of an answer as it is written: the measure, its lab, the scenario it is a difference from (empty: none)."""

    measure: str
    lab: str
    other: str
    mean: str
    low: str
    high: str


def answer_in(text: str) -> str:
    """The answer in the text of a scenario file, its lines joined; empty if the file has none."""
    lines = text.splitlines()
    first = next((number for number, line in enumerate(lines) if line.startswith(MARK)), len(lines))
    sentence = []
    for line in lines[first:]:
        if not line.startswith("#"):
            break
        sentence.append(line.lstrip("# "))
    return " ".join(sentence)


def figures_in(answer: str) -> list[Figure]:
    """The figures of an answer, in the order of the sentences."""
    return [Figure(*match.groups(default="")) for match in FIGURE.finditer(answer)]


def read_as(figure: Figure) -> tuple[str, str, str]:
    """Mean, low and high as they are read; those of a difference have their sign."""
    plus = "+" if figure.other else ""
    mean, low, high = (f"−{each[1:]}" if each.startswith("-") else f"{plus}{each}" for each in figure[3:])
    return mean, low, high


def _sentence(match: re.Match[str]) -> str:
    """A figure within a sentence: digits that the interval can tell, a share in per cent, its difference in points."""
    figure = Figure(*match.groups(default=""))
    share = figure.measure in SHARES
    mean, low, high = (float(each.replace(",", "")) * (100.0 if share else 1.0) for each in figure[3:])
    told = told_decimals((high - low) / 2.0) if high > low else MOST_DECIMALS
    places = min(told, _written(figure.mean) - (2 if share else 0))
    unit = f"{NO_BREAK}{'points' if figure.other else '%'}" if share else ""
    said, *ends = (_rounded(each, places, bool(figure.other)) for each in (mean, low, high))
    interval = f"({' to '.join(ends)})"
    return f"{said} {interval}{unit}" if figure.other else f"{said}{unit} {interval}"


def _written(text: str) -> int:
    """Decimals of a number as it is written."""
    return len(text.partition(".")[2])


def _rounded(value: float, places: int, sign: bool) -> str:
    text = fixed(round(value, places), max(places, 0))
    return signed(text) if sign else text


def prose_of(answer: str) -> str:
    """An answer as it is read: figures without the names of their measures."""
    read = FIGURE.sub(_sentence, answer.removeprefix(MARK.lstrip("# ")).strip())
    return read[:1].upper() + read[1:]


def first_sentences(prose: str) -> str:
    """A text up to the end of the first sentence that has a number, which a decimal point does not end."""
    sentences = re.split(r"(?<=\.)\s", prose)
    last = next((number for number, sentence in enumerate(sentences) if re.search(r"\d", sentence)), 0)
    return " ".join(sentences[: last + 1])
