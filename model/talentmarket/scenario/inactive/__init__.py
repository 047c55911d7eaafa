"""Settings that cannot act: the rules that find them, and how they are told."""
