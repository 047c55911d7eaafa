"""The pools as an animated GIF, a picture a month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from matplotlib.font_manager import FontProperties, findfont
from PIL import Image, ImageDraw, ImageFont

from talentmarket.page.drawing.pools import SIZES, Pool

SHADES = ("#E69F00", "#D46F2A", "#C0417F", "#763078", "#2D1E6B")
INK, SOFT, GROUND = "#222222", "#5C5C5C", "#FFFFFF"
SCALE, FINER, HEAD = 0.8, 2, 58  # size of a frame against the page's drawing; drawn larger, then shrunk; room for words
MILLISECONDS, LAST_MILLISECONDS = 260, 2500
COLOURS = 96


@dataclass(frozen=True)
class Frame:
    """One month: its words, head-counts in words by lab, and dots as (x, y, radius, shade) in the drawing's units."""

    title: str
    month: str
    heads: list[str]
    dots: list[tuple[float, float, float, int]]


def animation(frames: Iterable[Frame], pools: list[Pool], labs: list[tuple[str, str]]) -> bytes:
    """A GIF of frames.

    Parameters
    ----------
    frames
        One a month; drawn one after the other.
    pools
        Where the labs lie.
    labs
        Name and colour of each.
    """
    pictures: list[Image.Image] = []
    palette: Image.Image | None = None
    for frame in frames:
        drawn = _picture(frame, pools, labs)
        palette = palette or _palette(drawn, [colour for _, colour in labs])
        pictures.append(drawn.quantize(COLOURS, palette=palette, dither=Image.Dither.NONE))
    buffer = BytesIO()
    durations = [MILLISECONDS] * (len(pictures) - 1) + [LAST_MILLISECONDS]
    pictures[0].save(buffer, "GIF", save_all=True, append_images=pictures[1:], duration=durations, loop=0)
    return buffer.getvalue()


def _palette(picture: Image.Image, colours: list[str]) -> Image.Image:
    """A palette for all frames in which the colours of labs and dots have their share, however small their areas."""
    sample = picture.copy()
    draw = ImageDraw.Draw(sample)
    wanted = (*SHADES, *colours, INK)
    step = sample.width / len(wanted)
    for place, colour in enumerate(wanted):
        draw.rectangle((place * step, 0, (place + 1) * step, sample.height // 3), fill=colour)
    return sample.quantize(COLOURS)


def _font(size: float, bold: bool = False) -> ImageFont.FreeTypeFont:
    path = findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal"))
    return ImageFont.truetype(path, round(size * FINER))


def _picture(frame: Frame, pools: list[Pool], labs: list[tuple[str, str]]) -> Image.Image:
    width, height = SIZES["wide"]
    unit = SCALE * FINER
    size = (round(width * unit), round(height * unit) + HEAD * FINER)
    picture = Image.new("RGB", size, GROUND)
    draw = ImageDraw.Draw(picture)
    draw.text((16 * FINER, 12 * FINER), frame.title, INK, _font(15, bold=True))
    draw.text((16 * FINER, 34 * FINER), frame.month, SOFT, _font(12))
    top = HEAD * FINER
    for pool in pools:
        draw.ellipse(_box(pool.x, pool.y, pool.radius, unit, top), outline="#B8B8B8", width=FINER)
    for x, y, radius, shade in frame.dots:
        draw.ellipse(_box(x, y, radius, unit, top), fill=SHADES[shade])
    for pool, (name, colour), heads in zip(pools, labs, frame.heads, strict=True):
        place = (pool.x * unit, (pool.y - pool.radius - 20) * unit + top)
        draw.text(place, name, colour, _font(12, bold=True), anchor="ms")
        draw.text((place[0], (pool.y - pool.radius - 5) * unit + top), heads, INK, _font(10), anchor="ms")
    return picture.resize((size[0] // FINER, size[1] // FINER), Image.Resampling.LANCZOS)


def _box(x: float, y: float, radius: float, unit: float, top: float) -> tuple[float, float, float, float]:
    return (x - radius) * unit, (y - radius) * unit + top, (x + radius) * unit, (y + radius) * unit + top
