"""The elements that the sets of the workspace's dossiers and the register book know."""

from __future__ import annotations

from ntm_desktop.facts.catalogue import Element
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.profile import sets_at_hand


def elements(desk: Desk) -> dict[str, Element]:
    """Return the elements by name: the chosen set's words win, then those of the sets at hand, then the book's."""
    found = dict(desk.set.catalogue.elements) if desk.set is not None else {}
    for criterion_set in sets_at_hand(desk):
        for name, one in criterion_set.catalogue.elements.items():
            found.setdefault(name, one)
    return {**desk.library.registers.book().catalogue.elements, **found}
