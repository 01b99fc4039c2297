"""Pieces of a source to a pack."""

from __future__ import annotations

import hashlib

from ntm_desktop.packs.assembly import BuiltPack, Piece, RawCatalogue, RawSource, assemble, texts_of
from ntm_desktop.packs.shape import Findings, Place

FILE = "bo"


def raw(**more: object) -> RawSource:
    head: dict[str, object] = {
        "id": "thu",
        "version": "1.0.0",
        "title": "Thử",
        "short_title": "Thử",
        "level": "ntm",
        "rule_language": 1,
        "publisher": "x",
        "complete": False,
    }
    elements = {"a": {"label": "A", "type": "integer"}, "b": {"label": "B", "type": "integer"}}
    requirement = {
        "code": "1.1.a",
        "label": "R",
        "kind": "count",
        "measure": "${a}",
        "operator": ">=",
        "thresholds": [{"basis": "missing"}],
    }
    indicator = {"code": "1.1", "name": "I", "short_name": "I", "requirements": [requirement]}
    criterion = {"code": "1", "name": "C", "short_name": "C", "indicators": [indicator]}
    catalogue = RawCatalogue("dm", "1.0.0", elements=[Piece(elements, Place(FILE, "elements"))])
    return RawSource(head | more, Place(FILE), catalogue, [Piece(criterion, Place(FILE, "criteria[0]"))])


def test_what_is_read_goes_along_or_everything():
    built = assemble(raw(), Findings(), {})
    assert built is not None
    assert set(built.set.catalogue.elements) == {"a"}
    source = raw()
    source.everything = True
    whole = assemble(source, Findings(), {})
    assert whole is not None
    assert set(whole.set.catalogue.elements) == {"a", "b"}


def test_a_pack_is_named_by_its_bytes():
    built = assemble(raw(), Findings(), {})
    assert isinstance(built, BuiltPack)
    assert built.sha256 == hashlib.sha256(built.content).hexdigest() == built.set.sha256


def test_the_thorough_are_told_of_contradictions_beside_what_cannot_be_read():
    def codes(**more: bool) -> set[str]:
        findings = Findings()
        assert assemble(raw(colour="đỏ", legal_basis=["khong"]), findings, {}, **more) is None
        return {problem.code for problem in findings.problems}

    assert codes() == codes(thorough=False) == {"unknown_key"}
    assert codes(thorough=True) == {"unknown_key", "unknown_document"}


def test_texts_of_a_list():
    assert texts_of(["a", 1, "b"]) == {"a", "b"}
    assert texts_of(None) == set()


def test_a_requirement_with_tables_is_given_no_fields() -> None:
    with_tables = raw()
    (criterion,) = with_tables.criteria
    requirement = criterion.data["indicators"][0]["requirements"][0]  # type: ignore[index]
    requirement["tables"] = [{"columns": ["thon"]}]
    requirement["measure"] = "count(hamlets, ${thon} > ${a})"
    hamlet = {"thon": {"label": "Thôn", "type": "integer", "subject": "hamlet"}}
    with_tables.catalogue.elements.append(Piece(hamlet, Place(FILE, "more")))
    findings = Findings()
    assert assemble(with_tables, findings, {}) is None
    assert [(problem.code, problem.found) for problem in findings.problems] == [("not_asked", "a")]


def _requirement(source: RawSource) -> dict[str, object]:
    return source.criteria[0].data["indicators"][0]["requirements"][0]  # type: ignore[index]


def test_what_is_asked_is_what_a_requirement_reads_of_the_commune() -> None:
    source = raw()
    _requirement(source)["relevant"] = "${b} > 0"
    built = assemble(source, Findings(), {})
    assert built is not None
    assert [field.element for field in built.set.requirements()[0].fields] == ["b", "a"]


def test_a_figure_of_a_hamlet_is_not_asked_of_the_commune() -> None:
    source = raw()
    _requirement(source)["measure"] = "${a} + count(hamlets, ${thon} > 1)"
    hamlet = {"thon": {"label": "Thôn", "type": "integer", "subject": "hamlet"}}
    source.catalogue.elements.append(Piece(hamlet, Place(FILE, "more")))
    findings = Findings()
    assert assemble(source, findings, {}) is None
    assert [(problem.code, problem.found) for problem in findings.problems] == [("not_asked", "thon")]


def test_registers_go_along_that_are_counted_or_asked() -> None:
    registers = {name: {"label": name, "columns": [f"{name}_dung"]} for name in ("dem", "hoi", "khac")}
    columns = {
        f"{name}_dung": {"label": name, "type": "yes_no", "subject": "record", "register": name}
        for name in registers
    }
    source = raw()
    source.catalogue.registers.append(Piece(registers, Place(FILE, "registers")))
    source.catalogue.elements.append(Piece(columns, Place(FILE, "columns")))
    _requirement(source).update(
        measure="count(dem, yes)", tables=[{"register": "hoi", "columns": ["hoi_dung"]}]
    )
    built = assemble(source, Findings(), {})
    assert built is not None
    assert set(built.set.catalogue.registers) == {"dem", "hoi"}


def test_the_same_code_twice_is_told_for_criteria_too() -> None:
    source = raw()
    twice = {"code": "1", "name": "C", "short_name": "C", "indicators": []}
    source.criteria.append(Piece(twice, Place(FILE, "criteria[1]")))
    findings = Findings()
    assert assemble(source, findings, {}) is None
    (problem,) = findings.problems
    assert (problem.code, problem.path, problem.found) == ("duplicate_code", "criteria[1].code", "1")


def test_documents_that_guidance_names_go_along_whatever_they_are_called() -> None:
    source = raw()
    _requirement(source)["guidance"] = {"documents": ["fact"]}
    documents = {"fact": {"number": "1/QĐ", "title": "T"}, "la": {"number": "2/QĐ", "title": "L"}}
    source.catalogue.documents.append(Piece(documents, Place(FILE, "documents")))
    built = assemble(source, Findings(), {})
    assert built is not None
    assert set(built.set.documents) == {"fact"}


def test_a_document_that_only_a_requirement_names_goes_along() -> None:
    source = raw()
    (criterion,) = source.criteria
    criterion.data["indicators"][0]["requirements"][0]["document"] = "qd"  # type: ignore[index]
    documents = {"qd": {"number": "1/QĐ", "title": "T"}, "la": {"number": "2/QĐ", "title": "L"}}
    source.catalogue.documents.append(Piece(documents, Place(FILE, "documents")))
    built = assemble(source, Findings(), {})
    assert built is not None
    assert set(built.set.documents) == {"qd"}
