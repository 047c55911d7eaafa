"""What may be read at all, and where `extends` may lead."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.scenario import load


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def problems(path: str | Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load(path)
    return "\n".join(caught.value.problems)


def test_a_name_and_a_path_lead_to_the_same_scenario() -> None:
    from talentmarket.scenario.reading.chain import shipped_file

    assert load("meta_raid") == load(shipped_file("meta_raid").path)


def test_a_missing_file_is_told_with_the_nearest_shipped_name(tmp_path: Path) -> None:
    assert problems("meta_riad").endswith("there is no such file or shipped scenario; did you mean 'meta_raid'?")
    assert "did you mean 'meta_raid'?" in problems(tmp_path / "Meta_Raid.toml")
    assert "known are baseline" in problems("zzz")
    assert "no such file" in problems("")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"title = 'a\0b'", "is no text file"),
        ("title = 'ü'".encode("utf-16"), "is no text file"),
        (b"x = 1\ntitle = '\xfc'", "line 2: is not UTF-8 text"),
        (b"", "is empty"),
        (b"# only a remark\n\n", "is empty"),
    ],
    ids=["zero bytes", "utf-16", "latin-1", "empty", "remarks only"],
)
def test_what_is_no_text_or_says_nothing_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    message = problems(write(tmp_path, "a.toml", content))
    assert str(tmp_path / "a.toml") in message
    assert words in message


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.toml", b'\xef\xbb\xbftitle = "t"\r\n\r\n[choice]\r\nnoise = 0.5\r\n')
    assert load(path).title == "t"
    assert load(path).choice.noise == 0.5


def test_folders_pipes_devices_and_sockets_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.toml"))
        assert "is a folder" in problems(tmp_path)
        for odd in (tmp_path / "pipe.toml", tmp_path / "socket.toml", Path("/dev/zero"), Path("/dev/null")):
            assert "is no ordinary file" in problems(odd)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.toml").open("wb") as file:
        file.truncate(10**12)
    assert "is larger than 1 MB" in problems(tmp_path / "huge.toml")


def test_odd_file_names_end_in_a_message(tmp_path: Path) -> None:
    assert "no file can have this name" in problems("a\0b.toml")
    assert "no such file" in problems("x" * 5000)
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    assert "cannot be read" in problems(tmp_path / "loop.toml")
    escape = problems(tmp_path / "\x1b[31m.toml")
    assert "\x1b" not in escape


def test_a_chain_of_files_in_the_folder_and_below(tmp_path: Path) -> None:
    write(tmp_path, "sub/deep/a.toml", 'extends = "meta_raid"\ntitle = "a"\n[choice]\nnoise = 0.1\nenvy = 0.1\n')
    write(tmp_path, "sub/b.toml", 'extends = "deep/a.toml"\n[choice]\nnoise = 0.2\n')
    path = write(tmp_path, "c.toml", 'extends = "./sub/b.toml"\nquestion = "c?"\n')
    scenario = load(path)
    assert (scenario.title, scenario.question) == ("a, with choice.noise 0.2 instead of 0.1", "c?")
    assert (scenario.choice.noise, scenario.choice.envy) == (0.2, 0.1)
    assert [campaign.name for campaign in scenario.campaigns] == ["Meta on OpenAI"]


def test_a_file_that_changes_nothing_is_the_scenario_it_extends(tmp_path: Path) -> None:
    assert load(write(tmp_path, "a.toml", 'extends = "meta_raid"')) == load("meta_raid")


def test_a_file_named_like_the_baseline_still_extends_the_shipped_one(tmp_path: Path) -> None:
    path = write(tmp_path, "baseline.toml", "[choice]\nnoise = 0.25\n")
    assert load(path).choice.noise == 0.25
    assert load(path).labs == load("baseline").labs


@pytest.mark.parametrize(
    ("extends", "words"),
    [
        ('"../a.toml"', "only files in its own folder or below"),
        ('"sub/../../a.toml"', "only files in its own folder or below"),
        ('"/etc/passwd.toml"', "only files in its own folder or below"),
        ('"link.toml"', "leads out of the folder"),
        ('"linked/outside.toml"', "leads out of the folder"),
        ("'sub\\a.toml'", "written with /"),
        ('"othr.toml"', "did you mean 'other.toml'?"),
        ('"meta_riad"', "did you mean 'meta_raid'?"),
        ('"other"', 'goes by its file name: "other.toml"'),
        ('"None"', "did you mean 'none'?"),
        ('""', "known are baseline"),
        ("3", "must be the name of a shipped scenario"),
        ('["a", "b"]', "must be the name of a shipped scenario"),
        ('"folder.toml"', "is a folder"),
    ],
)
def test_where_extends_may_not_lead(tmp_path: Path, extends: str, words: str) -> None:
    write(tmp_path, "outside.toml", "title = 'x'")
    home = tmp_path / "home"
    path = write(home, "a.toml", f"# first\n\nextends = {extends}\n")
    write(home, "other.toml", "title = 'x'")
    (home / "folder.toml").mkdir()
    (home / "link.toml").symlink_to(tmp_path / "outside.toml")
    (home / "linked").symlink_to(tmp_path)
    message = problems(path)
    assert words in message
    assert "a.toml, line 3: extends is" in message or "folder.toml" in message


def test_circles_are_told_as_circles(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", 'extends = "b.toml"')
    write(tmp_path, "b.toml", 'extends = "c.toml"')
    write(tmp_path, "c.toml", 'extends = "b.toml"')
    name = tmp_path.as_posix()
    assert problems(tmp_path / "a.toml").endswith(f"in a circle: {name}/b.toml → {name}/c.toml → {name}/b.toml")
    assert "in a circle" in problems(write(tmp_path, "self.toml", 'extends = "self.toml"'))
    (tmp_path / "again.toml").symlink_to("alias.toml")
    assert "in a circle" in problems(write(tmp_path, "alias.toml", 'extends = "again.toml"'))


def test_a_very_long_chain_is_refused(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path, f"{number}.toml", f'extends = "{number + 1}.toml"')
    assert "leads through more than 32 files" in problems(tmp_path / "0.toml")
