"""The pieces of a source, wherever they were read, to a criterion set and the bytes of its pack.

Folders of JSON files and authoring workbooks both end here, so that one set of rules judges both. Building reads no
clock and no random: the same pieces always give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ntm_desktop.criteria.language.nodes import HAMLETS, TABLE_OPERATIONS
from ntm_desktop.criteria.load import PackUnreadable, dump, load
from ntm_desktop.criteria.model import Criterion, CriterionSet, DocumentReference
from ntm_desktop.facts.catalogue import Element, ProfileAttribute, Register
from ntm_desktop.packs.files import Json
from ntm_desktop.packs.review import Places, review
from ntm_desktop.packs.shape import Findings, Place, closest, translate

_FROM_ELSEWHERE: Final = ("criteria", "catalogue", "documents", "sha256")


@dataclass(frozen=True, slots=True)
class BuiltPack:
    """A criterion set with the bytes of its pack file."""

    set: CriterionSet
    content: bytes

    @property
    def sha256(self) -> str:
        """The SHA-256 of the content, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


class Piece(NamedTuple):
    """A piece of source as it was read, and where it stands."""

    data: object
    place: Place


@dataclass(slots=True)
class RawCatalogue:
    """What a source offers to its rules: tables from name or id to the rest."""

    id: str = ""
    version: str = ""
    elements: list[Piece] = field(default_factory=list)
    registers: list[Piece] = field(default_factory=list)
    profile: list[Piece] = field(default_factory=list)
    documents: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class RawSource:
    """A source in pieces: rules are text, nothing is checked."""

    head: Json
    """The fields of the set; without criteria, catalogue and documents."""
    place: Place
    """Of the head."""
    catalogue: RawCatalogue
    criteria: list[Piece] = field(default_factory=list)
    profile: set[str] = field(default_factory=set)
    """Attributes taken along though no rule names them."""
    documents: set[str] = field(default_factory=set)
    """The same for documents."""
    everything: bool = False
    """The whole catalogue is taken along, not only what is read."""


def assemble(
    source: RawSource, findings: Findings, library: Mapping[str, CriterionSet], *, thorough: bool = False
) -> BuiltPack | None:
    """Build the pack of a source; None where problems were noted.

    `library` holds the sets its rules refer to, by id. A thorough reader is told of rules that contradict each other
    even where some cannot be read; what follows from those may then be listed too.
    """
    assembly = _Assembly(source, findings)
    data = assembly.data()
    if findings.problems and not thorough:
        return None
    try:
        built = load(json.dumps(data).encode())
    except PackUnreadable as error:
        if not findings.problems:
            findings.note(Place(source.place.file, error.place), error.problem, error.found)
        return None
    review(built, assembly.places, findings, library)
    if findings.problems:
        return None
    content = dump(built)
    return BuiltPack(load(content), content)


class _Assembly:
    """Puts the pieces together into the built form."""

    def __init__(self, source: RawSource, findings: Findings) -> None:
        self.source = source
        self.findings = findings
        self.places: Places = {"": source.place}
        catalogue = source.catalogue
        self.documents = self._tables(DocumentReference, catalogue.documents)
        self.elements = self._tables(Element, catalogue.elements)
        self.registers = self._tables(Register, catalogue.registers)
        self.profile = self._tables(ProfileAttribute, catalogue.profile)

    def data(self) -> Json:
        """Return the built form; incomplete where problems were noted."""
        head, place = self.source.head, self.source.place
        for number, condition in enumerate(_objects(head.get("conditions"))):
            self._requirement(
                condition.get("requirement"), place.key("conditions").item(number).key("requirement")
            )
        for number, example in enumerate(_objects(head.get("examples"))):
            self.places[f"example:{example.get('name')}"] = place.key("examples").item(number)
        translated = translate(CriterionSet, head, place, self.findings, without=_FROM_ELSEWHERE)
        built = translated if isinstance(translated, dict) else {}
        built["criteria"] = [self._criterion(piece) for piece in self.source.criteria]
        self._ask_what_is_read(built)
        self._known(self.documents, self.source.documents, "sources", "unknown_document")
        self._known(self.profile, self.source.profile, "profile", "unknown_profile")
        everything = self.source.everything
        cited = {*self.documents} if everything else {*_cited(built), *self.source.documents}
        built["documents"] = _only(self.documents, cited)
        built["catalogue"] = self._whole_catalogue() if everything else self._taken_along(built)
        return {"format": 1, **built}

    def _tables(self, kind: type, pieces: list[Piece]) -> Json:
        """Translate tables of one kind; a document may stand in several, the last counts."""
        tables: Json = {}
        for piece in pieces:
            translated = translate(Mapping[str, kind], piece.data, piece.place, self.findings)  # type: ignore[valid-type]
            found = translated if isinstance(translated, dict) else {}
            self.places.update({f"{kind.__name__}:{name}": piece.place.key(name) for name in found})
            for name in found:
                if name in tables and kind is not DocumentReference:
                    self.findings.note(piece.place.key(name), "duplicate_code", name)
            tables.update(found)
        return tables

    # ---------------------------------------------------------------- parts of the set

    def _criterion(self, piece: Piece) -> object:
        data, place = piece
        if isinstance(data, dict):
            self._remember(data, place)
            for number, indicator in enumerate(_objects(data.get("indicators"))):
                here = place.key("indicators").item(number)
                self._remember(indicator, here)
                for count, requirement in enumerate(_objects(indicator.get("requirements"))):
                    self._requirement(requirement, here.key("requirements").item(count))
        return translate(Criterion, data, place, self.findings) or {}

    def _remember(self, data: Json, place: Place) -> None:
        code = str(data.get("code", ""))
        if code in self.places:
            self.findings.note(place.key("code"), "duplicate_code", code)
        self.places[code] = place

    def _requirement(self, data: object, place: Place) -> None:
        """Remember the place, and spell out fields that are only named."""
        if not isinstance(data, dict):
            return
        self._remember(data, place)
        for owner, key in ((data, "fields"), *((table, "columns") for table in _objects(data.get("tables")))):
            asked = owner.get(key)
            if isinstance(asked, list):
                owner[key] = [self._spelled_out(item) for item in asked]

    def _spelled_out(self, asked: object) -> object:
        spelled = {"element": asked} if isinstance(asked, str) else asked
        if isinstance(spelled, dict) and "label" not in spelled:
            element = self.elements.get(str(spelled.get("element")))
            if isinstance(element, dict):
                return {**spelled, "label": element.get("label")}
        return spelled

    def _ask_what_is_read(self, built: Json) -> None:
        """Give requirements without fields and tables a field for each figure of the commune they read."""
        for requirement in (part for part in _walk(built) if isinstance(part, dict) and "measure" in part):
            if "fields" in requirement or "tables" in requirement:
                continue
            read = dict.fromkeys(_facts([requirement.get("relevant"), requirement["measure"]]))
            known = [name for name in read if _of_the_commune(self.elements.get(name))]
            requirement["fields"] = [self._spelled_out(name) for name in known]

    # ---------------------------------------------------------------- what of the catalogue goes along

    def _taken_along(self, built: Json) -> Json:
        names = {*_facts(built), *_asked(built), *_listed(built)}
        registers = {*_tables(built)} - {HAMLETS}
        for register in registers:
            columns = self.registers.get(register)
            names |= texts_of(columns.get("columns")) if isinstance(columns, dict) else set()
        attributes = {*(str(node[1]) for node in _nodes(built, "profile")), *self.source.profile}
        return {
            "id": self.source.catalogue.id,
            "version": self.source.catalogue.version,
            "elements": _only(self.elements, names),
            "registers": _only(self.registers, registers),
            "profile": _only(self.profile, attributes),
        }

    def _whole_catalogue(self) -> Json:
        return {
            "id": self.source.catalogue.id,
            "version": self.source.catalogue.version,
            "elements": self.elements,
            "registers": self.registers,
            "profile": self.profile,
        }

    def _known(self, known: Json, wanted: set[str], key: str, code: str) -> None:
        """Note names in the head of the set that nothing has; other names are met again by the review."""
        for name in sorted(wanted - set(known)):
            self.findings.note(self.source.place.key(key), code, name, closest(name, known))


def _of_the_commune(element: object) -> bool:
    return isinstance(element, dict) and "subject" not in element


def _only(known: Json, wanted: set[str]) -> Json:
    return {name: piece for name, piece in known.items() if name in wanted}


def _objects(data: object) -> list[Json]:
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def texts_of(data: object) -> set[str]:
    """Return the texts of a list; empty when it is none."""
    return {item for item in data if isinstance(item, str)} if isinstance(data, list) else set()


def _walk(data: object) -> Iterator[object]:
    yield data
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for piece in inner:
        yield from _walk(piece)


def _nodes(data: object, operation: str) -> Iterator[list[object]]:
    for piece in _walk(data):
        if isinstance(piece, list) and len(piece) > 1 and piece[0] == operation and isinstance(piece[1], str):
            yield piece


def _facts(data: object) -> Iterator[str]:
    return (str(node[1]) for node in _nodes(data, "fact"))


def _asked(data: object) -> Iterator[str]:
    return (
        str(piece["element"]) for piece in _walk(data) if isinstance(piece, dict) and piece.get("element")
    )


def _listed(data: object) -> Iterator[str]:
    """Yield the figures that papers list."""
    for piece in _walk(data):
        if isinstance(piece, dict):
            yield from texts_of(piece.get("figures"))


def _tables(data: object) -> Iterator[str]:
    for operation in TABLE_OPERATIONS:
        yield from (str(node[1]) for node in _nodes(data, operation))
    yield from (
        str(piece["register"]) for piece in _walk(data) if isinstance(piece, dict) and piece.get("register")
    )


def _cited(data: object) -> Iterator[str]:
    for piece in _walk(data):
        if isinstance(piece, dict):
            yield from texts_of([piece.get("document") or None])
            yield from texts_of(piece.get("documents"))
            yield from texts_of(piece.get("legal_basis"))
