"""What is done with evidence that is there: put a better file in its place, look at it, say where a figure stands."""

from __future__ import annotations

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.folding import one_line
from ntm_desktop.media.pages import Page, draw_page
from ntm_desktop.media.pictures import picture
from ntm_desktop.operations.answer import require_open
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.evidence_intake import Taken, states_of
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.workspace.evidence_notes import NewReplaced, NewSpot
from ntm_desktop.workspace.states import DossierState, NewEvidenceLink, NewState

__all__ = ["LONGEST_SPOT", "Page", "can_be_drawn", "draw", "looked_at", "note_spot", "put_in_place"]

LONGEST_SPOT = 60
"""Characters of where a figure stands."""


def put_in_place(desk: Desk, sha256: str, taken: Taken) -> Change:
    """Show another file wherever this one is shown in open dossiers; each of those places is to be looked at again.

    Raises DossierClosed and what `Desk.record` raises.
    """
    require_open(desk)
    workspace, new = desk.workspace, taken.stored.sha256
    states = list(states_of(desk, [taken], {evidence.sha256 for evidence in workspace.evidence()}))
    for dossier in workspace.dossiers():
        if dossier.state is not DossierState.OPEN or new == sha256:
            continue
        links = next((one.links for one in workspace.evidence(dossier.id) if one.sha256 == sha256), ())
        for link in links:
            states += _moved(dossier.id, sha256, new, link.requirement, link.rule)
        states += [
            NewSpot(dossier.id, old.sha256 if there else new, old.key, "" if there else old.spot)
            for old in workspace.spots(dossier.id)
            if old.sha256 == sha256
            for there in (True, False)
        ]
    return desk.record(states, "put_in_place")


def _moved(dossier: str, old: str, new: str, requirement: str, rule: str) -> list[NewState]:
    return [
        NewEvidenceLink(dossier, old, requirement, rule, there=False),
        NewEvidenceLink(dossier, new, requirement, rule),
        NewReplaced(dossier, old, requirement, ""),
        NewReplaced(dossier, new, requirement, old),
    ]


def looked_at(desk: Desk, sha256: str, requirement: str) -> Change:
    """Say that a file which took another's place was looked at where it is shown for this requirement.

    Raises DossierClosed and what `Desk.record` raises.
    """
    require_open(desk)
    return desk.record([NewReplaced(_chosen(desk), sha256, requirement, "")], "looked_at")


def note_spot(desk: Desk, sha256: str, key: FactKey, spot: str) -> Change:
    """Note on which page or in which cell of a file a figure stands; an empty text takes the note away.

    Raises DossierClosed and what `Desk.record` raises.
    """
    require_open(desk)
    return desk.record([NewSpot(_chosen(desk), sha256, key, one_line(spot)[:LONGEST_SPOT])], "spot")


def _chosen(desk: Desk) -> str:
    if desk.dossier is None:
        raise NoDossierChosen
    return desk.dossier.id


def can_be_drawn(evidence: Evidence) -> bool:
    """Say whether a file can be looked at inside the window."""
    return evidence.media_type == "application/pdf" or evidence.media_type.startswith("image/")


def draw(desk: Desk, evidence: Evidence, number: int, width: int) -> Page:
    """Draw a page of a picture or a PDF, so many dots wide. Safe in a job.

    Raises PictureBroken, PictureTooLarge, PageUnreadable.
    """
    path = desk.workspace.evidence_path(evidence.sha256)
    if evidence.media_type == "application/pdf":
        return draw_page(path, evidence.name, number, width)
    return picture(path, width, number)
