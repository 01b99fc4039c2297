"""Frozen: what the crafts share. A snapshot is everything a sealed dossier swears to, as values."""
