"""The register books at hand as one: the newest of the program's own, with those of provinces beside it.

Rules:
* Of a book the newest version counts, shipped or admitted. What older versions had and the newest lacks is no longer
  asked, but what was written in it stays: such a column is shown as long as something stands in it.
* A province's book adds registers, columns and proposals. What the program's own book has is never another thing
  because of it: no column changes its meaning, none stops being personal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ntm_desktop.criteria.registers import RegisterBook, load_registers
from ntm_desktop.facts.catalogue import Element, Register
from ntm_desktop.packs.shipped import shipped_registers, shipped_registers_before
from ntm_desktop.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class Former:
    """What older versions of the books had and the newest lack."""

    registers: Mapping[str, Register]
    """With the columns that are gone, and only those."""
    elements: Mapping[str, Element]


class RegisterBooks:
    """Reads the books of a workspace when they are first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._book: RegisterBook | None = None
        self._former: Former | None = None

    def book(self) -> RegisterBook:
        """Return the books as one. Raises ShippedPackDamaged, WorkspaceDamaged, PackUnreadable."""
        if self._book is None:
            shipped = shipped_registers()
            kept = self._kept()
            lines = _by_id([shipped, *kept]) if kept else {}
            own = lines.pop(shipped.id, [shipped])
            self._book = joined(own[0], (books[0] for books in lines.values()))
        return self._book

    def former(self) -> Former:
        """Return what older versions had beside. Raises as `book`."""
        if self._former is None:
            lines = _by_id([shipped_registers(), *shipped_registers_before(), *self._kept()])
            self._former = gone(self.book(), (one for books in lines.values() for one in books[1:]))
        return self._former

    def newest(self, id_: str) -> RegisterBook | None:
        """Return the newest version of one book that is here. Raises as `book`."""
        return _by_id([shipped_registers(), *self._kept()]).get(id_, [None])[0]

    def forget(self) -> None:
        """Read the books anew when they are next asked for: one was taken in."""
        self._book = self._former = None

    def _kept(self) -> list[RegisterBook]:
        packs = (self._workspace.pack(sha256) for _id, _version, sha256 in self._workspace.shelf.registers())
        return [load_registers(pack.content) for pack in packs if pack is not None]


def _by_id(books: Iterable[RegisterBook]) -> dict[str, list[RegisterBook]]:
    """Return the versions of each book, the newest first, by id."""
    found: dict[str, list[RegisterBook]] = {}
    for one in sorted(books, key=lambda book: (book.id, tuple(-n for n in _numbers(book.version)))):
        found.setdefault(one.id, []).append(one)
    return found


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def joined(own: RegisterBook, others: Iterable[RegisterBook]) -> RegisterBook:
    """Return the program's own book with what other books add to it."""
    for other in others:
        catalogue = own.catalogue
        registers = dict(catalogue.registers)
        for name, register in other.catalogue.registers.items():
            known = registers.get(name)
            columns = dict.fromkeys((*(known.columns if known is not None else ()), *register.columns))
            registers[name] = replace(known or register, columns=tuple(columns))
        kept = {one.register for one in own.keepings}
        proposed = {one.element for one in own.proposals}
        own = replace(
            own,
            catalogue=replace(
                catalogue,
                elements={**other.catalogue.elements, **catalogue.elements},
                registers=registers,
            ),
            keepings=(*own.keepings, *(one for one in other.keepings if one.register not in kept)),
            proposals=(*own.proposals, *(one for one in other.proposals if one.element not in proposed)),
            surveys=(*own.surveys, *other.surveys),
        )
    return own


def gone(book: RegisterBook, before: Iterable[RegisterBook]) -> Former:
    """Return the columns that books before had and this one has nowhere."""
    registers: dict[str, Register] = {}
    elements: dict[str, Element] = {}
    for old in before:
        for name, register in old.catalogue.registers.items():
            known = book.catalogue.registers.get(name)
            there = () if known is None else known.columns
            columns = tuple(_lacking(register.columns, there, registers.get(name)))
            if columns or known is None:
                already = registers.get(name)
                past = () if already is None else already.columns
                registers[name] = replace(already or register, columns=(*past, *columns))
                elements |= {one: old.catalogue.elements[one] for one in columns if one not in elements}
    return Former(registers, elements)


def _lacking(columns: Sequence[str], there: Sequence[str], noted: Register | None) -> Iterator[str]:
    past = () if noted is None else noted.columns
    return (one for one in columns if one not in there and one not in past)
