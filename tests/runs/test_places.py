import shutil
from collections import namedtuple

import pytest
from fake_market import build_scenario, lively

from talentmarket.errors import InputError, RunFolderError
from talentmarket.runs import resuming
from talentmarket.runs.folder import provenance
from talentmarket.runs.folder.lock import locked
from talentmarket.runs.places import Places, check_names, check_places
from talentmarket.runs.running import Options, Place, run_to_folder

SCENARIO = build_scenario(replicates=4)
OTHER = build_scenario(replicates=4, seed=1)


def test_names_that_are_one_folder_are_refused():
    check_names(["x+y", "x&y", "raid", "meta_raid (1)", "a" * 150, "a" * 151])
    with pytest.raises(InputError, match=r"'a:b' and 'a\?b' would both go to the run folder a-b"):
        check_names(["a:b", "a?b"])
    with pytest.raises(InputError, match="'Raid' and 'raid' would both"):
        check_names(["Raid", "raid"])


def test_two_scenarios_of_one_name_go_to_two_folders_and_find_them_again(tmp_path):
    def folders():
        places = Places(tmp_path)
        return [places.folder("raid", SCENARIO), places.folder("raid", OTHER), places.folder("RAID", SCENARIO)]

    first = folders()
    assert first[0] == tmp_path / "raid"
    assert first[1].name.startswith("raid-")
    assert first[2] == tmp_path / "RAID"
    for folder, scenario in zip(first, (SCENARIO, OTHER, SCENARIO), strict=True):
        run_to_folder(scenario, Place(folder.name, tmp_path), Options(simulate=lively))
    assert folders() == first


def test_another_number_of_replicates_is_no_other_folder(tmp_path):
    run_to_folder(SCENARIO, Place("raid", tmp_path), Options(simulate=lively))
    assert Places(tmp_path).folder("raid", build_scenario(replicates=9)) == tmp_path / "raid"


def test_what_another_engine_left_stands_in_nobodys_way(tmp_path, monkeypatch):
    run_to_folder(SCENARIO, Place("raid", tmp_path), Options(simulate=lively))
    now = provenance.versions()
    monkeypatch.setattr(provenance, "versions", lambda: {**now, "numba": "99.0"})
    assert Places(tmp_path).folder("raid", SCENARIO).name.startswith("raid-")


def test_an_interrupted_run_of_another_scenario_stands_in_nobodys_way(tmp_path):
    def interrupt(done, count):
        if done == 17:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_to_folder(OTHER, Place("raid", tmp_path), Options(replicates=40, simulate=lively, progress=interrupt))
    assert Places(tmp_path).folder("raid", SCENARIO).name.startswith("raid-")
    assert Places(tmp_path).folder("raid", OTHER) == tmp_path / "raid"


def test_the_last_of_several_folders_is_refused_before_the_first_runs(tmp_path):
    run_to_folder(OTHER, Place("b", tmp_path), Options(simulate=lively))
    folders, scenarios = [tmp_path / "a", tmp_path / "b"], [SCENARIO, SCENARIO]
    with pytest.raises(RunFolderError, match=r"b: holds a run of another scenario(.|\n)*run\.seed: 1 -> 2025"):
        check_places(folders, scenarios, Options())
    check_places(folders, scenarios, Options(replace=True))
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_disk_without_room_is_refused_before_anything_runs(tmp_path, monkeypatch):
    usage = namedtuple("usage", ["total", "used", "free"])
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage(10**6, 0, 10**6))
    huge = build_scenario(replicates=100_000)
    with pytest.raises(InputError, match=r"the tables need about [\d,]+ MB, and 1 MB are free there; take fewer"):
        check_places([tmp_path / "a"], [huge], Options())

    def never(scenario, replicate):
        raise AssertionError("it ran")

    with pytest.raises(InputError, match="MB are free there"):
        run_to_folder(huge, Place("a", tmp_path / "deep"), Options(simulate=never))
    run_to_folder(SCENARIO, Place("a", tmp_path), Options(simulate=lively))


@pytest.mark.parametrize("name", ["replicates", "workers"])
@pytest.mark.parametrize("value", [2.5, -1, True, "3", None, 10**12, float("nan")])
def test_what_is_no_whole_number_is_refused(name, value):
    with pytest.raises(InputError, match=f"{name} must be a whole number from 0 to "):
        Options(**{name: value})


def test_replace_is_true_or_false_and_nothing_else():
    with pytest.raises(InputError, match="replace must be True or False, found 'no'"):
        Options(replace="no")


@pytest.fixture
def swapped(tmp_path, monkeypatch):
    """A draft that another process puts into its place while this one reads what it is."""
    run_to_folder(SCENARIO, Place("raid", tmp_path), Options(simulate=lively))
    draft = (tmp_path / "raid").rename(tmp_path / ".raid.new")
    read = resuming.read_manifest

    def read_too_late(folder):
        if draft.exists():
            draft.rename(tmp_path / "raid")
        return read(folder)

    monkeypatch.setattr(resuming, "read_manifest", read_too_late)
    return tmp_path / "raid"


def test_a_run_that_another_process_puts_there_meanwhile_is_found(swapped):
    with pytest.raises(RunFolderError, match="cannot be gone on with"):
        resuming.plan_run(swapped, SCENARIO, Options())
    swapped.rename(swapped.with_name(".raid.new"))
    check_places([swapped], [SCENARIO], Options())


def test_a_run_that_another_process_is_still_writing_is_told(swapped):
    with locked(swapped), pytest.raises(RunFolderError, match="is writing this folder"):
        check_places([swapped], [SCENARIO], Options())
