"""Run folders with something wrong in them: damaged by a disk, edited by hand, or made by somebody who means ill."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

Mutation = Callable[[random.Random, Path], None]

ODD_VALUES: tuple[Any, ...] = (
    None,
    -1,
    0,
    2.5,
    "x",
    "",
    True,
    [],
    {},
    [[]],
    {"a": 1},
    10**30,
    float("1e308"),
    "../../x",
)


def manifest_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def write_manifest(folder: Path, content: Any) -> None:
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")


def any_file(rng: random.Random, folder: Path) -> Path:
    return rng.choice(sorted(path for path in folder.rglob("*") if path.is_file()))


def any_table(rng: random.Random, folder: Path) -> Path:
    return rng.choice(sorted(folder.rglob("*.parquet")))


def acknowledge(folder: Path, path: Path) -> None:
    """Make the manifest agree with a file, as somebody who edits a run would."""
    manifest = manifest_of(folder)
    for entry in manifest["files"]:
        if entry["path"] == path.relative_to(folder).as_posix():
            content = path.read_bytes()
            entry.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    write_manifest(folder, manifest)


def missing_file(rng: random.Random, folder: Path) -> None:
    any_file(rng, folder).unlink()


def truncated_file(rng: random.Random, folder: Path) -> None:
    path = any_file(rng, folder)
    content = path.read_bytes()
    path.write_bytes(content[: rng.randrange(len(content) + 1)])
    if rng.random() < 0.5 and path.name != "manifest.json":
        acknowledge(folder, path)


def flipped_bytes(rng: random.Random, folder: Path) -> None:
    path = any_file(rng, folder)
    content = bytearray(path.read_bytes())
    for _ in range(rng.randint(1, 20)):
        if content:
            content[rng.randrange(len(content))] = rng.randrange(256)
    path.write_bytes(bytes(content))
    if rng.random() < 0.7 and path.name != "manifest.json":
        acknowledge(folder, path)


def folder_in_place(rng: random.Random, folder: Path) -> None:
    path = any_file(rng, folder)
    path.unlink()
    path.mkdir()


def odd_manifest_value(rng: random.Random, folder: Path) -> None:
    manifest = manifest_of(folder)
    manifest[rng.choice(sorted(manifest))] = rng.choice(ODD_VALUES)
    write_manifest(folder, manifest)


def missing_manifest_key(rng: random.Random, folder: Path) -> None:
    manifest = manifest_of(folder)
    del manifest[rng.choice(sorted(manifest))]
    write_manifest(folder, manifest)


def odd_file_entry(rng: random.Random, folder: Path) -> None:
    manifest = manifest_of(folder)
    entry = rng.choice(manifest["files"])
    entry[rng.choice(("path", "bytes", "sha256"))] = rng.choice((*ODD_VALUES, "/etc/passwd", "tables/../manifest.json"))
    write_manifest(folder, manifest)


def odd_manifest(rng: random.Random, folder: Path) -> None:
    text = rng.choice(
        ("", "[]", "null", "3", "[" * 10_000, '{"format": "talentmarket run"}', "{" * 5, '{"a":' * 10_000)
    )
    (folder / "manifest.json").write_text(text)


def other_numbers(rng: random.Random, folder: Path) -> None:
    """The manifest says another seed, number of months or replicates, or another scenario."""
    manifest = manifest_of(folder)
    key, value = rng.choice(
        (("seed", 7), ("months", 5), ("months", 7), ("replicates", 3), ("replicates", 1), ("scenario_sha256", "0" * 64))
    )
    manifest[key] = value
    write_manifest(folder, manifest)


def edited_scenario(rng: random.Random, folder: Path) -> None:
    path = folder / "scenario.toml"
    lines = path.read_text(encoding="utf-8").split("\n")
    row = rng.randrange(len(lines))
    lines[row] = rng.choice(("", "months = 0", "noise = -1", "[labs", 'x = "', "seed = 8", "months = 3"))
    path.write_text("\n".join(lines), encoding="utf-8")
    acknowledge(folder, path)


def edited_table(rng: random.Random, folder: Path) -> None:
    """A table that is Parquet and not ours: a column too few or of another type, values beyond what can be, no rows."""
    path = any_table(rng, folder)
    table = pq.read_table(path)
    name = rng.choice(table.column_names)
    at = table.column_names.index(name)
    change = rng.choice(("drop", "text", "odd", "empty", "rename", "null", "twice", "bytes"))
    if change == "drop":
        table = table.drop_columns([name])
    elif change == "text":
        table = table.set_column(at, name, pa.array(["x"] * len(table)))
    elif change == "odd":
        odd = np.full(len(table), rng.choice((-5, 10**9)))
        table = table.set_column(at, name, pa.array(odd, pa.int32()))
    elif change == "empty":
        table = table.slice(0, 0)
    elif change == "rename":
        table = table.rename_columns([*table.column_names[:at], "x", *table.column_names[at + 1 :]])
    elif change == "null":
        table = table.set_column(at, name, pa.nulls(len(table), table.schema.field(at).type))
    elif change == "twice":
        table = pa.concat_tables([table, table])
    if change == "bytes":
        path.write_bytes(b"PAR1" + rng.randbytes(200) + b"PAR1")
    else:
        pq.write_table(table, path)
    acknowledge(folder, path)


def swapped_tables(rng: random.Random, folder: Path) -> None:
    one, two = any_table(rng, folder), any_table(rng, folder)
    content = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(content)
    acknowledge(folder, one)
    acknowledge(folder, two)


def dangling_link(rng: random.Random, folder: Path) -> None:
    path = any_file(rng, folder)
    path.unlink()
    path.symlink_to(folder / rng.choice(("nothing", "tables", "manifest.json")))


def missing_tables(rng: random.Random, folder: Path) -> None:
    shutil.rmtree(folder / "tables")


MUTATIONS: tuple[Mutation, ...] = (
    missing_file,
    truncated_file,
    flipped_bytes,
    folder_in_place,
    odd_manifest_value,
    odd_manifest_value,
    missing_manifest_key,
    odd_file_entry,
    odd_manifest,
    other_numbers,
    edited_scenario,
    edited_table,
    edited_table,
    edited_table,
    swapped_tables,
    dangling_link,
    missing_tables,
)
