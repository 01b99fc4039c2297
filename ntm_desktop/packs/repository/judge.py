"""Pack by pack: whether it is the one its list names, whether this publisher may publish it, whether it works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from typing_extensions import override

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.examples import disagreements
from ntm_desktop.criteria.load import load
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.registers import is_register_book
from ntm_desktop.i18n import gettext as _
from ntm_desktop.packs.register_source import published_registers
from ntm_desktop.packs.repository.proof import publisher_of
from ntm_desktop.packs.repository.refusals import (
    ExamplesFail,
    ReferenceMissing,
    SameVersionOtherContent,
    SetOfAnotherPublisher,
    WrongPackName,
)
from ntm_desktop.packs.repository.rules import ListedPack, Walk, newest
from ntm_desktop.packs.repository.sources import Source, require_listed


@dataclass(frozen=True, slots=True)
class KnownPack:
    """A pack that is here already."""

    sha256: str
    owner: str
    """`Publisher.key` of who published it; the shipped ones belong to the publisher of the shipped root."""


@dataclass(frozen=True, slots=True)
class PacksHere:
    """What is here before a source is looked at."""

    home: str
    """Fingerprint of the shipped root: its publisher may publish any set."""
    known: Mapping[tuple[str, str], KnownPack]
    """By id and version."""
    library: Mapping[str, CriterionSet]
    """The sets that are here, by id, for packs that read thresholds of others."""


class PackJudge:
    """Judge the packs of a source whose lists were followed."""

    def __init__(self, source: Source, walk: Walk, here: PacksHere) -> None:
        self._source = source
        self._here = here
        self._listed = walk.packs()
        publishers = {pack.name.path: publisher_of(walk, pack) for pack in self._listed}
        self._keys = {path: publisher.key for path, publisher in publishers.items()}
        self._titles = {publisher.key: publisher.title for publisher in publishers.values()}
        self._owners: dict[str, set[str]] = {}
        for (id_, _version), known in here.known.items():
            self._owners.setdefault(id_, set()).add(known.owner)
        self._claims: dict[str, set[str]] = {}
        self._contents: dict[tuple[str, str], set[str]] = {}
        for pack in self._listed:
            self._claims.setdefault(pack.name.id, set()).add(self._keys[pack.name.path])
            self._contents.setdefault((pack.name.id, pack.name.version), set()).add(pack.sha256)
        self._fingerprint = walk.lists.fingerprint

    def new(self) -> Iterator[ListedPack]:
        """Give the packs that are not here yet, in the order of their paths."""
        for pack in self._listed:
            known = self._here.known.get((pack.name.id, pack.name.version))
            if known is None or known.sha256 != pack.sha256:
                yield pack

    def content(self, pack: ListedPack) -> bytes:
        """Return the bytes of a pack. Raises: PartMissing, PartTooLarge, Tampered, Unavailable."""
        return require_listed(self._source, pack.name.path, pack.sha256, pack.size)

    def require_usable(self, pack: ListedPack, content: bytes) -> None:
        """Refuse a pack that must not or cannot be used.

        Raises: SameVersionOtherContent, SetOfAnotherPublisher, WrongPackName, ReferenceMissing, ExamplesFail, and what
        `criteria.load` raises.
        """
        name = pack.name
        if (name.id, name.version) in self._here.known or len(self._contents[name.id, name.version]) > 1:
            raise SameVersionOtherContent(name.id, name.version)
        self._require_owner(pack)
        if is_register_book(content):
            book = published_registers(content)
            if (book.id, book.version) != (name.id, name.version):
                raise WrongPackName(name.path, book.id, book.version)
            return
        found = load(content)
        if (found.id, found.version) != (name.id, name.version):
            raise WrongPackName(name.path, found.id, found.version)
        library = _Library(self, self._here.library, newest(self._listed, found.references))
        require_working(found, library)

    def _require_owner(self, pack: ListedPack) -> None:
        """See to it that a set keeps its publisher: the first one here, and in one source the publisher's own."""
        key = self._keys[pack.name.path]
        if key == self._here.home:
            return
        owners = self._owners.get(pack.name.id) or self._claims[pack.name.id]
        if len(owners) > 1 and self._fingerprint in owners:
            owners = {self._fingerprint}
        if owners != {key}:
            others = ", ".join(self._title_of(owner) for owner in sorted(owners - {key}))
            raise SetOfAnotherPublisher(pack.name.id, pack.name.version, others)

    def _title_of(self, owner: str) -> str:
        own = _("the maker of this program") if owner == self._here.home else owner[:16]
        return self._titles.get(owner) or own


def require_working(found: CriterionSet, library: Mapping[str, CriterionSet]) -> None:
    """Refuse a set that does not give the verdicts its own examples expect.

    Raises: ReferenceMissing, ExamplesFail.
    """
    for reference in found.references:
        if reference not in library:
            raise ReferenceMissing(found.id, found.version, reference)
    wrong = disagreements(compile_set(found), library)
    if wrong:
        first = wrong[0]
        raise ExamplesFail(
            found.id, found.version, first.example, first.code, first.expected, first.found, len(wrong)
        )


class _Library(Mapping[str, CriterionSet]):
    """The sets a pack may refer to: the newest that come along with it, else those that are here; read when asked."""

    def __init__(
        self, judge: PackJudge, here: Mapping[str, CriterionSet], listed: Mapping[str, ListedPack]
    ) -> None:
        self._judge = judge
        self._here = here
        self._listed = listed
        self._read: dict[str, CriterionSet] = {}

    @override
    def __getitem__(self, set_id: str) -> CriterionSet:
        if set_id not in self._listed:
            return self._here[set_id]
        if set_id not in self._read:
            self._read[set_id] = load(self._judge.content(self._listed[set_id]))
        return self._read[set_id]

    @override
    def __contains__(self, set_id: object) -> bool:
        return set_id in self._listed or set_id in self._here

    @override
    def __iter__(self) -> Iterator[str]:
        return iter({*self._listed, *self._here})

    @override
    def __len__(self) -> int:
        return len({*self._listed, *self._here})
