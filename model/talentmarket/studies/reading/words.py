"""A study from the words of a command: a scenario, `--vary`, `--outcome`, a base."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from talentmarket.errors import InputError, ScenarioError
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.runs.measures.measure import inside, raided
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.reading.problems import as_error
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.tree import Place
from talentmarket.scenario.text.wording import nearest
from talentmarket.studies.reading.checking import check, with_kinds
from talentmarket.studies.reading.file import MOST_POINTS, MOST_REPLICATES, is_study, outcome, read_study
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.ranges import side_in, vary
from talentmarket.studies.reading.study import KINDS, ROUND, Design, Outcome, Side, Stopping, Study

WANTS = {"lower": "lower", "higher": "higher"}


@dataclass(frozen=True)
class Words:
    """What a command says of a study.

    Attributes
    ----------
    vary, outcomes, fixed
        As after `--vary`, `--outcome` and `--set`.
    base
        What the scenario is compared with; may be empty.
    kind
        Kind of the design; empty for a grid, or the study's own.
    points, replicates
        How many; 0 for the usual number.
    seed
        Seed of the design; None for the usual one.
    """

    vary: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    base: str = ""
    kind: str = ""
    points: int = 0
    replicates: int = 0
    seed: int | None = None


def study_of(source: str, words: Words) -> Study:
    """The study that a command means: of a file, or of a scenario with what is varied.

    Raises
    ------
    InputError
        If anything is wrong with it, all problems of the file or of the words at once.
    """
    check_words(words)
    if is_study(source):
        return _changed(read_study(source), words)
    parameters = _parameters(words)
    if not parameters:
        raise InputError("nothing is varied: give --vary PATH=LOW..HIGH or PATH=A,B,C, or the name of a study file")
    kind = words.kind or ("sobol" if words.points else "grid")
    _check_points(kind, words)
    design = Design(kind, words.points or 64, 1 if words.seed is None else words.seed)  # type: ignore[arg-type]
    return study_with(source, words, parameters, design)


def study_with(source: str, words: Words, parameters: tuple[Parameter, ...], design: Design) -> Study:
    """The study of a scenario with these parameters and this design, checked. Raises as `study_of` does."""
    study = with_kinds(_study(source, words, parameters, design))
    if problems := check(study):
        raise as_error(problems)
    return study


def check_words(words: Words) -> None:
    """Refuse words that are wrong whatever the scenario is. Raises InputError."""
    for text in words.fixed:
        side, setting = side_in(text)
        if side:
            raise InputError(
                f"--set {text}: what --set changes is the same on both sides; --vary run:{setting.partition('=')[0]}=A,B is for"
                " the scenario that is studied alone"
            )
    if words.replicates % ROUND or not 0 <= words.replicates <= MOST_REPLICATES:
        raise InputError(f"replicates come in rounds of {ROUND}, up to {MOST_REPLICATES:,}; found {words.replicates:,}")
    if words.points < 0 or words.points == 1 or words.points > MOST_POINTS:
        raise InputError(f"a design has from 2 to {MOST_POINTS:,} points, found {words.points:,}")
    drawn = [kind for kind in KINDS if kind != "points"]
    if words.kind and words.kind not in drawn:
        raise InputError(f"there is no design of kind {words.kind!r}; {nearest(words.kind, drawn)}")


def _check_points(kind: str, words: Words) -> None:
    """Refuse a number of points where the design brings its own. Raises InputError."""
    if words.points and kind in ("grid", "points"):
        raise InputError(f"a design of kind {kind} brings its own number of points; --points is for the others")


def _changed(study: Study, words: Words) -> Study:
    """A study of a file with other numbers."""
    if words.vary or words.outcomes or words.base or words.kind:
        raise InputError("--vary, --outcome, --base and --design are for scenarios; a study file says these itself")
    _check_points(study.design.kind, words)
    design, stopping = study.design, study.stopping
    if words.points:
        design = replace(design, points=words.points)
    if words.seed is not None:
        design = replace(design, seed=words.seed)
    if words.replicates:
        most = max(words.replicates, stopping.most) if stopping.has_aim else words.replicates
        stopping = replace(stopping, least=words.replicates, most=most)
    changed = replace(study, design=design, stopping=stopping, fixed=(*study.fixed, *words.fixed))
    if words.fixed and (problems := check(changed)):
        raise as_error(problems)
    return changed


def _study(source: str, words: Words, parameters: tuple[Parameter, ...], design: Design) -> Study:
    own, name = load(source, words.fixed), Path(source).stem
    base = Side(Path(words.base).stem, words.base) if words.base else None
    if base is not None and base.name == name:
        raise InputError(f"{name} cannot be compared with itself: choose another --base")
    least = words.replicates or ROUND
    return Study(
        title=own.title,
        question=own.question,
        base=base,
        runs=(Side(name, source),),
        fixed=words.fixed,
        parameters=parameters,
        levers=(),
        design=design,
        stopping=Stopping(least, least),
        outcomes=tuple(_outcome(text) for text in words.outcomes) or _usual_outcomes(own),
    )


def _parameters(words: Words) -> tuple[Parameter, ...]:
    found, problems = [], []
    for text in words.vary:
        try:
            found.append(vary(text))
        except InputError as error:
            problems.append(str(error))
    alone = next((each for each in found if each.run_only or each.both), None)
    if alone is not None and not words.base:
        problems.append(
            f"--vary {'run' if alone.run_only else 'both'}:{alone.path}: there is no other side without --base"
        )
    if problems:
        raise ScenarioError(problems)
    return tuple(found)


def _outcome(text: str) -> Outcome:
    """MEASURE of LAB, and behind a colon which sign is wanted: `lost_to_labs of OpenAI:lower`."""
    written, colon, want = text.rpartition(":")
    if not colon:
        written, want = text, ""
    elif want not in WANTS:
        raise InputError(f"--outcome {text}: after the colon stands lower or higher; {nearest(want, WANTS)}")
    found = outcome(written, Place("--outcome", 0, 0))
    names = [measure.name for measure in MEASURES]
    if found.measure not in names:
        raise InputError(f"--outcome {text}: there is no measure {found.measure!r}; {nearest(found.measure, names)}")
    return replace(found, want=want)  # type: ignore[arg-type]


def _usual_outcomes(own: Scenario) -> tuple[Outcome, ...]:
    """What a raid wins, and whom its targets lose; without a raid what the first lab loses."""
    place = Place("--outcome", 0, 0)
    labs = raided(own) or inside(own)[:1]
    lost = tuple(Outcome("lost_to_labs", lab, "", place, f"the number whom {lab} loses to other labs") for lab in labs)
    return (Outcome("started", "", "", place, "the number who come"), *lost) if own.campaigns else lost
