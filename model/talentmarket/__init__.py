"""talentmarket: an agent-based laboratory for the fight over AI researchers.

>>> import talentmarket as tm
>>> scenario = tm.load("meta_raid")
>>> scenario.title
'Meta raids OpenAI'

The names in `__init__.pyi` are imported on use: Mesa, Numba and pandas take a second each.
"""

import lazy_loader

_attribute, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("talentmarket")
    return _attribute(name)
