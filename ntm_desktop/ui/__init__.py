"""The window: widgets and Qt models over the operations."""
