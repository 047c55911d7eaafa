"""The folder of a study: what was asked, the design, parts of outcomes as they are finished, and what follows from them.

Every file is written beside its place and renamed, so that a kill leaves whole files; what is there is never run again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pyarrow as pa

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.bounded import read_bounded, read_json
from talentmarket.runs.tables.arrow import parquet_bytes, parquet_table
from talentmarket.studies.sampling.evaluating import Evaluated

FORMAT = "talentmarket study"
STUDY, DESIGN, PARTS, POINTS, MANIFEST = "study.json", "design.parquet", "parts", "points.parquet", "manifest.json"
INDICES, BOXES, ANSWERS, PLOTS = "indices.csv", "boxes.csv", "answers.txt", "plots"
REPORT = "report.html"
POINTS_CSV = "points.csv"
FAILED = -1  # the replicate of a row that only holds an error


@dataclass(frozen=True)
class Store:
    """The folder of a study."""

    folder: Path

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{uuid4().hex}.part")
        try:
            temporary.write_bytes(content)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)

    def read_study(self) -> dict[str, Any] | None:
        """What the folder's study asks; None if there is no study in it.

        Raises
        ------
        RunFolderError
            If something else is there.
        """
        if not self.folder.exists() or (self.folder.is_dir() and not any(self.folder.iterdir())):
            return None
        try:
            content = read_json(self.folder / STUDY)
        except (OSError, ValueError):
            content = None
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise RunFolderError(
                f"{self.folder}: this is no study that talentmarket wrote and is left alone; choose another --name"
            )
        return content

    def clear(self) -> None:
        """Delete what a study left, and nothing else."""
        for path in self.folder.glob(f"{PARTS}/part-*.parquet"):
            path.unlink()
        self.clear_plots()
        for name in (DESIGN, POINTS, INDICES, BOXES, ANSWERS, REPORT, MANIFEST, STUDY):
            (self.folder / name).unlink(missing_ok=True)

    def clear_plots(self) -> None:
        """Delete its pictures."""
        for path in self.folder.glob(f"{PLOTS}/*.*"):
            path.unlink()

    def write_part(self, evaluated: Sequence[Evaluated], outcomes: Sequence[str]) -> None:
        """Keep some points that follow one another."""
        name = f"{PARTS}/part-{evaluated[0].point:06d}-{evaluated[-1].point:06d}.parquet"
        self.write(name, parquet_bytes(_table(evaluated, outcomes)))

    def read_parts(self, sides: int, outcomes: Sequence[str]) -> dict[int, Evaluated]:
        """The points that are finished, by their numbers; a damaged part is as if it were not there."""
        found: dict[int, Evaluated] = {}
        for path in sorted((self.folder / PARTS).glob("part-*.parquet")):
            try:
                table = parquet_table(read_bounded(path))
            except (OSError, ValueError, pa.ArrowException):
                continue
            found |= _evaluated(table, sides, outcomes)
        return found

    def read_origin(self) -> dict[str, Any] | None:
        """What the manifest says of where the folder comes from; None without one."""
        try:
            content = read_json(self.folder / MANIFEST)
        except (OSError, ValueError):
            return None
        known = isinstance(content, dict) and content.get("format") == FORMAT
        return {key: value for key, value in content.items() if key not in ("format", "files")} if known else None

    def manifest(self, origin: dict[str, Any]) -> None:
        """Write what the folder holds: each file with its size and SHA-256."""
        files = []
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and name not in (MANIFEST, REPORT) and not path.name.startswith("."):
                content = path.read_bytes()
                files.append({"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        text = json.dumps({"format": FORMAT, **origin, "files": files}, indent=2, ensure_ascii=False)
        self.write(MANIFEST, f"{text}\n".encode())


def _table(evaluated: Sequence[Evaluated], outcomes: Sequence[str]) -> pa.Table:
    """A row for each replicate and side of each point; a point that failed is one row with its error."""
    point: list[np.ndarray] = []
    replicate: list[np.ndarray] = []
    side: list[np.ndarray] = []
    values: list[np.ndarray] = []
    error: list[str] = []
    for each in evaluated:
        count, sides, _ = each.values.shape
        if each.error:
            point.append(np.array([each.point]))
            replicate.append(np.array([FAILED]))
            side.append(np.array([0]))
            error.append(each.error)
            values.append(np.full((1, len(outcomes)), np.nan))
        else:
            point.append(np.full(count * sides, each.point))
            replicate.append(np.repeat(np.arange(count), sides))
            side.append(np.tile(np.arange(sides), count))
            error += [""] * (count * sides)
            values.append(each.values.reshape(count * sides, -1))
    rows = np.concatenate(values)
    columns = {
        "point": pa.array(np.concatenate(point), pa.int32()),
        "replicate": pa.array(np.concatenate(replicate), pa.int32()),
        "side": pa.array(np.concatenate(side), pa.int32()),
        "error": pa.array(error, pa.string()),
    }
    return pa.table({**columns, **{name: pa.array(rows[:, number]) for number, name in enumerate(outcomes)}})


def _evaluated(table: pa.Table, sides: int, outcomes: Sequence[str]) -> dict[int, Evaluated]:
    point, errors = np.asarray(table["point"]), table["error"].to_pylist()
    rows = np.stack([np.asarray(table[name]) for name in outcomes], axis=1)
    found = {}
    for number in np.unique(point):
        mine = np.flatnonzero(point == number)
        error = errors[mine[0]]
        values = np.empty((0, sides, len(outcomes))) if error else rows[mine].reshape(-1, sides, len(outcomes))
        found[int(number)] = Evaluated(int(number), values, error)
    return found
