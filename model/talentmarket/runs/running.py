"""Runs a scenario many times and leaves a run folder, or keeps the tables in memory."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from talentmarket.errors import ReplicateError
from talentmarket.runs.folder.disk_space import check_room
from talentmarket.runs.folder.draft import MEASURES, PLOTS, RUN, SCENARIO, SUMMARY, Draft, new_run_folder, part
from talentmarket.runs.folder.manifest import Failure, Manifest
from talentmarket.runs.folder.provenance import code_versions, git_revision, processor, scenario_hash
from talentmarket.runs.folder.reading import read, runs_in
from talentmarket.runs.folder.redrawing import redraw_in
from talentmarket.runs.folder.swap import writing
from talentmarket.runs.measures.everything import measure
from talentmarket.runs.options import Options, Place
from talentmarket.runs.replicates import Batch, Kept, Progress, Replicates, finished_batches, nothing_kept, run_batches
from talentmarket.runs.resuming import Plan, complete_run, plan_run, tidy
from talentmarket.runs.runs import Runs
from talentmarket.runs.summary import Row
from talentmarket.runs.tables.arrow import joined, parquet_bytes
from talentmarket.runs.tables.columns import TABLES
from talentmarket.runs.tables.spreadsheet import csv_bytes
from talentmarket.runs.workers import available_workers
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.dumping import dumps


def _work(scenario: Scenario, options: Options, count: int, kept: Kept = nothing_kept) -> Replicates:
    workers = min(options.workers or available_workers(), count)
    return Replicates(scenario, count, workers, options.simulate, kept, options.crew)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _manifest(work: Replicates, options: Options) -> Manifest:
    """What is known when a run begins."""
    scenario = work.scenario
    started = _now()
    return Manifest(
        title=scenario.title,
        scenario_sha256=scenario_hash(scenario),
        seed=scenario.run.seed,
        replicates=work.count,
        months=scenario.run.months,
        versions=code_versions(),
        git=git_revision(),
        started=started,
        finished=started,
        command=options.command,
        overrides=options.overrides,
        failures=(),
        plots_error="",
        files=(),
        processor=processor(),
    )


def _failures(replicates: pa.Table, count: int) -> tuple[Failure, ...]:
    """The replicates that failed.

    Raises
    ------
    ReplicateError
        If all of them did: there is nothing to look at then.
    """
    rows = replicates.select(["replicate", "error"]).to_pylist()
    failed = tuple(Failure(row["replicate"], row["error"]) for row in rows if row["error"])
    if len(failed) == count:
        raise ReplicateError(f"all {count} replicates failed; replicate 0: {failed[0].error}")
    return failed


class Written(NamedTuple):
    """A batch as it goes into a run folder: the bytes of each table's part, and the tables that everything else needs."""

    files: dict[str, bytes]
    measures: pa.Table
    replicates: pa.Table


def written_batches(work: Replicates, progress: Progress | None) -> Generator[Written]:
    """Run all replicates; yields each batch as it is to be written."""

    def written(batch: Batch) -> Written:
        files = {name: parquet_bytes(batch.tables[name]) for name in TABLES}
        return Written(files, measure(work.scenario, batch.tables), batch.tables["replicates"])

    return finished_batches(work, written, progress)


def _write_tables(draft: Draft, work: Replicates, progress: Progress | None) -> tuple[pa.Table, pa.Table]:
    """Run everything into the draft, batch by batch; returns the tables `measures` and `replicates`."""
    measures, replicates = [], []
    with closing(written_batches(work, progress)) as batches:
        for number, batch in enumerate(batches):
            for name in TABLES:
                draft.write(part(name, number), batch.files[name])
            measures.append(batch.measures)
            replicates.append(batch.replicates)
    return joined(measures), joined(replicates)


def summary_file(summary: Sequence[Row]) -> bytes:
    """The summary as it is written into a run folder."""
    return csv_bytes(dict(zip(Row._fields, zip(*summary, strict=True), strict=True)))


def _draw(runs: Runs, draft: Draft, plots: Callable[[Runs, Path], object]) -> str:
    """Draw the pictures; returns why that failed, or an empty text. Tables are worth more than their pictures."""
    folder = draft.folder / PLOTS
    folder.mkdir()
    try:
        plots(runs, folder)
    except Exception as error:  # a picture that cannot be drawn must not cost a long run
        return f"{type(error).__name__}: {error}"
    finally:
        draft.note_files(PLOTS)
    return ""


def run_to_folder(scenario: Scenario, place: Place, options: Options | None = None) -> Runs:
    """Run a scenario and leave tables, measures, summary, pictures and manifest in a run folder.

    The folder is built beside its place and takes it in the end, so an earlier run there stays whole until then.
    Finished batches outlive an interruption, and the next run goes on from them and from the folder that is there: only
    what is missing or failed is run, and no replicate is given up unless `Options.replace` says so.

    Raises
    ------
    InputError
        If the folder cannot be written, or (RunFolderError) is not one of talentmarket's, holds a run of another
        scenario or engine, or is being written by another process.
    ReplicateError
        If every replicate failed; a single failure is a row of the table `replicates`.
    """
    chosen = options or Options()
    with writing(place.folder, RUN) as target:
        plan = plan_run(target, scenario, chosen)
        if plan.notice:
            chosen.notice(plan.notice)
        runs = complete_run(target, scenario, plan)
        if runs is None:
            check_room(place.folder.parent, [(scenario, plan.missing)])
            _build(target, scenario, plan, place.plots, chosen)
        elif place.plots is not None and not runs.manifest.entries(PLOTS):
            redraw_in(target, runs, place.plots)
    return read(place.folder)


def _build(
    target: Path, scenario: Scenario, plan: Plan, plots: Callable[[Runs, Path], object] | None, options: Options
) -> None:
    with new_run_folder(target) as draft:
        tidy(draft, scenario, plan)
        work = _work(scenario, options, plan.count, plan.earlier.tables)
        manifest = replace(_manifest(work, options), replaces=plan.replaces)
        draft.write(SCENARIO, dumps(scenario).encode())
        draft.write_manifest(manifest)
        measures, replicates = _write_tables(draft, work, options.progress)
        manifest = replace(manifest, failures=_failures(replicates, work.count))
        draft.write(MEASURES, parquet_bytes(measures))
        runs = runs_in(draft.folder, scenario, replace(manifest, files=tuple(draft.files)))
        draft.write(SUMMARY, summary_file(runs.summary_rows))
        error = _draw(runs, draft, plots) if plots is not None else ""
        draft.write_manifest(replace(manifest, finished=_now(), plots_error=error, files=tuple(draft.files)))


def run(scenario: Scenario, options: Options | None = None) -> Runs:
    """Run a scenario and keep its tables in memory.

    Raises
    ------
    ReplicateError
        If every replicate failed.
    """
    chosen = options or Options()
    work = _work(scenario, chosen, chosen.replicates or scenario.run.replicates)
    manifest = _manifest(work, chosen)
    with closing(run_batches(work, chosen.progress)) as batches:
        every = [batch.tables for batch in batches]
    tables = {name: joined([each[name] for each in every]) for name in TABLES}
    manifest = replace(manifest, finished=_now(), failures=_failures(tables["replicates"], work.count))
    return Runs(scenario, manifest, {**tables, "measures": measure(scenario, tables)}.__getitem__)
