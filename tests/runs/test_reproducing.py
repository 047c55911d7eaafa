import hashlib
import json

import pyarrow.parquet as pq
import pytest
from fake_market import build_scenario, failing
from typer.testing import CliRunner

from talentmarket.cli import app
from talentmarket.errors import RunFolderError
from talentmarket.runs.folder import provenance
from talentmarket.runs.folder.provenance import scenario_hash
from talentmarket.runs.folder.reading import read
from talentmarket.runs.reproducing import reproduce
from talentmarket.runs.running import Options, Place, run_to_folder
from talentmarket.scenario.writing.dumping import dumps

SCENARIO = build_scenario()


@pytest.fixture
def folder(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=20, simulate=failing))
    return tmp_path / "run"


def test_a_run_comes_out_the_same_byte_by_byte(folder):
    found = reproduce(folder, Options(workers=2, simulate=failing))
    assert found.is_same
    assert found.changed_versions == ()
    on_disk = {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    compared = {file.path: file.bytes for file in found.files}
    assert compared == {path: size for path, size in on_disk.items() if path not in ("manifest.json", "scenario.toml")}


def test_the_first_value_that_differs_is_named(folder):
    def other(scenario, replicate):
        tables = failing(scenario, replicate)
        if replicate == 18:
            tables["months"]["headcount"][4] += 1
        return tables

    found = reproduce(folder, Options(simulate=other))
    differing = {file.path: file.difference for file in found.files if file.difference}
    assert not found.is_same
    row = 75 + 4  # replicate 16 failed, 17 comes first in its part
    assert differing["tables/months/part-00001.parquet"] == (
        f"column headcount, row {row} (replicate 18): 50, 51 when run again"
    )
    assert "tables/months/part-00000.parquet" not in differing


def test_rows_that_are_missing_are_counted(folder):
    def fewer(scenario, replicate):
        if replicate == 0:
            raise RuntimeError("not today")
        return failing(scenario, replicate)

    found = reproduce(folder, Options(simulate=fewer))
    differing = {file.path: file.difference for file in found.files if file.difference}
    assert differing["tables/moves/part-00000.parquet"] == "55 rows, 50 when run again"
    assert differing["summary.csv"].startswith("line ")
    assert differing["tables/replicates/part-00000.parquet"] == (
        "column log_odds_per_log_pay, row 0 (replicate 0): 4.0, nan when run again"
    )


def test_a_damaged_folder_is_refused_before_anything_runs(folder):
    part = folder / "tables" / "moves" / "part-00000.parquet"
    part.write_bytes(part.read_bytes()[:-1] + b"?")

    def never(scenario, replicate):
        raise AssertionError("it ran")

    with pytest.raises(RunFolderError, match=r"moves/part-00000\.parquet is damaged"):
        reproduce(folder, Options(simulate=never))


def test_the_command_says_so_and_has_its_exit_codes(tmp_path):
    shell = CliRunner()
    small = ["--set", "population.scale=0.02", "--set", "run.months=6", "--replicates", "2", "--no-plots", "--quiet"]
    made = shell.invoke(app, ["run", "meta_raid", *small, "--out", str(tmp_path)])
    assert made.exit_code == 0, made.output
    folder = tmp_path / "meta_raid"
    same = shell.invoke(app, ["reproduce", str(folder)])
    assert same.exit_code == 0
    assert "meta_raid: the same, 9 files" in same.stdout
    said = json.loads(shell.invoke(app, ["reproduce", str(folder), "--json"]).stdout)["results"][0]
    assert said["same"] is True
    assert said["changed_versions"] == []

    # The same folder, but with the tables of another seed.
    rewrite(folder, seed=2026)
    different = shell.invoke(app, ["reproduce", str(folder)])
    assert different.exit_code == 1
    assert "files came out differently:" in different.stdout
    assert "tables/replicates/part-00000.parquet: column seed, row 0 (replicate 0): 2025, 2026 when run again" in (
        different.stdout
    )


def rewrite(folder, **run):
    """Change the scenario of a run folder, and all that its manifest says of it."""
    scenario = read(folder).scenario
    other = scenario.model_copy(update={"run": scenario.run.model_copy(update=run)})
    text = dumps(other).encode()
    (folder / "scenario.toml").write_bytes(text)
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    entry = next(each for each in content["files"] if each["path"] == "scenario.toml")
    entry.update(sha256=hashlib.sha256(text).hexdigest(), bytes=len(text))
    content.update(seed=other.run.seed, months=other.run.months, scenario_sha256=scenario_hash(other))
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("seed", 7, "seed 7, but 2025 in scenario.toml"),
        ("months", 12, "months 12, but 24 in scenario.toml"),
        ("scenario_sha256", "0" * 64, "scenario's hash 0000"),
    ],
)
def test_a_manifest_that_disagrees_with_the_scenario_is_refused_before_anything_runs(folder, field, value, why):
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    content[field] = value
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(RunFolderError, match=f"manifest.json and scenario.toml disagree: {why}"):
        reproduce(folder, Options(simulate=None))


def test_elsewhere_it_is_the_same_where_the_tables_are_and_what_is_different_there_is_told(folder, monkeypatch):
    now = provenance.versions()
    monkeypatch.setattr(provenance, "versions", lambda: {**now, "numpy": "99.0"})
    monkeypatch.setattr("talentmarket.runs.reproducing.processor", lambda: "Abacus (wood)")
    found = reproduce(folder, Options(workers=2, simulate=failing))
    assert found.is_same
    assert found.changed_versions == (
        f"numpy {now['numpy']} -> 99.0",
        f"processor {read(folder).manifest.processor} -> Abacus (wood)",
    )


def test_the_same_values_in_other_bytes_are_the_same(folder):
    path = folder / "tables" / "months" / "part-00000.parquet"
    table = pq.read_table(path)
    pq.write_table(table, path, compression="none", store_schema=True)
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    entry = next(each for each in content["files"] if each["path"] == "tables/months/part-00000.parquet")
    entry.update(sha256=hashlib.sha256(path.read_bytes()).hexdigest(), bytes=path.stat().st_size)
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    assert reproduce(folder, Options(simulate=failing)).is_same
