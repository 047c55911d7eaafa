"""How far the sliders go, what turns along with one, and what one that can do nothing waits for."""
