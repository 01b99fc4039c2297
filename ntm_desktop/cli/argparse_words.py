"""The sentences that argparse says of its own accord, in the officer's language.

argparse looks them up under two names of its module. They stand here as well so that the catalogue has them; a
sentence of another Python that is not here stays English.
"""

from __future__ import annotations

import argparse

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext


def translate_argparse() -> None:
    """Let argparse speak the chosen language."""
    vars(argparse).update(_=own_words, ngettext=ngettext)


def own_words(sentence: str) -> str:
    """Return a sentence of argparse in the chosen language."""
    return {**_help_words(), **_complaints()}.get(sentence, sentence)


def _help_words() -> dict[str, str]:
    return {
        "usage: ": _("usage: "),
        "positional arguments": _("positional arguments"),
        "options": _("options"),
        "show this help message and exit": _("show this help message and exit"),
    }


def _complaints() -> dict[str, str]:
    choice = "invalid choice: %(value)r (choose from %(choices)s)"
    return {
        "%(prog)s: error: %(message)s\n": _("%(prog)s: error: %(message)s\n"),
        "argument %(argument_name)s: %(message)s": _("argument %(argument_name)s: %(message)s"),
        "the following arguments are required: %s": _("the following arguments are required: %s"),
        "unrecognized arguments: %s": _("unrecognized arguments: %s"),
        "one of the arguments %s is required": _("one of the arguments %s is required"),
        "not allowed with argument %s": _("not allowed with argument %s"),
        "expected one argument": _("expected one argument"),
        "expected at least one argument": _("expected at least one argument"),
        "invalid %(type)s value: %(value)r": _("invalid %(type)s value: %(value)r"),
        choice: _("invalid choice: %(value)r (choose from %(choices)s)"),
    }
