"""Scenario files in, a checked `Scenario` out; the names in `__init__.pyi` are imported on use."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
