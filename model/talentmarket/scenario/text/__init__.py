"""A TOML text and where everything in it stands: files, positions, syntax, tree, wording."""
