"""How the command `study` runs points: with a bar, in slices, again into run folders; and what it says of them before."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from talentmarket.commands.common.terminal import crew_at, progress_bar, say, say_if_compiling
from talentmarket.commands.run import drawing, run_in_place
from talentmarket.errors import harmless
from talentmarket.interruption import keeping
from talentmarket.numbers import count, number

if TYPE_CHECKING:
    from rich.console import Console

    from talentmarket.runs.workers import Crew
    from talentmarket.studies.reading.study import Study
    from talentmarket.studies.result import StudyResult
    from talentmarket.studies.sampling.running import Slice


@dataclass(frozen=True)
class How:
    """How the points are run and shown."""

    workers: int
    cluster: str
    replace: bool
    plots: bool
    console: Console
    silent: bool


def slice_of(text: str) -> Slice:
    """The slice that K/N names.

    Raises
    ------
    InputError
        If it is none.
    """
    from talentmarket.errors import InputError
    from talentmarket.studies.sampling.running import Slice

    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text, re.ASCII)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise InputError(f"--slice {text}: a slice is K/N, K from 1 to N, as in 2/5")
    return Slice(int(found[1]), int(found[2]))


@contextmanager
def _crew(how: How) -> Iterator[Crew]:
    """Who runs the points."""
    from talentmarket.runs.workers import Threads

    say_if_compiling(how.console)
    with crew_at(how.cluster, how.console) as crew:
        ours = crew or Threads(how.workers)
        try:
            yield ours
        finally:
            if crew is None:
                ours.close()


def check_people(asked: Study, workers: int) -> None:
    """Make sure that the memory holds the points with the most people, as many at once as there are workers.

    Raises
    ------
    ScenarioError
        If it does not.
    """
    from talentmarket.runs.workers import available_workers
    from talentmarket.scenario.memory import check_memory
    from talentmarket.studies.sampling.sizing import most_people

    for scenario in most_people(asked):
        check_memory(scenario, workers or available_workers())


def run_slice(asked: Study, folder: Path, part: Slice, how: How) -> None:
    """Run a slice of the points, and nothing that needs the others."""
    from talentmarket.studies.sampling.running import sample_slice

    check_people(asked, how.workers)
    told = f"finished parts of {folder.name} are kept; the same command goes on with the others"
    with (
        _crew(how) as crew,
        keeping(lambda: told),
        progress_bar(how.console, asked.title) as progress,
    ):
        points = sample_slice(asked, folder, part, crew, progress)
    say(
        how.console,
        f"{count(points, 'point')} of slice {part.number}/{part.count} done; without --slice all are collected",
    )


def run(asked: Study, folder: Path, how: How) -> StudyResult:
    """Run what is missing, with a bar, and write what follows from it."""
    from talentmarket.studies.folder import write_result
    from talentmarket.studies.result import StudyResult
    from talentmarket.studies.sampling.running import sample

    check_people(asked, how.workers)
    told = f"finished parts of {folder.name} are kept; the same command goes on with the others"
    with (
        _crew(how) as crew,
        keeping(lambda: told),
        progress_bar(how.console, asked.title) as progress,
    ):
        sampled = sample(asked, folder, crew, how.replace, progress)
    result = StudyResult(sampled)
    with how.console.status("Analysing"):
        write_result(result, folder, _draw if how.plots else None)
    return result


def _draw(result: StudyResult, folder: Path) -> None:
    from talentmarket.plots.studies.gallery import save_study_plots

    save_study_plots(result, folder)


def run_again(asked: Study, point: int, out: Path, name: str, how: How) -> None:
    """Run a point again, all of it, into a run folder for each side."""
    from talentmarket.runs.options import Options
    from talentmarket.runs.options import Place as RunPlace
    from talentmarket.runs.workers import available_workers
    from talentmarket.scenario.memory import check_memory
    from talentmarket.studies.sampling.running import scenarios_of
    from talentmarket.studies.sampling.sizing import within_budget

    scenarios, most = scenarios_of(asked, point), within_budget(asked).stopping.most
    for scenario in scenarios:
        check_memory(scenario, min(how.workers or available_workers(), most))
    for side, scenario in zip(asked.sides, scenarios, strict=True):
        place = RunPlace(f"{name}-{point}-{side.name}", out, drawing())
        options = Options(replicates=most, workers=how.workers, command=tuple(sys.argv))
        run_in_place(scenario, place, options, how.console)
        say(how.console, f"{place.folder}")


def tell_sizes(studies: Sequence[tuple[str, Study]], how: How, dry: bool) -> None:
    """Say what studies come to, each below a heading or none: as the answer of a dry call, else as a message."""
    if how.silent and not dry:
        return
    from talentmarket.studies.sampling.idle import without_effect

    say_if_compiling(how.console)
    for heading, asked in studies:
        for line in without_effect(asked):
            say(how.console, line, "yellow")
        for line in (*filter(None, [heading]), *_lines(asked, comes_to(asked, how.workers))):
            if dry:
                print(harmless(line))
            else:
                say(how.console, line)


def comes_to(asked: Study, workers: int) -> dict[str, Any]:
    """What a study comes to, for scripts; the seconds of its points from a few of them that are timed.

    `budget_replicates` is what the budget buys at each point and side, and None without one. Raises as `check_people` does.
    """
    from talentmarket.runs.workers import available_workers
    from talentmarket.studies.sampling.sizing import pace_of, size_of, within_budget

    check_people(asked, workers)  # before any point is timed
    size, pace, width = size_of(asked), pace_of(asked), workers or available_workers()
    scenarios, replicates = size.points * len(asked.sides), (size.least_replicates, size.most_replicates)
    return {
        "title": asked.title,
        "design": asked.design.kind,
        "points": size.points,
        "replicates": [*replicates],
        "budget_replicates": within_budget(asked).stopping.most if asked.stopping.budget else None,
        "seconds": [pace.seconds(scenarios, each, width) for each in replicates],
        "bytes": size.bytes,
    }


def _lines(asked: Study, size: dict[str, Any]) -> Iterator[str]:
    """What a study comes to, in words."""
    from talentmarket.studies.sampling.sizing import width_against_a_round, within_budget

    if asked.stopping.budget:
        bought = within_budget(asked).stopping
        yield (
            f"the budget of {asked.stopping.budget:,} buys {'up to ' if bought.has_aim else ''}{bought.most} replicates at each"
            f" point and side: intervals {number(width_against_a_round(bought), 2)} times as wide as those of 8"
        )
    runs = dict.fromkeys(f"{each:,}" for each in size["replicates"])
    times = dict.fromkeys(duration(each) for each in size["seconds"])
    yield f"{count(size['points'], 'point')} ({size['design']}), {' to '.join(runs)} replicates on all sides"
    yield f"about {' to '.join(times)}, and some for analysis and pictures; {megabytes(size['bytes'])}"


def megabytes(most: int) -> str:
    """At most how many megabytes so many bytes are."""
    return f"at most {most / 1e6:,.1f} MB" if most >= 100_000 else "under 0.1 MB"


def duration(seconds: float) -> str:
    """A time as it is said: seconds, minutes from two on, hours from two on."""
    for unit, size in (("hours", 3600.0), ("minutes", 60.0)):
        if seconds >= 2.0 * size:
            return f"{number(seconds / size, 2)} {unit}"
    return f"{number(seconds, 2)} seconds"
