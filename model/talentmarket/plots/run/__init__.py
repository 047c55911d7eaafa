"""Pictures of a run, beside those of its raid."""
