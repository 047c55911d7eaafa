"""Many markets: replicates, run folders, summary measures."""
