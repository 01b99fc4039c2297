"""The page about safety: copies, rehearsed restore, what was put aside, the computer."""
