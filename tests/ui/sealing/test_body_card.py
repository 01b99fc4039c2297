"""The office's key as the second signer."""

from __future__ import annotations

import pytest
from PIL import Image

from ntm_desktop.operations.seal import Role
from ntm_desktop.ui.sealing.wizard import Step, hindrance
from tests.support.signers import NOW, OFFICE, PASSWORD, Leaf, write_key_file


@pytest.fixture
def office_key(tmp_path):
    return write_key_file(tmp_path / "cơ quan.p12", Leaf(kind="ec", subject=OFFICE))


def test_the_office_signs_after_the_person(bench, qtbot, key_path, office_key, tmp_path):
    draft, sign = bench.journey.draft(), bench.page.sign
    draft.step = Step.SIGN
    bench.page.refresh()
    assert not sign.body.isVisible()
    for button, path in ((sign.key.choose, key_path), (sign.body.choose, office_key)):
        bench.ask.answer_with(path, PASSWORD)
        button.click()
        qtbot.waitUntil(lambda: bench.journey.work.kind is None and not bench.ask.left(), timeout=20000)
    assert [one.role for one in draft.signers()] == [Role.PERSON, Role.BODY]
    assert draft.name == draft.key.certificate.subject
    Image.new("RGBA", (60, 60), (200, 0, 0, 120)).save(tmp_path / "dấu.png")
    bench.ask.answer_with(tmp_path / "dấu.png", None)
    sign.body.picture_asked.emit()
    sign.body.picture_asked.emit()
    assert draft.signers()[1].picture == (tmp_path / "dấu.png").read_bytes()
    sign.body.dropped.emit()
    assert len(draft.signers()) == 1


def test_an_expired_key_of_the_office_hinders(bench, qtbot, key_path, office_key):
    draft = bench.journey.draft()
    draft.step = Step.SIGN
    for role, path in ((Role.PERSON, key_path), (Role.BODY, office_key)):
        bench.ask.answer_with(path, PASSWORD)
        bench.journey.choose_key(role)
        qtbot.waitUntil(lambda: bench.journey.work.kind is None, timeout=20000)
    until = draft.body.certificate.valid_to
    assert hindrance(draft, blocking=0, papers_ready=True, now=NOW) is None
    draft.key = draft.body
    assert "hết hạn" in hindrance(
        draft, blocking=0, papers_ready=True, now=until.replace(year=until.year + 1)
    )
