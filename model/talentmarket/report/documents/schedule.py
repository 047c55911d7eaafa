"""What happens in a month, in its order, from the source of `market/month.py` and the first lines of the mechanisms."""

from __future__ import annotations

import ast
import importlib
import inspect
from types import ModuleType

MECHANISMS = "talentmarket.market.mechanisms."


def calls_of(module: ModuleType, function: str) -> list[str]:
    """Names of the functions that a function of a module calls as statements of their own, in order."""
    tree = ast.parse(inspect.getsource(module))
    body = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function).body
    called = [node.value.func for node in body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    return [name.id for name in called if isinstance(name, ast.Name)]


def homes_of(module: ModuleType) -> dict[str, str]:
    """The module that each name that a module imports comes from."""
    tree = ast.parse(inspect.getsource(module))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return {name.name: node.module or "" for node in imports for name in node.names}


def first_line(text: str | None) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((text or "").strip().partition("\n\n")[0].split())


def schedule_list() -> str:
    """The steps of a month as a numbered list in Markdown."""
    from talentmarket.market import month

    homes = homes_of(month)
    lines = []
    steps = [name for half in calls_of(month, "step") for name in calls_of(month, half)]
    for number, name in enumerate(steps, 1):
        home = homes.get(name, "")
        if home.startswith(MECHANISMS):
            causal = first_line(importlib.import_module(home).__doc__)
            lines.append(f"{number}. `{name}` (`mechanisms/{home.removeprefix(MECHANISMS)}.py`): {causal}")
        else:
            lines.append(f"{number}. `{name}` (`month.py`): {first_line(getattr(month, name).__doc__)}")
    return "\n".join(lines)
