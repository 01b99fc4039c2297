"""NTM Desktop: the offline dossier program of a rural commune."""

from __future__ import annotations

__version__ = "0.1.0"
