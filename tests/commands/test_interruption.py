"""Signals at the start and in the midst of a command: one line on what is kept, the signal's exit code, no traceback."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="signals are watched in /proc")

PATIENCE = 240.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(autouse=True)
def signals_as_usual() -> Iterator[None]:
    """What is started here ignores what its parent does, which a shell or `nohup` may have asked for."""
    ignored = [number for number in SIGNALS if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "talentmarket", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_until(process: subprocess.Popen[str], happened: object) -> None:
    end = time.monotonic() + PATIENCE
    while not happened() and process.poll() is None:  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.001)


def catches_signals(process: subprocess.Popen[str]) -> bool:
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = int(re.search(r"SigCgt:\s*(\w+)", status)[1], 16)  # type: ignore[index]
    return bool(caught >> (SIGNALS[-1] - 1) & 1)


def ended_by(process: subprocess.Popen[str], number: signal.Signals) -> str:
    """What the process says once it gets a signal; it has a few seconds."""
    process.send_signal(number)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + number, said
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("delay", [0.0, 0.03, 0.1, 0.25])
def test_while_it_imports(number: signal.Signals, delay: float) -> None:
    process = started("validate", "--quick")
    wait_until(process, lambda: catches_signals(process))
    time.sleep(delay)
    assert ended_by(process, number) == (
        "Interrupted: nothing of this command is kept; the same command begins anew.\n"
    )


@pytest.mark.parametrize("number", SIGNALS)
def test_in_the_midst_of_a_run_it_says_how_many_replicates_are_kept(number: signal.Signals, tmp_path: Path) -> None:
    small = ("--set", "population.scale=0.1", "--workers", "1", "--no-plots")
    process = started("run", "baseline", "--replicates", "4000", *small, "--out", str(tmp_path))
    parts = tmp_path / ".baseline.new" / "tables" / "replicates"
    wait_until(process, lambda: len(list(parts.glob("part-*.parquet"))) > 1)
    said = ended_by(process, number)
    told = re.search(
        r"Interrupted: (\d+) of 4,000 replicates of baseline are kept; the same command goes on with the others\.\n$",
        said,
    )
    assert told, said
    assert int(told[1]) == sum(parquet.read_metadata(path).num_rows for path in parts.glob("part-*.parquet")) > 16


def test_a_second_signal_does_not_wait_for_what_is_under_way(tmp_path: Path) -> None:
    code = (
        "import time\nfrom talentmarket import interruption\n"
        "interruption.SECONDS_TO_TIDY = 1000.0\n"
        "with interruption.caught():\n"
        # A signal that comes just before a sleep begins does not wake it.
        "    try:\n        print('ready', flush=True)\n        while True: time.sleep(0.01)\n"
        "    finally:\n        print('tidying', flush=True)\n        while True: time.sleep(0.01)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGTERM)
    assert process.stdout.readline() == "tidying\n"
    assert ended_by(process, signal.SIGTERM).startswith("Interrupted: ")


def test_what_does_not_end_is_ended(tmp_path: Path) -> None:
    code = (
        "import time\nfrom talentmarket.interruption import caught\n"
        "with caught():\n"
        "    print('ready', flush=True)\n"
        "    while True:\n"
        "        try:\n            time.sleep(0.01)\n"
        "        except BaseException:\n            pass\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    assert ended_by(process, signal.SIGINT).startswith("Interrupted: ")


@pytest.mark.parametrize("where", ["before", "within", "after"])
def test_a_signal_beside_the_block_ends_in_words_too(where: str) -> None:
    """It comes while the handlers are set, or where nobody else would catch it."""
    code = (
        "import os, signal\nfrom talentmarket import interruption\n"
        "def strike():\n    os.kill(os.getpid(), signal.SIGTERM)\n"
        "set_one = signal.signal\n"
        "def setting(number, handler):\n"
        "    set_one(number, handler)\n"
        f"    if number == signal.SIGTERM and {where!r} == 'before': strike()\n"
        "signal.signal = setting\n"
        "with interruption.caught():\n"
        f"    if {where!r} == 'within': strike()\n"
        "strike()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 128 + signal.SIGTERM
    assert done.stderr == "Interrupted: nothing of this command is kept; the same command begins anew.\n"
