"""The property a threshold waits for is asked in the card."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.criteria.verdicts import Reason
from ntm_desktop.operations import profile
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.entry.profile_row import ProfileRow
from tests.support.windows import make_session


def test_it_asks_for_the_property_of_the_reason_and_stores_the_choice(
    dressed: QApplication, desk: Desk
) -> None:
    row = ProfileRow(make_session(desk))
    row.show_reason(None)
    assert row.choice is None
    row.show_reason(Reason("profile_unknown", (("attribute", "vung"),)))
    assert row.choice is not None
    row.choice.committed.emit("btb")
    assert [(one.attribute, one.value) for one in profile.entries(desk)] == [("vung", "btb")]
    row.show_reason(Reason("missing_facts"))
    assert row.choice is None
    row.deleteLater()
