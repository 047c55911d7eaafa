"""How Sphinx makes a site of these pages: `make site`.

The pages are plain Markdown, which reads on any host. A page that lists others is also their table of contents: its links,
under the headings they stand below, become the entries of the sidebar.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

DOCS = Path(__file__).parent

project = "talentmarket"
author = "The talentmarket developers"
copyright = f"{author}, Apache-2.0"  # what Sphinx calls it
html_title = "talentmarket"
html_theme = "furo"
html_copy_source = False
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["site.css"]
extensions = ["myst_parser"]
exclude_patterns = ["_static", "examples"]
highlight_language = "text"
myst_heading_anchors = 4
nitpicky = True

# The pages that list others, and whether they stand in the sidebar under their headings or as a page of their own.
CONTENTS = {"index": True, "gallery/README": False, "gallery/scenarios/README": False}
LINK = re.compile(r"\]\(([\w./-]+)\.md\)")
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def contents_of(page: str, captions: bool) -> str:
    """Tables of contents for the links of a page: one for each heading, or one for all."""
    parts = HEADING.split(page)
    sections = zip(parts[1::2], parts[2::2], strict=True) if captions else [("", page)]
    tables = []
    for caption, text in sections:
        links = "\n".join(link for link in dict.fromkeys(LINK.findall(text)) if not link.startswith("../"))
        options = f":hidden:\n:caption: {caption}" if captions else ":hidden:"
        tables.append(f"```{{toctree}}\n{options}\n\n{links}\n```" if links else "")
    return "\n\n".join(tables)


def add_contents(app: Sphinx, page: str, source: list[str]) -> None:
    """Give a page that lists others its table of contents."""
    if page in CONTENTS:
        source[0] += f"\n\n{contents_of(source[0], CONTENTS[page])}\n"


def setup(app: Sphinx) -> None:
    """What Sphinx calls first."""
    app.connect("source-read", add_contents)
