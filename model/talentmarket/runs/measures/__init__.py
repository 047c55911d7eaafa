"""Summary measures: one number a replicate, or one a lab."""
