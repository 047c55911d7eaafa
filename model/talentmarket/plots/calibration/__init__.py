"""Pictures of calibrations: misfits, profiles, what moves the estimates, and what the targets see least of."""
