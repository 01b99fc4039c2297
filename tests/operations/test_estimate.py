"""The size told before sealing is near that of the file."""

from __future__ import annotations

import pytest

from ntm_desktop.documents import forms
from ntm_desktop.operations import papers, seal
from ntm_desktop.operations.estimate import estimate
from tests.support.papers import usual_form
from tests.support.sealing import SIGNATORY, desk_to_seal
from tests.support.signers import Leaf, key_file


@pytest.mark.parametrize("signed", [False, True])
def test_the_estimate_is_within_two_in_a_hundred(tmp_path, signed, monkeypatch):
    few = tuple(map(usual_form, ("to_trinh", "danh_muc_minh_chung")))
    monkeypatch.setattr(forms, "usual_forms", lambda: few)
    with desk_to_seal(tmp_path / "kho") as desk:
        looked_at = papers.freeze_to_look_at(desk, SIGNATORY)
        written = papers.preview(desk.workspace, looked_at, tmp_path / "xem")
        found = estimate(desk.workspace, looked_at, written)
        key = key_file(tmp_path, Leaf()) if signed else None
        built = seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), tmp_path / "a.asice", key)
    assert abs(found.total(int(signed)) - built.size) < built.size / 50
    assert found.evidence == sum(one.size for one in built.snapshot.evidence)
