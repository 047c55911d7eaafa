"""The facts in `seeds/`, and what parameters rest on."""
