"""What the page tells of a market: lives, news, reasons, ensembles, studies."""
