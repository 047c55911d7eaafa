"""The one look of all pictures: text as it stands, colours told apart, files that say where they come from."""

import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from itertools import combinations, pairwise

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image
from readable_figures import assert_readable, boxes
from synthetic_market import build_scenario, build_tables, raid

import talentmarket.plots as plots
from talentmarket.plots import labels, words
from talentmarket.plots.colours import LABS, OUTCOMES, OUTSIDE, ink, lab_colours, luminance
from talentmarket.plots.comparison.words import RUNS
from talentmarket.plots.run.flows import flows_between_labs
from talentmarket.plots.style import Heading, canvas, dress, message, picture, styled
from talentmarket.scenario import load

MADE_BY = f"Simulation: talentmarket {version('talentmarket')}"
PROVENANCE = plots.Provenance(scenario="meta_raid", seed=2025, version="0.1.0", revision="0123abc")


def labelled_figure(ends):
    scenario = build_scenario()

    @picture
    def draw():
        figure = canvas(3.0)
        axes = figure.subplots()
        for number, end in enumerate(ends):
            axes.plot([0, 1], [0, end])
            labels.label_end(axes, f"a lab number {number} 研", (1, end), "#0072B2")
        return dress(figure, "How do the labels stand?", scenario, "A caption.")

    return draw()


def test_every_public_name_can_be_had_and_no_other():
    for name in plots.__all__:
        assert getattr(plots, name).__name__ == name
    assert set(dir(plots)) == set(plots.__all__)
    with pytest.raises(AttributeError, match="portrait"):
        _ = plots.portrait


def test_the_package_does_not_import_matplotlib():
    code = "import sys, talentmarket.plots; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_known_labs_keep_their_colours_and_outside_is_grey():
    colours = lab_colours(build_scenario().labs)
    assert colours == {**LABS, "outside": OUTSIDE}
    assert list(colours) == [lab.name for lab in build_scenario().labs]


def test_runs_and_outcomes_never_have_the_colour_of_a_lab():
    labs = np.array([to_rgb(colour) for colour in LABS.values()])
    for colour in (*RUNS, *OUTCOMES.values()):
        assert np.linalg.norm(labs - to_rgb(colour), axis=1).min() > 0.2


@pytest.mark.parametrize("number", [2, 20, 63])
def test_no_two_labs_look_alike(number):
    scenario = build_scenario({f"Lab {i}": 10 for i in range(number)})
    colours = list(lab_colours(scenario.labs).values())
    distances = [np.linalg.norm(np.subtract(to_rgb(a), to_rgb(b))) for a, b in combinations(colours, 2)]
    assert len(set(colours)) == number + 1
    assert min(distances) > 0.03


def test_the_colour_of_an_unknown_lab_does_not_depend_on_the_order_of_labs():
    names = ["Mistral", "Cohere", "Apple", "Microsoft"]
    one = lab_colours(build_scenario(dict.fromkeys(names, 10)).labs)
    other = lab_colours(build_scenario(dict.fromkeys(reversed(names), 10)).labs)
    assert one == other
    assert one["Apple"] == lab_colours(build_scenario({"Apple": 10, "OpenAI": 10}).labs)["Apple"]


@pytest.mark.parametrize("colour", [*LABS.values(), "#FFFFFF", "#F0E442"])
def test_ink_reads_well_on_white(colour):
    assert 1.05 / (luminance(ink(colour)) + 0.05) >= 4.49


def test_spread_keeps_order_limits_and_distance():
    wanted = [5.0, 5.1, 0.0, 5.05, 9.9]
    placed = labels.spread(wanted, [1.0] * 5, 0.0, 10.0)
    assert list(np.argsort(placed)) == list(np.argsort(wanted))
    assert np.diff(np.sort(placed)).min() >= 1.0 - 1e-9
    assert placed.min() >= 0.5
    assert placed.max() <= 9.5
    np.testing.assert_allclose(placed[[0, 1, 3]].mean(), 5.05)


def test_spread_leaves_alone_what_does_not_overlap_and_shrinks_what_cannot_fit():
    np.testing.assert_allclose(labels.spread([1.0, 4.0], [1.0, 2.0], 0.0, 10.0), [1.0, 4.0])
    np.testing.assert_allclose(labels.spread([3.0, 3.0, 3.0], [4.0, 4.0, 4.0], 0.0, 6.0), [1.0, 3.0, 5.0])
    assert labels.spread([], [], 0.0, 1.0).size == 0


@pytest.mark.parametrize("number", [2, 6, 20])
def test_labels_at_line_ends_never_overlap_and_stay_in_the_figure(number):
    figure = labelled_figure(np.linspace(0.50, 0.52, number))
    assert_readable(figure)
    heights = [box.y0 for text, box in boxes(figure) if text.startswith("a lab")]
    assert len(heights) == number
    assert heights == sorted(heights)


def test_a_label_of_two_lines_has_room_for_both():
    figure = canvas(1.2)
    axes = figure.subplots()
    axes.set_ylim(0, 1)
    for text in ("one line", "two\nlines", "the other"):
        labels.label_end(axes, text, (1.0, 0.5), "#0072B2")
    dress(figure, "title", "scenario", "")
    figure.canvas.draw()
    own = sorted((Text.get_window_extent(text) for text in axes.texts), key=lambda box: box.y0)  # without the leaders
    assert "two\nlines" in [text.get_text() for text in axes.texts]  # no square for the end of a line
    assert all(below.y1 <= above.y0 + 1.0 for below, above in pairwise(own))


def test_a_lone_label_stands_at_its_line_end():
    figure = labelled_figure([0.7])
    axes = figure.axes[0]
    assert axes.texts[0].get_position()[1] == pytest.approx(0.7)


def test_question_scenario_and_caption_stand_in_the_figure():
    texts = [text.get_text() for text in labelled_figure([1.0]).texts]
    assert texts == ["How do the labels stand?", "Baseline: no raid", f"A caption.\n{MADE_BY}"]


def test_dollar_signs_are_printed_as_they_stand():
    scenario = build_scenario({"$x^2$ & <b>": 5, "B $1": 5})
    figure = flows_between_labs(build_tables(scenario, 1)["flows"], scenario, 1)
    labels_drawn = [label for axes in figure.axes for label in axes.get_yticklabels() if "$" in label.get_text()]
    assert [label.get_text() for label in labels_drawn] == ["$x^2$ & <b>", "B $1"]
    assert not any(label.get_parse_math() for label in labels_drawn)


def test_characters_that_no_font_has_become_squares_and_are_named(monkeypatch):
    monkeypatch.setattr(words, "_other_fonts", tuple)
    assert words.printable("Lab 研究 é ŷ →") == "Lab □□ é ŷ →"
    assert words.undrawable("研 é 究 研") == "研究"


def test_another_font_of_the_machine_writes_what_the_usual_one_lacks(monkeypatch):
    """matplotlib's own STIX stands in for a font of Chinese: it has letters that DejaVu lacks."""
    beyond = map(chr, sorted(words._letters("STIXGeneral") - words._letters(words.FONT)))
    letter = next(each for each in beyond if unicodedata.category(each) == "So")
    monkeypatch.setattr(words, "_other_fonts", lambda: ("STIXGeneral",))
    words.width.cache_clear()
    assert words.printable(f"a{letter}") == f"a{letter}"
    assert words.fonts("abc") == [words.FONT]
    assert words.fonts(letter) == [words.FONT, "STIXGeneral"]
    assert words.width(f"a{letter}", 8) > words.width("a", 8)
    figure = picture(message)(f"Who is {letter}?", "b", "c")
    assert figure.texts[1].get_fontfamily() == [words.FONT, "STIXGeneral"]
    words.width.cache_clear()


def test_letters_stay_letters_in_an_svg_on_request(tmp_path):
    _, outlines = plots.save(labelled_figure([0.5]), tmp_path / "a", "x", PROVENANCE)
    _, letters = plots.save(labelled_figure([0.5]), tmp_path / "b", "x", PROVENANCE, svg_text=True)
    assert "<text" not in outlines.read_text(encoding="utf-8")
    assert "A caption.</text>" in letters.read_text(encoding="utf-8")


def test_a_heading_has_question_finding_and_what_decides_it():
    figure = canvas(1.0)
    figure.subplots()
    with styled():
        dress(figure, Heading("How many?", "Seven come", "the price."), "Baseline", "A caption.")
    texts = [" ".join(text.get_text().split()) for text in figure.texts]
    assert texts == ["Seven come", "Baseline", f"A caption. What decides it: the price. {MADE_BY}", "How many?"]
    heights = {text: place.get_position()[1] for text, place in zip(texts, figure.texts, strict=True)}
    assert heights["How many?"] > heights["Seven come"] > heights["Baseline"]
    assert_readable(figure)


def test_text_is_broken_cut_and_fitted_to_its_room():
    text = "a name that is far too long for the room it has"
    lines = words.wrapped(text, 8, 1.0)
    assert " ".join(lines) == text
    assert all(words.width(line, 8) <= 1.0 for line in lines)
    cut = words.shortened(text, 8, 1.0)
    assert cut.endswith("…")
    assert words.width(cut, 8) <= 1.0
    fitted, size = words.fitted("a name", (8.0, 5.0), 0.3)
    assert (fitted, words.width(fitted, size)) == ("a name", pytest.approx(0.3, abs=0.01))
    assert words.in_lines("two words", 8, 0.4, 2) == "two\nwords"
    assert words.wrapped("as many as 100\u00a0%", 8, 0.6) == ["as many", "as 100\u00a0%"]  # not between number and sign


def _word_by_word(text, size, room, weight):
    """Lines that take one word after the other, each measured anew."""
    lines = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and words.width(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(words.shortened(word, size, room, weight))
    return lines


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_lines_are_those_of_measuring_word_by_word(weight):
    chance = np.random.default_rng(5)
    for _ in range(40):
        letters = chance.choice(list("iilmWAVo.—é"), size=(30, 12))
        text = " ".join("".join(row[: chance.integers(1, 12)]) for row in letters)
        size, room = chance.uniform(6, 12), chance.uniform(0.4, 6.0)
        assert words.wrapped(text, size, room, weight) == _word_by_word(text, size, room, weight)


@pytest.mark.parametrize(("low", "high"), [(0.5, 200), (30, 180), (95, 105), (1e-3, 1e4)])
def test_log_ticks_lie_in_their_range(low, high):
    ticks = words.log_ticks(low, high)
    assert ticks
    assert min(ticks) >= low
    assert max(ticks) <= high


def test_drawing_leaves_the_settings_of_matplotlib_alone():
    before = dict(matplotlib.rcParams)
    labelled_figure([0.5])
    assert dict(matplotlib.rcParams) == before


def test_settings_of_the_user_do_not_change_a_picture(tmp_path):
    first = plots.save(labelled_figure([0.5]), tmp_path, "plain", PROVENANCE)[0].read_bytes()
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "text.parse_math": True}):
        second = plots.save(labelled_figure([0.5]), tmp_path, "plain", PROVENANCE)[0].read_bytes()
    assert first == second


def test_files_say_where_they_come_from(tmp_path):
    png, svg = plots.save(labelled_figure([0.5]), tmp_path / "new", "headcount", PROVENANCE)
    with Image.open(png) as image:
        assert image.info["dpi"] == pytest.approx((200, 200), abs=0.1)
        assert image.width == 1440
        found = {key: image.info[key] for key in ("Scenario", "Seed", "Version", "Revision")}
    assert found == {"Scenario": "meta_raid", "Seed": "2025", "Version": "0.1.0", "Revision": "0123abc"}
    text = " ".join(ET.parse(svg).getroot().itertext())
    for part in ("Scenario: meta_raid", "Seed: 2025", "Version: 0.1.0", "Revision: 0123abc"):
        assert part in text
    assert not re.search(r"<dc:date>", svg.read_text(encoding="utf-8"))
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["headcount.png", "headcount.svg"]


def test_the_same_picture_gives_the_same_bytes_even_from_several_threads(tmp_path):
    def write(number):
        folder = tmp_path / str(number)
        return [path.read_bytes() for path in plots.save(labelled_figure([0.2, 0.4]), folder, "a", PROVENANCE)]

    with ThreadPoolExecutor(4) as threads:
        copies = list(threads.map(write, range(4)))
    assert all(copy == copies[0] for copy in copies)


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch):
    png, _ = plots.save(labelled_figure([0.5]), tmp_path, "a", PROVENANCE)
    before = png.read_bytes()

    def refuse(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        plots.save(labelled_figure([0.9]), tmp_path, "a", PROVENANCE)
    assert png.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.png", "a.svg"]


@pytest.mark.parametrize("name", ["", "a/b", "..", "../a"])
def test_a_picture_needs_a_plain_name(tmp_path, name):
    with pytest.raises(ValueError, match="plain file name"):
        plots.save(labelled_figure([0.5]), tmp_path, name, PROVENANCE)
    assert not list(tmp_path.iterdir())


def test_a_message_is_readable():
    figure = picture(message)("Who came?", build_scenario(campaigns=[raid()]), "Nobody came, or so it seems. " * 6)
    assert_readable(figure)


def test_a_lab_has_the_colour_that_its_scenario_names() -> None:
    labs = load("baseline", ["labs.xAI.colour=#0072b2", "labs.Anthropic.colour=#123456"]).labs
    colours = lab_colours(labs)
    assert (colours["xAI"], colours["Anthropic"]) == ("#0072B2", "#123456")
    assert len(set(colours.values())) == len(colours)  # Meta's usual blue is taken
