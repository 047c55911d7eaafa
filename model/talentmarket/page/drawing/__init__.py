"""What the page shows, as plain data and SVG text: functions that know nothing of a browser or of Solara."""
