"""Jobs of the evidence panel: the copying runs beside the window, the linking on its thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ntm_desktop.criteria.model import Indicator, Requirement
from ntm_desktop.operations import attach, evidence_care, evidence_intake
from ntm_desktop.operations.evidence_intake import Intake, Taken
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.ui.session import Session

Tell = Callable[[Intake], None]


class Adding:
    """Copy files, and show them for the first rule that still lacks a file of the requirement."""

    def __init__(
        self, session: Session, target: tuple[str, str], paths: Sequence[Path], tell: Tell, *, originals: bool
    ) -> None:
        self._session = session
        self._paths = tuple(paths)
        self._target = target
        self._tell = tell
        self._originals = originals

    def copy(self, _report: Callable[[object], None], cancelled: Callable[[], bool]) -> Intake:
        """Copy the files into the store, photos small and stripped."""
        return evidence_intake.take_in_all(
            self._session.desk, self._paths, keep_originals=self._originals, cancelled=cancelled
        )

    def join(self, _report: Callable[[object], None], _cancelled: Callable[[], bool]) -> Intake:
        """Make one PDF of the photos."""
        desk = self._session.desk
        return Intake((evidence_intake.join_photos(desk, self._paths, desk.now().date()),))

    def take(self, intake: Intake) -> None:
        """Show them for the requirement, and say what became of them."""
        if intake.taken:
            self._session.publish(attach.attach(self._session.desk, *self._target, intake.taken))
        self._tell(intake)


class Replacing:
    """Copy a better file, and show it wherever the one before is shown."""

    def __init__(self, session: Session, evidence: Evidence, path: Path, tell: Tell) -> None:
        self._session = session
        self._evidence = evidence
        self._path = path
        self._tell = tell

    def copy(self, _report: Callable[[object], None], cancelled: Callable[[], bool]) -> Taken:
        """Copy the file into the store."""
        return evidence_intake.take_in(self._session.desk, self._path, cancelled=cancelled)

    def take(self, taken: Taken) -> None:
        """Put it in place."""
        self._session.publish(evidence_care.put_in_place(self._session.desk, self._evidence.sha256, taken))
        self._tell(Intake((taken,)))


def first_lacking(session: Session, indicator: Indicator, requirement: Requirement) -> tuple[str, str]:
    """Return requirement and rule a new file answers: of the one with the focus first, then of its indicator."""
    missing = attach.evidence_state(session.desk, indicator).missing
    own = [one for one in missing if one.requirement == requirement.code]
    for one in own or missing:
        return one.requirement, one.rule.code
    return requirement.code, requirement.evidence[0].code if requirement.evidence else ""
