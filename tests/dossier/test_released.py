"""What every released version sealed is verified by this one; see packaging/make_fixture.py."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from ntm_desktop.dossier.verification import Verification
from ntm_desktop.dossier.verify import verify
from ntm_desktop.trust.anchors import load_anchors
from tests.house.source import ROOT

RELEASED = ROOT / "tests" / "fixtures" / "released"
VERSIONS = sorted(path.parent.name for path in RELEASED.glob("*/sealed.asice"))


def test_there_is_one_for_the_first_version():
    assert "0.1.0" in VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_sealed_dossier_of_a_released_version_is_still_valid(version):
    folder: Path = RELEASED / version
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    report = verify(
        folder / "sealed.asice",
        anchors=load_anchors([folder / "anchor.pem"]),
        known_packs=about["packs"],
        at=datetime.fromisoformat(about["made_at"]),
    )
    assert (report.verification, report.reasons) == (Verification.VALID, ())
    assert report.identity == about["identity"]
    assert report.replay.agrees
    assert report.replay.indicators > 0
