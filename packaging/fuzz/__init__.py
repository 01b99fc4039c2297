"""Readers of what comes from elsewhere, fed with what nobody would send."""
