"""What registers say for the dossier: which requirements read them, which figures they propose.

A proposed figure is taken over by an officer, never by itself: a figure that was typed stays until then, and after it
as the claim of its own source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ntm_desktop.criteria.language.nodes import HAMLETS
from ntm_desktop.criteria.model import Requirement, RequirementKind
from ntm_desktop.criteria.proposals import Proposed, propose
from ntm_desktop.criteria.registers import Proposal
from ntm_desktop.facts.catalogue import Element
from ntm_desktop.facts.fact import Fact, FactKey, Provenance
from ntm_desktop.facts.period import reading_period
from ntm_desktop.facts.subject import COMMUNE
from ntm_desktop.facts.text import show
from ntm_desktop.operations import registers
from ntm_desktop.operations.answer import claim_state, require_open
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.workspace.states import NewChoice, NewClaim, NewState

LABEL = "take_proposals"


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure of the chosen dossier as its register has it."""

    key: FactKey
    element: Element
    proposed: Proposed
    source: str
    """The register, as the source the figure gets."""
    fact: Fact | None
    """What stands there now."""
    requirements: tuple[str, ...]
    """Codes of the requirements that read it."""

    @property
    def agrees(self) -> bool:
        """Say whether the figure in use is the register's."""
        return self.fact is not None and self.fact.value == self.proposed.value

    @property
    def text(self) -> str:
        """The proposed figure as an officer would type it."""
        return show(self.element, self.proposed.value)

    @property
    def now(self) -> str:
        """The figure in use; empty when there is none."""
        value = self.fact.value if self.fact is not None else None
        return "" if value is None else show(self.element, value)


def readers(desk: Desk, register: str) -> tuple[Requirement, ...]:
    """Return the requirements and conditions of the chosen set whose rules read a register, in order.

    Of hamlets: those that measure a figure the tallies of the survey propose.
    """
    if desk.set is None:
        return ()
    codes = desk.compiled.table_readers.get(register, frozenset())
    if register == HAMLETS:
        tallied = [one.element for one in registers.book_of(desk).proposals if one.table == HAMLETS]
        codes = frozenset().union(*(desk.compiled.readers.get(name, ()) for name in tallied))
        codes = frozenset(
            code
            for code in codes
            if desk.compiled.requirements[code].source.kind is not RequirementKind.YES_NO
        )
    return tuple(one.source for code, one in desk.compiled.requirements.items() if code in codes)


def offers(desk: Desk, register: str) -> tuple[Offer, ...]:
    """Return what a register proposes for the chosen dossier; nothing without one."""
    proposals = registers.book_of(desk).proposals
    return tuple(_offers(desk, (one for one in proposals if one.table == register)))


def all_offers(desk: Desk) -> tuple[Offer, ...]:
    """Return what all registers propose for the chosen dossier."""
    return tuple(_offers(desk, registers.book_of(desk).proposals))


def offer_for(desk: Desk, key: FactKey) -> Offer | None:
    """Return what a register proposes for one fact of the chosen dossier."""
    if key.subject != COMMUNE:
        return None
    proposal = registers.book_of(desk).proposals_for().get(key.element)
    found = None if proposal is None else next(_offers(desk, (proposal,)), None)
    return found if found is not None and found.key == key else None


def _offers(desk: Desk, proposals: Iterable[Proposal]) -> Iterator[Offer]:
    dossier = desk.dossier
    if dossier is None:
        return
    own = desk.compiled.source.catalogue.elements
    known = registers.elements(desk)
    for proposal in proposals:
        element = own.get(proposal.element)
        if element is None:  # the set does not ask for it
            continue
        book = desk.workspace.book
        proposed = propose(proposal, known, book, dossier.year, dossier.assessed_on)
        if proposed is None:
            continue
        key = FactKey(element.name, COMMUNE, reading_period(element.period, dossier.year))
        codes = desk.compiled.readers.get(element.name, frozenset())
        in_order = tuple(code for code in desk.compiled.requirements if code in codes)
        yield Offer(key, element, proposed, _source(desk, proposal), book.fact(key), in_order)


def _source(desk: Desk, proposal: Proposal) -> str:
    """Return the register's name as a source; the same in every language, so that it is one source."""
    if proposal.table == HAMLETS:
        surveys = registers.book_of(desk).surveys
        return surveys[0].title.vi if surveys else ""
    return registers.sheet(desk, proposal.table).label.vi


def take(desk: Desk, taken: Sequence[Offer]) -> Change:
    """Take over what registers propose, as one step of undo.

    A figure nobody named a source for is corrected; the figure of another source stays beside it, and the register's is
    chosen. Raises DossierClosed, WorkspaceReadOnly, and what `Desk.record` raises.
    """
    require_open(desk)
    states: list[NewState] = []
    for offer in taken:
        if not offer.agrees:
            states += _states(desk, offer)
    return desk.record(states, LABEL) if states else Change()


def _states(desk: Desk, offer: Offer) -> list[NewState]:
    claims = offer.fact.claims if offer.fact is not None else ()
    states: list[NewState] = [
        NewClaim(offer.key, "", None) for claim in claims if not claim.provenance.source
    ]
    provenance = Provenance(source=offer.source)
    states.append(claim_state(desk, offer.key, offer.text, provenance, of=offer.element))
    if any(claim.provenance.source not in {"", offer.source} for claim in claims):
        states.append(NewChoice(offer.key, offer.source, ""))
    return states
