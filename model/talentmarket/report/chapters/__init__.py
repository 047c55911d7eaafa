"""Chapters of reports, and the tables in them: what differs, what it hangs on, steps of a raid, effects, points, provenance."""
