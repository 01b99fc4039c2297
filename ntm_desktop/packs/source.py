"""A folder of readable JSON files to a criterion set and the bytes of its pack.

The format is told in `docs/pack-source.md`, its schema is `resources/schema/pack-source.schema.json`. A set lies in a
folder of its own name; beside it lies the folder of the catalogue it names. Building reads no clock and no random:
the same sources always give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from ntm_desktop.criteria.language.nodes import HAMLETS, TABLE_OPERATIONS
from ntm_desktop.criteria.load import PackUnreadable, dump, load
from ntm_desktop.criteria.model import Criterion, CriterionSet, DocumentReference
from ntm_desktop.facts.catalogue import Element, ProfileAttribute, Register
from ntm_desktop.packs.files import Json, place_of, read_file
from ntm_desktop.packs.problems import PackSourceRefused, SourceProblem
from ntm_desktop.packs.review import Places, review
from ntm_desktop.packs.shape import Findings, Place, closest, translate

_FROM_ELSEWHERE = ("criteria", "catalogue", "documents", "sha256")


@dataclass(frozen=True, slots=True)
class BuiltPack:
    """A criterion set with the bytes of its pack file."""

    set: CriterionSet
    content: bytes

    @property
    def sha256(self) -> str:
        """The SHA-256 of the content, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def build(folder: Path, library: Mapping[str, CriterionSet] | None = None) -> BuiltPack:
    """Build the pack of one set; `library` holds the sets its rules refer to, by id.

    Raises:
        PackSourceRefused: Something in the source is not right; lists every problem.
    """
    findings = Findings()
    assembly = _Assembly(folder, findings)
    data = assembly.data()
    _stop_at(findings, folder)
    try:
        built = load(json.dumps(data, ensure_ascii=False).encode())
    except PackUnreadable as error:
        findings.note(Place(assembly.head.file, error.place), error.problem, error.found)
        _refuse(findings, folder)
    review(built, assembly.places, findings, library or {})
    _stop_at(findings, folder)
    content = dump(built)
    return BuiltPack(load(content), content)


def _stop_at(findings: Findings, folder: Path) -> None:
    if findings.problems:
        _refuse(findings, folder)


def _refuse(findings: Findings, folder: Path) -> NoReturn:
    raise PackSourceRefused(folder.name, tuple(sorted(set(findings.problems), key=_order)))


def _order(problem: SourceProblem) -> tuple[str, str, str, str]:
    return problem.file, problem.path, problem.code, problem.found


@dataclass(slots=True)
class _Shared:
    """What a catalogue folder holds, in built form by name."""

    name: str = ""
    version: str = ""
    elements: Json = field(default_factory=dict)
    registers: Json = field(default_factory=dict)
    profile: Json = field(default_factory=dict)
    documents: Json = field(default_factory=dict)


class _Assembly:
    """Puts the files of a set and of its catalogue together into the built form."""

    def __init__(self, folder: Path, findings: Findings) -> None:
        self.folder = folder
        self.findings = findings
        self.head = place_of(folder / "set.json")
        self.places: Places = {"": self.head}
        self.shared = _Shared()

    def data(self) -> Json:
        """Return the built form; incomplete where problems were noted."""
        head = read_file(self.folder / "set.json", self.findings)
        if head.get("id") != self.folder.name:
            self.findings.note(self.head.key("id"), "wrong_folder", head.get("id"), self.folder.name)
        self.shared = self._catalogue(head.pop("catalogue", None))
        own_documents = self._table(DocumentReference, head.pop("documents", {}), self.head.key("documents"))
        also = {name: _texts(head.pop(name, [])) for name in ("profile", "sources")}
        for number, condition in enumerate(_objects(head.get("conditions"))):
            place = self.head.key("conditions").item(number).key("requirement")
            self._requirement(condition.get("requirement"), place)
        for number, example in enumerate(_objects(head.get("examples"))):
            self.places[f"example:{example.get('name')}"] = self.head.key("examples").item(number)
        translated = translate(CriterionSet, head, self.head, self.findings, without=_FROM_ELSEWHERE)
        built = translated if isinstance(translated, dict) else {}
        built["criteria"] = [
            self._criterion(path) for path in sorted((self.folder / "criteria").glob("*.json"))
        ]
        self._ask_what_is_read(built)
        documents = {**self.shared.documents, **own_documents}
        self._known(documents, also["sources"], "sources", "unknown_document")
        self._known(self.shared.profile, also["profile"], "profile", "unknown_profile")
        built["documents"] = _only(documents, {*_cited(built), *also["sources"]})
        built["catalogue"] = self._taken_along(built, also["profile"])
        return {"format": 1, **built}

    # ---------------------------------------------------------------- catalogue

    def _catalogue(self, name: object) -> _Shared:
        """Read the catalogue that is named `id@version`."""
        id_, _, version = str(name).partition("@")
        folder = self.folder.parent / id_
        if not (folder / "catalogue.json").is_file():
            self.findings.note(
                self.head.key("catalogue"), "wrong_catalogue", name, "vn-danh-muc-so-lieu@1.0.0"
            )
            return _Shared()
        data = read_file(folder / "catalogue.json", self.findings)
        here = place_of(folder / "catalogue.json")
        if (data.get("id"), data.get("version")) != (id_, version):
            right = f"{data.get('id')}@{data.get('version')}"
            self.findings.note(self.head.key("catalogue"), "wrong_catalogue", name, right)
        shared = _Shared(id_, version)
        for file in self._files(data.get("elements"), here.key("elements")):
            self._topic(folder / file, shared)
        shared.registers = self._table(Register, data.get("registers", {}), here.key("registers"))
        shared.profile = self._table(ProfileAttribute, data.get("profile", {}), here.key("profile"))
        for file in self._files([data.get("documents")], here.key("documents")):
            found = read_file(folder / file, self.findings).get("documents")
            shared.documents = self._table(DocumentReference, found, place_of(folder / file).key("documents"))
        return shared

    def _files(self, data: object, place: Place) -> list[str]:
        """Return the named files; none may lead out of the catalogue's folder."""
        names = sorted(_texts(data))
        for name in names:
            if Path(name).name != name:
                self.findings.note(place, "wrong_file_name", name)
        return [name for name in names if Path(name).name == name]

    def _topic(self, path: Path, shared: _Shared) -> None:
        place = place_of(path).key("elements")
        elements = self._table(Element, read_file(path, self.findings).get("elements"), place)
        for name, element in elements.items():
            if name in shared.elements:
                self.findings.note(place.key(name), "duplicate_code", name)
            shared.elements[name] = element

    def _table(self, kind: type, data: object, place: Place) -> Json:
        translated = translate(Mapping[str, kind], data, place, self.findings)  # type: ignore[valid-type]
        found = translated if isinstance(translated, dict) else {}
        self.places.update({f"{kind.__name__}:{name}": place.key(name) for name in found})
        return found

    # ---------------------------------------------------------------- parts of the set

    def _criterion(self, path: Path) -> object:
        data = read_file(path, self.findings)
        place = place_of(path)
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
            element = self.shared.elements.get(str(spelled.get("element")))
            if isinstance(element, dict):
                return {**spelled, "label": element.get("label")}
        return spelled

    def _ask_what_is_read(self, built: Json) -> None:
        """Give requirements without fields and tables a field for each figure of the commune they read."""
        for requirement in (part for part in _walk(built) if isinstance(part, dict) and "measure" in part):
            if "fields" in requirement or "tables" in requirement:
                continue
            read = dict.fromkeys(_facts([requirement.get("relevant"), requirement["measure"]]))
            known = [name for name in read if _of_the_commune(self.shared.elements.get(name))]
            requirement["fields"] = [self._spelled_out(name) for name in known]

    # ---------------------------------------------------------------- what of the catalogue goes along

    def _taken_along(self, built: Json, profile: set[str]) -> Json:
        names = {*_facts(built), *_asked(built)}
        registers = {*_tables(built)} - {HAMLETS}
        for register in registers:
            columns = self.shared.registers.get(register)
            names |= _texts(columns.get("columns")) if isinstance(columns, dict) else set()
        attributes = {*(str(node[1]) for node in _nodes(built, "profile")), *profile}
        return {
            "id": self.shared.name,
            "version": self.shared.version,
            "elements": _only(self.shared.elements, names),
            "registers": _only(self.shared.registers, registers),
            "profile": _only(self.shared.profile, attributes),
        }

    def _known(self, known: Json, wanted: set[str], key: str, code: str) -> None:
        """Note names in the head of the set that nothing has; other names are met again by the review."""
        for name in sorted(wanted - set(known)):
            self.findings.note(self.head.key(key), code, name, closest(name, known))


def _of_the_commune(element: object) -> bool:
    return isinstance(element, dict) and "subject" not in element


def _only(known: Json, wanted: set[str]) -> Json:
    return {name: piece for name, piece in known.items() if name in wanted}


def _objects(data: object) -> list[Json]:
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def _texts(data: object) -> set[str]:
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


def _tables(data: object) -> Iterator[str]:
    for operation in TABLE_OPERATIONS:
        yield from (str(node[1]) for node in _nodes(data, operation))
    yield from (
        str(piece["register"]) for piece in _walk(data) if isinstance(piece, dict) and piece.get("register")
    )


def _cited(data: object) -> Iterator[str]:
    for piece in _walk(data):
        if isinstance(piece, dict):
            yield from _texts([piece.get("document") or None])
            yield from _texts(piece.get("documents"))
            yield from _texts(piece.get("legal_basis"))
