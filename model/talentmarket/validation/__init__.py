"""The model against closed forms and published figures: one module a theory, each a list of checks."""

from talentmarket.validation.check import Check, Effort
from talentmarket.validation.everything import all_checks

__all__ = ["Check", "Effort", "all_checks"]
