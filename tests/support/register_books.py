"""Register books that differ from the program's own: a later version that asks for less, a province's with more."""

from __future__ import annotations

from dataclasses import replace

from ntm_desktop.criteria.registers import Keeping, Proposal, RegisterBook
from ntm_desktop.facts.catalogue import Catalogue, Element, Register, SubjectKind, ValueType
from ntm_desktop.facts.period import PeriodKind
from ntm_desktop.i18n import Text

OCOP = "san_pham_ocop"
PROVINCE = "ag-so-theo-doi"


def column(name: str, register: str, **more: object) -> Element:
    return Element(
        name,
        Text(name),
        ValueType.TEXT,
        period=PeriodKind.NONE,
        subject=SubjectKind.RECORD,
        register=register,
        **more,  # type: ignore[arg-type]
    )


def without(book: RegisterBook, register: str, *columns: str, version: str = "9.0.0") -> RegisterBook:
    """Return a later version of a book that no longer asks for some columns; with none, for the whole register."""
    catalogue = book.catalogue
    lists = dict(catalogue.registers)
    left = tuple(one for one in lists[register].columns if one not in columns)
    lists[register] = replace(lists[register], columns=left)
    if not columns:
        del lists[register]
    named = {name for one in lists.values() for name in one.columns}
    dropped = set(catalogue.registers[register].columns) - named
    kept = {name: one for name, one in catalogue.elements.items() if name not in dropped}
    return replace(
        book,
        version=version,
        catalogue=replace(catalogue, registers=lists, elements=kept),
        keepings=tuple(one for one in book.keepings if one.register in lists),
        proposals=tuple(one for one in book.proposals if one.table in {*lists, "hamlets"}),
    )


def provincial(**change: object) -> RegisterBook:
    """Return a province's book: a register of its own, and a column more in one of the program's."""
    catalogue = Catalogue(
        PROVINCE,
        "1.0.0",
        {
            "ag_ten": column("ag_ten", "ag_tuyen"),
            "ag_ghi_chu": column("ag_ghi_chu", OCOP),
            "th_nguoi": column("th_nguoi", "ag_tuyen"),
            "ag_co_tuyen": Element("ag_co_tuyen", Text("Có tuyến"), ValueType.YES_NO),
        },
        {
            "ag_tuyen": Register("ag_tuyen", Text("Tuyến đường hoa"), ("ag_ten", "th_nguoi")),
            OCOP: Register(OCOP, Text("Tên khác"), ("ag_ghi_chu",)),
        },
    )
    book = RegisterBook(
        PROVINCE,
        "1.0.0",
        catalogue,
        keepings=(Keeping("ag_tuyen", Text("Mỗi tuyến một dòng."), key=("ag_ten",)),),
        proposals=(Proposal("ag_co_tuyen", "ag_tuyen"),),
    )
    return replace(book, **change)  # type: ignore[arg-type]
