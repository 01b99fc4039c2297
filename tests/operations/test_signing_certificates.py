"""The certificates that signed here are remembered until a newer one of the same name signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ntm_desktop import settings
from ntm_desktop.operations.signing_certificates import KnownCertificate, known, remember
from ntm_desktop.trust.certificates import Certificate

ONE = Certificate(
    subject="Trần Văn Bình",
    organisation="",
    issuer="CA",
    serial="01",
    fingerprint="00",
    valid_from=datetime(2023, 1, 1, tzinfo=UTC),
    valid_to=datetime(2025, 1, 9, 18, tzinfo=UTC),
    signs_documents=True,
    self_signed=False,
    key="EC 256",
    der=b"",
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path))
    return tmp_path


def test_of_one_name_the_certificate_that_holds_longest_is_known() -> None:
    assert known() == ()
    remember([ONE])
    assert known() == (KnownCertificate("Trần Văn Bình", date(2025, 1, 10)),), "in the country's time"
    newer = replace(ONE, valid_to=datetime(2027, 1, 1, tzinfo=UTC))
    remember([newer, replace(ONE, subject="UBND xã Vĩnh An")])
    remember([ONE])
    assert [(one.subject, one.until.year) for one in known()] == [
        ("Trần Văn Bình", 2027),
        ("UBND xã Vĩnh An", 2025),
    ]


@pytest.mark.parametrize(
    "content", ["", "{", "[1]", '[{"subject": "A"}]', '[{"subject": "A", "until": "x"}]']
)
def test_a_broken_file_knows_nothing_and_is_written_anew(home: Path, content: str) -> None:
    remember([ONE])
    (home / "data" / "signing-certificates.json").write_text(content, encoding="utf-8")
    assert known() == ()
    remember([ONE])
    assert len(known()) == 1


def test_a_folder_that_cannot_be_written_stops_nothing(home: Path) -> None:
    (home / "data").write_text("a file", encoding="utf-8")
    remember([ONE])
    assert known() == ()
