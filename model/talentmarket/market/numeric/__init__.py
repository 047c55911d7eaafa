"""What the compiled rules stand on: the compiler, elementary functions, keyed draws."""
