"""Text made comparable: NFC for keeping, a folded key for finding."""

from __future__ import annotations

import re
import unicodedata

_D_STROKE = str.maketrans({"\u0111": "d", "\u0110": "D"})
_APOSTROPHES = str.maketrans(dict.fromkeys("'`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032", ""))
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_SURROGATES = re.compile("[\ud800-\udfff]")


def nfc(text: str) -> str:
    """Return the text in NFC; halves of broken characters, which no file can hold, become U+FFFD."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))


def one_line(text: str) -> str:
    """Return the text in NFC on one line, without anything invisible or that turns the direction."""
    kinds = ((letter, unicodedata.category(letter)) for letter in nfc(text))
    return " ".join(
        "".join(" " if kind == "Cc" else letter for letter, kind in kinds if kind != "Cf").split()
    )


def fold(text: str) -> str:
    """Return the search key: no marks, no d-stroke, no case, no apostrophes, single spaces.

    Marks go altogether, so the old and the new place of a tone mark (hoa', ho'a) give the same key.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.translate(_D_STROKE).translate(_DASHES).casefold().split())
