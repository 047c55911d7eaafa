"""The page in the browser: a market to watch, change and compare, served on this machine alone.

`session.py` holds what one browser tab looks at, `drawing/` turns it into plain data and SVG, `vue/` shows that, `app.py`
puts the parts together. Only `app.py`, `parts.py` and `launcher.py` know Solara.
"""
