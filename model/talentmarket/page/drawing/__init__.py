"""Numbers to SVG text and pixels: functions that know nothing of a browser or of Solara."""
