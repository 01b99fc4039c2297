"""The elements of the chosen set come first, those of the other sets at hand after them."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.operations import dossiers
from ntm_desktop.operations.elements import elements
from tests.support.windows import make_desk


def test_the_chosen_set_comes_first_and_others_follow(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    own = list(elements(desk))
    dossiers.add(desk, "vn-xa-ntm-nang-cao-2021-2025", 2024)
    desk.choose(desk.workspace.dossiers()[-1])
    desk.choose(next(one for one in desk.workspace.dossiers() if one.set_id == "vn-xa-ntm-2021-2025"))
    both = list(elements(desk))
    assert both[: len(own)] == own
    assert len(both) > len(own)
    desk.choose(None)
    assert set(elements(desk)) == set(both)
    desk.close()
