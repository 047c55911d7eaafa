"""The documentation as a site: it is built without a warning, asks nobody for anything, and no link leads nowhere."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from pages import DOCS

TAG = "{http://www.w3.org/1999/xhtml}"
LOADED = (("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("source", "srcset"))
LINKED = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "-b", "html"]
    done = subprocess.run([*words, str(DOCS), str(folder)], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return folder


@cache
def page_at(path: Path):
    return html5lib.parse(path.read_text(encoding="utf-8"))


def ids_of(path: Path) -> set[str]:
    return {element.get("id") for element in page_at(path).iter() if element.get("id")}


def test_every_page_is_in_the_site_and_in_its_contents(site: Path) -> None:
    pages = {page.relative_to(DOCS).with_suffix(".html").as_posix() for page in DOCS.rglob("*.md")}
    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"genindex.html", "search.html"}
    assert built == pages
    sidebar = {link.get("href") for link in page_at(site / "index.html").iter(f"{TAG}a")}
    assert {"tutorials/1-run-and-read.html", "how-to/event.html", "reference/commands.html", "ODD.html"} <= sidebar


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = page_at(path)
        asked = [element.get(name) for tag, name in LOADED for element in page.iter(f"{TAG}{tag}")]
        asked += [
            link.get("href")
            for link in page.iter(f"{TAG}link")
            if link.get("rel") not in ("index", "search", "next", "prev")
        ]
        for address in filter(None, asked):
            assert not urlsplit(address).netloc, f"{path.name} loads {address}"
            if not address.startswith("data:"):
                assert (path.parent / unquote(urlsplit(address).path)).is_file(), f"{path.name}: {address}"
    for style in (*site.rglob("*.css"), *site.rglob("*.svg")):
        text = style.read_text(encoding="utf-8")
        assert not re.findall(r"""(?:url\(["']?|@import\s+["']|xlink:href=["'])(https?:)?//""", text), style.name


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    checked = 0
    for path in site.rglob("*.html"):
        for link in page_at(path).iter(f"{TAG}a"):
            address = urlsplit(link.get("href") or "")
            if address.scheme or address.netloc or not link.get("href"):
                continue
            target = path.parent / unquote(address.path) if address.path else path
            assert target.is_file(), f"{path.name}: {link.get('href')}"
            if address.fragment and target.suffix == ".html":
                assert unquote(address.fragment) in ids_of(target), f"{path.name}: {link.get('href')}"
            checked += 1
    assert checked > 1000


def test_every_link_of_the_plain_pages_leads_somewhere() -> None:
    """On any host that shows Markdown."""
    for page in DOCS.rglob("*.md"):
        for link in LINKED.findall(page.read_text(encoding="utf-8")):
            address = urlsplit(link)
            if not address.scheme and address.path:
                assert (page.parent / unquote(address.path)).exists(), f"{page.name}: {link}"
