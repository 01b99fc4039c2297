"""What the next start will paint first, taken from a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import language
from ntm_desktop.operations import dossiers
from ntm_desktop.ui.entry.places import first_open
from ntm_desktop.ui.frame.outline import Outline, OutlineRow, OutlineScreen
from ntm_desktop.ui.frame.window import window_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.ui.frame.window import PageEntry


def outline_of(desk: Desk, pages: Sequence[PageEntry]) -> Outline | None:
    """Return the outline of the dossier the next start opens; None where there is no dossier to open.

    Raises what reading the workspace raises.
    """
    dossier = dossiers.newest(desk)
    if dossier is None:
        return None
    criterion_set = desk.library.by_hash(dossier.set_sha256).source
    evaluation = desk.evaluate(dossier)
    commune = desk.commune
    part = frozenset(desk.workspace.part.criteria if desk.workspace.part is not None else ())
    shown = [one for one in criterion_set.criteria if not part or one.code in part]
    count = sum(len(one.indicators) for one in shown)
    screens = [page.entry for page in pages if not page.reached_from]
    return Outline(
        workspace=str(desk.workspace.folder.absolute()),
        language=language(),
        title=window_title(commune),
        commune=f"{commune.kind} {commune.name}",
        place=_("{code} \u00b7 {province}").format(code=commune.code, province=commune.province),
        dossier=dossiers.name_of(desk, dossier).words(),
        find=_("Find an indicator or a figure"),
        opening=_("Opening the workspace\u2026"),
        filters=((_("Mine {count}") if part else _("All {count}")).format(count=count),),
        screens=tuple(OutlineScreen(entry.icon, entry.word, entry.foot) for entry in screens),
        screen=next(entry.word for entry in screens if entry.page == "entry"),
        criteria=tuple(
            OutlineRow(
                criterion.code,
                str(criterion.short_name),
                tuple(OutlineRow(row.code, str(row.short_name)) for row in criterion.indicators),
            )
            for criterion in shown
        ),
        selected=first_open(criterion_set, evaluation, part),
    )
