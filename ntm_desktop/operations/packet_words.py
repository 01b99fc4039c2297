"""What the cells of a work packet say, in words."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_desktop.facts.fact import EditKind
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.packets import MergedCell
from ntm_desktop.operations.wording import figure_name
from ntm_desktop.workspace.packet import body_of
from ntm_desktop.workspace.states import fact_key


@dataclass(frozen=True, slots=True)
class Side:
    """What one of two PCs says of a cell."""

    words: str
    who: str
    """Empty where the cell does not keep it."""
    at: str
    """UTC as stored; empty as well."""


def cell_name(desk: Desk, cell: MergedCell) -> str:
    """Return what a cell is about."""
    key = fact_key(cell.kind, cell.target)
    if key is not None:
        name = figure_name(desk, key)
        return _("{figure}: choice of a source").format(figure=name) if _is_choice(cell) else name
    return {
        EditKind.RECORD: _("A line of a register"),
        EditKind.CONFIRMATION: _("A threshold that was confirmed"),
        EditKind.REMARK: _("A remark"),
        EditKind.EVIDENCE: _("A file of evidence"),
    }.get(cell.kind, _("Where evidence belongs"))


def side(state: str | None) -> Side:
    """Return what `MergedCell.ours` or `.theirs` says."""
    body = body_of(state)
    if body is None:
        return Side(_("nothing"), "", "")
    said = body.get("text") or body.get("source") or body.get("title") or _("entered")
    return Side(str(said), str(body.get("who") or ""), str(body.get("at") or ""))


def _is_choice(cell: MergedCell) -> bool:
    return cell.kind is EditKind.CHOICE_OF_CLAIM
