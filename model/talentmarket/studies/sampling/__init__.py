"""Points of a design, run under the same shocks and kept in a store that can be gone on with."""
