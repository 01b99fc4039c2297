"""The command line: the same operations as the window, for scripts, provincial staff and tests."""
