"""A dossier that is shared: the office's desk, a part of it on another PC, and what that PC gave back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from ntm_desktop.operations import packets
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.desk import Desk
from tests.support.windows import IT_OF_THE_COMMUNE, key, make_desk
from tests.support.workspaces import Ticking


@dataclass(frozen=True)
class Shared:
    office: Desk
    cut: Path
    back: Path


@pytest.fixture
def shared(tmp_path):
    """Criterion 8 went to An, who changed two figures and typed a third again; the office changed one of them."""
    with closing(make_desk(tmp_path, IT_OF_THE_COMMUNE)) as office:
        cut, back = tmp_path / "việc.ntmpacket", tmp_path / "xong.ntmpacket"
        packets.cut(office, cut, ("8",))
        with closing(packets.open_packet(cut, tmp_path / "an", who="Nguyễn Văn An", clock=Ticking())) as part:
            answer(part, key("ho_so_truc_tuyen"), "720")
            answer(part, key("so_may_tinh"), "25")
            packets.give_back(part, back)
        answer(office, key("ho_so_truc_tuyen"), "650")
        yield Shared(office, cut, back)
