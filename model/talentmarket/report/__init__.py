"""Reports: one HTML file for a run, a comparison of runs, a study or a calibration, that opens anywhere and needs nothing else.

Each is imported when the first of its names in `__init__.pyi` is used: that on a calibration needs what calibrates.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
