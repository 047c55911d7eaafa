"""`talentmarket view` as a command: what it refuses, in words."""

from __future__ import annotations

import subprocess
import sys

CODE = "from talentmarket.__main__ import main; main()"
WITHOUT = "import importlib.util as u; real = u.find_spec; u.find_spec = lambda name, *a: None if name == 'solara' else real(name, *a); "


def run(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, "view", *words], capture_output=True, text=True, timeout=120, check=False
    )


def test_without_the_extra_it_says_what_to_install() -> None:
    done = run(WITHOUT + CODE, "--no-open")
    assert done.returncode == 2
    assert "pip install 'talentmarket[page]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_scenario_is_refused_before_anything_is_served() -> None:
    done = run(CODE, "meta_rad", "--no-open", "--port", "0")
    assert done.returncode == 2
    assert "did you mean 'meta_raid'" in done.stderr
    assert "http://" not in done.stdout
