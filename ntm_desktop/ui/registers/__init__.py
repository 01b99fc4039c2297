"""The page of registers: its list, its table, what it feeds, lines from a file."""
