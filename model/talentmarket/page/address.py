"""The address of a view: scenario, changed parameters, seed, month, tab and what it is compared with, in a query string."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from talentmarket.errors import InputError, ScenarioError
from talentmarket.market.records.limits import MOST_MONTHS
from talentmarket.page.choices import Choices
from talentmarket.page.drawing.text import short
from talentmarket.page.session import Setup
from talentmarket.page.told.studied import varied_values
from talentmarket.page.turning.sliders import sliders

TABS = ("market", "compare", "studies")
MOST_SEED = 2**32 - 1
LONGEST = 10_000
MOST_DIGITS = 12
SHOWN = 60  # characters of what somebody wrote
NAMES = ("scenario", "seed", "month", "tab", "with")
SETTERS = ("set", "withset")


@dataclass(frozen=True)
class Opening:
    """What to show first.

    Attributes
    ----------
    setup
        Scenario, changes and seed.
    month
        Where to run to.
    tab
        The open tab; empty for the first one.
    run_b
        Scenario B and its changes, without a seed, as it takes that of `setup`; none for the default.
    problem
        What of the address was passed over, in words.
    """

    setup: Setup
    month: int = 0
    tab: str = ""
    run_b: Setup | None = None
    problem: str = ""


def written(opening: Opening) -> str:
    """The query string of a view; defaults are left out."""
    setup = opening.setup
    parts = [("scenario", setup.key), *_settings("set", setup)]
    if setup.seed is not None:
        parts.append(("seed", str(setup.seed)))
    if opening.month:
        parts.append(("month", str(opening.month)))
    if opening.tab and opening.tab != TABS[0]:
        parts.append(("tab", opening.tab))
    if opening.run_b is not None:
        parts += [("with", opening.run_b.key), *_settings("withset", opening.run_b)]
    return urlencode(parts)


def _settings(name: str, setup: Setup) -> list[tuple[str, str]]:
    return [(name, f"{path}={value:.12g}") for path, value in setup.changed.items()]


def opening_of(search: str, choices: Choices) -> Opening:
    """What an address asks for; everything in it that cannot be is passed over, and said so.

    Only what the page lets a visitor turn and what the shipped studies vary can be set, so that a link cannot ask for a
    market of any size.
    """
    problems: list[str] = []
    asked = parse_qsl((search or "")[:LONGEST].lstrip("?"))
    single = {name: value for name, value in asked if name not in SETTERS}
    problems += [f"{short(name, SHOWN)} is not known" for name in single if name not in NAMES]
    key = _scenario(single.get("scenario"), choices, problems) or choices.start
    seed = _whole(single.get("seed"), MOST_SEED, "seed", problems)
    setup = _possible(Setup(key, _changed(asked, "set", (key, choices), problems), seed), choices, problems)
    month = min(_whole(single.get("month"), MOST_MONTHS, "month", problems) or 0, _months(setup, choices))
    key_of_b, run_b = _scenario(single.get("with"), choices, problems), None
    if key_of_b:
        changed = _changed(asked, "withset", (key_of_b, choices), problems)
        run_b = _possible(Setup(key_of_b, changed), choices, problems)
    elif any(name == "withset" for name, _ in asked):
        problems.append("withset sets nothing without a scenario to compare with")
    tab = single.get("tab", "")
    if tab and tab not in TABS:
        problems.append(f"there is no view {short(tab, SHOWN)!r}, but {' and '.join(TABS)}")
        tab = ""
    problem = f"Passed over in the address: {'; '.join(problems)}" if problems else ""
    return Opening(setup, month, tab, run_b, problem)


def _scenario(key: str | None, choices: Choices, problems: list[str]) -> str:
    """A scenario that is there; empty for none."""
    if key is None or key in choices.titles:
        return key or ""
    problems.append(f"there is no scenario {short(key, SHOWN)!r}")
    return ""


def _months(setup: Setup, choices: Choices) -> int:
    """Months of a scenario; as many as any may have if it cannot be read."""
    try:
        return choices.loaded(setup.key, setup.overrides()).run.months
    except InputError:
        return MOST_MONTHS


def _possible(setup: Setup, choices: Choices, problems: list[str]) -> Setup:
    """The setup, or its scenario as loaded if its changes do not fit together."""
    try:
        choices.loaded(setup.key, setup.overrides())
    except ScenarioError as error:
        problems += [problem.removeprefix("--set ") for problem in error.problems]
        return Setup(setup.key)
    return setup


def whole(text: str, most: int) -> int | None:
    """The whole number from 0 to `most` that a text is; none if it is not."""
    digits = text.lstrip("0") or text[:1]
    if text.isascii() and text.isdigit() and len(digits) <= MOST_DIGITS and int(digits) <= most:
        return int(digits)
    return None


def _whole(text: str | None, most: int, name: str, problems: list[str]) -> int | None:
    if text is None:
        return None
    number = whole(text, most)
    if number is None:
        problems.append(f"{name}={short(text, SHOWN)} is not a whole number from 0 to {most:,}")
    return number


def _changed(
    asked: list[tuple[str, str]], name: str, scenario: tuple[str, Choices], problems: list[str]
) -> dict[str, float]:
    """What an address sets by a name, of a scenario that is given by its key and the choices it is one of."""
    key, choices = scenario
    try:
        loaded = choices.loaded(key)
    except InputError:
        return {}
    values = {slider.path: slider.loaded for slider in sliders(loaded, loaded)}
    if any(value.rpartition("=")[0] not in values for setter, value in asked if setter == name):
        values |= varied_values(loaded)
    changed = {}
    for setting in (value for setter, value in asked if setter == name):
        path, _, text = setting.rpartition("=")
        try:
            changed[path] = type(values[path])(float(text))
        except (KeyError, ValueError, OverflowError):
            problems.append(f"{name}={short(setting, SHOWN)} sets nothing that can be turned here")
    return changed
