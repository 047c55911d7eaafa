"""Pictures of a run: each is a function of tidy tables that returns a matplotlib Figure.

matplotlib is imported when the first of the names in `__init__.pyi` is used, not with the package.
"""

import lazy_loader

from talentmarket.caches import prepare_matplotlib

prepare_matplotlib()

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
