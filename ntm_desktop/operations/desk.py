"""The desk: one open workspace with the dossier an officer is working on.

Rules:
* Only operations change a workspace; each goes through `Desk.record`: disk first, then the book, then the verdicts.
* The verdicts of the chosen dossier are always those of the book; nothing else keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone

from ntm_desktop.criteria.compare import compare
from ntm_desktop.criteria.evaluate import CompiledSet, evaluate, reevaluate
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Evaluation, Situation, Verdict, WholeResult
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.fact import Edit, EditKind, FactKey
from ntm_desktop.facts.subject import Commune
from ntm_desktop.i18n import set_hamlet_word
from ntm_desktop.operations import frozen
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.sets import SetLibrary
from ntm_desktop.snapshot.content import DossierContent
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.journal import Clock
from ntm_desktop.workspace.states import Dossier, DossierState, NewState, fact_key, register_of

VIETNAM = timezone(timedelta(hours=7))
"""Times are shown and printed in +07:00 whatever the PC says."""

_FACT_KINDS = {EditKind.CLAIM, EditKind.CHOICE_OF_CLAIM}
_EVIDENCE_KINDS = {
    EditKind.EVIDENCE,
    EditKind.EVIDENCE_LINK,
    EditKind.EVIDENCE_ORIGIN,
    EditKind.EVIDENCE_SPOT,
    EditKind.EVIDENCE_REVIEW,
}
_NOTES = {
    EditKind.ASSIGNMENT,
    EditKind.CARRIED,
    EditKind.CORRECTION,
    EditKind.KEPT,
    EditKind.PLANNED_YEAR,
    EditKind.REMARK,
    EditKind.TEMPLATE,
}
"""What no verdict and no list of things rests on."""


class NoDossierChosen(LookupError):
    """A dossier was needed while none is chosen: a bug of the caller, never shown."""


class Desk:
    """Hold an open workspace, its book in memory, and the evaluation of the chosen dossier."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self.workspace = workspace
        self.clock = clock
        self.library = SetLibrary(workspace)
        self.commune: Commune = workspace.commune
        self.dossier: Dossier | None = None
        self._frozen: DossierContent | None = None
        self._compiled: CompiledSet | None = None
        self._situation: Situation | None = None
        self._evaluation: Evaluation | None = None
        set_hamlet_word(self.commune.hamlet_label)

    @property
    def book(self) -> FactBook:
        """The figures of the chosen dossier: as they were signed once it is sealed, else as they stand now.

        What changes go by is `workspace.book`, the figures as they stand now whatever is chosen.
        """
        return self._situation.book if self._situation is not None else self.workspace.book

    @property
    def who(self) -> str:
        """Who is entering."""
        return self.workspace.who

    @property
    def set(self) -> CriterionSet | None:
        """The criterion set of the chosen dossier."""
        return self._compiled.source if self._compiled is not None else None

    @property
    def compiled(self) -> CompiledSet:
        """The set ready to evaluate. Raises NoDossierChosen when no dossier is chosen."""
        if self._compiled is None:
            raise NoDossierChosen
        return self._compiled

    @property
    def evaluation(self) -> Evaluation:
        """The verdicts of the chosen dossier; empty when none is chosen."""
        return self._evaluation if self._evaluation is not None else _NOTHING

    @property
    def editable(self) -> bool:
        """Say whether the chosen dossier takes changes."""
        return (
            self.dossier is not None
            and self.dossier.state is DossierState.OPEN
            and not self.workspace.read_only
        )

    def now(self) -> datetime:
        """Return the time as shown to officers."""
        return self.clock().astimezone(VIETNAM)

    def now_utc(self) -> str:
        """Return the time as stored: UTC, ISO 8601 with `Z`."""
        return self.clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @property
    def situation(self) -> Situation:
        """What the evaluation of the chosen dossier reads. Raises NoDossierChosen when none is chosen."""
        if self._situation is None:
            raise NoDossierChosen
        return self._situation

    def situation_of(self, dossier: Dossier, sealed: DossierContent | None = None) -> Situation:
        """Return what an evaluation of any dossier reads: what was sealed, or the figures as they stand now."""
        criterion_set = self.library.by_hash(dossier.set_sha256).source
        book = self.workspace.book
        if sealed is not None:
            book = FactBook(
                sealed.facts, hamlets=sealed.hamlets, records=sealed.records, profile=sealed.profile
            )
        return Situation(
            book=book,
            year=dossier.year,
            assessed_on=dossier.assessed_on,
            confirmations=self.workspace.confirmations(dossier.id),
            library=self.library.references(criterion_set),
        )

    def evaluate(self, dossier: Dossier) -> Evaluation:
        """Return the verdicts of any dossier: as they were signed once it is sealed, else as the figures stand now."""
        if self.dossier is not None and dossier.id == self.dossier.id:
            return self.evaluation
        sealed = frozen.content(self.workspace, dossier)
        if sealed is not None:
            return sealed.evaluation
        return evaluate(self.library.by_hash(dossier.set_sha256), self.situation_of(dossier))

    def choose(self, dossier: Dossier | None) -> Change:
        """Work on this dossier from now on."""
        self._take_up(dossier)
        self._evaluation = None
        self._reevaluate((), everything=True)
        return Change(structure=True)

    def _take_up(self, dossier: Dossier | None) -> None:
        self.dossier = dossier
        self._compiled = None if dossier is None else self.library.by_hash(dossier.set_sha256)
        self._frozen = None if dossier is None else frozen.content(self.workspace, dossier)
        self._situation = None if dossier is None else self.situation_of(dossier, self._frozen)

    def record(self, states: Sequence[NewState], label: str) -> Change:
        """Store new states as one step of undo, bring the book up to date, evaluate, and say what changed.

        Raises what `Workspace.commit` raises; then nothing has changed, neither on disk nor in memory.
        """
        return self.take_in(self.workspace.commit(states, label=label), label)

    def take_in(self, edits: Iterable[Edit], label: str, skipped: tuple[str, ...] = ()) -> Change:
        """Bring the verdicts up to edits that are stored already; the book has followed them."""
        made = tuple(edits)
        keys = tuple(
            dict.fromkeys(key for edit in made if (key := fact_key(edit.kind, edit.target)) is not None)
        )
        kinds = {edit.kind for edit in made}
        structure = bool(kinds - _FACT_KINDS - _EVIDENCE_KINDS - _NOTES - {EditKind.RECORD})
        registers = frozenset(register for edit in made if (register := register_of(edit)))
        if structure:
            self.commune = self.workspace.commune
            set_hamlet_word(self.commune.hamlet_label)
            self._take_up(None if self.dossier is None else self.workspace.dossier(self.dossier.id))
        before = self.evaluation
        self._reevaluate(keys, registers, everything=structure)
        return Change(
            label=label,
            facts=keys,
            flips=compare(before, self.evaluation),
            requirements=_changed_requirements(before, self.evaluation),
            registers=registers,
            evidence=bool(kinds & _EVIDENCE_KINDS),
            structure=structure,
            skipped=skipped,
        )

    def _reevaluate(
        self, keys: Sequence[FactKey], registers: frozenset[str] = frozenset(), *, everything: bool
    ) -> None:
        if self._compiled is None:
            self._evaluation = None
        elif self._frozen is not None:
            self._evaluation = self._frozen.evaluation
        elif everything or self._evaluation is None:
            self._evaluation = evaluate(self._compiled, self.situation)
        elif keys or registers:
            self._evaluation = reevaluate(self._compiled, self.situation, self._evaluation, keys, registers)

    def close(self) -> None:
        """Close the workspace and let go of it; texts of packs read as the packs have them again."""
        set_hamlet_word("")
        self.workspace.close()


def _changed_requirements(before: Evaluation, after: Evaluation) -> frozenset[str]:
    return frozenset(
        code
        for code, result in after.requirements.items()
        if before.requirements.get(code) is not result and before.requirements.get(code) != result
    )


_NOTHING = Evaluation(
    overall=WholeResult("", verdict=Verdict.UNDETERMINED, met=0, applicable=0),
    criteria={},
    indicators={},
    requirements={},
)
