"""The model: state, chance, rules, the order of a month, one replicate."""
