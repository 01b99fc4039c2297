"""Text to value and back, the Vietnamese way."""

from __future__ import annotations

from ntm_desktop.facts.folding import fold, nfc

__all__ = ["fold", "nfc"]
