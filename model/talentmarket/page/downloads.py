"""What a visitor can take away: the scenario, the run's own tables, pictures, and an animation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from talentmarket.market.readers.tables import Table
from talentmarket.numbers import number
from talentmarket.page.choices import YOURS, Choices
from talentmarket.page.panels.stage import dots_of
from talentmarket.page.session import Session, Setup
from talentmarket.plots.colours import ink, lab_colours
from talentmarket.runs.tables.arrow import arrow_table, parquet_bytes
from talentmarket.runs.tables.columns import TABLES
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.dumping import dumps

MOST_FRAMES = 120
REACH = 0.955  # of a pool's radius on which dots stand, as in `stage.vue`
DATE = (1980, 1, 1, 0, 0, 0)  # of every file in an archive: the same run gives the same bytes


@dataclass(frozen=True)
class Download:
    """A file: its name, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Run:
    """What a download is made of: a run as far as it has got, taken out of the session so that that can go on."""

    setup: Setup
    choices: Choices
    scenario: Scenario
    month: int
    tables: dict[str, Table]

    @property
    def stem(self) -> str:
        """Begin of the file names."""
        key = Path(self.choices.file).stem if self.setup.key == YOURS else self.setup.key
        return f"{key}{'_changed' if self.setup.changed else ''}_seed{self.scenario.run.seed}"


def run_of(session: Session) -> Run:
    """A run as it is now."""
    market = session.market.tables()
    return Run(session.setup, session.choices, session.scenario, session.month, market)


def scenario_file(run: Run) -> Download:
    """The scenario with all changes, one complete TOML file."""
    return Download(f"{run.stem}.toml", "application/toml", dumps(run.scenario).encode())


def parquet_tables(run: Run) -> Download:
    """The run's tables as `talentmarket run` writes them, in an archive."""
    files = {f"{name}.parquet": parquet_bytes(arrow_table(name, run.tables[name], 0)) for name in TABLES}
    return _archive(run, "parquet", files)


def csv_tables(run: Run) -> Download:
    """The same tables as text."""
    files = {}
    for name in TABLES:
        frame = arrow_table(name, run.tables[name], 0).to_pandas()
        files[f"{name}.csv"] = frame.to_csv(index=False).encode()
    return _archive(run, "csv", files)


def pictures(run: Run) -> Download:
    """Every picture of the run, as PNG and as SVG, with scenario and seed in their metadata."""
    from talentmarket.plots import Provenance, all_plots, save
    from talentmarket.runs.tables.frames import frame

    tables = {name: frame(arrow_table(name, run.tables[name], 0), run.scenario) for name in TABLES}
    provenance = Provenance(run.scenario.title, run.scenario.run.seed, version("talentmarket"), "")
    files = {}
    with TemporaryDirectory() as folder:
        for name, figure in all_plots(tables, run.scenario).items():
            for path in save(figure, Path(folder), name, provenance):
                files[path.name] = path.read_bytes()
    return _archive(run, "pictures", files)


def animated(run: Run) -> Download:
    """The pools month by month up to the present one, as a GIF."""
    from talentmarket.page.drawing.animation import animation

    session = Session(run.setup, run.choices)
    labs = [(name, ink(colour)) for name, colour in lab_colours(run.scenario.labs).items()]
    content = animation(_frames(session, run.month), session.pools["wide"], labs)
    session.close()
    return Download(f"{run.stem}_month{run.month}.gif", "image/gif", content)


def _frames(session: Session, last: int) -> Iterator:
    from talentmarket.page.drawing.animation import Frame

    stride = max(1, -(-last // MOST_FRAMES))
    pools, months = session.pools["wide"], session.market.replicate.world.months
    for month in [*range(0, last, stride), last]:
        session.advance(month, float("inf"))
        dots = []
        for dot in dots_of(session):
            pool = pools[dot.lab]
            reach = pool.radius * REACH
            dots.append((pool.x + dot.x * reach, pool.y + dot.y * reach, dot.radius, dot.shade))
        heads = [number(heads) for heads in months["headcount"][month].tolist()]
        yield Frame(session.scenario.title, f"month {month} of {session.months}", heads, dots)


def _archive(run: Run, what: str, files: dict[str, bytes]) -> Download:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in {**files, "scenario.toml": dumps(run.scenario).encode()}.items():
            archive.writestr(ZipInfo(name, DATE), content, ZIP_DEFLATED)
    return Download(f"{run.stem}_month{run.month}_{what}.zip", "application/zip", buffer.getvalue())


DOWNLOADS: dict[str, tuple[str, Callable[[Run], Download]]] = {
    "scenario": ("Save as scenario (TOML)", scenario_file),
    "csv": ("CSV tables", csv_tables),
    "parquet": ("Parquet tables", parquet_tables),
    "pictures": ("Pictures", pictures),
    "animation": ("Animation", animated),
}
