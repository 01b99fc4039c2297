"""Texts in the officer's language.

Rules:
* Message ids are English sentences in the source; Vietnamese is the default language and must be complete.
* A text is looked up when it is shown, never at import.
* Texts of packs (`Text`) come only from packs and carry their own languages; Vietnamese is the one that counts.
* Packs say `thon` for hamlet; where a commune has another word for it, that word is shown. What is frozen and printed
  reads `Text.vi`, as the pack has it.
"""

from __future__ import annotations

import gettext as _gettext
import re
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache

from typing_extensions import override

from ntm_desktop.paths import translations_folder

LANGUAGES = ("vi", "en")
DOMAIN = "ntm_desktop"

_language: ContextVar[str] = ContextVar("language", default="vi")
_hamlet_word: ContextVar[str] = ContextVar("hamlet_word", default="")
_HAMLET = re.compile(r"(?<!\w)(?<!n\u00f4ng )th\u00f4n(?:, b\u1ea3n)?(?!\w)", re.IGNORECASE)
"""The packs' word for hamlet, alone or before the second one; not the end of the word for countryside."""


def set_language(language: str) -> None:
    """Choose the language of the texts of this thread: `vi` or `en`."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _language.set(language)


def language() -> str:
    """Return the chosen language, `vi` or `en`."""
    return _language.get()


def set_hamlet_word(word: str) -> None:
    """Show this word of the commune for hamlet in the texts of packs; empty: as the packs have it."""
    _hamlet_word.set(word)


@lru_cache(maxsize=4096)
def _with_hamlet_word(text: str, word: str) -> str:
    return _HAMLET.sub(lambda found: word[:1].upper() + word[1:] if found[0][0].isupper() else word, text)


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation(DOMAIN, translations_folder(), [language], fallback=True)


def gettext(message: str) -> str:
    """Return the message in the chosen language; the English id itself where it is not translated."""
    return _catalogue(_language.get()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the right plural form of the message in the chosen language."""
    return _catalogue(_language.get()).ngettext(singular, plural, number)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a pack: Vietnamese, and English where the pack has it."""

    vi: str
    en: str = ""

    @override
    def __str__(self) -> str:
        if self.en and _language.get() == "en":
            return self.en
        word = _hamlet_word.get()
        return _with_hamlet_word(self.vi, word) if word else self.vi
