"""The page itself: Solara components around Vue templates. Everything else of the page is plain Python."""
