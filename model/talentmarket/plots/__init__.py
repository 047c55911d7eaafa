"""Pictures of a run: each is a function of tidy tables that returns a matplotlib Figure.

matplotlib is imported when the first of these names is used, not with the package.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from talentmarket.plots.acceptance import acceptance_by_offer
    from talentmarket.plots.comparison import comparison_plots
    from talentmarket.plots.comparison_difference import differences_over_time
    from talentmarket.plots.comparison_effects import effects_of_runs
    from talentmarket.plots.comparison_flows import changes_of_flows
    from talentmarket.plots.comparison_series import losses_over_time
    from talentmarket.plots.comparison_twins import fates_of_twins
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
    "changes_of_flows",
    "comparison_plots",
    "differences_over_time",
    "effects_of_runs",
    "fate_of_offers",
    "fates_of_twins",
    "flows_between_labs",
    "headcount_by_lab",
    "losses_over_time",
    "pay_of_movers",
    "save",
]

_MODULES = {
    "Provenance": "files",
    "acceptance_by_offer": "acceptance",
    "all_plots": "gallery",
    "changes_of_flows": "comparison_flows",
    "comparison_plots": "comparison",
    "differences_over_time": "comparison_difference",
    "effects_of_runs": "comparison_effects",
    "fates_of_twins": "comparison_twins",
    "fate_of_offers": "offers",
    "flows_between_labs": "flows",
    "headcount_by_lab": "headcount",
    "losses_over_time": "comparison_series",
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
