"""One list read without believing it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from ntm_desktop.packs.repository.reading import (
    BEGINNING,
    issued_at,
    name_of,
    plain_text,
    read_list,
    read_root,
)
from ntm_desktop.packs.repository.refusals import ListUnreadable, UnknownListFormat
from tests.support.pack_repository import NAME, NOW, Simulated

HOME = Simulated()


def test_a_root_names_its_publisher() -> None:
    assert name_of(read_root(HOME.first_root)) == NAME


def test_a_timestamp_is_no_root() -> None:
    with pytest.raises(ListUnreadable, match="no_root"):
        read_root(HOME.files["metadata/timestamp.json"])


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[" * 100_000, b"\xff\xfe", b'{"signed":{},"signatures":[]}', b"1" * 9000]
)
def test_what_is_no_list_is_told(content: bytes) -> None:
    with pytest.raises(ListUnreadable, match="not_a_list"):
        read_list("metadata/1.root.json", content)


def test_a_list_in_a_newer_format_asks_for_a_newer_program() -> None:
    root = json.loads(HOME.first_root)
    root["signed"]["spec_version"] = "2.0.0"
    with pytest.raises(UnknownListFormat) as refused:
        read_root(json.dumps(root).encode())
    assert refused.value.version == "2.0.0"


def test_a_kind_of_key_that_no_publisher_here_uses_is_refused_in_a_list_of_provinces_too() -> None:
    home = Simulated()
    home.let_in()
    file = "metadata/2.targets.json"
    read_list(file, home.files[file])
    strange = (
        home.files[file].replace(b'"ed25519"', b'"rsa"', 1).replace(b'"ed25519"', b'"rsassa-pss-sha256"')
    )
    assert strange != home.files[file]
    with pytest.raises(ListUnreadable, match="kind_of_key"):
        read_list(file, strange)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (NOW.isoformat(), NOW),
        ((NOW + timedelta(days=400)).isoformat(), NOW + timedelta(days=400)),
        ("2026-11-22", BEGINNING),
        ("2026-11-22T08:00:00", BEGINNING),
        ("1960-01-01T00:00:00+00:00", BEGINNING),
        ("2199-01-01T00:00:00+00:00", BEGINNING),
        (3, BEGINNING),
        (None, BEGINNING),
    ],
)
def test_when_a_list_was_signed(text: object, found: object) -> None:
    timestamp = read_list("metadata/timestamp.json", HOME.files["metadata/timestamp.json"])
    timestamp.unrecognized_fields["x-ntm-issued"] = text
    assert issued_at(timestamp) == found


def test_a_name_that_is_shown_is_one_plain_line() -> None:
    assert plain_text("  Sở\n\u202e\x1b[31m Nông ") == "Sở [31m Nông"
    assert len(plain_text("x" * 10_000)) == 200
    assert plain_text(["x"]) == ""


def test_no_date_is_the_first_day_of_computers() -> None:
    assert BEGINNING.isoformat() == "1970-01-01T00:00:00+00:00"
