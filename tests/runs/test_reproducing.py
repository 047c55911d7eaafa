import hashlib
import json

import pytest
from fake_market import build_scenario, failing
from typer.testing import CliRunner

from talentmarket.cli import app
from talentmarket.errors import RunFolderError
from talentmarket.runs.reproducing import reproduce
from talentmarket.runs.running import Options, Place, run_to_folder

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
    assert "meta_raid: the same, 8 files" in same.stdout
    said = json.loads(shell.invoke(app, ["reproduce", str(folder), "--json"]).stdout)
    assert said["same"] is True
    assert said["changed_versions"] == []

    # The same folder, but with the tables of another seed.
    manifest = folder / "manifest.json"
    scenario = folder / "scenario.toml"
    before = scenario.read_text(encoding="utf-8")
    other = before.replace("seed = 2025", "seed = 2026")
    assert other != before
    scenario.write_text(other, encoding="utf-8")
    content = json.loads(manifest.read_text(encoding="utf-8"))
    entry = next(each for each in content["files"] if each["path"] == "scenario.toml")
    entry["sha256"] = hashlib.sha256(other.encode()).hexdigest()
    manifest.write_text(json.dumps(content), encoding="utf-8")
    different = shell.invoke(app, ["reproduce", str(folder)])
    assert different.exit_code == 1
    assert "files came out differently:" in different.stdout
    assert "tables/replicates/part-00000.parquet: column seed, row 0 (replicate 0): 2025, 2026 when run again" in (
        different.stdout
    )
