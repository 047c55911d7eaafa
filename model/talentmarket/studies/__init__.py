"""Designs over many parameters: what an answer hangs on, and in what share of the plausible space it holds."""
