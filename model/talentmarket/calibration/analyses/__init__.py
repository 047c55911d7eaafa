"""How well parameters are identified: derivatives, standard errors, profiles, and what would tell more; one analysis a module."""
