"""Numbers to SVG text and pixels: functions that know nothing of a market, a browser or Solara."""
