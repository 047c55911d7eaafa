"""Text in pictures: how long it is, where it breaks."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, takewhile

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.textpath import text_to_path

FONT = "DejaVu Sans"
# Fonts of the common systems that know Chinese, Japanese and Korean; those that a machine has are used where `FONT` has no
# letter for what is to be written.
OTHER_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "Noto Sans JP",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "PingFang SC",
    "Hiragino Sans",
    "Microsoft YaHei",
    "Yu Gothic",
    "IPAGothic",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Arial Unicode MS",
    "Unifont",
)
POINTS_PER_INCH = 72.0
ELLIPSIS = "…"
BLANK = 0.32  # width of a blank in `FONT`, as a share of the font size


@cache
def _letters(font: str) -> frozenset[int]:
    """The characters that a font has, as text and as titles."""
    plain, bold = (findfont(FontProperties(family=font, weight=weight)) for weight in ("normal", "bold"))
    return frozenset(get_font(plain).get_charmap()) & frozenset(get_font(bold).get_charmap())


@cache
def _other_fonts() -> tuple[str, ...]:
    """Those of `OTHER_FONTS` that this machine has."""
    there = {font.name for font in fontManager.ttflist}
    return tuple(name for name in OTHER_FONTS if name in there)


def _beyond(text: str) -> set[int]:
    """Characters of a text that the usual font lacks; the end of a line needs none."""
    return {ord(character) for character in text if character != "\n"} - _letters(FONT)


def fonts(text: str) -> list[str]:
    """The fonts that a text is written with: the usual one, and behind it those that have what it lacks."""
    beyond = _beyond(text)
    return [FONT, *(font for font in _other_fonts() if beyond & _letters(font))] if beyond else [FONT]


def undrawable(text: str) -> str:
    """The characters of a text that no font of this machine has, each once."""
    beyond = _beyond(text)
    known = set().union(*map(_letters, _other_fonts())) if beyond else set()
    return "".join(dict.fromkeys(character for character in text if ord(character) in beyond - known))


def printable(text: str) -> str:
    """`text` with every character that no font has as a white square, the way a reader knows it."""
    missing = undrawable(text)
    return "".join("□" if character in missing else character for character in text) if missing else text


@cache
def width(text: str, size: float, weight: str = "normal") -> float:
    """Width in inches of one line of text at a font size in points."""
    font = FontProperties(family=fonts(text), size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(printable(text), font, False)[0]) / POINTS_PER_INCH


def shortened(text: str, size: float, room: float, weight: str = "normal") -> str:
    """`text` cut with an ellipsis so that it is at most `room` inches wide."""
    text = printable(text)
    if width(text, size, weight) <= room:
        return text
    kept = text
    while kept and width(kept.rstrip() + ELLIPSIS, size, weight) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def _words(text: str) -> list[str]:
    """What a line may break between; blanks that do not break stay inside a word."""
    return [word for word in re.split(r"[ \t\r\n]+", printable(text)) if word]


def wrapped(text: str, size: float, room: float, weight: str = "normal") -> list[str]:
    """`text` broken between words into lines of at most `room` inches; a longer word is cut."""
    left = [shortened(word, size, room, weight) for word in _words(text)]
    lines: list[str] = []
    while left:
        count = _fitting(left, size, room, weight)
        lines.append(" ".join(left[:count]))
        left = left[count:]
    return lines


def _fitting(words: list[str], size: float, room: float, weight: str) -> int:
    """How many of the words fit into one line, at least one.

    To measure text takes longer than anything else about it. So the words' own widths, which are known, make a guess; two
    lines are measured as they stand.
    """

    def fits(count: int) -> bool:
        return width(" ".join(words[:count]), size, weight) <= room

    ends = accumulate(width(word, size, weight) + BLANK * size / POINTS_PER_INCH for word in words)
    count = max(1, sum(1 for _ in takewhile(lambda end: end <= room, ends)))
    while count < len(words) and fits(count + 1):
        count += 1
    while count > 1 and not fits(count):
        count -= 1
    return count


def fitted(text: str, sizes: tuple[float, float], room: float, weight: str = "normal") -> tuple[str, float]:
    """`text` and the font size at which it fits, from `sizes` (largest, smallest); cut if even that is too wide."""
    largest, smallest = sizes
    size = max(smallest, min(largest, largest * room / max(width(text, largest, weight), 1e-9)))
    return shortened(text, size, room + 1e-6, weight), size


def in_lines(text: str, size: float, room: float, lines: int, weight: str = "normal") -> str:
    """`text` in at most so many lines of at most `room` inches; in one, cut, if that cannot be."""
    broken = wrapped(text, size, room, weight)
    whole = " ".join(broken) == " ".join(_words(text)) and len(broken) <= lines
    return "\n".join(broken) if whole else shortened(text, size, room, weight)


def log_ticks(low: float, high: float) -> list[float]:
    """Round numbers between two positive ones for a log axis, as few digits as give three or more."""
    ticks: list[float] = []
    for digits in ((1,), (1, 3), (1, 2, 5), (1, 2, 3, 5, 7), tuple(range(1, 10))):
        ticks = [digit * 10.0**power for power in range(-6, 10) for digit in digits]
        ticks = [tick for tick in ticks if low <= tick <= high]
        if len(ticks) >= 3:
            break
    return ticks
