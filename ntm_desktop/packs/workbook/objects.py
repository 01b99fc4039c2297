"""Objects of a source filled from rows, each remembering the row it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ntm_desktop.packs.files import Json
from ntm_desktop.packs.problems import SourceProblem
from ntm_desktop.packs.workbook.columns import ENGLISH, PLANS, CellType
from ntm_desktop.packs.workbook.ledger import Ledger, Spot
from ntm_desktop.packs.workbook.table import Row
from ntm_desktop.packs.workbook.values import value_of


@dataclass(frozen=True, slots=True)
class Origin:
    """The row an object came from, and the headings that its keys stand under."""

    row: Row
    headings: Mapping[str, str]
    """Key to heading: `name.en` to `label::en`."""

    def spot(self, key: str) -> Spot:
        """Return the cell of a key or of what is inside it, the row when it has none."""
        while key and key not in self.headings:
            key = key[: max(key.rfind("."), key.rfind("["), 0)]
        return self.row.spot(self.headings.get(key, ""))


@dataclass(slots=True)
class Origins:
    """Where every object of a source came from."""

    _of: dict[int, tuple[object, Origin]] = field(default_factory=dict)
    """By identity; the object is kept so that its identity stays its own."""
    _items: dict[int, dict[str, Origin]] = field(default_factory=dict)
    """Rows of single values inside an object, by their path from it."""

    def remember(self, data: object, row: Row, headings: Mapping[str, str] | None = None) -> None:
        """Note the row of an object; of several rows the first counts."""
        known = self._of.get(id(data))
        if known is None or (known[1].row.sheet, known[1].row.number) == (row.sheet, row.number):
            named = headings if headings is not None else headings_of(row.sheet)
            self._of[id(data)] = (data, Origin(row, named))

    def remember_item(self, data: object, path: str, row: Row, heading: str) -> None:
        """Note the row of a single value inside an object that is remembered too."""
        self._items.setdefault(id(data), {})[path] = Origin(row, {"": heading})

    def same(self, data: object, other: object) -> None:
        """Let an object have the row of another that it stands for."""
        known = self._of.get(id(other))
        if known is not None:
            self._of[id(data)] = (data, known[1])

    def by_path(self, root: Json) -> dict[str, Origin]:
        """Return the origins by the path of their object."""
        found: dict[str, Origin] = {}
        for path, data in _walk(root):
            if id(data) in self._of:
                found[path] = self._of[id(data)][1]
            for inside, origin in self._items.get(id(data), {}).items():
                found[f"{path}.{inside}"] = origin
        return found


def headings_of(sheet: str) -> dict[str, str]:
    """Return the heading of each key of a sheet's rows."""
    headings: dict[str, str] = {}
    for column in PLANS[sheet].columns:
        if column.key:
            headings[column.key] = column.heading
            if column.type is CellType.TEXT:
                headings[f"{column.key}.vi"] = column.heading
                headings[f"{column.key}.en"] = column.heading + ENGLISH
    return headings


def _walk(data: object, path: str = "") -> Iterator[tuple[str, object]]:
    yield path, data
    if isinstance(data, dict):
        for key, item in data.items():
            yield from _walk(item, f"{path}.{key}" if path else str(key))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _walk(item, f"{path}[{number}]")


def fill(data: Json, row: Row, ledger: Ledger) -> None:
    """Put the cells of a row into an object under the keys of their columns, over what stands there."""
    for heading in sorted(row.cells, key=lambda name: name.endswith(ENGLISH)):
        cell = row.cells[heading]
        column = PLANS[row.sheet].column(heading)
        if column is None or not column.key:
            continue
        value = value_of(cell, column.type, row.spot(heading), ledger)
        if value is not None:
            put(data, column.key, value, english=heading.endswith(ENGLISH))


def put(data: Json, key: str, value: object, *, english: bool = False) -> None:
    """Set one key, by its path; an English text joins the Vietnamese one."""
    *steps, last = key.split(".")
    for step in steps:
        inner = data.setdefault(step, {})
        if not isinstance(inner, dict):
            raise TypeError(inner)
        data = inner
    if not english:
        data[last] = value
        return
    known = data.get(last)
    texts = known if isinstance(known, dict) else {} if known is None else {"vi": known}
    data[last] = {**texts, "en": value}


def text_of(row: Row, heading: str, ledger: Ledger) -> object:
    """Return a text of two languages; None where neither stands."""
    data: Json = {}
    for name in (heading, heading + ENGLISH):
        if name in row.cells:
            value = value_of(row.cells[name], CellType.TEXT, row.spot(name), ledger)
            if value is not None:
                put(data, "text", value, english=name != heading)
    return data.get("text")


def located(problem: SourceProblem, origins: Mapping[str, Origin]) -> Spot:
    """Return the cell of a problem that was found in the source."""
    path = problem.path
    if problem.code == "missing_key":
        path = f"{path}.{problem.found}" if path else problem.found
    prefix = path
    while prefix and prefix not in origins:
        prefix = prefix[: max(prefix.rfind("."), prefix.rfind("["), 0)]
    origin = origins.get(prefix)
    return Spot() if origin is None else origin.spot(path[len(prefix) :].lstrip("."))
