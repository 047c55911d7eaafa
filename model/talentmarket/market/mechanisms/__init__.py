"""The mechanisms: one causal sentence a module; none imports another."""
