"""Eight processes on one folder at the same time: one writes it, the others say who does; the folder is whole."""

from __future__ import annotations

from pathlib import Path

from processes import call, digests, finish, hidden, start

PROCESSES = 8
WORDS = ("run", "baseline", "--set", "population.scale=0.02", "--replicates", "8", "--no-plots", "--quiet", "--out")


def test_eight_processes_on_one_folder(tmp_path: Path) -> None:
    assert call(*WORDS, str(tmp_path / "alone"))[0] == 0
    together = tmp_path / "together"
    ended = [finish(process) for process in [start(*WORDS, str(together)) for _ in range(PROCESSES)]]
    assert any(code == 0 for code, _, _ in ended)
    for code, _, err in ended:
        assert "Traceback" not in err
        assert code == 0 or (code == 2 and "writing" in err), err
    assert digests(together / "baseline") == digests(tmp_path / "alone" / "baseline")
    assert hidden(together) == []


def test_eight_processes_on_eight_folders_of_one_place(tmp_path: Path) -> None:
    processes = [start(*WORDS, str(tmp_path), "--name", f"run {number}") for number in range(PROCESSES)]
    for code, _, err in [finish(process) for process in processes]:
        assert code == 0, err
    assert len({tuple(digests(folder).items()) for folder in tmp_path.iterdir()}) == 1
    assert hidden(tmp_path) == []
