"""Why someone stayed or left: the terms of an offer against staying as bars, in SVG text."""

from __future__ import annotations

from collections.abc import Mapping

from talentmarket.market.records.codes import REASONS
from talentmarket.numbers import number
from talentmarket.page.drawing.text import safe

WIDTH, MIDDLE, REACH, ROW = 330.0, 196.0, 96.0, 17.0


def balance(differences: Mapping[str, float]) -> str:
    """Bars of an offer's terms less those of staying: to the right what spoke for going, to the left for staying.

    Parameters
    ----------
    differences
        Log-odds by name of the term, `chance` for the noise; terms that made no difference are left out.
    """
    rows = {name: value for name, value in differences.items() if abs(value) >= 0.005}
    total = sum(differences.values())
    scale = REACH / max([abs(value) for value in rows.values()] + [abs(total), 1e-9])
    height = ROW * (len(rows) + 1) + 26
    words = ", ".join(f"{_label(name)} {number(value)}" for name, value in rows.items())
    parts = [f'<svg viewBox="0 0 {WIDTH:g} {height:g}" class="chart" role="img" aria-label="{safe(words, 400)}">']
    parts.append(f'<text class="tick end" x="{MIDDLE - 6:g}" y="10">← for staying</text>')
    parts.append(f'<text class="tick" x="{MIDDLE + 6:g}" y="10">for going →</text>')
    for place, (name, value) in enumerate([*rows.items(), ("total", total)]):
        top = 16 + ROW * place + (5 if name == "total" else 0)
        parts.append(_bar(_label(name), value * scale, value, top))
    parts.append(f'<path class="axis" d="M{MIDDLE:g} 14V{height - 4:g}"/>')
    return "".join([*parts, "</svg>"])


def _label(name: str) -> str:
    return REASONS[name].removeprefix("the ") if name in REASONS else name


def _bar(name: str, length: float, value: float, top: float) -> str:
    start = MIDDLE + min(length, 0.0)
    side = "going" if value > 0 else "staying"
    total = " total" if name == "total" else ""
    end = MIDDLE + length + 4 if value > 0 else MIDDLE + 4
    return (
        f'<text class="row{total}" x="0" y="{top + 11:g}">{safe(name)}</text>'
        f'<rect class="{side}{total}" x="{start:.1f}" y="{top + 2:g}" width="{abs(length):.1f}" height="11" rx="2"/>'
        f'<text class="tick{total}" x="{end:.1f}" y="{top + 11:g}">{number(value)}</text>'
    )
