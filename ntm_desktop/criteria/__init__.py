"""Meaning: criterion sets and the pure functions from facts to verdicts (no clock, no disk, no random)."""
