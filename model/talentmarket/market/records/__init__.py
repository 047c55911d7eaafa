"""What a market is made of: records, codes with their words, the world."""
