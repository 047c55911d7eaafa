"""What the page's words mean: the paragraphs of docs/glossary.md, found by the term or by a key that they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from talentmarket.scenario.places.locating import fields_of
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.shipped import folder

HEADING = re.compile(r"\*\*(?P<term>.+?)\*\*(?: \((?P<keys>.+?)\))?(?P<text>[.,].*)")
LOG_POINTS = "Log points"


@cache
def glossary() -> Mapping[str, str]:
    """Every paragraph as plain text, by its term and by each key named beside the term."""
    found: dict[str, str] = {}
    for paragraph in (folder("docs") / "glossary.md").read_text(encoding="utf-8").split("\n\n"):
        if heading := HEADING.match(" ".join(paragraph.split())):
            text = re.sub(r"`|\*(?=\w)|(?<=\w)\*|\[|\]\(.*?\)", "", heading["term"] + heading["text"])
            for name in (heading["term"], *re.findall(r"`(.+?)`", heading["keys"] or "")):
                found.setdefault(name, text)
    return MappingProxyType(found)


def about(*names: str) -> str:
    """The paragraph of the first of these terms or keys that the glossary explains; empty for none."""
    return next((glossary()[name] for name in names if name in glossary()), "")


def about_parameter(pattern: str, unit: str) -> list[str]:
    """What a parameter is: the schema's sentence, the glossary's paragraph, and that of its unit where it needs words.

    Parameters
    ----------
    pattern
        Its path, with `*` for names.
    unit
        As the schema has it.
    """
    told = [
        str(fields_of(Scenario)[pattern].get("description", "")),
        about(pattern, pattern.rpartition(".")[2]),
        about(LOG_POINTS) if unit.startswith("log point") else "",
    ]
    return [text for text in told if text]
