"""What is given away: the wheel and the source distribution hold all that a user needs, and say what they are."""

from __future__ import annotations

import re
import tarfile
import tomllib
import zipfile
from email import message_from_bytes
from pathlib import Path
from typing import Annotated, Literal

import pytest
import yaml
from hatchling.build import build_sdist, build_wheel
from pydantic import BaseModel, ConfigDict, Field

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


class Author(BaseModel):
    """An entity, as CFF 1.2.0 calls an author who is no person."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=1)]


class Citation(BaseModel):
    """The keys of CFF 1.2.0 that the file uses, with the schema's types."""

    model_config = ConfigDict(extra="forbid", strict=True)
    cff_version: Literal["1.2.0"] = Field(alias="cff-version")
    message: Annotated[str, Field(min_length=1)]
    type: Literal["software"]
    title: Annotated[str, Field(min_length=1)]
    abstract: Annotated[str, Field(min_length=1)]
    authors: Annotated[list[Author], Field(min_length=1)]
    version: str
    license: Literal["Apache-2.0"]
    keywords: Annotated[list[str], Field(min_length=1)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return zipfile.ZipFile(folder / build_wheel(str(folder)))


def of_package(folder: str, place: str = "") -> set[str]:
    """The files below a folder of the checkout, as they are to stand in the wheel."""
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {f"{place or folder}/{path.relative_to(ROOT / folder).as_posix()}" for path in files}


def test_the_wheel_holds_scenarios_studies_facts_and_the_page(wheel: zipfile.ZipFile) -> None:
    held = set(wheel.namelist())
    shipped = "talentmarket/shipped"
    scenarios, facts = of_package("scenarios", f"{shipped}/scenarios"), of_package("seeds", f"{shipped}/seeds")
    assert f"{shipped}/scenarios/studies/points/offer_size.csv" in scenarios
    assert scenarios | facts | of_package("model/talentmarket", "talentmarket") <= held
    assert not any("__pycache__" in name or name.startswith("tests/") for name in held)


def test_the_wheel_says_what_it_is(wheel: zipfile.ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    told = message_from_bytes(wheel.read(name))
    assert (told["Name"], told["Version"], told["License-Expression"]) == (
        "talentmarket",
        PROJECT["version"],
        "Apache-2.0",
    )
    assert told["Author"] == "The talentmarket developers"
    (licence,) = (name for name in wheel.namelist() if name.endswith("licenses/LICENSE"))
    assert wheel.read(licence) == (ROOT / "LICENSE").read_bytes()
    assert b"Apache License" in wheel.read(licence)
    assert b"END OF TERMS AND CONDITIONS" in wheel.read(licence)


def test_the_source_distribution_can_be_tested_and_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with tarfile.open(tmp_path / build_sdist(str(tmp_path))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"README.md", "LICENSE", "CITATION.cff", "CHANGELOG.md", "Makefile", "constraints.txt", "docs/ODD.md"}
    needed |= {"tests/test_readme.py", "scenarios/baseline.toml", "seeds/article.toml", "docs/pictures/page.png"}
    assert needed <= held
    assert not any(name.startswith(("outputs/", ".venv", "docs/gallery/.")) for name in held - {"outputs/README.md"})


def test_the_citation_is_of_the_format_and_of_this_version() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    citation = Citation.model_validate(yaml.safe_load(text))
    assert (citation.title, citation.version) == (PROJECT["name"], PROJECT["version"])
    assert [author.name for author in citation.authors] == [author["name"] for author in PROJECT["authors"]]
    assert citation.license == PROJECT["license"]
    assert len(set(citation.keywords)) == len(citation.keywords)


def test_a_python_that_is_named_is_one_that_is_allowed() -> None:
    named = re.findall(r"Python :: (3\.\d+)\b", "\n".join(PROJECT["classifiers"]))
    (least,) = re.findall(r">=(3\.\d+)", PROJECT["requires-python"])
    assert named[0] == least
    assert named == sorted(named)
