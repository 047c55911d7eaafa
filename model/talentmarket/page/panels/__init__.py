"""What each part of the page shows, as plain data, which knows nothing of a browser or of Solara."""
