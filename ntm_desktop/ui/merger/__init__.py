"""The page that brings former communes together."""
