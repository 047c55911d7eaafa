"""Totals of each lab, kept up to date with every move."""
