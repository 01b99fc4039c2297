"""Refusals of the rule language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Refused


@dataclass(eq=False)
class RuleError(Refused):
    """Say that a rule, as text or as a stored tree, is not one of the rule language."""

    problem: str
    """Stable code: `unexpected`, `curly_quotes`, `decimal_comma`, `unknown_function`, `too_deep`, ..."""
    position: int
    """First wrong character, counted from one; 0 where there is no text."""
    found: str
    """The wrong piece, cut short."""
    advice: str
    """What to write instead, as a piece of rule text."""

    code: ClassVar[str] = "rule_error"
    what: ClassVar[str] = "The rule cannot be read at character {position}: {found} ({problem})."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Write it like this: {advice}"


@dataclass(eq=False)
class UnknownRuleLanguage(Refused):
    """Say that a pack is written in a rule language this program does not know."""

    version: int

    code: ClassVar[str] = "unknown_rule_language"
    what: ClassVar[str] = "The pack uses rule language {version}, which this program does not know."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Install a newer version of NTM Desktop, then try again."
