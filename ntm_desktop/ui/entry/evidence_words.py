"""Words about files of evidence: kind, size before and after, what became of the files of one drop. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import wording
from ntm_desktop.operations.attach import Attached
from ntm_desktop.operations.evidence_intake import Intake, Taken
from ntm_desktop.operations.sizes import size_words

_REFUSALS_SHOWN = 4


def second_line(attached: Attached) -> str:
    """Return kind, size, day and where else it is shown."""
    evidence, origin = attached.evidence, attached.origin
    size = size_words(evidence.size)
    if origin is not None and origin.size > evidence.size:
        size = _("{size}, was {before}").format(size=size, before=size_words(origin.size))
    parts = [kind_word(evidence.media_type), size]
    if evidence.dated is not None:
        parts.append(f"{evidence.dated:%d/%m/%Y}")
    if attached.also_for:
        parts.append(_("also for {codes}").format(codes=", ".join(attached.also_for)))
    return " \u00b7 ".join(parts)


def remark_words(attached: Attached) -> str:
    """Return what to know of a file that is kept as it came; empty: nothing."""
    code = "" if attached.origin is None else attached.origin.remark
    return {
        "macros": _("It holds macros. They never run here; the receiver's PC may block the file."),
        "carries": _(
            "Kept unaltered. It may still say where, when and with which device it was made; "
            "the receiver can read that."
        ),
        "pdf_broken": _("The PDF seems cut off. Open it once and replace it if that fails."),
        "pdf_password": _("The PDF opens with a password only. The receiver cannot read it."),
    }.get(code, "")


def place_words(attached: Attached) -> str:
    """Return where a photo was taken; kept on this machine only."""
    place = "" if attached.origin is None else attached.origin.place
    return _("Taken at {place} (kept on this machine only)").format(place=place) if place else ""


def kind_word(media_type: str) -> str:
    """Return what kind of file it is."""
    for word, shown in (
        ("pdf", "PDF"),
        ("image", _("Picture")),
        ("sheet", "Excel"),
        ("excel", "Excel"),
        ("csv", "CSV"),
    ):
        if word in media_type:
            return shown
    return _("File")


def intake_words(intake: Intake) -> tuple[str, str]:
    """Return what became of the files of one drop: what was added, and what was not and why."""
    added = len(intake.taken)
    fact = ngettext("{count} file added.", "{count} files added.", added).format(count=added)
    if not added:
        fact = _("No file was added.")
    rest = [_shrunk_words(intake.taken), *_refused_words(intake)]
    return fact, " ".join(part for part in rest if part)


def _shrunk_words(taken: Sequence[Taken]) -> str:
    photos = [one for one in taken if one.origin is not None and one.origin.size > one.stored.size]
    if not photos:
        return ""
    before = sum(one.origin.size for one in photos if one.origin is not None)
    words = _("Photos: {before} made {after}; place and device were taken out of them.")
    return words.format(before=size_words(before), after=size_words(sum(one.stored.size for one in photos)))


def _refused_words(intake: Intake) -> list[str]:
    told = []
    for error in intake.refused[:_REFUSALS_SHOWN]:
        explained = wording.explain(error)
        told.append(f"{explained.what} {explained.next_step}")
    more = len(intake.refused) - _REFUSALS_SHOWN
    if more > 0:
        told.append(_("{count} more files were not added.").format(count=more))
    if intake.left_out:
        told.append(_("{count} files were left out: too many at once.").format(count=intake.left_out))
    return told
