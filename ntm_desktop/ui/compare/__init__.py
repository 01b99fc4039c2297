"""The page that shows the same figures under two sets or versions."""
