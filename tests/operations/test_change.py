from __future__ import annotations

from dataclasses import fields

from ntm_desktop.operations.change import Change


def test_a_change_of_nothing_asks_for_no_repaint() -> None:
    nothing = Change()
    assert [field for field in fields(Change) if getattr(nothing, field.name)] == []
