"""Use cases: one module per thing an officer does; the only writers. See the modules' own docstrings."""
