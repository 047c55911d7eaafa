"""Mesa's own page: `SolaraViz` with the market's views, and what is put in the place of some of its parts."""
