"""Pictures of a run: each is a function of tidy tables that returns a matplotlib Figure.

matplotlib is imported when the first of these names is used, not with the package.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from talentmarket.plots.acceptance import acceptance_by_offer
    from talentmarket.plots.files import Provenance, save
    from talentmarket.plots.flows import flows_between_labs
    from talentmarket.plots.gallery import all_plots
    from talentmarket.plots.headcount import headcount_by_lab
    from talentmarket.plots.offers import fate_of_offers
    from talentmarket.plots.pay import pay_of_movers

__all__ = [
    "Provenance",
    "acceptance_by_offer",
    "all_plots",
    "fate_of_offers",
    "flows_between_labs",
    "headcount_by_lab",
    "pay_of_movers",
    "save",
]

_MODULES = {
    "Provenance": "files",
    "acceptance_by_offer": "acceptance",
    "all_plots": "gallery",
    "fate_of_offers": "offers",
    "flows_between_labs": "flows",
    "headcount_by_lab": "headcount",
    "pay_of_movers": "pay",
    "save": "files",
}


def __getattr__(name: str) -> Any:
    """Import the module of a public name when it is first asked for."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
