"""Finds the values of parameters at which the model meets published figures: a file of targets, and a search."""

from __future__ import annotations
