"""Meaning: criterion sets and the pure functions that turn facts into verdicts (no clock, no disk, no random)."""
