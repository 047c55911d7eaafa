"""The pages that the program writes are those of its code, its scenario files and its studies."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from pages import DOCS, ROOT

from talentmarket.cli import COMMANDS
from talentmarket.report.documents import content_of
from talentmarket.report.documents.answered import answer_in, figures_in, first_sentences, prose_of
from talentmarket.report.documents.gallery import sensitivity_list
from talentmarket.report.documents.reference import PAGES
from talentmarket.report.documents.scenarios import INDEX, TITLE, index_page, scenario_page, scenario_table
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.runs.tables.columns import TABLES
from talentmarket.scenario.catalogue import shipped_scenarios

GALLERY = DOCS / "gallery" / "scenarios"
ENTRIES = shipped_scenarios()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_reference_is_up_to_date(name: str) -> None:
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == PAGES[name]()


def test_the_reference_has_every_command_column_and_measure() -> None:
    pages = {name: (DOCS / "reference" / name).read_text(encoding="utf-8") for name in PAGES}
    shown = re.findall(r"^## (\w+)$", pages["commands.md"], re.MULTILINE)
    assert set(shown) == {command.__name__ for command in COMMANDS} & set(shown)
    assert {"run", "compare", "study", "view"} <= set(shown)
    assert re.findall(r"^\| `(\w+)` \|", pages["measures.md"], re.MULTILINE) == [measure.name for measure in MEASURES]
    assert len(re.findall(r"^\| `\w+` \|", pages["tables.md"], re.MULTILINE)) == sum(map(len, TABLES.values()))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_a_page_of_a_scenario_is_that_of_its_file(entry) -> None:
    picture = GALLERY / f"{entry.name}.svg"
    page = (GALLERY / f"{entry.name}.md").read_text(encoding="utf-8")
    assert page == scenario_page(entry, picture)
    finding = ElementTree.fromstring(picture.read_bytes()).findtext(TITLE)
    assert finding
    assert f"![{finding}]({picture.name})" in page
    for figure in figures_in(answer_in(entry.path.read_text(encoding="utf-8"))):
        sign = "+" if figure.other and not figure.mean.startswith("-") else ""
        assert f"{sign}{figure.mean}".replace("-", "−") in page


def test_the_gallery_has_every_scenario_and_no_other() -> None:
    names = {entry.name for entry in ENTRIES}
    assert {path.stem for path in GALLERY.glob("*.svg")} == names
    assert {path.stem for path in GALLERY.glob("*.md")} == names | {"README"}
    assert (GALLERY / INDEX).read_text(encoding="utf-8") == index_page()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert content_of(readme, "scenarios") == scenario_table("docs/gallery/scenarios/")


def test_the_section_on_sensitivity_is_that_of_the_studies() -> None:
    odd = (DOCS / "ODD.md").read_text(encoding="utf-8")
    assert content_of(odd, "sensitivity") == sensitivity_list(DOCS / "gallery")


def test_answers_are_read_without_the_names_of_their_measures() -> None:
    text = "# A title.\n# Answer: few, `started less meta_raid` = -0.87 (-1.01 to -0.73)\n# come. `started` = 2.5 (2.0 to 3.0).\nx = 1\n"
    assert prose_of("Answer: `a of B less c` = 1.5 (-0.5 to 3.5)") == "+1.5 (−0.5 to +3.5)"
    assert prose_of("Answer: `share_came` = 0.1068 (0.1036 to 0.1100)") == "10.7\u00a0% (10.4 to 11.0)"
    assert (
        prose_of("Answer: `share_came less c` = -0.0447 (-0.0459 to -0.0434)") == "−4.47 (−4.59 to −4.34)\u00a0points"
    )
    assert prose_of("Answer: `net_fees` = 4,498 (4,350 to 4,646)") == "4,500 (4,350 to 4,650)"
    answer = answer_in(text)
    assert [figure[:4] for figure in figures_in(answer)] == [
        ("started", "", "meta_raid", "-0.87"),
        ("started", "", "", "2.5"),
    ]
    assert prose_of(answer) == "Few, −0.87 (−1.01 to −0.73) come. 2.5 (2.0 to 3.0)."
    assert first_sentences("Many. Of it 0.5 stay. More.") == "Many. Of it 0.5 stay."
    assert answer_in("title = 1\n") == ""


def test_every_work_that_the_odd_names_is_in_its_references() -> None:
    """A name and a year in the text, and a reference of that name and year."""
    odd = (DOCS / "ODD.md").read_text(encoding="utf-8")
    text, _, references = odd.partition("## 12. References")
    prose = "\n".join(line for line in text.splitlines() if not line.startswith("|"))
    named = set(re.findall(r"([A-Z][a-z]+)(?:,? (?:and|et al\.?|[A-Z][a-z]+,?| )+)* ?\(?((?:19|20)\d\d)\b", prose))
    listed = {
        (author, year)
        for line in references.split("\n- ")
        for year in re.findall(r"\((\d{4})\)", line)
        for author in re.findall(r"[A-Z][a-z]+", line)
    }
    known = {(name, year) for name, year in named if name not in ("July", "April", "May")}
    assert len(known) >= 15
    assert known <= listed
    listed_first = {re.match(r"([A-Z]\w+)", line)[1] for line in references.split("\n- ")[1:]}
    assert all(re.search(rf"\b{author}\b", text) for author in listed_first)


def test_symbols_name_parameters_that_there_are() -> None:
    from talentmarket.scenario.places.locating import fields_of
    from talentmarket.scenario.schema import Scenario

    odd = (DOCS / "ODD.md").read_text(encoding="utf-8")
    symbols = odd[odd.index("## 11.") : odd.index("## 12.")]
    last = {path.rpartition(".")[2] for path in fields_of(Scenario)}
    whole = {path.replace("labs.*.", "") for path in fields_of(Scenario)}
    named = set(re.findall(r"`([\w.]+)`", symbols))
    assert len(named) >= 10
    assert named <= last | whole
