"""Drawings: escaped, within their frame, and true to the numbers."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentmarket.page.drawing.balance import balance
from talentmarket.page.drawing.colours import on_dark
from talentmarket.page.drawing.lines import BOTTOM, LEFT, RIGHT, TOP, Axis, Chart, Line, line_chart
from talentmarket.page.drawing.matrix import flow_matrix, gathered
from talentmarket.page.drawing.pools import LABEL, SIZES, Places, arranged, relative_radii
from talentmarket.page.drawing.text import short
from talentmarket.page.drawing.vesting import vesting_chart
from talentmarket.plots.colours import LABS, OTHERS, luminance

EVIL = "<script>alert(\"x\")</script> & 'more'"


def parsed(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)
    assert not [each.tag for each in root.iter() if each.tag in ("script", "foreignObject", "a", "image")]
    return root


def chart(values: list[list[float]], **more) -> Chart:
    lines = [Line(f"{EVIL} {row}", "--light:#111", np.array(each)) for row, each in enumerate(values)]
    return Chart(Axis(EVIL, EVIL, **more), 24, lines, [(3, EVIL)], [(2, 5)])


def test_names_are_shown_as_text_in_every_drawing() -> None:
    flows = np.arange(9).reshape(3, 3)
    for svg in (
        line_chart(chart([[1.0, 2.0], [3.0, 4.0]])),
        flow_matrix(flows, [EVIL, "b", "c"], 2, EVIL),
        balance({EVIL: 1.0, "money": -2.0}),
        vesting_chart(np.linspace(0, 1, 121), 5),
    ):
        root = parsed(svg)
        assert root.get("aria-label")


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    st.lists(st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), min_size=3, max_size=3), min_size=1, max_size=5),
    st.booleans(),
)
def test_lines_stay_within_their_frame(values, zero) -> None:
    root = parsed(line_chart(chart(values, zero=zero)))
    for each in root.iter():
        if each.get("class", "").startswith("line"):
            points = re.findall(r"([-\d.]+) ([-\d.]+)", each.get("d"))
            assert all(LEFT <= float(x) <= RIGHT and TOP - 0.1 <= float(y) <= BOTTOM + 0.1 for x, y in points)


def test_a_line_rises_where_its_values_rise() -> None:
    root = parsed(line_chart(chart([[0.0, 5.0, 10.0]], floor=0.0)))
    line = next(each for each in root.iter() if each.get("class") == "line")
    heights = [float(y) for _, y in re.findall(r"([-\d.]+) ([-\d.]+)", line.get("d"))]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == BOTTOM


def test_lines_that_are_alike_get_one_name() -> None:
    alike = line_chart(chart([[1.0, 1.0], [1.0, 1.0]]))
    assert alike.count('class="name"') == 1
    assert "all labs" in alike
    assert line_chart(chart([[1.0, 1.0], [1.0, 2.0]])).count('class="name"') == 2


def test_the_matrix_shows_every_flow_and_gathers_small_labs() -> None:
    flows = np.array([[0, 3, 5], [7, 0, 11], [13, 17, 0]])
    texts = [
        each.text
        for each in parsed(flow_matrix(flows, ["a", "b", "o"], 2, "t")).iter()
        if "cell" in each.get("class", "")
    ]
    assert texts == ["3", "5", "7", "11", "13", "17"]
    many = np.random.default_rng(1).integers(0, 9, (20, 20))
    table, names = gathered(many, [str(lab) for lab in range(20)], 19)
    assert len(names) == 8
    assert names[-2:] == ["others", "19"]
    assert table.sum() == many.sum()


@pytest.mark.parametrize("shape", list(SIZES))
@pytest.mark.parametrize("heads", [[3350, 2500, 6000, 1035, 1000, 12000], [10, 5], [7, 0, 3, 3], [50] * 24 + [900]])
def test_pools_fit_and_do_not_overlap(shape: str, heads: list[int]) -> None:
    outside = len(heads) - 1
    pools = arranged(relative_radii(np.array(heads), outside), outside, shape)
    width, height = SIZES[shape]
    for one in pools:
        assert one.x - one.radius >= 0
        assert one.x + one.radius <= width
        assert one.y - one.radius >= LABEL - 1
        assert one.y + one.radius <= height
    for place, one in enumerate(pools):
        for other in pools[place + 1 :]:
            assert np.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius


def test_who_stays_keeps_the_place_and_who_comes_takes_the_first_free_one() -> None:
    places = Places([4, 4])
    places.settle([1, 2, 3], [0, 0, 0])
    before = {who: places.offset(who) for who in (1, 2, 3)}
    places.settle([1, 2, 3], [0, 1, 0])
    assert (places.offset(1), places.offset(3)) == (before[1], before[3])
    assert places.offset(2)[0] == 1
    places.settle([1, 2, 3, 4], [0, 1, 0, 0])
    assert places.offset(4) == before[2]
    crowd = list(range(10, 40))
    places.settle(crowd, [1] * 30)
    away = sorted(np.hypot(*places.offset(who)[1:]) for who in crowd)
    assert away[-1] <= 1
    assert np.all(np.diff(away) > 0)  # a crowd fills the pool; it does not stand on its rim


def test_bars_point_to_the_side_that_they_speak_for() -> None:
    root = parsed(balance({"money": 3.0, "friction": -1.0, "ties": 0.0}))
    bars = [each.get("class") for each in root.iter() if each.tag.endswith("rect")]
    assert bars == ["going", "staying", "going total"]


@pytest.mark.parametrize("colour", [*LABS.values(), *OTHERS])
def test_every_lab_can_be_read_on_dark(colour: str) -> None:
    assert (luminance(on_dark(colour)) + 0.05) / (luminance("#14181D") + 0.05) >= 4.5


def test_long_text_ends_in_an_ellipsis() -> None:
    assert short("abcdef", 4) == "abc…"
