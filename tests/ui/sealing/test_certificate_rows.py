"""The rows of a chosen certificate."""

from __future__ import annotations

from ntm_desktop.ui.sealing.certificate_rows import CertificateRows
from tests.support.signers import NOW, key_file


def test_nothing_is_shown_before_a_key_is_chosen_and_its_end_is_told(dressed, tmp_path):
    rows = CertificateRows()
    rows.show_key(None, NOW)
    assert rows.isHidden()
    key = key_file(tmp_path)
    rows.show_key(key, NOW)
    assert not rows.isHidden()
    assert rows._who.title.text() == key.certificate.subject
    assert rows._warning.isHidden()
    rows.show_key(key, key.certificate.valid_to)
    assert "còn 0 ngày" in rows._warning.words()
