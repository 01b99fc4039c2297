"""Vietnamese text of before Unicode: TCVN3 (ABC fonts) and VNI, recognised by statistics and turned into letters.

Such text arrives as what its bytes mean in the Western code page (cp1252): TCVN 5712:1993 VN3 gives each letter one
byte, and a font whose name ends in H draws small letters as capitals; VNI writes the plain letter and then a mark.
Single letters prove nothing, for every byte is a letter in each of them: how many words become syllables of
Vietnamese decides, over a whole column or file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final

_LEAST_WORDS = 3
_MOST_TEXTS = 2_000
_CLEARLY = Fraction(3, 4)


class Letters(StrEnum):
    """How the letters of a text are written."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


# TCVN 5712:1993, table VN3, bytes A1 to FE, as its letters in order of the bytes.
_VN3: Final = {
    0xA1: "\u0102", 0xA2: "\u00c2", 0xA3: "\u00ca", 0xA4: "\u00d4", 0xA5: "\u01a0", 0xA6: "\u01af", 0xA7: "\u0110",
    0xA8: "\u0103", 0xA9: "\u00e2", 0xAA: "\u00ea", 0xAB: "\u00f4", 0xAC: "\u01a1", 0xAD: "\u01b0", 0xAE: "\u0111",
    0xB5: "\u00e0", 0xB6: "\u1ea3", 0xB7: "\u00e3", 0xB8: "\u00e1", 0xB9: "\u1ea1", 0xBB: "\u1eb1", 0xBC: "\u1eb3",
    0xBD: "\u1eb5", 0xBE: "\u1eaf", 0xC6: "\u1eb7", 0xC7: "\u1ea7", 0xC8: "\u1ea9", 0xC9: "\u1eab", 0xCA: "\u1ea5",
    0xCB: "\u1ead", 0xCC: "\u00e8", 0xCE: "\u1ebb", 0xCF: "\u1ebd", 0xD0: "\u00e9", 0xD1: "\u1eb9", 0xD2: "\u1ec1",
    0xD3: "\u1ec3", 0xD4: "\u1ec5", 0xD5: "\u1ebf", 0xD6: "\u1ec7", 0xD7: "\u00ec", 0xD8: "\u1ec9", 0xDC: "\u0129",
    0xDD: "\u00ed", 0xDE: "\u1ecb", 0xDF: "\u00f2", 0xE1: "\u1ecf", 0xE2: "\u00f5", 0xE3: "\u00f3", 0xE4: "\u1ecd",
    0xE5: "\u1ed3", 0xE6: "\u1ed5", 0xE7: "\u1ed7", 0xE8: "\u1ed1", 0xE9: "\u1ed9", 0xEA: "\u1edd", 0xEB: "\u1edf",
    0xEC: "\u1ee1", 0xED: "\u1edb", 0xEE: "\u1ee3", 0xEF: "\u00f9", 0xF1: "\u1ee7", 0xF2: "\u0169", 0xF3: "\u00fa",
    0xF4: "\u1ee5", 0xF5: "\u1eeb", 0xF6: "\u1eed", 0xF7: "\u1eef", 0xF8: "\u1ee9", 0xF9: "\u1ef1", 0xFA: "\u1ef3",
    0xFB: "\u1ef7", 0xFC: "\u1ef9", 0xFD: "\u00fd", 0xFE: "\u1ef5",
}  # fmt: skip

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_BREVE, _CIRCUMFLEX = "\u0306", "\u0302"
# VNI for Windows: bytes that stand behind a letter and put marks on it; the capital's mark is 32 below the small one's.
_VNI_MARKS: Final = {
    0xF8: _GRAVE, 0xF9: _ACUTE, 0xFB: _HOOK, 0xF5: _TILDE, 0xEF: _DOT,
    0xE2: _CIRCUMFLEX, 0xE0: _CIRCUMFLEX + _GRAVE, 0xE1: _CIRCUMFLEX + _ACUTE, 0xE5: _CIRCUMFLEX + _HOOK,
    0xE3: _CIRCUMFLEX + _TILDE, 0xE4: _CIRCUMFLEX + _DOT,
    0xEA: _BREVE, 0xE8: _BREVE + _GRAVE, 0xE9: _BREVE + _ACUTE, 0xFA: _BREVE + _HOOK, 0xFC: _BREVE + _TILDE,
    0xEB: _BREVE + _DOT,
}  # fmt: skip
# Letters of VNI that are one byte alone.
_VNI_ALONE: Final = {
    0xD1: "\u0110", 0xF1: "\u0111", 0xD4: "\u01a0", 0xF4: "\u01a1", 0xD6: "\u01af", 0xF6: "\u01b0",
    0xCC: "\u00cc", 0xEC: "\u00ec", 0xCD: "\u00cd", 0xED: "\u00ed", 0xC6: "\u1ec8", 0xE6: "\u1ec9",
    0xD3: "\u0128", 0xF3: "\u0129", 0xD2: "\u1eca", 0xF2: "\u1ecb", 0xCE: "\u1ef4", 0xEE: "\u1ef5",
}  # fmt: skip
_VNI_BASES: Final = "aeouy\u01a1\u01b0AEOUY\u01a0\u01af"


def _western(byte: int) -> str:
    """Return what a byte is in cp1252; neither encoding uses one of the five that are left open there."""
    return bytes([byte]).decode("cp1252")


def _vni() -> dict[str, str]:
    made = {_western(byte): letter for byte, letter in _VNI_ALONE.items()}
    alone = {letter: _western(byte) for byte, letter in _VNI_ALONE.items()}
    for byte, marks in _VNI_MARKS.items():
        for base in _VNI_BASES:
            letter = unicodedata.normalize("NFC", base + marks)
            if len(letter) != 1 or letter.isascii():  # marks that this letter never carries
                continue
            written = _western(byte - 0x20 if base.isupper() else byte)
            made[alone.get(base, base) + written] = letter
            if base.isupper():  # many keyboards left the mark small
                made.setdefault(alone.get(base, base) + _western(byte), letter)
    return made


_MAPS: Final[Mapping[Letters, Mapping[str, str]]] = {
    Letters.TCVN3: {_western(byte): letter for byte, letter in _VN3.items()},
    Letters.VNI: _vni(),
}
_FIND: Final = {
    letters: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    for letters, table in _MAPS.items()
}
_WORD: Final = re.compile(r"[^\W\d_]+(?:[\u00a1-\u00bf\u0300-\u036f\u2018-\u203a\u0152-\u0178]+[^\W\d_]*)*")
_SYLLABLE: Final = re.compile(
    "(?:b|ch|c|dd?|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?"
    "(?:i[eu]?|ia|ie[umtnp]?|y[e]?|u[aeiouy]{0,3}|o[aeiou]{0,2}|a[iouy]?|e[ou]?|y|[aeiou]{1,3})"
    "(?:ng|nh|ch|c|m|n|p|t)?"
)
_TONES: Final = frozenset((_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT))
_SHAPES: Final = frozenset((_BREVE, _CIRCUMFLEX, "\u031b"))


def decoded(text: str, letters: Letters) -> str:
    """Return the text in Unicode; what is no letter of the old encoding stays as it is."""
    if letters is Letters.UNICODE:
        return text
    table = _MAPS[letters]
    return _FIND[letters].sub(lambda match: table[match[0]], text)


def encoded(text: str, letters: Letters) -> str:
    """Write a text the old way; the way back of `decoded` for every letter the encoding has."""
    if letters is Letters.UNICODE:
        return text
    back: dict[str, str] = {}
    for written, letter in _MAPS[letters].items():
        back.setdefault(letter, written)
    return "".join(back.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


@dataclass(frozen=True, slots=True)
class Guess:
    """How the letters of a column are written."""

    letters: Letters
    before: str = ""
    """A text as it stands."""
    after: str = ""
    """The same text as it would be read."""


def guess(texts: Iterable[str]) -> Guess:
    """Say how the letters of many texts are written; in doubt they are Unicode and stay as they are."""
    samples = list(dict.fromkeys(text for text in texts if not text.isascii()))[:_MOST_TEXTS]
    if not samples:
        return Guess(Letters.UNICODE)
    shares = {letters: _share(decoded(text, letters) for text in samples) for letters in Letters}
    best = max((Letters.TCVN3, Letters.VNI), key=lambda letters: shares[letters])
    plain = shares[Letters.UNICODE]
    if shares[best] < _CLEARLY or shares[best] <= plain:
        return Guess(Letters.UNICODE)
    if sum(len(_strange_words(decoded(text, best))) for text in samples) < _LEAST_WORDS:
        return Guess(Letters.UNICODE)
    return Guess(best, samples[0], decoded(samples[0], best))


def share_of_syllables(texts: Iterable[str]) -> Fraction:
    """Return how many of the words with marks are syllables of Vietnamese, 0 to 1; 0 where there are none."""
    return _share(texts)


def _share(texts: Iterable[str]) -> Fraction:
    words = [word for text in texts for word in _strange_words(text)]
    return Fraction(sum(map(is_syllable, words)), len(words)) if words else Fraction(0)


def _strange_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Say whether a word can be a syllable of Vietnamese: its letters, their order, at most one tone."""
    spread = unicodedata.normalize("NFD", word.casefold().replace("\u0111", "dd"))
    tones = sum(mark in _TONES for mark in spread)
    bare = "".join(letter for letter in spread if letter not in _TONES and letter not in _SHAPES)
    if tones > 1 or not bare.isascii():
        return False
    later_capital = any(letter.isupper() for letter in word[1:]) and not word.isupper()
    return not later_capital and _SYLLABLE.fullmatch(bare) is not None
