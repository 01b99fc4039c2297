"""Texts in the officer's language.

Rules:
* Message ids are English sentences in the source; Vietnamese is the default language and must be complete.
* A text is looked up when it is shown, never at import.
* Texts of packs (`Text`) come only from packs and carry their own languages; Vietnamese is the one that counts.
"""

from __future__ import annotations

import gettext as _gettext
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

from typing_extensions import override

from ntm_desktop.paths import translations_folder

LANGUAGES = ("vi", "en")
DOMAIN = "ntm_desktop"

_language: ContextVar[str] = ContextVar("language", default="vi")


def set_language(language: str) -> None:
    """Choose the language of the texts of this thread: `vi` or `en`."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _language.set(language)


def language() -> str:
    """Return the chosen language, `vi` or `en`."""
    return _language.get()


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
        return self.en if self.en and _language.get() == "en" else self.vi
