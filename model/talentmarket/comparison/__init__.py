"""Runs against one another: paired differences with intervals, and twins."""
