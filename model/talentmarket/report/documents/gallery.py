"""The pages of `docs/gallery/`: each shipped study with its findings and pictures, from its shipped table alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from matplotlib.figure import Figure

from talentmarket.numbers import count
from talentmarket.plots.files import svg_bytes, title_of
from talentmarket.plots.studies.gallery import draw
from talentmarket.report.documents.markdown import table
from talentmarket.report.study_report import values_text
from talentmarket.studies.reading.file import study_names
from talentmarket.studies.result import StudyResult
from talentmarket.studies.shipped import read_sampled

INDEX = "README.md"
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
FINDING = re.compile(r"^- (.+)$", re.MULTILINE)
HEAD = (
    "# Ten questions\n\n"
    "Each is a study that comes with talentmarket: many points of what is uncertain, the same shocks at every one.\n"
    "`make studies` runs them all and writes the tables and these pages; `talentmarket study NAME` runs one.\n"
)


def shipped_result(name: str) -> StudyResult:
    """A shipped study as its table has it, ready to be drawn."""
    return StudyResult(read_sampled(name), draw)


def pictures(result: StudyResult) -> dict[str, Figure]:
    """A picture for each response: differences in their order, or the outcome along what it hangs on most."""
    kind = "curve" if result.study.base is None else "differences"
    return {f"{kind}_{number}": result.plot(f"{kind}_{number}") for number in range(1, len(result.study.responses) + 1)}


def study_page(name: str, result: StudyResult) -> str:
    """The page of a study."""
    study = result.study
    shown = [f"![{title_of(figure)}]({name}-{kind}.svg)" for kind, figure in pictures(result).items()]
    findings = "\n".join(f"- {answer}" for answer in result.answers)
    varied = [
        (f"`{each.path}`", values_text(each), "" if each.factor else each.unit)
        for each in (*study.parameters, *study.levers)
    ]
    return "\n\n".join(
        (f"# {study.title}", study.question, findings, *shown, "## What is varied",
         table(("Parameter", "Values", "Unit"), varied), _how(name, result))
    ) + "\n"  # fmt: skip


def _how(name: str, result: StudyResult) -> str:
    study = result.study
    runs = ", ".join(f"`{side.name}`" for side in study.runs)
    versus = f" against `{study.base.name}` under the same shocks" if study.base is not None else ""
    fixed = f" with {', '.join(f'`{each}`' for each in study.fixed)}" if study.fixed else ""
    points = f"{count(len(result.points), 'point')} ({study.design.kind}), {study.stopping.least} replicates each"
    return (
        f"{points}, of {runs}{versus}{fixed}. `talentmarket study {name}` runs it again; the points stand in\n"
        f"[{name}.csv](../../scenarios/studies/points/{name}.csv)."
    )


def index_page(results: dict[str, StudyResult]) -> str:
    """The page that lists all studies with their first finding."""
    rows = [
        (f"[{result.study.title}]({name}.md)", result.study.question, _first_finding(result))
        for name, result in results.items()
    ]
    return f"{HEAD}\n{table(('Study', 'Question', 'First finding'), rows)}\n"


def _first_finding(result: StudyResult) -> str:
    return title_of(next(iter(pictures(result).values())))


def gallery_files() -> Iterator[tuple[str, bytes]]:
    """Every file of the gallery with its content."""
    results = {name: shipped_result(name) for name in study_names()}
    yield INDEX, index_page(results).encode()
    for name, result in results.items():
        yield f"{name}.md", study_page(name, result).encode()
        for kind, figure in pictures(result).items():
            yield f"{name}-{kind}.svg", svg_bytes(figure)


def write_gallery(folder: Path) -> None:
    """Write the gallery anew from the shipped tables; what belongs to no study any more goes."""
    folder.mkdir(parents=True, exist_ok=True)
    written = dict(gallery_files())
    for path in folder.iterdir():
        if path.suffix in (".md", ".svg") and path.name not in written:
            path.unlink()
    for name, content in written.items():
        (folder / name).write_bytes(content)


def sensitivity_list(gallery: Path) -> str:
    """Each study's question, link and findings as its page has them, for the section on sensitivity of `docs/ODD.md`."""
    parts = []
    for name in study_names():
        page = (gallery / f"{name}.md").read_text(encoding="utf-8")
        title, question = HEADING.findall(page)[0], page.split("\n\n")[1]
        findings = "\n".join(f"- {each}" for each in FINDING.findall(page.partition("## ")[0]))
        parts.append(f"**{title}** ([study](gallery/{name}.md)). {question}\n\n{findings}")
    return "\n\n".join(parts)
