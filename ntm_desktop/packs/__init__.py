"""Criterion packs: readable sources to built packs, and the packs shipped with the program."""
