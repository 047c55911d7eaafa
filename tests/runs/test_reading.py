import hashlib
import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fake_market import build_scenario, lively

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.reading import read
from talentmarket.runs.running import Options, Place, run_to_folder

PART = "tables/moves/part-00001.parquet"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    out = tmp_path_factory.mktemp("outputs")
    run_to_folder(build_scenario(), Place("run", out), Options(simulate=lively))
    return out / "run"


@pytest.fixture
def folder(written, tmp_path):
    return shutil.copytree(written, tmp_path / "copy")


def spoil(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_whole_folder_is_read(folder):
    runs = read(folder)
    assert len(runs.moves) == 40 * 5
    assert runs.moves["replicate"].is_monotonic_increasing
    assert runs.scenario == build_scenario()


def test_a_table_is_loaded_when_it_is_first_asked_for(folder):
    runs = read(folder)
    months = runs.months
    shutil.rmtree(folder)
    assert runs.months is months
    with pytest.raises(RunFolderError, match=r"tables/offers/part-00000\.parquet cannot be read"):
        _ = runs.offers


def test_a_flipped_bit_is_named(folder):
    spoil(folder / PART)
    runs = read(folder)
    assert len(runs.offers) == 40 * 6
    with pytest.raises(RunFolderError, match=rf"copy: {PART} is damaged, its SHA-256 is [0-9a-f]{{64}}, the manifest"):
        _ = runs.moves


def test_a_file_cut_short_is_named(folder):
    (folder / PART).write_bytes((folder / PART).read_bytes()[:-9])
    with pytest.raises(RunFolderError, match=rf"{PART} is damaged, it has \d+ bytes instead of \d+"):
        read(folder)


def test_a_missing_file_is_named(folder):
    (folder / PART).unlink()
    with pytest.raises(RunFolderError, match=rf"copy: {PART} is missing"):
        read(folder)


def test_a_changed_scenario_is_named(folder):
    spoil(folder / "scenario.toml")
    with pytest.raises(RunFolderError, match=r"scenario\.toml is damaged"):
        read(folder)


def test_a_part_that_the_manifest_does_not_name_is_not_read(folder):
    shutil.copy(folder / PART, folder / "tables" / "moves" / "part-00003.parquet")
    assert len(read(folder).moves) == 40 * 5


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "cannot be used"),
        ("[" * 10_000, "cannot be used: recursion limit"),
        ('{"format":' * 10_000, "cannot be used: recursion limit"),
        ("NaN", "cannot be used"),
        ("[]", "not a manifest of talentmarket"),
        ('{"name": "web app"}', "not a manifest of talentmarket"),
        ('{"format": "talentmarket run", "format_version": 99}', "its format version is 99, this talentmarket reads 1"),
        ('{"format": "talentmarket run", "format_version": 1}', "title: Field required"),
    ],
)
def test_a_manifest_that_cannot_be_used_says_why(folder, text, why):
    (folder / "manifest.json").write_text(text)
    with pytest.raises(RunFolderError, match=why):
        read(folder)


def test_what_is_no_run_folder_is_said(tmp_path):
    with pytest.raises(RunFolderError, match="there is no such run folder"):
        read(tmp_path / "nothing")
    with pytest.raises(RunFolderError, match=r"it has no manifest\.json"):
        read(tmp_path)


def acknowledge(folder, path):
    """Make the manifest agree with a file, as somebody who edits a run would."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    entry = next(entry for entry in manifest["files"] if entry["path"] == path)
    content = (folder / path).read_bytes()
    entry.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def edited(name, values):
    return lambda table: table.set_column(table.column_names.index(name), name, pa.array(values(table)))


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("moves", lambda table: table.drop_columns(["talent"]), "the columns talent are missing or unknown"),
        ("moves", edited("talent", lambda table: ["x"] * len(table)), "the column talent holds string, not float"),
        (
            "moves",
            edited("tenure", lambda table: pa.nulls(len(table), pa.int32())),
            "the column tenure has empty cells",
        ),
        (
            "moves",
            edited("month", lambda table: pa.array([25] * len(table), pa.int32())),
            "month holds 25 to 25, expected",
        ),
        ("moves", lambda table: table.take(list(range(len(table)))[::-1]), "the replicates are not in their order"),
        ("moves", lambda table: table.append_column("x", pa.array([1] * len(table))), "the columns x are missing"),
        ("months", lambda table: table.slice(1), r"the rows of replicate 16 are not one a month and lab"),
        (
            "flows",
            edited("replicate", lambda table: pa.array([40] * len(table), pa.int32())),
            "replicate holds 40 to 40",
        ),
    ],
)
def test_a_table_that_no_run_leaves_is_named_with_what_is_wrong(folder, name, change, why):
    path = f"tables/{name}/part-00001.parquet"
    pq.write_table(change(pq.read_table(folder / path)), folder / path)
    acknowledge(folder, path)
    with pytest.raises(RunFolderError, match=rf"copy: {path} cannot be used: .*{why}"):
        getattr(read(folder), name)


def test_a_name_that_the_scenario_has_not_is_said(folder):
    path = "tables/moves/part-00000.parquet"
    table = pq.read_table(folder / path)
    strange = pa.array(["\x1b[31mEvil"] * len(table)).dictionary_encode()
    pq.write_table(table.set_column(table.column_names.index("to"), "to", strange), folder / path)
    acknowledge(folder, path)
    with pytest.raises(
        RunFolderError, match=r"the column to holds '.x1b.31mEvil', which the scenario has not"
    ) as error:
        _ = read(folder).moves
    assert "\x1b" not in str(error.value)


def test_what_is_no_parquet_file_is_said(folder):
    (folder / PART).write_bytes(b"PAR1 and nothing else PAR1")
    acknowledge(folder, PART)
    with pytest.raises(RunFolderError, match=rf"copy: {PART} cannot be used: "):
        _ = read(folder).moves


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "tables/../../x", "C:/x", "tables\\x", "", "a//b", "./a"])
def test_a_path_that_leads_out_of_the_folder_is_refused(folder, path):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][0]["path"] = path
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(RunFolderError, match=r"manifest\.json: cannot be used: files\.0\.path: .* no path within"):
        read(folder)


@pytest.mark.parametrize(
    ("field", "value"), [("replicates", 0), ("replicates", 2.0), ("replicates", True), ("months", "24"), ("strange", 1)]
)
def test_a_manifest_with_a_wrong_value_names_the_field(folder, field, value):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest[field] = value
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(RunFolderError, match=rf"manifest\.json: cannot be used: {field}: "):
        read(folder)


def test_a_manifest_of_another_size_is_not_read_into_memory(folder, monkeypatch):
    monkeypatch.setattr("talentmarket.runs.folder.bounded.read_bounded.__defaults__", (1000,))
    with pytest.raises(RunFolderError, match=r"manifest\.json: cannot be used: it is larger than"):
        read(folder)


def test_a_scenario_that_is_nested_too_deep_is_said(folder):
    (folder / "scenario.toml").write_text("a = " + "[" * 10_000 + "]" * 10_000)
    acknowledge(folder, "scenario.toml")
    with pytest.raises(RunFolderError, match=r"scenario\.toml cannot be used by this version: it is nested too deep"):
        read(folder)


def test_a_file_that_may_not_be_read_is_named(folder, monkeypatch):
    def forbidden(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.open", forbidden)
    with pytest.raises(RunFolderError, match=r"copy/manifest\.json: cannot be read: Permission denied"):
        read(folder)
