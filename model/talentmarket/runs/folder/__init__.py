"""The run folder: manifest, drafts, lock, swap, reading."""
