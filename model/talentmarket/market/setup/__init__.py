"""The first month: from a scenario to a market."""
