"""The versions of the rule language this program can compute.

A rule's meaning changes only with a new number; what an old number means stays for ever, because sealed dossiers
are computed again years later.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ntm_desktop.criteria.language.compute import Compiler, compile_rule
from ntm_desktop.criteria.language.errors import UnknownRuleLanguage

LANGUAGES: Final[Mapping[int, Compiler]] = {1: compile_rule}


def require_known(version: int) -> Compiler:
    """Return the compiler of a version of the rule language.

    Raises:
        UnknownRuleLanguage: This program does not know the version.
    """
    compiler = LANGUAGES.get(version)
    if compiler is None:
        raise UnknownRuleLanguage(version)
    return compiler
