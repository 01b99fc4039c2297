"""The foot: nothing where nothing can be done, a grey primary with its reason."""

from __future__ import annotations

from ntm_desktop.ui.packs.foot import Foot
from tests.ui.conftest import Shown


def test_only_what_can_be_done_is_there(shown: Shown) -> None:
    foot = Foot()
    shown(foot, 800, 60)
    foot.show_choices("Cập nhật", coming=False, moves=True, reason=None)
    assert foot.later.isVisible()
    assert foot.refuse.isHidden()
    foot.show_choices("Nhận 1 gói", coming=True, moves=False, reason=None)
    assert foot.refuse.isVisible()
    assert foot.later.isHidden()
    foot.show_choices("", coming=False, moves=False, reason=None)
    assert foot.isHidden()


def test_a_grey_primary_says_why(shown: Shown) -> None:
    foot = Foot()
    shown(foot, 800, 60)
    foot.show_choices("Cập nhật", coming=False, moves=True, reason="Kho này chỉ để đọc")
    assert not foot.primary.isEnabled()
    assert foot._note.text() == "Kho này chỉ để đọc"
