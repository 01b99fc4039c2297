"""The page of what leaves the office: waiting, on its way, received, returned."""
