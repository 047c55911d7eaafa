"""What a market has become, as tables and rows."""
