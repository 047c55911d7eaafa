"""From a file to a checked `Scenario`: layers, extends, defaults, overrides, and what is wrong."""
