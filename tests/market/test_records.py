"""The records: how they lie in memory, and that something fills each of their fields and something reads it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from markets import everything
from mypy import api

import talentmarket
from talentmarket.market.records import campaigns, dtype_of, labs, months, offers, people, records, setting
from talentmarket.market.records.record import CACHE_LINE
from talentmarket.market.setup import campaigns as campaigns_setup
from talentmarket.market.setup import labs as labs_setup
from talentmarket.market.setup import setting as setting_setup
from talentmarket.scenario.places.locating import fields_of
from talentmarket.scenario.schema import Campaign, Lab, Scenario, Tier
from talentmarket.scenario.schema.quantity import Section

MARKET = Path(talentmarket.__file__).parent / "market"
ROOT = MARKET.parents[2]
KINDS = [
    kind
    for module in (campaigns, labs, months, offers, people, setting)
    for kind in vars(module).values()
    if isinstance(kind, type) and kind.__module__ == module.__name__
]
MARKET_SECTIONS = ("population", "choice", "risk", "contacts", "culture", "output", "transfer")
SETUPS = {
    setting.Setting: (setting_setup, setting_setup.setting_of),
    labs.Lab: (labs_setup, labs_setup.labs_of),
    campaigns.Campaign: (campaigns_setup, campaigns_setup.campaigns_of),
    campaigns.Tier: (campaigns_setup, campaigns_setup.tiers_of),
}
RULES = (".", "choice", "jobs", "mechanisms", "money", "tallies")
READS_SCENARIOS = ("setting.py", "labs.py", "campaigns.py", "converting.py")  # of setup
STAIN = 0xA5  # a byte of which no value is made
MISSPELT = """
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records import Job

@compiled
def ties(job: Job) -> int:
    return job.ties_hre
"""


def attributes(*folders: str) -> Iterator[tuple[str, bool]]:
    """Fields that rules name, with whether they are assigned to, wholly or in part; columns are named in quotes."""
    paths = [path for folder in folders for path in sorted((MARKET / folder).glob("*.py"))]
    for path in paths:
        if path.parent.name == "setup" and path.name in READS_SCENARIOS:
            continue
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        in_part = [node.value for node in nodes if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)]
        for node in nodes:
            if isinstance(node, ast.Attribute):
                yield node.attr, isinstance(node.ctx, ast.Store) or node in in_part
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, False


def filled_by_setup(kind: type, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Fields that are not what they were in memory once the records of a scenario are laid out."""
    module, records_of = SETUPS[kind]

    def stained(of: type, shape: int) -> np.recarray:
        rows = records(of, shape)
        rows.view(np.ndarray).view(np.uint8)[:] = STAIN
        return rows

    monkeypatch.setattr(module, "records", stained)
    rows = records_of(everything())
    return {name for name in rows.dtype.names if set(rows[name].tobytes()) != {STAIN}}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_something_fills_every_field(kind: type, monkeypatch: pytest.MonkeyPatch) -> None:
    filled = filled_by_setup(kind, monkeypatch) if kind in SETUPS else set()
    if kind is not setting.Setting:  # which has no state
        filled |= {name for name, assigned in attributes(*RULES, "setup") if assigned}
    assert set(kind.__annotations__) - filled == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_something_reads_every_field(kind: type) -> None:
    looked_at = {name for name, assigned in attributes(*RULES, "setup", "readers") if not assigned}
    assert set(kind.__annotations__) - looked_at == set()


def test_every_parameter_of_the_market_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = everything()
    looked_at: set[tuple[type, str]] = set()
    plain = Section.__getattribute__

    def spy(section: Section, name: str) -> object:
        looked_at.add((type(section), name))
        return plain(section, name)

    with monkeypatch.context() as patch:
        patch.setattr(Section, "__getattribute__", spy)
        for _, records_of in SETUPS.values():
            records_of(scenario)
    sections = {
        **{name: type(getattr(scenario, name)) for name in MARKET_SECTIONS},
        "labs.*": Lab,
        **{
            f"labs.*.{name}": type(getattr(scenario.labs[0], name))
            for name in ("posting", "stock", "equity", "response", "ordinary_response")
        },
        "campaigns.*": Campaign,
        "campaigns.*.tiers.*": Tier,
    }
    unread = {
        path
        for path in fields_of(Scenario)
        if (section := sections.get(path.rpartition(".")[0])) and (section, path.rpartition(".")[2]) not in looked_at
    }
    names = {f"{where}.name" for where in ("campaigns.*", "campaigns.*.tiers.*")}  # only tables need them
    assert unread == names | {"labs.*.colour"}  # only pictures do


def test_a_researcher_fits_into_a_line_of_the_cache_and_the_first_begins_one() -> None:
    rows = records(people.Researcher, 3)
    assert dtype_of(people.Researcher).itemsize == CACHE_LINE
    assert rows.ctypes.data % CACHE_LINE == 0


def test_a_field_may_hold_several() -> None:
    dtype = dtype_of(setting.Setting)
    assert dtype["windows"] == np.dtype(("i1", (12,)))
    assert dtype["horizon"] == np.dtype("i8")
    assert dtype.isalignedstruct


def test_every_function_of_the_market_is_annotated() -> None:
    bare = [
        f"{path.name}: {node.name}"
        for path in sorted(MARKET.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and (node.returns is None or any(each.annotation is None for each in node.args.args if each.arg != "self"))
    ]
    assert bare == []


def test_the_type_checker_finds_a_misspelt_field_in_a_compiled_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    rule = tmp_path / "rule.py"
    rule.write_text(MISSPELT, encoding="utf-8")
    said, _, status = api.run([str(rule)])
    assert status == 1
    assert '"Job" has no attribute "ties_hre"' in said
