"""Every block of the tutorials, the how-to pages, the explanations and the reference is run, page by page."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import BLOCK, DOCS, commands_in, follow, small_scenarios, without_pictures_in_reports, words_of
from typer.testing import CliRunner

from talentmarket.cli import app

FOLDERS = ("tutorials", "how-to", "explanation")
PAGES = [
    *(page for folder in FOLDERS for page in sorted((DOCS / folder).glob("*.md"))),
    DOCS / "reference/scenario-files.md",
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_shows_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_scenarios(tmp_path, monkeypatch)
    without_pictures_in_reports(monkeypatch)
    (tmp_path / "reader").mkdir()
    monkeypatch.chdir(tmp_path / "reader")
    follow(page, monkeypatch)


def test_what_the_page_on_studies_shows_comes_to_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its studies are large, so that each is only planned, with all that is checked before."""
    small_scenarios(tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)
    planned = 0
    for language, body in BLOCK.findall((DOCS / "studies.md").read_text(encoding="utf-8")):
        if language == "toml":
            Path("award.toml").write_text(body, encoding="utf-8")
        for command in ["talentmarket study award.toml"] if language else commands_in(body):
            words = [word for word in words_of(command) if word not in ("--no-plots", "--dry")]
            result = CliRunner().invoke(app, [*words, "--dry"], catch_exceptions=False)
            assert result.exit_code == 0, result.output
            planned += 1
    assert planned == 5


def test_no_page_shows_a_block_that_no_test_runs() -> None:
    """Those of the generated pages stand in the sources, where other tests run them, as one does for Mesa's page."""
    shown = {page for page in DOCS.rglob("*.md") if BLOCK.search(page.read_text(encoding="utf-8"))}
    written = {DOCS / "reference/commands.md", *(DOCS / "gallery" / "scenarios").glob("*.md")}
    assert shown - written <= {*PAGES, DOCS / "studies.md", DOCS / "mesa.md"}


def test_commands_are_made_small_and_not_otherwise_changed() -> None:
    assert words_of("talentmarket run meta_raid --replicates 20 --set choice.noise=0  # a word") == [
        "run", "meta_raid", "--replicates", "4", "--set", "choice.noise=0", "--no-plots",
    ]  # fmt: skip
    assert words_of("talentmarket facts raid_yield") == ["facts", "raid_yield"]
