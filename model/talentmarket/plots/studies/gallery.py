"""All pictures of a study, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matplotlib.figure import Figure

from talentmarket.errors import InputError
from talentmarket.plots.files import Provenance, save
from talentmarket.plots.studies.curve import curve_of_response
from talentmarket.plots.studies.differences import has_differences, sorted_differences
from talentmarket.plots.studies.heat import has_heat, heat_map
from talentmarket.plots.studies.indices import indices_of_parameters
from talentmarket.plots.studies.tornado import has_tornado, tornado
from talentmarket.plots.studies.words import panels_of
from talentmarket.runs.folder.provenance import git_revision, versions
from talentmarket.studies.analyses.indices import strongest
from talentmarket.studies.result import StudyResult

PICTURES: dict[str, Callable[[StudyResult, int], Figure]] = {
    "curve": curve_of_response,
    "heat": heat_map,
    "tornado": tornado,
    "indices": indices_of_parameters,
    "differences": sorted_differences,
}


def draw(result: StudyResult, kind: str) -> Figure:
    """A picture of a study by its name; `curve_2` is that of the second response.

    Raises
    ------
    InputError
        If there is none of that name, or nothing to show in it.
    """
    name, _, place = kind.partition("_")
    responses = len(result.study.responses)
    if name not in PICTURES or not (place == "" or (place.isdecimal() and 1 <= int(place) <= responses)):
        raise InputError(f"there is no picture {kind!r} of this study; there are {', '.join(PICTURES)}")
    return PICTURES[name](result, int(place or 1) - 1)


def pictures_of(result: StudyResult) -> list[str]:
    """Names of the pictures for which a study has something to show."""
    found = []
    for response in range(len(result.study.responses)):
        panels = panels_of(result, response)
        if not panels:
            continue
        ending = f"_{response + 1}" if len(result.study.responses) > 1 else ""
        has = {
            "curve": bool(result.study.parameters) and result.study.design.kind != "morris",
            "heat": has_heat(result, response) and result.study.design.kind != "morris",
            "tornado": has_tornado(result, response) and result.study.design.kind not in ("morris", "saltelli"),
            "indices": bool(len(strongest(result.indices, panels[0].name, panels[0].choice))),
            "differences": has_differences(result, response),
        }
        found += [f"{name}{ending}" for name, shown in has.items() if shown]
    return found


def save_study_plots(result: StudyResult, folder: Path) -> None:
    """Draw every picture of a study into a folder, as PNG and SVG."""
    version, revision = versions().get("talentmarket", ""), str(git_revision()["revision"])
    provenance = Provenance(result.study.title, result.study.design.seed, version, revision)
    for name in pictures_of(result):
        save(draw(result, name), folder, name, provenance)
