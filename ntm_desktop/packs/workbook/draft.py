"""A source in the making: what the parent set holds, and what the rows lay over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ntm_desktop.packs.assembly import Piece, RawCatalogue, RawSource
from ntm_desktop.packs.files import Json
from ntm_desktop.packs.shape import Place, closest
from ntm_desktop.packs.workbook.ledger import Ledger
from ntm_desktop.packs.workbook.objects import Origins, fill
from ntm_desktop.packs.workbook.table import Row

_OWN: Final = (
    "id",
    "version",
    "title",
    "short_title",
    "publisher",
    "parent",
    "min_app_version",
    "migrations",
)
"""What a set never takes over from its parent."""


@dataclass(slots=True)
class Draft:
    """All objects of a source, findable by code and name."""

    ledger: Ledger
    origins: Origins = field(default_factory=Origins)
    inherits: bool = False
    head: Json = field(default_factory=dict)
    criteria: dict[str, Json] = field(default_factory=dict)
    indicators: dict[str, Json] = field(default_factory=dict)
    requirements: dict[str, Json] = field(default_factory=dict)
    """Those of the conditions too."""
    above: dict[str, str] = field(default_factory=dict)
    """Code of an indicator or requirement to that of the criterion or indicator it stands under."""
    guidance: dict[str, object] = field(default_factory=dict)
    """What an indicator's row says for all its requirements, by code."""
    elements: Json = field(default_factory=dict)
    registers: Json = field(default_factory=dict)
    profile: Json = field(default_factory=dict)
    documents: Json = field(default_factory=dict)
    catalogue: tuple[str, str] = ("", "")
    """Id and version."""
    choices: dict[str, list[Json]] = field(default_factory=dict)
    used_choices: set[str] = field(default_factory=set)
    seen: set[tuple[str, str]] = field(default_factory=set)
    """Sheet and code of every row read."""

    def take_over(self, parent: Json) -> None:
        """Start from the parent set, in source form."""
        self.inherits = True
        catalogue = objects(parent, "catalogue")
        self.catalogue = str(catalogue["id"]), str(catalogue["version"])
        self.elements = objects(catalogue, "elements")
        self.registers = objects(catalogue, "registers")
        self.profile = objects(catalogue, "profile")
        self.documents = objects(parent, "documents")
        for criterion in items(parent, "criteria"):
            code = str(criterion["code"])
            self.criteria[code] = criterion
            for indicator in items(criterion, "indicators"):
                self.indicators[str(indicator["code"])] = indicator
                self.above[str(indicator["code"])] = code
                for requirement in items(indicator, "requirements"):
                    self.requirements[str(requirement["code"])] = requirement
                    self.above[str(requirement["code"])] = str(indicator["code"])
        for condition in items(parent, "conditions"):
            requirement = objects(condition, "requirement")
            self.requirements[str(requirement["code"])] = requirement
        others = {*_OWN, "catalogue", "documents", "criteria"}
        self.head = {key: piece for key, piece in parent.items() if key not in others}

    def first_time(self, row: Row, code: str, heading: str) -> bool:
        """Say whether a row's code stands for the first time in its sheet; notes it when not."""
        key = (row.sheet, code)
        if key in self.seen:
            self.ledger.note(row.spot(heading), "duplicate_code", code)
            return False
        self.seen.add(key)
        return True

    def lay(self, data: Json, row: Row) -> Json:
        """Fill an object from a row and remember where it came from."""
        fill(data, row, self.ledger)
        self.origins.remember(data, row)
        return data

    def requirement(self, row: Row) -> Json | None:
        """Return the requirement a row names; None where there is none and it was noted."""
        code = row.text("requirement")
        found = self.requirements.get(code)
        if found is None and code:
            advice = closest(code, self.requirements)
            self.ledger.note(row.spot("requirement"), "unknown_requirement_code", code, advice)
        elif found is None:
            self.ledger.note(row.spot("requirement"), "empty_cell", "requirement")
        return found

    def raw(self, file: str) -> RawSource:
        """Return the finished source."""
        catalogue = RawCatalogue(
            id=self.catalogue[0],
            version=self.catalogue[1],
            elements=[Piece(self.elements, Place(file, "catalogue.elements"))],
            registers=[Piece(self.registers, Place(file, "catalogue.registers"))],
            profile=[Piece(self.profile, Place(file, "catalogue.profile"))],
            documents=[Piece(self.documents, Place(file, "documents"))],
        )
        criteria = [
            Piece(criterion, Place(file, f"criteria[{number}]"))
            for number, criterion in enumerate(self.criteria.values())
        ]
        return RawSource(self.head, Place(file), catalogue, criteria, everything=True)

    def whole(self) -> Json:
        """Return the source as one object, to look up places in."""
        return {
            **self.head,
            "documents": self.documents,
            "criteria": list(self.criteria.values()),
            "catalogue": {
                "elements": self.elements,
                "registers": self.registers,
                "profile": self.profile,
            },
        }


def items(data: Json, key: str) -> list[Json]:
    """Return the list of objects under a key; none where it is not there."""
    found = data.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def objects(data: Json, key: str) -> Json:
    """Return the object under a key; empty where it is not there."""
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def named(data: Json, key: str) -> dict[str, Json]:
    """Return the objects under a key by their own names."""
    return {name: piece for name, piece in objects(data, key).items() if isinstance(piece, dict)}


def words(data: Json, key: str) -> list[str]:
    """Return the list of texts under a key; none where it is not there."""
    found = data.get(key)
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


def growing(data: Json, key: str) -> list[object]:
    """Return the list under a key to be added to; made where it is not there."""
    found = data.setdefault(key, [])
    if not isinstance(found, list):
        raise TypeError(found)
    return found


def matching(data: Json, key: str, **wanted: object) -> Json | None:
    """Return the first object of a list whose keys have these values; None stands for a key left out."""
    pieces = items(data, key)
    return next((each for each in pieces if all(each.get(k) == v for k, v in wanted.items())), None)


def rows_with(draft: Draft, rows: list[Row], heading: str) -> Iterator[tuple[Row, str]]:
    """Yield the rows with what names them; a row without a name is noted and left out."""
    for row in rows:
        name = row.text(heading)
        if name:
            yield row, name
        else:
            draft.ledger.note(row.spot(heading), "empty_cell", heading)
