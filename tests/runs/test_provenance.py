import subprocess
import sys

from fake_market import build_scenario

from talentmarket.runs.folder.provenance import git_revision, scenario_hash, versions
from talentmarket.scenario.schema import Scenario


def git(folder, *arguments):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def test_versions_are_read_without_importing():
    script = (
        "import sys; from talentmarket.runs.folder.provenance import versions; versions();"
        "print(*{'mesa', 'numba', 'pyarrow', 'pandas'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""
    assert set(versions()) == {"python", "talentmarket", "mesa", "numpy", "numba", "llvmlite", "pyarrow"}
    assert all(versions().values())


def test_a_checkout_says_its_revision_and_whether_it_is_clean(tmp_path):
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "first")
    clean = git_revision(tmp_path)
    assert len(clean["revision"]) == 40
    assert clean["dirty"] is False
    (tmp_path / "new.txt").write_text("new")
    assert git_revision(tmp_path) == {**clean, "dirty": True}


def test_no_checkout_and_no_git_have_no_revision(tmp_path, monkeypatch):
    nothing = {"revision": "", "dirty": False}
    assert git_revision(tmp_path) == nothing
    git(tmp_path, "init", "-q")
    assert git_revision(tmp_path) == nothing  # nothing is committed yet
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git_revision(tmp_path) == nothing


def test_the_hash_is_that_of_the_content():
    scenario = build_scenario()
    content = scenario.model_dump(mode="json")
    backwards = Scenario.model_validate(dict(reversed(content.items())))
    assert scenario_hash(backwards) == scenario_hash(scenario)
    assert scenario_hash(build_scenario(seed=1)) != scenario_hash(scenario)
    assert len(scenario_hash(scenario)) == 64
