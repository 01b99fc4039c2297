"""The sheets that say which papers a set prescribes, and what stands in them."""

from __future__ import annotations

from ntm_desktop.packs.files import Json
from ntm_desktop.packs.shape import closest
from ntm_desktop.packs.workbook.draft import Draft, growing, items, matching, rows_with
from ntm_desktop.packs.workbook.table import Tables


def read_papers(draft: Draft, tables: Tables) -> None:
    """Read both sheets. A child set names anew what differs; parts of a paper are always given all of them."""
    for row, id_ in rows_with(draft, tables["papers"], "paper"):
        if draft.first_time(row, id_, "paper"):
            form = matching(draft.head, "papers", id=id_)
            if form is None:
                form = {"parts": []}
                growing(draft.head, "papers").append(form)
            draft.lay(form, row)
    begun: dict[str, Json] = {}
    for row, id_ in rows_with(draft, tables["paper_parts"], "paper"):
        form = begun.get(id_) or matching(draft.head, "papers", id=id_)
        if form is None:
            known = [str(one.get("id")) for one in items(draft.head, "papers")]
            draft.ledger.note(row.spot("paper"), "unknown_paper", id_, closest(id_, known))
            continue
        if id_ not in begun:
            form["parts"] = []
            begun[id_] = form
        growing(form, "parts").append(draft.lay({}, row))
