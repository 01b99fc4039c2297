"""A source that is looked at: what it would bring, what has to be told or asked about it. No widget here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import wording
from ntm_desktop.operations.pack_preview import Preview
from ntm_desktop.operations.pack_registers import registers_sentence
from ntm_desktop.operations.program_updates import waiting
from ntm_desktop.operations.program_words import waiting_sentence
from ntm_desktop.operations.publishers import UnknownPublisher, told
from ntm_desktop.ui.ask import Question
from ntm_desktop.ui.packs.preview_view import Told
from ntm_desktop.ui.parts.banner import BannerKind

_GROUP = 4
_GROUPS_PER_LINE = 8


@dataclass(frozen=True, slots=True)
class Incoming:
    """A source with what it would bring; nothing of it is kept yet."""

    source: Path | str
    found: Preview

    @property
    def count(self) -> int:
        """How many packs it would bring."""
        return self.sets + len(self.found.registers)

    @property
    def sets(self) -> int:
        """How many of them are criterion sets."""
        return sum(1 for pack in self.found.packs if not pack.here)

    def words(self) -> str:
        """Return what the source is called."""
        name = self.source.name if isinstance(self.source, Path) else ""
        return name or str(self.source)

    def told(self) -> tuple[Told, ...]:
        """Return what has to be told: warnings as one banner, what was refused as one."""
        return (
            *_warnings(self.found),
            *_refusals(self.found),
            *_registers(self.found),
            *_program(self.found),
        )


def _warnings(found: Preview) -> Iterator[Told]:
    if found.warnings:
        yield Told(kind=BannerKind.WARNING, fact=" ".join(told(notice) for notice in found.warnings))


def _refusals(found: Preview) -> Iterator[Told]:
    """Yield the first that was refused with its reason; the others are counted."""
    if not found.refused:
        return
    first, *others = found.refused
    words = wording.explain(first.reason)
    rest = [words.next_step]
    if others:
        more = ngettext(
            "{count} more pack was not taken either.",
            "{count} more packs were not taken either.",
            len(others),
        )
        rest.append(more.format(count=len(others)))
    yield Told(kind=BannerKind.PROBLEM, fact=words.what, rest=" ".join(rest))


def _registers(found: Preview) -> Iterator[Told]:
    for one in found.registers:
        yield Told(kind=BannerKind.INFO, fact=registers_sentence(one))


def _program(found: Preview) -> Iterator[Told]:
    version = waiting(found.admitted.programs)
    if version:
        yield Told(kind=BannerKind.INFO, fact=waiting_sentence(version))


def registers_question(found: Preview) -> Question:
    """Return the question about a source that brings registers only."""
    return Question(
        title=_("Take these registers in?"),
        text="\n".join(registers_sentence(one) for one in found.registers)
        + "\n"
        + _("No dossier and no line that is written changes."),
        action=_("Take in"),
        back=_("Do not take it in"),
    )


def nothing_new(found: Preview) -> Iterator[Told]:
    """Yield that a source holds nothing that is not here."""
    if not found.refused:
        yield Told(
            kind=BannerKind.INFO,
            fact=_("Everything on it is here already."),
            rest=_("Published by {publisher}.").format(publisher=found.publisher.title),
        )


def question(unknown: UnknownPublisher) -> Question:
    """Return the question about a publisher nobody here has decided to believe."""
    return Question(
        title=_("This publisher is not known here yet"),
        text=_(
            "It calls itself {name}; that proves nothing. Its fingerprint:\n{fingerprint}\n"
            "Compare it with the one in the publisher's official letter, or by telephone. "
            "Until it is confirmed nothing is taken in, and no dossier changes either way."
        ).format(name=unknown.name, fingerprint=in_groups(unknown.fingerprint)),
        action=_("The fingerprint is the same"),
        back=_("Do not take it in"),
    )


def in_groups(fingerprint: str) -> str:
    """Return a fingerprint in groups of four, eight to a line, to be compared aloud."""
    groups = [fingerprint[start : start + _GROUP] for start in range(0, len(fingerprint), _GROUP)]
    lines = (groups[start : start + _GROUPS_PER_LINE] for start in range(0, len(groups), _GROUPS_PER_LINE))
    return "\n".join(" ".join(line) for line in lines)
