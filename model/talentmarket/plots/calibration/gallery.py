"""All pictures of a calibration, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matplotlib.figure import Figure

from talentmarket.calibration.result import Fitted
from talentmarket.plots.calibration.direction import direction
from talentmarket.plots.calibration.misfits import misfits
from talentmarket.plots.calibration.profiles import profiles
from talentmarket.plots.calibration.sensitivity import sensitivity
from talentmarket.plots.files import Provenance, save
from talentmarket.runs.folder.provenance import git_revision, versions

PICTURES: dict[str, Callable[[Fitted], Figure]] = {
    "misfits": misfits,
    "profiles": profiles,
    "sensitivity": sensitivity,
    "direction": direction,
}


def pictures_of(fitted: Fitted) -> list[str]:
    """Names of the pictures for which a calibration has something to show."""
    has = {"profiles": bool(fitted.profiles), "sensitivity": bool(fitted.found.identified.any())}
    return [name for name in PICTURES if has.get(name, True)]


def save_calibration_plots(fitted: Fitted, folder: Path) -> None:
    """Draw every picture of a calibration into a folder, as PNG and SVG."""
    version, revision = versions().get("talentmarket", ""), str(git_revision()["revision"])
    provenance = Provenance(fitted.calibration.title, fitted.calibration.fit.seed, version, revision)
    for name in pictures_of(fitted):
        save(PICTURES[name](fitted), folder, name, provenance)
