"""The fact book: everything a criterion set reads of a commune, held in memory.

The book mirrors what is stored; it is changed only after the disk has taken the change.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from datetime import date

from ntm_desktop.facts.fact import Fact, FactKey, Value
from ntm_desktop.facts.subject import Hamlet, Profile, ProfileEntry, Record


class FactBook:
    """Facts, hamlets, records and profile of one commune."""

    def __init__(
        self,
        facts: Iterable[Fact] = (),
        *,
        hamlets: Iterable[Hamlet] = (),
        records: Iterable[Record] = (),
        profile: Profile | None = None,
    ) -> None:
        self._facts: dict[FactKey, Fact] = {fact.key: fact for fact in facts}
        self._values: dict[FactKey, Value] = {}
        for fact in self._facts.values():
            self._mirror(fact)
        self.set_hamlets(hamlets)
        self.set_records(records)
        self.profile = profile or Profile()

    def _mirror(self, fact: Fact) -> None:
        value = fact.value
        if value is None:
            self._values.pop(fact.key, None)
        else:
            self._values[fact.key] = value

    @property
    def facts(self) -> Mapping[FactKey, Fact]:
        """All facts by key."""
        return self._facts

    @property
    def values(self) -> Mapping[FactKey, Value]:
        """The values in use by key; what evaluation reads."""
        return self._values

    def fact(self, key: FactKey) -> Fact | None:
        """Return the fact, or None when nothing was ever entered."""
        return self._facts.get(key)

    def put(self, fact: Fact) -> None:
        """Take a fact in the place of the one with the same key; without claims it goes."""
        if fact.claims:
            self._facts[fact.key] = fact
        else:
            self._facts.pop(fact.key, None)
        self._mirror(fact)

    @property
    def hamlets(self) -> tuple[Hamlet, ...]:
        """All hamlets ever, in the commune's order."""
        return self._hamlets

    def set_hamlets(self, hamlets: Iterable[Hamlet]) -> None:
        """Take this list of hamlets in the place of the old one."""
        self._hamlets = tuple(sorted(hamlets, key=lambda hamlet: (hamlet.order, hamlet.id)))

    def hamlets_on(self, day: date) -> tuple[Hamlet, ...]:
        """Return the hamlets that exist on that day."""
        return tuple(hamlet for hamlet in self._hamlets if hamlet.valid_on(day))

    @property
    def records(self) -> tuple[Record, ...]:
        """All records of all registers, in order."""
        return tuple(record for name in sorted(self._registers) for record in self._registers[name])

    def set_records(self, records: Iterable[Record]) -> None:
        """Take this list of records in the place of the old one."""
        self._records: dict[str, Record] = {}
        self._registers: dict[str, list[Record]] = {}
        for record in sorted(records, key=_order_of):
            self._records[record.id] = record
            self._registers.setdefault(record.register, []).append(record)

    def put_record(self, identity: str, record: Record | None) -> None:
        """Take one record in the place of the one with the same id; None takes it away. The others stay as they are."""
        before = self._records.pop(identity, None)
        if before is not None:
            self._registers[before.register].remove(before)
        if record is not None:
            self._records[identity] = record
            insort(self._registers.setdefault(record.register, []), record, key=_order_of)

    def record(self, identity: str) -> Record | None:
        """Return the record of that id, whether it counts today or not."""
        return self._records.get(identity)

    def records_of(self, register: str) -> tuple[Record, ...]:
        """Return all records of a register in order, whenever they count."""
        return tuple(self._registers.get(register, ()))

    def records_on(self, register: str, day: date) -> tuple[Record, ...]:
        """Return the records of a register that count on that day."""
        return tuple(record for record in self._registers.get(register, ()) if record.valid_on(day))

    def profile_on(self, day: date) -> Mapping[str, ProfileEntry]:
        """Return the commune's properties in force on that day."""
        return self.profile.on(day)


def _order_of(record: Record) -> tuple[int, str]:
    return record.order, record.id
