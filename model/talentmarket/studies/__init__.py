"""Designs over many parameters: what an answer hangs on, and in what share of the varied space it holds."""
