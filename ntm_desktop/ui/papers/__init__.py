"""The page of the official papers."""
