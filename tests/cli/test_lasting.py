from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.schemas import VERIFY, fits
from tests.support.later import Stamper, answering, revocation_list, stamping_authority


@pytest.fixture
def dossier(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(next(finished.glob("*.asice")), tmp_path / "ho-so.asice"))


def test_a_file_is_upgraded_and_says_so_in_words_and_as_json(
    run: Run, finished: Path, dossier: Path, tmp_path: Path
) -> None:
    from datetime import UTC, datetime, timedelta

    now = datetime.now(UTC).replace(microsecond=0)
    anchor, tsa_anchor = next(finished.glob("*.pem")), tmp_path / "tsa.pem"
    tsa_anchor.write_bytes(stamping_authority().pem)
    (tmp_path / "tsa.crl").write_bytes(revocation_list(stamping_authority(), at=now))
    anchors = ("--anchors", anchor, tsa_anchor)
    stamper = Stamper(at=now + timedelta(days=3), valid_to=now + timedelta(days=900))
    with answering(stamper.reply) as tsa:
        told = run(
            "upgrade", dossier, "--tsa", tsa.address, "--crl", tmp_path / "tsa.crl", *anchors, "--json"
        )
        assert len(tsa.asked) == 1
    assert told.code == 1  # nobody handed out a list of the signer's authority
    found = json.loads(told.out)
    assert (found["before"], found["level"], found["mended"], found["clock_behind"]) == (
        "B-B",
        "B-LT",
        False,
        True,
    )
    assert [one["timestamp"]["state"] for one in found["signatures"]] == ["proven"]
    assert len(found["unsettled"]) == 1
    again = run("upgrade", dossier, "--crl", "http://localhost:9/a.crl", *anchors)
    assert again.code == 1
    assert "Dấu thời gian" in again.out
    assert "localhost" in again.err
    verified = run("verify", dossier, "--json", *anchors)
    (signature,) = fits(verified.out, VERIFY)["signatures"]
    assert signature["timestamp"]["state"] == "proven"
    asked = run("verify", dossier, "--crl", tmp_path / "tsa.crl", *anchors)
    assert asked.code == 1
    assert "danh sách thu hồi" in asked.err


def test_a_try_that_was_broken_off_is_told(run: Run, dossier: Path) -> None:
    from ntm_desktop.disk import Disk
    from ntm_desktop.dossier import tail

    good = tail.read_tail(dossier)
    tail._keep(good, tail.kept_beside(dossier), Disk())
    with dossier.open("r+b") as file:
        file.truncate(good.offset + 9)
    assert run("verify", dossier).code == 5
    told = run("upgrade", dossier)
    assert told.code == 1  # brought back; but nobody was named who gives timestamps
    assert run("verify", dossier).code == 1


def test_a_damaged_signature_is_told_without_words_on_its_time(
    run: Run, finished: Path, dossier: Path, tmp_path: Path
) -> None:
    from ntm_desktop.dossier.manifest import MANIFEST_NAME
    from tests.support.containers import rezip

    changed = rezip(dossier, tmp_path / "b.asice", replace={MANIFEST_NAME: None})
    told = run("verify", changed)
    assert told.code == 4
    assert "Dấu thời gian" not in told.out
