import shutil

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
