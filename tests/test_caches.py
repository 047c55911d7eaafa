"""Where compiled code and matplotlib's list of fonts go, and what happens where nothing can be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from talentmarket import caches
from talentmarket.market.numeric import compiled

PACKAGE = compiled.PACKAGE


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The source of the engine in another folder."""
    shutil.copytree(PACKAGE, tmp_path / "copy", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


def test_what_other_versions_left_goes_once_it_was_not_used_for_two_months(tmp_path: Path) -> None:
    long_ago = time.time() - 61 * 24 * 3600
    kept, used, unused, foreign = (tmp_path / name for name in ("0" * 16, "1" * 16, "2" * 16, "mine"))
    (tmp_path / ("3" * 16)).mkdir()  # one that another process has just made
    for folder in (kept, used, unused, foreign):
        folder.mkdir()
        (folder / "code").write_bytes(b"code")
        for path in (folder / "code", folder):
            os.utime(path, (long_ago, long_ago))
    os.utime(used / "code", (time.time(), long_ago))  # read today
    caches.forget_unused(kept)
    assert [path.exists() for path in (kept, used, unused, foreign)] == [True, True, False, True]
    assert (tmp_path / ("3" * 16)).is_dir()


def test_the_same_source_elsewhere_is_the_same_engine(copy: Path) -> None:
    assert compiled.source_digest(copy) == compiled.source_digest()


def test_the_line_ends_of_another_system_are_the_same_engine(copy: Path) -> None:
    place = copy / "market" / "month.py"
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    assert compiled.source_digest(copy) == compiled.source_digest()


@pytest.mark.parametrize("name", ["market/month.py", "market/mechanisms/culture.py", "scenario/schema/labs.py"])
def test_another_rule_is_another_engine(copy: Path, name: str) -> None:
    with (copy / name).open("a") as stream:
        stream.write("\nX = 1\n")
    assert compiled.source_digest(copy) != compiled.source_digest()


def test_a_rule_under_another_name_is_another_engine(copy: Path) -> None:
    (copy / "market" / "month.py").rename(copy / "market" / "year.py")
    assert compiled.source_digest(copy) != compiled.source_digest()


def test_everything_that_the_market_takes_from_scenarios_is_in_the_digest() -> None:
    code = (
        "import sys, talentmarket.market.simulate\n"
        "print(*[m.__file__ for n, m in sys.modules.items() if n.startswith('talentmarket.') and m.__file__])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    names = {Path(file).relative_to(PACKAGE).as_posix() for file in found}
    digested = {path.relative_to(PACKAGE).as_posix() for pattern in compiled.ENGINE for path in PACKAGE.glob(pattern)}
    assert "scenario/schema/labs.py" in names
    # How scenarios are read and worded, and where things are kept, changes no number.
    others = {name for name in names - digested if not name.endswith("__init__.py")}
    assert {name for name in others if not name.startswith("scenario/text/")} <= {"caches.py", "errors.py"}


def test_the_users_own_folder_for_compiled_code_gets_a_folder_for_each_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert caches.cache_folder("a") == tmp_path / "talentmarket" / "a"
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    if sys.platform == "linux":
        assert caches.cache_folder("a") == tmp_path / "cache" / "talentmarket" / "a"


STALE = """
import sys
import time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from talentmarket.market.numeric.elementary import ln
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market import trial
print(trial.outer(2.0))
"""


def test_another_rule_never_gives_the_old_rules_numbers_under_numba_cache_dir(copy: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    copy.rename(root / "talentmarket")
    market = root / "talentmarket" / "market"
    head = "from talentmarket.market.numeric.compiled import compiled\n"
    (market / "trial.py").write_text(
        head + "from talentmarket.market.rule import inner\n@compiled\ndef outer(x):\n    return inner(x)\n"
    )
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache"), "PYTHONPATH": str(root)}
    found = []
    for factor in ("2.0", "3.0"):
        (market / "rule.py").write_text(head + f"@compiled\ndef inner(x):\n    return {factor} * x\n")
        command = [sys.executable, "-B", "-c", STALE, str(root)]
        found.append(subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout)
    assert found == ["4.0\n", "6.0\n"]


def test_where_nothing_can_be_written_a_temporary_folder_does_and_it_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file" / "below"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file" / "config"))
    monkeypatch.setenv("MPLCONFIGDIR", "")  # so that it is as it was afterwards
    monkeypatch.delenv("MPLCONFIGDIR")
    monkeypatch.delitem(sys.modules, "matplotlib", raising=False)
    monkeypatch.setattr(caches, "_temporary", caches.cache(caches._temporary.__wrapped__))
    folder = caches.cache_folder("a")
    assert folder.name == "a"
    assert folder.parent.is_dir()
    if sys.platform == "linux":
        caches.prepare_matplotlib()
        assert os.environ["MPLCONFIGDIR"] == str(folder.parent)
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert said[0].startswith(f"{tmp_path / 'file' / 'below' / 'talentmarket'} cannot be written")
    assert "NUMBA_CACHE_DIR" in said[0]


def test_without_any_folder_it_is_said_which_variables_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    monkeypatch.setattr(caches.tempfile, "mkdtemp", none)
    monkeypatch.setattr(caches, "_temporary", caches.cache(caches._temporary.__wrapped__))
    with pytest.raises(caches.InputError, match="set NUMBA_CACHE_DIR and MPLCONFIGDIR"):
        caches.cache_folder("a")
