"""Commands that run nothing: what there is, what it means, and whether a file is right."""
