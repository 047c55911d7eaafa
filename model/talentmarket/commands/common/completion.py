"""What a shell offers on Tab: names of scenarios and studies, files, run folders, paths of parameters, measures, facts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

BLANKS_BREAK = "bash"  # which takes what is offered as several words


def scenarios(incomplete: str) -> list[str]:
    """Names of shipped scenarios, scenario files and run folders."""
    from talentmarket.scenario.reading.chain import shipped_names

    return _beginning(incomplete, [*shipped_names(), *_files(incomplete, ".toml"), *run_folders(incomplete)])


def studies(incomplete: str) -> list[str]:
    """Names of shipped studies and what `scenarios` offers."""
    from talentmarket.studies.reading.file import study_names

    return [*_beginning(incomplete, study_names()), *scenarios(incomplete)]


def run_folders(incomplete: str) -> list[str]:
    """Folders that hold a run, and those on the way there."""
    return [f"{folder}/" if not _is_run(folder) else str(folder) for folder in _folders(incomplete)]


def overrides(incomplete: str) -> list[str]:
    """Paths of all parameters of Meta's raid, ready for a value."""
    from talentmarket.scenario.reading.loading import load
    from talentmarket.scenario.writing.reference import paths_in

    if "=" in incomplete:
        return []
    return _beginning(incomplete, [f"{path}=" for path in paths_in(load("meta_raid"))])


def parameters(incomplete: str) -> list[str]:
    """Paths of parameters, with `*` for any item of a list."""
    from talentmarket.scenario.writing.reference import entries

    return _beginning(incomplete, [entry.path for entry in entries()])


def measures(incomplete: str) -> list[str]:
    """Names of summary measures."""
    from talentmarket.runs.measures.everything import MEASURES

    return _beginning(incomplete, [measure.name for measure in MEASURES])


def facts(incomplete: str) -> list[str]:
    """Ids of facts."""
    from talentmarket.scenario.evidence import seeds

    return _beginning(incomplete, seeds.facts())


def _beginning(incomplete: str, words: Iterable[str]) -> list[str]:
    blanks = BLANKS_BREAK not in os.environ.get("_TALENTMARKET_COMPLETE", "")
    return [word for word in dict.fromkeys(words) if word.startswith(incomplete) and (blanks or " " not in word)]


def _files(incomplete: str, ending: str) -> Iterator[str]:
    yield from (str(path) for path in _beside(incomplete) if path.suffix == ending and path.is_file())
    yield from (f"{folder}/" for folder in _folders(incomplete) if not _is_run(folder))


def _folders(incomplete: str) -> list[Path]:
    return [path for path in _beside(incomplete) if path.is_dir()]


def _is_run(folder: Path) -> bool:
    return (folder / "manifest.json").is_file()


def _beside(incomplete: str) -> list[Path]:
    """What stands where an incomplete path leads, hidden things left out."""
    folder, begun = os.path.split(incomplete)
    try:
        names = sorted(os.listdir(folder or "."))
    except OSError:
        return []
    return [Path(folder, name) for name in names if name.startswith(begun) and not name.startswith(".")]
