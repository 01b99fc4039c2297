"""Finding a commune by its name, with or without marks, or by its code.

Units are dated: a commune that became a ward has two rows with one code. Names repeat, so a province can be typed
along with the name ("tan tien bac ninh"), and the code is the key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from ntm_desktop.facts.folding import fold, nfc
from ntm_desktop.facts.subject import Commune


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune, ward or special zone over the time it bore this name and kind."""

    code: str
    """Five digits as text."""
    name: str
    """Without the kind, in the official spelling."""
    kind: str
    """`Xa`, `Phuong` or `Dac khu`, with their marks."""
    province: str
    """Name of the province with its kind."""
    since: date | None = None
    until: date | None = None
    """The first day it is no longer so; empty: still so."""
    decree: str = ""
    """Number of the decision or resolution that made it so."""
    folded: str = field(default="", compare=False)
    """The folded name; empty: folded when looked for."""

    def valid_on(self, day: date) -> bool:
        """Say whether the unit is so on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def commune(self, hamlet_label: str) -> Commune:
        """Return the commune as facts are about it; the label is its own word for hamlet."""
        return Commune(self.code, self.name, self.kind, self.province, hamlet_label)


def find_units(
    query: str, units: Iterable[Unit], *, limit: int = 20, on: date | None = None
) -> tuple[Unit, ...]:
    """Return the units that fit a name or code, the best first, at most `limit`.

    Exact spelling comes before the same letters without marks, whole names before beginnings before other words.
    Without `on` only units that are still so are looked at.
    """
    spelt, folded = nfc(query).casefold().strip(), fold(query)
    if not folded:
        return ()
    ranked = []
    for unit in units:
        if (unit.until is None) if on is None else unit.valid_on(on):
            rank = _rank(unit, spelt, folded)
            if rank is not None:
                ranked.append((rank, unit.folded or fold(unit.name), unit.province, unit.code, unit))
    ranked.sort(key=lambda found: found[:4])
    return tuple(found[4] for found in ranked[:limit])


def unit_of(code: str, units: Iterable[Unit], *, on: date | None = None) -> Unit | None:
    """Return the unit with this code, as it is on that day or as it is still; None when there is none."""
    for unit in units:
        if unit.code == code and ((unit.until is None) if on is None else unit.valid_on(on)):
            return unit
    return None


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    """Fold one of the few kinds and provinces."""
    return fold(text)


def _rank(unit: Unit, spelt: str, folded: str) -> int | None:
    """Return how well the unit fits, 0 best; None: not at all."""
    name = unit.folded or fold(unit.name)
    if unit.code == folded or unit.name.casefold() == spelt:
        return 0
    if name == folded:
        return 1
    if unit.name.casefold().startswith(spelt):
        return 2
    if name.startswith(folded) or unit.code.startswith(folded):
        return 3
    return _rank_in_words(unit, name, folded)


def _rank_in_words(unit: Unit, name: str, folded: str) -> int | None:
    """Return how well the unit fits a query that holds more than its name, or other than its first words."""
    if f" {folded}" in f" {name}":
        return 4
    words = folded.split()
    if len(words) == 1 or not any(word in name for word in words):  # most rows end here
        return None
    kind, province = _folded(unit.kind), _folded(unit.province)
    typed = folded.removeprefix(f"{kind} ")
    _, found, after = f" {typed} ".partition(f" {name} ")
    if found and typed.startswith(name) and after.strip() in province:
        return 1
    # Names are typed before provinces: "dong phu" is not An Phuoc in Dong Nai.
    first, *others = typed.split()
    if f" {first}" not in f" {name}":
        return None
    return 5 if all(f" {word}" in f" {name} {province} {unit.code}" for word in others) else None
