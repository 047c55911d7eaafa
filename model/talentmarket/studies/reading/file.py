"""Reads a study file: everything wrong in it at once, each with its line, before anything runs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

from talentmarket.errors import ScenarioError
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.scenario import shipped
from talentmarket.scenario.reading.chain import shipped_names
from talentmarket.scenario.reading.problems import as_error
from talentmarket.scenario.text.files import read_text
from talentmarket.scenario.text.paths import path_text
from talentmarket.scenario.text.syntax import parse
from talentmarket.scenario.text.tree import Node, Place, Source, grow, plain
from talentmarket.scenario.text.wording import as_written, nearest, one_line
from talentmarket.studies.reading.checking import check, with_kinds
from talentmarket.studies.reading.fields import Fields, Problems
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.ranges import parameters_of
from talentmarket.studies.reading.study import KINDS, ROUND, Design, Discover, Outcome, Side, Stopping, Study

KEYS = (
    "title",
    "question",
    "compare",
    "set",
    "parameters",
    "levers",
    "design",
    "replicates",
    "outcomes",
    "discover",
)
# What a scenario has not: a file with any of these is a study.
OWN_KEYS = frozenset({"compare", "parameters", "levers", "design", "outcomes", "discover", "replicates"})
MOST_POINTS = 1_000_000
MOST_REPLICATES = 1024
MOST_BUDGET = 1_000_000_000
REFINABLE = ("sobol", "random")  # more points begin with those of fewer
SHIPPED = "studies"


def study_names() -> list[str]:
    """Names of the studies that come with talentmarket."""
    return sorted(path.stem for path in (shipped.folder("scenarios") / SHIPPED).glob("*.toml"))


def is_study(given: str) -> bool:
    """Whether a name or a path is that of a study and not of a scenario. Raises ScenarioError if it cannot be read."""
    if given in shipped_names():
        return False
    if given in study_names():
        return True
    path = Path(given)
    if not path.exists() and (hint := nearest(given, study_names())).startswith("did you mean"):
        raise ScenarioError([f"{one_line(given)}: there is no such file, study or scenario; {hint}"])
    return path.is_file() and bool(OWN_KEYS & set(parse(read_text(path, given), given).content))


def read_study(given: str) -> Study:
    """A study from a file, or a shipped one by its name, checked against its scenarios.

    Raises
    ------
    ScenarioError
        If anything is wrong; its `problems` are all that was found, with file and line.
    """
    shipped_path = shipped.folder("scenarios") / SHIPPED / f"{given}.toml"
    path, label = (shipped_path, f"{given}.toml (shipped)") if given in study_names() else (Path(given), given)
    parsed = parse(read_text(path, label), label)
    root, problems = grow(parsed.content, Source(label, 0, parsed.lines)), Problems()
    study = _study(Fields(root, problems), path)
    if not problems.found:
        study = with_kinds(study)
        problems.found += check(study)
    if problems.found:
        raise as_error(problems.found)
    return study


def _study(fields: Fields, path: Path) -> Study:
    fields.known(KEYS)
    base, runs = _sides(fields.table("compare"), path.parent)
    parameters = tuple(parameters_of(fields.table("parameters")))
    levers = tuple(_levers(fields.table("levers")))
    outcomes = tuple(_outcomes(fields))
    places = dict(_fixed(fields.table("set").node))
    design = fields.table("design")
    if design.has("refine") and (base is None or not parameters):
        text = "design.refine needs [compare] base and [parameters]: it is the sign of a difference that is unclear"
        fields.problems.note(design.place("refine"), text)
    if not parameters and not levers and not fields.problems.found:
        fields.problems.note(fields.node.place, 'a study needs [parameters], such as "choice.noise" = [0.5, 1.0]')
    return Study(
        title=fields.text("title", path.stem),
        question=fields.text("question"),
        base=base,
        runs=runs,
        fixed=tuple(places),
        parameters=parameters,
        levers=levers,
        design=_design(design, path.parent),
        stopping=_stopping(fields.table("replicates")),
        outcomes=outcomes,
        discover=_discover(fields, outcomes),
        places=places,
    ).crossed


def _sides(fields: Fields, folder: Path) -> tuple[Side | None, tuple[Side, ...]]:
    fields.known(("base", "run"))
    base = _side(fields.text("base"), folder, fields, "base") if fields.has("base") else None
    given = plain(fields.node.table["run"]) if fields.has("run") else None
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        if fields.has("run"):
            fields.wrong("run", "the name of a scenario, or a list of them")
        else:
            fields.problems.note(
                fields.node.place, '[compare] needs run, the scenario that is studied: run = "meta_raid"'
            )
        return base, ()
    runs = tuple(_side(name, folder, fields, "run") for name in names)
    everyone = [side.name for side in (*runs, *((base,) if base else ()))]
    if len(set(everyone)) < len(everyone):
        fields.problems.note(fields.place("run"), "[compare] names a scenario twice")
    return base, runs


def _side(name: str, folder: Path, fields: Fields, key: str) -> Side:
    path = folder / name
    if name in shipped_names():
        return Side(name, name)
    if not path.is_file():
        beside = [*shipped_names(), *(each.name for each in folder.glob("*.toml"))]
        hint = nearest(name, beside)
        text = f"compare.{key}: there is no scenario {as_written(name)}, shipped or beside this file; {hint}"
        fields.problems.note(fields.place(key), text)
    return Side(path.stem, str(path))


def _levers(fields: Fields) -> Iterator[Parameter]:
    for parameter in parameters_of(fields):
        if not parameter.values:
            text = f"the lever {parameter.path} needs values to choose from: {{ values = [1, 2] }}"
            fields.problems.note(parameter.place, text)
        yield parameter


def _fixed(table: Node, before: str = "") -> Iterator[tuple[str, Place]]:
    """Overrides from [set]: `path=value` each, and where it is written."""
    for key, node in table.table.items():
        path = f"{before}.{key}" if before and "." in key else f"{before}.{path_text((key,))}" if before else key
        if isinstance(node.value, dict):
            yield from _fixed(node, path)
        else:
            yield f"{path}={json.dumps(plain(node))}", node.place


def _design(fields: Fields, folder: Path) -> Design:
    fields.known(("kind", "points", "seed", "file", "refine"))
    kind = fields.choice("kind", KINDS, "sobol")
    file = _points_file(fields, folder) if fields.has("file") else None
    if (kind == "points") != (file is not None):
        fields.problems.note(
            fields.node.place, 'a list of points has kind = "points" and file = "points.csv", and only it'
        )
    if kind in ("grid", "points") and fields.has("points"):
        fields.problems.note(fields.place("points"), f"a design of kind {kind} brings its own number of points")
    points = fields.whole("points", 64, 2, MOST_POINTS)
    refine = fields.has("refine") and fields.choice("refine", ("sign",), "sign") == "sign"
    if refine and kind not in REFINABLE:
        text = f"a design of kind {kind} cannot be refined; {' and '.join(REFINABLE)} can"
        fields.problems.note(fields.place("refine"), text)
    return Design(kind, points, fields.whole("seed", 1, 0, 2**31 - 1), file, refine)  # type: ignore[arg-type]


def _points_file(fields: Fields, folder: Path) -> Path:
    """The list of points, which stands beside the study or below it: whoever passes a study on passes it on with it."""
    given = Path(fields.text("file"))
    if given.is_absolute() or ".." in given.parts:
        fields.wrong("file", "the name of a file in the folder of this one or below it")
    elif not (folder / given).is_file():
        text = f"design.file: there is no such file beside this one: {one_line(given.name)}"
        fields.problems.note(fields.place("file"), text)
    return folder / given


def _stopping(fields: Fields) -> Stopping:
    fields.known(("least", "most", "half_width", "relative", "until", "budget"))
    aims = any(fields.has(key) for key in ("half_width", "relative", "until"))
    least = fields.whole("least", ROUND, ROUND, MOST_REPLICATES)
    most = fields.whole("most", max(least, 8 * ROUND if aims else least), least, MOST_REPLICATES)
    for key, value in (("least", least), ("most", most)):
        if value % ROUND:
            fields.problems.note(
                fields.place(key), f"replicates.{key} is {value}, but replicates come in rounds of {ROUND}"
            )
    if most > least and not aims:
        text = 'replicates.most needs an aim that ends them earlier: half_width, relative or until = "sign"'
        fields.problems.note(fields.place("most"), text)
    if fields.has("most") and fields.has("budget"):
        fields.problems.note(
            fields.place("most"), "replicates.most follows from replicates.budget: leave one of them out"
        )
    return Stopping(
        least,
        most,
        fields.number("half_width", math.inf, above=0.0),
        fields.number("relative", math.inf, above=0.0),
        fields.has("until") and fields.choice("until", ("sign",), "sign") == "sign",
        fields.whole("budget", 0, ROUND, MOST_BUDGET) if fields.has("budget") else 0,
        fields.place("budget"),
    )


def _outcomes(fields: Fields) -> Iterator[Outcome]:
    node = fields.node.table.get("outcomes")
    if node is None or not node.items:
        place = fields.node.place if node is None else node.place
        example = '[[outcomes]] with measure = "started" on a line of its own'
        fields.problems.note(place, f"a study needs outcomes: {example}")
        return
    others = [Fields(item, Problems()).text("measure") for item in node.items if item.table]
    for item in node.items:
        if not item.table:
            fields.problems.note(item.place, "an outcome is a table: [[outcomes]]")
            continue
        row = Fields(item, fields.problems)
        row.known(("measure", "want", "words", "per"))
        found = outcome(row.text("measure"), row.place("measure"))
        names = [measure.name for measure in MEASURES]
        if not row.has("measure"):
            fields.problems.note(item.place, 'an outcome needs a measure: measure = "lost_to_labs of OpenAI"')
        elif found.measure not in names:
            text = f"there is no measure '{one_line(found.measure)}'; {nearest(found.measure, names)}"
            fields.problems.note(found.place, text)
        want = row.choice("want", ("lower", "higher"), "") if row.has("want") else ""
        divisors = [name for name in others if name != row.text("measure")]
        if row.has("per") and row.text("per") not in divisors:
            hint = f"; {nearest(row.text('per'), divisors)}" if divisors else ", and this study has no other"
            row.wrong("per", f"the measure of another outcome{hint}")
        yield Outcome(found.measure, found.lab, want, found.place, row.text("words"), row.text("per"))  # type: ignore[arg-type]


def outcome(text: str, place: Place) -> Outcome:
    """An outcome as it is written: MEASURE, or MEASURE of LAB."""
    measure, _, lab = text.partition(" of ")
    return Outcome(measure.strip(), lab.strip(), "", place)


def _discover(fields: Fields, outcomes: tuple[Outcome, ...]) -> Discover | None:
    if not fields.has("discover"):
        return None
    table = fields.table("discover")
    table.known(("outcome", "above", "below"))
    names = [each.name for each in outcomes]
    chosen = table.text("outcome", names[0] if names else "")
    if chosen not in names:
        table.wrong("outcome", f"one of this study's outcomes; {nearest(chosen, names)}")
    if table.has("above") == table.has("below"):
        table.problems.note(table.node.place, "[discover] needs a limit: above = 0 or below = 0")
        return None
    above = table.has("above")
    return Discover(chosen, above, table.number("above" if above else "below", 0.0))
