"""Sharing the work on a dossier: a part goes to another PC as a work packet and comes back."""
