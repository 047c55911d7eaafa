"""What an option is worth, what chance adds, and why one won."""
