"""The publisher's own lists while they are changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ntm_desktop.packs.repository.books import SNAPSHOT_LIFE, PublisherClockBehind, TooFewKeys, take_up_staged
from ntm_desktop.packs.repository.keys import KeyFolder
from ntm_desktop.packs.repository.publish import Office
from ntm_desktop.packs.repository.refusals import PartMissing
from tests.support.pack_repository import NOW
from tests.support.publisher import PASSPHRASES, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path)


def test_closing_counts_up_and_says_when(office: Office) -> None:
    later = Office(office.repo, office.keys, NOW + timedelta(days=3, microseconds=5))
    later.books().close()
    books = later.books()
    assert (books.snapshot.signed.version, books.timestamp.signed.version) == (2, 2)
    assert books.timestamp.signed.unrecognized_fields == {"x-ntm-issued": "2026-11-25T08:00:00+00:00"}
    assert books.timestamp.signed.expires == NOW + timedelta(days=3) + SNAPSHOT_LIFE


def test_a_role_is_at_hand_when_its_passphrase_was_given(office: Office) -> None:
    keys = KeyFolder(office.keys.folder, {"targets-1": PASSPHRASES["targets-1"]})
    books = Office(office.repo, keys, NOW).books()
    assert [books.at_hand(role) for role in ("targets", "snapshot", "root")] == [True, False, False]
    with pytest.raises(TooFewKeys) as refused:
        books.sign("root", books.root)
    assert (refused.value.role, refused.value.needed, refused.value.given) == ("root", 2, 0)


def test_a_clock_that_stands_before_the_last_signature_signs_nothing(office: Office) -> None:
    with pytest.raises(PublisherClockBehind):
        Office(office.repo, office.keys, NOW - timedelta(seconds=1)).books()


def test_a_folder_without_a_root_is_no_repository(tmp_path: Path) -> None:
    with pytest.raises(PartMissing):
        Office(tmp_path, KeyFolder(tmp_path, {}), NOW).books()


def test_where_nothing_is_staged_nothing_is_taken_up(office: Office) -> None:
    books = office.books()
    take_up_staged(books, "thanh-hoa")
    assert books.provinces == {}


def test_one_key_of_a_role_at_hand_is_enough_to_begin_and_none_is_refused(office: Office) -> None:
    one = KeyFolder(office.keys.folder, {"root-1": PASSPHRASES["root-1"]})
    books = Office(office.repo, one, NOW).books()
    assert books.at_hand("root")
    books.require("root")
    with pytest.raises(TooFewKeys) as refused:
        books.require("targets")
    assert (refused.value.role, refused.value.given) == ("targets", 0)
