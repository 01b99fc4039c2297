"""Pieces of source to a register book and the bytes it is delivered as; here those of a folder of JSON files.

`registers.json` names the catalogue it builds on and holds registers, how they are kept, what they propose and what is
surveyed; `elements.json` holds the columns the catalogue does not have. Told in `docs/pack-source.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ntm_desktop.criteria.language.check import check_rule
from ntm_desktop.criteria.language.nodes import HAMLETS
from ntm_desktop.criteria.load import PackUnreadable
from ntm_desktop.criteria.model import Basis
from ntm_desktop.criteria.registers import (
    FORMAT,
    Proposal,
    RegisterBook,
    Sample,
    dump_registers,
    load_registers,
)
from ntm_desktop.facts.catalogue import Element, Register, SubjectKind
from ntm_desktop.packs.assembly import Piece
from ntm_desktop.packs.files import Json, place_of, read_file
from ntm_desktop.packs.problems import PackSourceRefused
from ntm_desktop.packs.shape import Findings, Place, closest, translate
from ntm_desktop.packs.source import read_catalogue

HEAD: Final = "registers.json"
_OWN: Final = ("catalogue", "$schema")


@dataclass(frozen=True, slots=True)
class BuiltRegisters:
    """A register book with its bytes."""

    book: RegisterBook
    content: bytes

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.book.id}-{self.book.version}.json"


def build_registers(folder: Path) -> BuiltRegisters:
    """Build the register book of a folder.

    Raises:
        PackSourceRefused: Something in the source is not right; lists every problem.
    """
    findings = Findings()
    place = place_of(folder / HEAD)
    head = read_file(folder / HEAD, findings)
    shared = read_catalogue(folder.parent, head.get("catalogue"), place.key("catalogue"), findings)
    own = read_file(folder / "elements.json", findings).get("elements", {})
    pieces = [*shared.elements, Piece(own, place_of(folder / "elements.json").key("elements"))]
    built = assemble_registers(Piece(head, place), pieces, findings)
    if built is None:
        raise PackSourceRefused(folder.name, tuple(dict.fromkeys(findings.problems)))
    return built


def assemble_registers(head: Piece, elements: Iterable[Piece], findings: Findings) -> BuiltRegisters | None:
    """Build the register book of pieces that were read, from files or from a workbook; None where problems were noted.

    `head` is what `registers.json` holds; its `catalogue` was read already.
    """
    book = _book(head, elements, findings)
    if book is not None:
        _review(book, head.place, findings)
    return None if findings.problems or book is None else BuiltRegisters(book, dump_registers(book))


def published_registers(content: bytes) -> RegisterBook:
    """Read a register book that somebody publishes; it holds together by itself.

    Raises:
        PackUnreadable: It is no book of format 1, not as it is built, or something in it does not hold together.
    """
    book = load_registers(content)
    if dump_registers(book) != content:
        raise PackUnreadable("", "not_canonical")
    unknown = sorted(set(_named(book)) - set(book.catalogue.elements))
    if unknown:
        raise PackUnreadable("catalogue.elements", "unknown_element", unknown[0])
    findings = Findings()
    _review(book, Place(book.id), findings)
    for problem in findings.problems:
        raise PackUnreadable(problem.path, problem.code, problem.found)
    return book


def _book(source: Piece, known: Iterable[Piece], findings: Findings) -> RegisterBook | None:
    head = source.data if isinstance(source.data, dict) else {}
    place = source.place
    elements: Json = {}
    for piece in known:
        translated = translate(Mapping[str, Element], piece.data, piece.place, findings)
        for name, element in (translated if isinstance(translated, dict) else {}).items():
            if name in elements:
                findings.note(piece.place.key(name), "duplicate_code", name)
            elements[name] = element
    rest = {name: piece for name, piece in head.items() if name not in {*_OWN, "registers"}}
    built = translate(RegisterBook, rest, place, findings, without=("catalogue",))
    registers = translate(Mapping[str, Register], head.get("registers", {}), place.key("registers"), findings)
    if findings.problems or not isinstance(built, dict):
        return None
    catalogue = {"id": built["id"], "version": built["version"], "elements": elements, "registers": registers}
    return _loaded({**built, "catalogue": catalogue}, place, findings)


def _loaded(data: Json, place: Place, findings: Findings) -> RegisterBook:
    """Read the translated pieces as one book, without the elements nothing in it names."""
    whole = load_registers(json.dumps({"format": FORMAT, **data}).encode())
    named = set(_named(whole))
    elements = {name: one for name, one in whole.catalogue.elements.items() if name in named}
    for name in sorted(named - set(whole.catalogue.elements)):
        findings.note(place, "unknown_element", name, closest(name, whole.catalogue.elements))
    return replace(whole, catalogue=replace(whole.catalogue, elements=elements))


def _named(book: RegisterBook) -> Iterable[str]:
    for register in book.catalogue.registers.values():
        yield from register.columns
    for proposal in book.proposals:
        yield from (proposal.element, *(column for _key, column in _columns_of(proposal)))
    for survey in book.surveys:
        yield from (survey.overall, survey.sent, survey.valid, survey.households)
        yield from (question.element for question in survey.questions)


def _columns_of(proposal: Proposal) -> Iterable[tuple[str, str]]:
    """Yield the columns a proposal reads by itself, each with the key that names it."""
    parts = (("dated", proposal.dated), ("total", proposal.total))
    return (*(part for part in parts if part[1]), *(("distinct", column) for column in proposal.distinct))


def _review(book: RegisterBook, place: Place, findings: Findings) -> None:
    """Note what does not hold together: columns of other registers, rules over what is not there."""
    registers, elements = book.catalogue.registers, book.catalogue.elements
    for name, register in registers.items():
        for column in register.columns:
            if column in elements and elements[column].register != name:
                findings.note(place.key("registers").key(name), "not_a_column", column)
    for number, keeping in enumerate(book.keepings):
        here = place.key("keepings").item(number)
        known = registers.get(keeping.register)
        if known is None:
            advice = closest(keeping.register, registers)
            findings.note(here.key("register"), "unknown_register", keeping.register, advice)
            continue
        parts = (("due", keeping.due), ("done", keeping.done), *(("key", column) for column in keeping.key))
        for key, column in parts:
            if column and column not in known.columns:
                findings.note(here.key(key), "not_a_column", column)
    for number, proposal in enumerate(book.proposals):
        _review_proposal(book, proposal, place.key("proposals").item(number), findings)
    _review_surveys(book, place, findings)


def _review_surveys(book: RegisterBook, place: Place, findings: Findings) -> None:
    for number, survey in enumerate(book.surveys):
        here = place.key("surveys").item(number)
        _review_sample(survey.sample, here.key("sample"), findings)
        for asked, question in enumerate(survey.questions):
            _review_sample(question.sample, here.key("questions").item(asked).key("sample"), findings)


def _review_sample(sample: Sample | None, here: Place, findings: Findings) -> None:
    """Note a rule that asks nobody or more than all, or says nothing of who made it."""
    if sample is None:
        return
    if not 0 <= sample.share <= 1 or sample.count < 0 or not (sample.share or sample.count):
        findings.note(here, "wrong_number", f"{sample.share}, {sample.count}", '"share": "3/5"')
    if sample.basis not in {Basis.OFFICIAL, Basis.REPORTED}:
        findings.note(here.key("basis"), "value_without_basis", sample.basis.value)
    elif not sample.source.vi:
        findings.note(here, "missing_key", "source")


def _review_proposal(book: RegisterBook, proposal: Proposal, here: Place, findings: Findings) -> None:
    elements = book.catalogue.elements
    if proposal.table != HAMLETS and proposal.table not in book.catalogue.registers:
        advice = closest(proposal.table, book.catalogue.registers)
        findings.note(here.key("table"), "unknown_register", proposal.table, advice)
    element = elements.get(proposal.element)
    if element is not None and element.subject is not SubjectKind.COMMUNE:
        findings.note(here.key("element"), "asked_elsewhere", proposal.element)
    for key, column in _columns_of(proposal):
        one = elements.get(column)
        home = (
            HAMLETS if one is not None and one.subject is SubjectKind.HAMLET else getattr(one, "register", "")
        )
        if one is not None and home != proposal.table:
            findings.note(here.key(key), "not_a_column", column)
    if proposal.where is not None:
        for finding in check_rule(proposal.where, book.catalogue, expected="yes_no", table=proposal.table):
            findings.note(here.key("where"), finding.code, ", ".join(fact for _name, fact in finding.facts))
