"""Parts of the command `compare`: its sides and settings, its table, the difference taken apart."""
