"""NTM Desktop: the offline dossier program of a rural commune."""

from __future__ import annotations

__version__ = "0.1.0"
__released__ = "2026-11-01"
"""A day that has certainly passed where this version runs; the floor below any clock of a PC."""
