"""Where a path into a scenario leads, what differs between two of them, and what was changed."""
