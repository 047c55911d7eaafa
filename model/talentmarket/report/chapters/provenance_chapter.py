"""Where a report's runs come from, and how to run them again."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from talentmarket.report.page import Chapter, Row, Section, Table
from talentmarket.runs.runs import Runs
from talentmarket.scenario.evidence.fact import Fact
from talentmarket.scenario.evidence.own import own_facts

SHORT = 12


def provenance_chapter(runs: Sequence[Runs], names: Sequence[str], folders: Sequence[Path]) -> Chapter:
    """The chapter on provenance of some runs: manifests side by side, and the commands that reproduce them."""
    facts = [_facts(each) for each in runs]
    rows = tuple(Row((key, *(each.get(key, "") for each in facts))) for key in facts[0])
    table = Table(("", *names), (False, *(False for _ in names)), (Section("", rows),))
    commands = tuple(f"talentmarket reproduce {shlex.quote(str(folder))}" for folder in folders)
    text = (
        "The same scenario and seed give the same bytes on any number of workers. The command below runs the "
        "manifest again and says whether every byte of the tables is the same."
    )
    return Chapter("provenance", "Where it comes from", (text,), (), (table,), commands)


def _told(fact: Fact) -> str:
    """A fact of the user's own, in a line."""
    return f"{fact.id}: {fact.says} {fact.value_text} ({fact.claimed_by}; {fact.where})"


def _facts(runs: Runs) -> dict[str, str]:
    manifest = runs.manifest
    revision = str(manifest.git.get("revision", ""))[:SHORT]
    dirty = " with changes that are not committed" if manifest.git.get("dirty") else ""
    versions = ", ".join(f"{name} {version}" for name, version in manifest.versions.items() if version)
    return {
        "Scenario": runs.scenario.title,
        "Seed": str(manifest.seed),
        "Runs (replicates)": f"{manifest.replicates:,}",
        "Failed": f"{len(manifest.failures):,}",
        "Months": f"{manifest.months:,}",
        "Researchers": f"{runs.scenario.researchers:,}",
        "Set on top of the file": ", ".join(manifest.overrides) or "nothing",
        "Facts of its own": "; ".join(map(_told, own_facts(runs.scenario).values())) or "none",
        "Finished": manifest.finished,
        "Scenario's hash": f"SHA-256 {manifest.scenario_sha256[:SHORT]}…",
        "Git revision": revision + dirty if revision else "unknown",
        "Versions": versions,
    }
