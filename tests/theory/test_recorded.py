"""docs/validation.md: its recorded table against the quick checks."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from talentmarket.numbers import MINUS
from talentmarket.report.documents import content_of, validation_lines
from talentmarket.validation import Check

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/validation.md"
DRAWN_TARGETS = {"share that accepts": 0.005, "elasticity to pay at home": 0.002}  # means over simulated people
AGAINST_ALL = "distance of all earned pay from G"  # its limit depends on the number of people


def rows(content: str) -> dict[tuple[str, str], list[str]]:
    """Cells behind the name of each check, by group and name."""
    found = {}
    group = ""
    for line in content.splitlines():
        if line.startswith("### "):
            group = line[4:]
        elif line.startswith("| ") and not line.startswith(("| check", "| ---")):
            name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            found[group, name] = cells
    return found


def number(text: str) -> float:
    return float(text.replace(",", "").replace(MINUS, "-") or 0.0)


def recorded() -> dict[tuple[str, str], list[str]]:
    return rows(content_of(DOCUMENT.read_text(encoding="utf-8"), "checks"))


def test_the_recorded_checks_are_those_of_the_program(quick_checks: list[Check]) -> None:
    assert list(recorded()) == [(check.group, check.name) for check in quick_checks], "run `make docs`"
    assert list(rows(validation_lines(quick_checks))) == list(recorded())
    groups = [group for group, _ in groupby(recorded(), key=lambda key: key[0])]
    assert len(groups) == len(set(groups))


def test_recorded_targets_units_and_sources_are_those_of_the_program(quick_checks: list[Check]) -> None:
    for check, now in zip(quick_checks, rows(validation_lines(quick_checks)).values(), strict=True):
        then = recorded()[check.group, check.name]
        assert then[3] == now[3]
        if check.name == AGAINST_ALL:
            continue
        assert then[5] == now[5]
        if check.target.low == check.target.high:
            margin = DRAWN_TARGETS.get(check.name, 0.0) + 0.5 * 10.0 ** -len(then[0].partition(".")[2])
            assert abs(number(then[0]) - check.target.low) <= margin, check.name
        else:
            assert then[0] == now[0]


def test_the_recorded_numbers_are_still_likely(quick_checks: list[Check]) -> None:
    """Both intervals meet; for published figures, whose intervals are narrower, within twice their widths."""
    for check in quick_checks:
        _, model, half, _, verdict, _ = recorded()[check.group, check.name]
        assert verdict in ("agrees", "known miss")
        if check.name == AGAINST_ALL:
            continue
        scale = 2.0 if check.group.startswith("Published") else 1.0
        reach = number(half) + (check.interval.high - check.interval.low) / 2.0
        assert abs(number(model) - check.value) <= scale * reach + 1e-4, f"{check.name}: run `make docs`"
