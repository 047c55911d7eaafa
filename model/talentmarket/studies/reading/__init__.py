"""From a study file, or from `--vary`, to a checked `Study`."""
