"""What a study leaves in its folder once its points have run: tables, sentences, pictures, manifest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from talentmarket.runs.tables.arrow import parquet_bytes
from talentmarket.runs.tables.spreadsheet import csv_bytes
from talentmarket.studies.result import StudyResult
from talentmarket.studies.sampling.claiming import origin
from talentmarket.studies.sampling.running import plain_columns
from talentmarket.studies.sampling.store import ANSWERS, BOXES, INDICES, PLOTS, POINTS, Store


def write_result(result: StudyResult, folder: Path, plots: Callable[[StudyResult, Path], object] | None = None) -> None:
    """Write points, indices, boxes, answers and pictures of a study beside its parts, and the manifest of all.

    Parameters
    ----------
    plots
        Draws its pictures into a folder.
    """
    store = Store(folder)
    points = pa.Table.from_pandas(plain_columns(result.points), preserve_index=False)
    store.write(POINTS, parquet_bytes(points.replace_schema_metadata()))
    store.write(INDICES, csv_bytes(result.indices))
    if result.study.discover is not None:
        store.write(BOXES, csv_bytes(result.boxes))
    store.write(ANSWERS, "".join(f"{answer}\n" for answer in result.answers).encode())
    if plots is not None:
        plots(result, folder / PLOTS)
    store.manifest(origin(result.study))
