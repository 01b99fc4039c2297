from __future__ import annotations

from ntm_desktop.dossier.paper_facts import is_body
from tests.support.signers import OFFICE, Leaf, key_file


def test_bodies_are_told_from_persons_by_the_name_in_the_certificate(tmp_path):
    assert is_body(key_file(tmp_path, Leaf(kind="ec", subject=OFFICE)).certificate)
    assert not is_body(key_file(tmp_path, Leaf(kind="ec")).certificate)
    assert not is_body(None)
