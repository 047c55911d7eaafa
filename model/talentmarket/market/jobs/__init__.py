"""Offers and jobs: who is reached, on what terms, and what a move does."""
