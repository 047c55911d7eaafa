"""The page itself: Solara components around Vue templates, and what their buttons do."""
