"""What commands share: options, the terminal, summaries, completion."""
