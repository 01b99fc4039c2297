"""What a preview and a move say in a terminal: one line for each thing that changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext

if TYPE_CHECKING:
    from ntm_desktop.criteria.verdicts import Verdict
    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.operations.pack_changes import PartChange
    from ntm_desktop.operations.pack_preview import Move, PackPreview, Preview


def preview_lines(desk: Desk, preview: Preview) -> Iterator[str]:
    """Yield what a source would change, pack by pack and dossier by dossier."""
    from ntm_desktop.operations.pack_registers import registers_sentence

    for book in preview.registers:
        yield registers_sentence(book)
    if not preview.packs and not preview.registers:
        yield _("Every pack of this source is here already.")
    for pack in preview.packs:
        yield from _pack_lines(desk, pack)


def _pack_lines(desk: Desk, pack: PackPreview) -> Iterator[str]:
    from ntm_desktop.operations.pack_words import promise_sentence

    who = pack.set.publisher if pack.publisher is None else pack.publisher.title
    name = f"{pack.set.id}@{pack.set.version}"
    yield f"{name}\t{pack.set.short_title}\t{who}"
    broken = promise_sentence(pack.promise, pack.set)
    if broken:
        yield f"  {broken}"
    if not pack.moves:
        yield "  " + _("No open dossier would move to it.")
    for move in pack.moves:
        yield "  " + _("{dossier} ({id})").format(dossier=move.name.words(), id=move.dossier.id)
        for line in move_lines(desk, move):
            yield f"    {line}"


def move_lines(desk: Desk, move: Move) -> Iterator[str]:
    """Yield what moving one dossier changes."""
    from ntm_desktop.operations.pack_moves import figure_name
    from ntm_desktop.operations.pack_words import asked_words, contradiction_sentence, misfit_words

    flips = move.flips
    if not flips:
        yield _("No indicator changes its result.")
    else:
        yield ngettext(
            "{count} indicator changes its result, {same} keep theirs.",
            "{count} indicators change their result, {same} keep theirs.",
            len(flips),
        ).format(count=len(flips), same=move.unchanged)
    for change in (*flips, *move.others):
        yield from _change_lines(desk, move, change)
    for asked in move.asked:
        yield _("Newly asked: {figure}").format(figure=asked_words(asked))
    for misfit in move.misfits:
        name = figure_name((move.before, move.after), misfit.fact.key.element)
        yield _("Put aside: {figure} ({reason})").format(figure=name, reason=misfit_words(misfit.reason))
    for one in move.contradicted:
        requirement = desk.library.compiled(move.after).requirements[one.requirement].source
        yield f"{one.requirement}\t{contradiction_sentence(one, requirement).whole()}"


def _change_lines(desk: Desk, move: Move, change: PartChange) -> Iterator[str]:
    from ntm_desktop.operations.pack_words import why

    verdicts = " \u2192 ".join(map(_word, (change.before, change.after)))
    said = why(desk, move, change)
    yield "\t".join(part for part in (change.code, str(change.name), verdicts, said.gap, said.rest) if part)
    for requirement in change.requirements:
        for difference in requirement.differences:
            if difference.before or difference.after:
                before, after = difference.before or "-", difference.after or "-"
                yield f"  {requirement.code}\t{before}\t\u2192 {after}"


def _word(verdict: Verdict | None) -> str:
    from ntm_desktop.operations.wording import verdict_word

    return "-" if verdict is None else verdict_word(verdict)
