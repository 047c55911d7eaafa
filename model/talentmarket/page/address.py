"""The address of a view: scenario, changed parameters, seed, month, tab and what it is compared with, in a query string."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from talentmarket.errors import InputError, ScenarioError
from talentmarket.page.choices import Choices
from talentmarket.page.session import Setup
from talentmarket.page.sliders import sliders

TABS = ("market", "compare")
MOST_SEED = 2**32 - 1
LONGEST = 4000


@dataclass(frozen=True)
class Opening:
    """What to show first.

    Attributes
    ----------
    setup
        Scenario, changes and seed.
    month
        Where to run to.
    tab, rival
        The open tab, and the key of scenario B; empty for the usual ones.
    problem
        What of the address was passed over, in words.
    """

    setup: Setup
    month: int = 0
    tab: str = ""
    rival: str = ""
    problem: str = ""


def written(opening: Opening) -> str:
    """The query string of a view; what is as usual is left out."""
    setup = opening.setup
    parts: list[tuple[str, str]] = [("scenario", setup.key)]
    parts += [("set", f"{path}={value:.12g}") for path, value in setup.changed.items()]
    if setup.seed is not None:
        parts.append(("seed", str(setup.seed)))
    if opening.month:
        parts.append(("month", str(opening.month)))
    if opening.tab and opening.tab != TABS[0]:
        parts += [("tab", opening.tab), ("with", opening.rival)]
    return urlencode(parts)


def opening_of(search: str, choices: Choices) -> Opening:
    """What an address asks for; everything in it that cannot be is passed over, and said so.

    Only what the page lets a visitor turn can be set, so that a link cannot ask for a market of any size.
    """
    problems: list[str] = []
    asked = parse_qsl((search or "")[:LONGEST].lstrip("?"))
    single = {name: value for name, value in asked if name != "set"}
    key = single.get("scenario", choices.start)
    if key not in choices.titles:
        problems.append(f"there is no scenario {key!r}")
        key = choices.start
    seed = _whole(single.get("seed"), MOST_SEED, "seed", problems)
    month = _whole(single.get("month"), 1200, "month", problems) or 0
    changed = _changed([value for name, value in asked if name == "set"], key, choices, problems)
    setup = Setup(key, changed, seed)
    try:
        choices.loaded(key, setup.overrides())
    except ScenarioError as error:
        problems += error.problems
        setup = Setup(key)
    tab = single.get("tab", "") if single.get("tab") in TABS else ""
    rival = single.get("with", "") if single.get("with") in choices.titles else ""
    problem = f"Passed over in the address: {'; '.join(problems)}" if problems else ""
    return Opening(setup, month, tab, rival, problem)


def _whole(text: str | None, most: int, name: str, problems: list[str]) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdigit() and int(text[:12]) <= most:
        return int(text[:12])
    problems.append(f"{name}={text[:40]} is not a whole number from 0 to {most:,}")
    return None


def _changed(asked: list[str], key: str, choices: Choices, problems: list[str]) -> dict[str, float]:
    try:
        loaded = choices.loaded(key)
    except InputError:
        return {}
    known = {one.path: one for one in sliders(loaded, loaded)}
    changed = {}
    for each in asked:
        path, _, text = each.rpartition("=")
        try:
            changed[path] = type(known[path].loaded)(float(text))
        except (KeyError, ValueError, OverflowError):
            problems.append(f"set={each[:80]} sets nothing that can be turned here")
    return changed
