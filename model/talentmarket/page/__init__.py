"""The page in the browser: a market to watch, change and compare, served on this machine alone.

`session.py` holds what one browser tab looks at, `panels/` turns it into plain data, `drawing/` into SVG text; `browser/`
shows that by Solara and the templates in `vue/`, and does what the buttons say. `launcher.py` serves it.
"""
