"""What a register book that comes in would change: registers and columns more, columns nobody asks for any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ntm_desktop.criteria.registers import RegisterBook, load_registers
from ntm_desktop.i18n import Text
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.publishers import AdmittedPack


@dataclass(frozen=True, slots=True)
class RegistersPreview:
    """A register book, against the newest version of it that is here."""

    id: str
    version: str
    publisher: str
    before: str
    """The version that is here; empty where none is."""
    added: tuple[Text, ...]
    """Registers that are new."""
    columns: tuple[Text, ...]
    """Columns that are new in registers that are here."""
    gone: tuple[Text, ...]
    """Columns it no longer asks for; what was written in them stays and is shown."""


def registers_preview(desk: Desk, pack: AdmittedPack) -> RegistersPreview:
    """Return what a register book would change. Raises as `RegisterBooks.book`."""
    new, old = load_registers(pack.content), desk.library.registers.newest(pack.id)
    before = {} if old is None else old.catalogue.registers
    after = new.catalogue.registers
    return RegistersPreview(
        pack.id,
        pack.version,
        pack.publisher.title,
        "" if old is None else old.version,
        tuple(register.label for name, register in after.items() if name not in before),
        _labels(new, ((after[name].columns, before[name].columns) for name in after if name in before)),
        ()
        if old is None
        else _labels(
            old, ((before[name].columns, after[name].columns if name in after else ()) for name in before)
        ),
    )


def _labels(book: RegisterBook, pairs: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> tuple[Text, ...]:
    """Return the labels of the columns that stand in the first of each pair and not in the second."""
    elements = book.catalogue.elements
    return tuple(elements[name].label for these, others in pairs for name in these if name not in others)


def registers_sentence(one: RegistersPreview) -> str:
    """Return what a register book brings, in one text."""
    said = [_("Registers {name}, version {version}, by {publisher}.")]
    if one.added:
        said.append(_("New registers: {added}."))
    if one.columns:
        said.append(_("New columns: {columns}."))
    if one.gone:
        said.append(_("No longer asked: {gone}; what was written there stays and is shown."))
    lists = {
        name: ", ".join(map(str, labels))
        for name, labels in (("added", one.added), ("columns", one.columns), ("gone", one.gone))
    }
    facts = {"name": one.id, "version": one.version, "publisher": one.publisher, **lists}
    return " ".join(sentence.format(**facts) for sentence in said)
