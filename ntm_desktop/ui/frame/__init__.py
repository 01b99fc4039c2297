"""The frame of every screen: top bar, rail, pages, status bar; it decides what fits into the window."""
