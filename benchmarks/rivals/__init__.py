"""One module a rival; each has NAME, and `prepare(market)`, which sets a market up and returns what runs its months."""
