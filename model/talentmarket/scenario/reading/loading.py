"""Loads a scenario: files laid over one another, overrides on top, defaults underneath, checked as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from talentmarket.scenario.places.locating import schema_of
from talentmarket.scenario.reading.chain import find, read_chain
from talentmarket.scenario.reading.defaults import default_problems, without_misshapen_defaults
from talentmarket.scenario.reading.labelling import labelled
from talentmarket.scenario.reading.layers import laid_over
from talentmarket.scenario.reading.merging import with_defaults
from talentmarket.scenario.reading.overrides import with_overrides
from talentmarket.scenario.reading.problems import Problem, as_error, described, misfit_problems
from talentmarket.scenario.reading.sources import source_problems, with_live_sources
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.schema.agreement import scenario_misfits, tier_misfits
from talentmarket.scenario.text.tree import Node, plain


def load(path_or_name: str | os.PathLike[str], overrides: Sequence[str] = ()) -> Scenario:
    """Read a scenario file, or a shipped scenario by its name, with everything it extends.

    Parameters
    ----------
    path_or_name
        Path of a TOML file, or a name such as "meta_raid".
    overrides
        `path=value` each, laid over the files in this order; the value is TOML, or else plain text. In the path `*` stands
        for every item of a list, and `x0.5` as the value for half of what a number is.

    Returns
    -------
    Scenario
        Its title and description name what was changed on top of the file in which they were written.

    Raises
    ------
    ScenarioError
        If anything is wrong; its `problems` are all that was found, with file, line and what is allowed.
    """
    given = [overrides] if isinstance(overrides, str) else overrides
    chain = read_chain(find(path_or_name))
    layers = len(chain)
    tree, problems = laid_over(chain)
    tree, more = with_overrides(tree, given, layers, _completed)
    scenario, complete, others = _checked(tree, layers)
    problems += [*more, *others]
    if scenario is None or problems:
        raise as_error(problems)
    return labelled(scenario, complete, chain)


def _checked(tree: Node, layers: int) -> tuple[Scenario | None, Node, list[Problem]]:
    """The scenario that a tree tells, if its values allow one, the tree with all that it leaves out, and all that is wrong."""
    tree, problems = without_misshapen_defaults(tree)
    complete = _completed(tree)
    problems += [*default_problems(tree), *source_problems(complete, layers)]
    complete = with_live_sources(complete)
    try:
        scenario = Scenario.model_validate(plain(complete))
    except ValidationError as error:
        return None, complete, [*problems, *_problems_of(error, complete)]
    return scenario, complete, problems


def _completed(tree: Node) -> Node:
    """The tree with its defaults at their places, and with empty `campaigns`, `events`, `sources` and `facts` if it has none."""
    tree = with_defaults(without_misshapen_defaults(tree)[0])
    lists = dict.fromkeys(("campaigns", "events"), tree.with_value([]))
    missing = {**lists, **dict.fromkeys(("sources", "facts"), tree.with_value({}))}
    return tree.with_value({**missing, **tree.table})


def _problems_of(error: ValidationError, tree: Node) -> Iterator[Problem]:
    details = error.errors(include_url=False, include_input=False)
    yield from described(details, tree, schema_of(Scenario))
    if any(detail["type"] == "too_long" for detail in details):
        return
    # pydantic looks at what holds between the parts only once each part is right; users should hear of both.
    content = plain(tree)
    yield from misfit_problems(scenario_misfits(content), tree)
    for number, campaign in enumerate(tree.table["campaigns"].items):
        misfits = tier_misfits(plain(campaign)) if campaign.table else ()
        yield from misfit_problems((misfit.inside("campaigns", number) for misfit in misfits), tree)
