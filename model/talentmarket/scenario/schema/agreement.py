"""The rules that hold between the parts of a scenario.

They read plain tables and pass over whatever has the wrong type, so that they can also be told of a file
whose values are wrong elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from talentmarket.scenario.text.wording import one_line

Step = str | int
MOST_PEOPLE = 1e9


@dataclass(frozen=True)
class Misfit:
    """Something that does not fit with the rest.

    Attributes
    ----------
    steps
        Keys and numbers of list items that lead to it.
    message
        What is wrong with it.
    unknown, known
        A name that is none of the known ones, if that is what is wrong.
    """

    steps: tuple[Step, ...]
    message: str
    unknown: str = ""
    known: tuple[str, ...] = ()

    def inside(self, *steps: Step) -> Misfit:
        """The same, seen from further outside."""
        return Misfit((*steps, *self.steps), self.message, self.unknown, self.known)


class MisfitsError(ValueError):
    """What does not fit together in a table."""

    def __init__(self, misfits: Iterable[Misfit]) -> None:
        self.misfits = tuple(misfits)
        super().__init__(
            "; ".join(f"{'.'.join(map(str, misfit.steps))} {misfit.message}".strip() for misfit in self.misfits)
        )


def scenario_misfits(scenario: Mapping[str, Any]) -> Iterator[Misfit]:
    """What does not fit between the labs, and between labs and campaigns; names that stand twice."""
    labs, campaigns = _tables(scenario, "labs"), _tables(scenario, "campaigns")
    yield from _repeated(campaigns, "campaigns")
    yield from _repeated(_tables(scenario, "events"), "events")
    yield from _window_misfits(scenario.get("transfer"))
    if not labs:
        return
    yield from _lab_misfits(labs)
    yield from _fit_misfits(labs)
    yield from _nobody(labs, scenario.get("population"))
    names = _names(labs)
    pacts = _pacts(scenario.get("transfer"))
    yield from _pact_misfits(pacts, labs)
    for number, campaign in enumerate(campaigns):
        for misfit in (*_campaign_misfits(campaign, names), *_broken_pacts(campaign, pacts)):
            yield misfit.inside("campaigns", number)


def tier_misfits(campaign: Mapping[str, Any]) -> Iterator[Misfit]:
    """What does not fit between the tiers of a campaign."""
    tiers = _tables(campaign, "tiers")
    yield from _repeated(tiers, "tiers")
    before = 0
    for number, tier in enumerate(tiers):
        rank = tier.get("last_rank")
        if not isinstance(rank, int):
            continue
        if rank <= before:
            yield Misfit(
                ("tiers", number, "last_rank"),
                f"is {rank}, but must be above {before}, the last_rank of the tier before: tiers go down the list",
            )
        before = max(before, rank)


def _lab_misfits(labs: Sequence[Mapping[str, Any]]) -> Iterator[Misfit]:
    yield from _repeated(labs, "labs")
    outside = [str(lab.get("name")) for lab in labs if lab.get("kind") == "outside"]
    if len(outside) != 1:
        outsiders = f"these are: {', '.join(map(one_line, outside))}" if outside else "none is"
        yield Misfit(("labs",), f'exactly one lab must be of kind = "outside" (all who are at no AI lab); {outsiders}')


def _fit_misfits(labs: Sequence[Mapping[str, Any]]) -> Iterator[Misfit]:
    names = _names(labs)
    for number, lab in enumerate(labs):
        fit: Any = lab.get("fit")
        for other in fit if isinstance(fit, Mapping) else ():
            if other not in names:
                yield Misfit(("labs", number, "fit", other), "is no lab of this scenario", other, names)
            elif other == lab.get("name"):
                yield Misfit(("labs", number, "fit", other), "is the lab itself, whose own mission fits wholly")


def _window_misfits(transfer: Any) -> Iterator[Misfit]:
    windows: Any = transfer.get("windows") if isinstance(transfer, Mapping) else None
    windows = windows if isinstance(windows, list | tuple) else ()
    for number, month in enumerate(windows):
        if month in windows[:number]:
            yield Misfit(("transfer", "windows", number), f"is {month}, a month that stands in the list twice")


def _pacts(transfer: Any) -> Sequence[Sequence[str]]:
    """The pairs of a no-poach pact; what is no pair of names counts as an empty one, so that the numbers stay right."""
    pacts: Any = transfer.get("no_poach") if isinstance(transfer, Mapping) else None
    return [
        pair if isinstance(pair, list | tuple) and [*map(type, pair)] == [str, str] else ()
        for pair in (pacts if isinstance(pacts, list | tuple) else ())
    ]


def _pact_misfits(pacts: Sequence[Sequence[str]], labs: Sequence[Mapping[str, Any]]) -> Iterator[Misfit]:
    names = _names(labs)
    outside = [lab.get("name") for lab in labs if lab.get("kind") == "outside"]
    for number, pair in enumerate(pacts):
        here = ("transfer", "no_poach", number)
        for place, name in enumerate(pair):
            if name not in names:
                yield Misfit((*here, place), "is no lab of this scenario", name, names)
            elif name in outside:
                yield Misfit((*here, place), f"is {name!r}, but the outside is no party to a pact")
        if pair and pair[0] == pair[1]:
            yield Misfit(here, f"has {pair[0]!r} twice; a pact is between two labs")
        elif pair and any(set(pair) == set(other) for other in pacts[:number]):
            yield Misfit(here, f"{pair[0]!r} and {pair[1]!r} stand in the list twice")


def _broken_pacts(campaign: Mapping[str, Any], pacts: Sequence[Sequence[str]]) -> Iterator[Misfit]:
    """Campaigns on a lab that the raider has promised to leave alone."""
    raider, targets = campaign.get("lab"), campaign.get("targets")
    for number, target in enumerate(targets if isinstance(targets, list | tuple) else ()):
        if target != raider and any({raider, target} == set(pair) for pair in pacts):
            yield Misfit(
                ("targets", number), f"is {target!r}, with which {raider!r} has a pact not to poach (transfer.no_poach)"
            )


def _nobody(labs: Sequence[Mapping[str, Any]], population: Any) -> Iterator[Misfit]:
    headcounts = [_number(lab, "headcount") for lab in labs]
    scale = _number(population, "scale")
    if not all(0 <= headcount <= MOST_PEOPLE for headcount in headcounts) or not 0 < scale <= MOST_PEOPLE:
        return
    if not any(headcounts):
        yield Misfit(("labs",), "every headcount is 0, so there is nobody to simulate")
    elif not any(round(headcount * scale) for headcount in headcounts):
        yield Misfit(("population", "scale"), "leaves every lab with 0 researchers, so there is nobody to simulate")


def _number(table: Any, key: str) -> float:
    """A number of a table; -1 if it is missing or none."""
    value: Any = table.get(key) if isinstance(table, Mapping) else None
    return value if isinstance(value, int | float) else -1


def _campaign_misfits(campaign: Mapping[str, Any], labs: tuple[str, ...]) -> Iterator[Misfit]:
    raider = campaign.get("lab")
    if isinstance(raider, str) and raider not in labs:
        yield Misfit(("lab",), "is no lab of this scenario", raider, labs)
    targets: Any = campaign.get("targets")
    seen: set[Any] = set()
    for number, target in enumerate(targets if isinstance(targets, list | tuple) else ()):
        if not isinstance(target, str):
            continue
        if target not in labs:
            yield Misfit(("targets", number), "is no lab of this scenario", target, labs)
        elif target == raider:
            yield Misfit(("targets", number), "is the raiding lab, which cannot raid itself")
        elif target in seen:
            yield Misfit(("targets", number), "stands in the list twice")
        seen.add(target)


def _repeated(items: Sequence[Mapping[str, Any]], where: str) -> Iterator[Misfit]:
    names = Counter(_names(items))
    for name, times in names.items():
        if times > 1:
            yield Misfit((where,), f"the name {name!r} stands {times} times")


def _names(items: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    names = (item.get("name") for item in items)
    return tuple(name for name in names if isinstance(name, str))


def _tables(content: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    """The tables of a list; an item that is no table counts as an empty one, so that the numbers stay right."""
    items = content.get(key)
    return [item if isinstance(item, Mapping) else {} for item in items] if isinstance(items, list | tuple) else []
