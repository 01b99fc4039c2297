"""Which hamlet a name in a file means.

Vinh Thanh may be two hamlets of one commune that differ in a single mark, so marks count. What does not count: case,
spaces, on which vowel of a syllable the tone stands (two schools of spelling), and a name typed without any marks,
as long as it fits one hamlet only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ntm_desktop.facts.folding import fold, nfc
from ntm_desktop.facts.subject import Hamlet

TOTALS = frozenset(("tong", "tong so", "tong cong", "cong", "toan xa", "total"))
"""Folded words that stand where a name would, in the last row of a table."""
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


class HamletNames:
    """The names of a commune's hamlets."""

    def __init__(self, hamlets: Iterable[Hamlet]) -> None:
        self._spelt: dict[str, list[str]] = {}
        self._bare: dict[str, list[str]] = {}
        for hamlet in hamlets:
            self._spelt.setdefault(spelling(hamlet.name), []).append(hamlet.id)
            self._bare.setdefault(fold(hamlet.name), []).append(hamlet.id)

    def find(self, name: str) -> str:
        """Return the id of the one hamlet that is meant; empty when none is, or more than one."""
        found = self._spelt.get(spelling(name), [])
        if not found and spelling(name) == fold(name):
            found = self._bare.get(fold(name), [])
        return found[0] if len(found) == 1 else ""


def spelling(name: str) -> str:
    """Return the name without case, with single spaces, and each tone at the end of its syllable."""
    syllables = []
    for syllable in unicodedata.normalize("NFD", nfc(name)).casefold().replace("\u0111", "d\u0336").split():
        letters = "".join(letter for letter in syllable if letter not in _TONES)
        tones = "".join(letter for letter in syllable if letter in _TONES)
        syllables.append(unicodedata.normalize("NFC", letters) + tones)
    return " ".join(syllables)
