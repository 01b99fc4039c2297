"""A dossier that came in, read by its reviewer."""

from __future__ import annotations

import pytest

from ntm_desktop.operations.review_remarks import Demand, Remark, add_remark, appraise, open_dossier
from tests.support.reviewers import container, frozen, review_desk, taken
from tests.support.sealing import ONLINE, desk_to_seal, figure
from tests.support.signers import key_file


@pytest.fixture(scope="session")
def sent(tmp_path_factory):
    """Return the file of a signed dossier."""
    folder = tmp_path_factory.mktemp("sent")
    with desk_to_seal(folder) as desk:
        return container(desk, frozen(desk), folder / "1.asice", key_file(folder))


@pytest.fixture
def province(tmp_path, sent):
    """Give a reviewer's desk with one dossier, a remark and an own value."""
    with review_desk(tmp_path) as desk:
        (one,) = taken(desk, sent)
        opened = open_dossier(desk, one.identity)
        add_remark(desk, opened, Remark(0, "8.4.d", Demand.CORRECT, "Ghi 702."))
        appraise(desk, opened, figure(ONLINE), "1.500")
        yield desk
