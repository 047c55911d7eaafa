"""The tutorials as notebooks: valid, complete, and one of them executed."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from pages import BLOCK, DOCS, MOST

from talentmarket.errors import InputError
from talentmarket.report.documents.notebooks import notebook_of, write_notebooks

TUTORIALS = DOCS / "tutorials"


def test_each_tutorial_is_a_valid_notebook_with_all_its_blocks(tmp_path: Path) -> None:
    written = write_notebooks(TUTORIALS, tmp_path)
    assert [path.stem for path in written] == [page.stem for page in sorted(TUTORIALS.glob("[0-9]*.md"))]
    assert len(written) == 6
    for path in written:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        page = (TUTORIALS / f"{path.stem}.md").read_text(encoding="utf-8")
        code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        assert len(code) == len(BLOCK.findall(page))
        told = "".join(cell.source for cell in notebook.cells)
        assert all(line.strip() in told for line in page.splitlines() if not line.startswith("```"))
    assert [path.read_bytes() for path in written] == [
        path.read_bytes() for path in write_notebooks(TUTORIALS, tmp_path)
    ]


def test_blocks_become_what_a_notebook_can_do() -> None:
    page = '# Title\n\n```\ntalentmarket facts x\n```\n\n```toml\n# mine.toml\nextends = "baseline"\n```\n\n```python\n1 + 1\n```\n'
    cells = notebook_of(page).cells
    assert [cell.source for cell in cells] == [
        "# Title", "!talentmarket facts x", '%%writefile mine.toml\n# mine.toml\nextends = "baseline"', "1 + 1",
    ]  # fmt: skip
    with pytest.raises(InputError, match="names its file"):
        notebook_of("```toml\na = 1\n```\n")


def test_a_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second tutorial, with its file, its comparison and its Python, at a few replicates of a small market."""
    page = (TUTORIALS / "2-change-one-thing.md").read_text(encoding="utf-8")
    fewer = re.sub(r"(--replicates |replicates=)\d+", rf"\g<1>{MOST}", page)
    small = fewer.replace('extends = "meta_raid"', 'extends = "small_raid.toml"').replace(
        "talentmarket run meta_raid", "talentmarket run small_raid.toml"
    )
    small = small.replace("compare meta_raid", "compare small_raid.toml").replace(
        'tm.run("meta_raid"', 'tm.run("small_raid.toml"'
    )
    (tmp_path / "small_raid.toml").write_text(
        'extends = "meta_raid"\n[population]\nscale = 0.05\n[run]\nmonths = 12\n', encoding="utf-8"
    )
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    one_of_each = re.sub(r"^```\n[^`]*--out outputs/deaf\n```\n", "", small, flags=re.MULTILINE)
    assert one_of_each != small
    notebook = notebook_of(one_of_each.replace(" --replicates", " --no-plots --replicates"))
    NotebookClient(
        notebook,
        timeout=900,
        startup_timeout=900,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()
    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    assert "difference" in last.outputs[0]["data"]["text/plain"]
    assert (tmp_path / "outputs" / "small_raid-vs-half" / "comparison.csv").is_file()
