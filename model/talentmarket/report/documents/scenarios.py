"""The pages of `docs/gallery/scenarios/`: each shipped scenario with its question, its answer, a picture, and what it hangs on.

Everything but the picture is in the scenario's file and in `seeds/`; the picture is of the scenario's own number of runs, and
carries its finding as its title.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from talentmarket.plots.files import svg_bytes
from talentmarket.report.documents.answered import Figure, answer_in, figures_in, first_sentences, prose_of, read_as
from talentmarket.report.documents.markdown import table
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.runs.runs import Runs
from talentmarket.scenario.catalogue import Entry, shipped_scenarios
from talentmarket.scenario.evidence.seeds import parameters
from talentmarket.scenario.places.locating import members
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.text.paths import path_text, pattern_fits
from talentmarket.studies.reading.file import read_study, study_names
from talentmarket.studies.reading.study import Study

INDEX = "README.md"
HEAD = (
    "# The scenarios and their answers\n\n"
    "Each page has a scenario's question, what the model answers with its 95 % interval, a picture, and the assumptions that the\n"
    "answer hangs on. Figures with a sign are differences from another scenario under the same shocks. `make gallery` runs them all\n"
    "and draws the pictures; a test holds every answer to the model.\n"
)
FIRST = ("baseline", "meta_raid")  # what the others are held against
TEXTS = ("extends", "title", "question", "description", "sources", "facts", "tour")
BESIDES = r"^(?:\[sources\]|# A guided tour)"  # what of a file makes no difference to the market
# What an answer's first figure is about, for its picture: people whom the raid asked, those of them who stay, losses.
RAIDS = ("started", "share_came", "refusals", "approached")
STAYING = ("hires_kept_two_years", "hires_left_after_a_year")
LOSSES = ("lost_to_labs", "won_from_labs")
TITLE = ".//{http://www.w3.org/2000/svg}title"


def _text(entry: Entry) -> str:
    return entry.path.read_text(encoding="utf-8")


def short_answer(entry: Entry) -> str:
    """A scenario's answer up to the end of the first sentence with a number."""
    return first_sentences(prose_of(answer_in(_text(entry))))


def scenario_table(prefix: str = "") -> str:
    """All scenarios with question and answer; the names link to their pages below `prefix`."""
    entries = sorted(shipped_scenarios(), key=lambda entry: entry.name not in FIRST)
    rows = [(f"[`{entry.name}`]({prefix}{entry.name}.md)", entry.question, short_answer(entry)) for entry in entries]
    return table(("Scenario", "Question", "Answer"), rows)


def index_page() -> str:
    """The page that lists all scenarios."""
    return f"{HEAD}\n{scenario_table()}\n"


def scenario_page(entry: Entry, picture: Path) -> str:
    """The page of a scenario, with the picture that was drawn of it."""
    answer, content = answer_in(_text(entry)), tomllib.loads(_text(entry))
    finding = ElementTree.fromstring(picture.read_bytes()).findtext(TITLE, "")
    parts = [
        f"# {entry.title}",
        f"**{entry.question}**",
        prose_of(answer),
        f"![{finding}]({picture.name})",
        "## The scenario",
        " ".join(content["description"].split()),
        _file(entry, content),
        "## The figures",
        table(("Measure", "What it is", "Mean", "95 % interval", "Unit"), map(_figure_row, figures_in(answer))),
        f"Means of {load(entry.name).run.replicates} runs; *less* another scenario: differences of runs under the same shocks.",
        "## What it hangs on",
        _hangs_on(entry.name, content),
    ]
    return "\n\n".join(parts) + "\n"


def _figure_row(figure: Figure) -> tuple[str, ...]:
    (measure,) = (each for each in MEASURES if each.name == figure.measure)
    of, less = f" of {figure.lab}" if figure.lab else "", f" less {figure.other}" if figure.other else ""
    mean, low, high = read_as(figure)
    return f"`{figure.measure}`{of}{less}", measure.definition, mean, f"{low} to {high}", measure.unit


def _file(entry: Entry, content: Mapping[str, Any]) -> str:
    link = f"[{entry.path.name}](../../../scenarios/{entry.path.name})"
    if "extends" not in content:
        return f"The file is {link}; every other scenario says only what it changes in it. Run it: `talentmarket run {entry.name}`."
    rest = _text(entry).partition('"""')[2].partition('"""')[2]
    body = re.split(BESIDES, rest, maxsplit=1, flags=re.MULTILINE)[0].strip()
    against = f"talentmarket compare {content['extends']} {entry.name}"
    return f"What {link} changes in `{content['extends']}`; `{against}` runs both.\n\n```toml\n{body}\n```"


def _leaves(content: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all that a file sets."""
    named = members(content)
    inner = content if isinstance(content, Mapping) else named
    if path and not inner:
        yield path
    for key, value in inner.items():
        if (path or key not in TEXTS) and key != "name":
            yield from _leaves(value, (*path, key))


@cache
def _studies() -> dict[str, Study]:
    return {name: read_study(name) for name in study_names()}


def _hangs_on(name: str, content: Mapping[str, Any]) -> str:
    lines = [
        f"- Studied: [{study.title}](../{file}.md)"
        for file, study in _studies().items()
        if name in [side.name for side in study.sides]
    ]
    if "extends" in content:
        lines += [f"- Assumed: {', '.join(paths)}. {note}" for note, paths in _assumptions(content).items()]
    lines.append("- What all scenarios share: [what the model cannot identify](../../limits.md)")
    return "\n".join(lines)


def _assumptions(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is assumed of the values that a file sets: the paths of each note."""
    found: dict[str, list[str]] = {}
    for path in map(path_text, _leaves(content)):
        for pattern, parameter in parameters().items():
            if pattern_fits(pattern, path) and parameter.basis == "assumed":
                found.setdefault(parameter.note, []).append(f"`{path}`")
    return found


@lru_cache(maxsize=2)
def _run(name: str, replicates: int) -> Runs:
    from talentmarket.api import run

    return run(name, replicates)


def draw_scenario(entry: Entry, replicates: int = 0) -> bytes:
    """Run a scenario, and draw what its answer speaks of first.

    That is how long a raid's hires stay, what came of the raid, the difference in what labs lose to one another, or all
    differences that the answer names; without any of them who takes people from whom.

    Parameters
    ----------
    entry
        A shipped scenario.
    replicates
        How many; 0 for the scenario's number.

    Returns
    -------
    bytes
        An SVG whose title is that of the picture.
    """
    from talentmarket.api import compare, run
    from talentmarket.plots.comparison.effects import effects_of_runs
    from talentmarket.plots.run.gallery import plots_of

    figures = figures_in(answer_in(_text(entry)))
    runs, first = run(entry.name, replicates), figures[0]
    other = next((figure.other for figure in figures if figure.other), "")
    if first.measure in STAYING:
        figure = plots_of(runs)["stay"]
    elif runs.scenario.campaigns and not first.other and first.measure in RAIDS:
        figure = plots_of(runs)["approaches"]
    elif not other:
        figure = plots_of(runs)["flows"]
    elif first.measure in LOSSES:
        figure = compare(_run(other, replicates), runs).plot("difference")
    else:
        named = [(each.measure, each.lab) for each in figures if each.other in ("", other)]
        figure = effects_of_runs(compare(_run(other, replicates), runs), named)
    return svg_bytes(figure, titled=True)


def write_pages(folder: Path) -> None:
    """Write the pages anew; the pictures stay, but for those of no scenario."""
    entries = shipped_scenarios()
    for path in folder.iterdir():
        if path.suffix in (".md", ".svg") and path.stem not in {entry.name for entry in entries}:
            path.unlink()
    (folder / INDEX).write_text(index_page(), encoding="utf-8")
    for entry in entries:
        (folder / f"{entry.name}.md").write_text(scenario_page(entry, folder / f"{entry.name}.svg"), encoding="utf-8")


def write_pictures(folder: Path, names: tuple[str, ...] = (), replicates: int = 0) -> None:
    """Run the scenarios of these names, or all, and draw their pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for entry in shipped_scenarios():
        if not names or entry.name in names:
            print(f"Running {entry.name}", flush=True)
            (folder / f"{entry.name}.svg").write_bytes(draw_scenario(entry, replicates))
