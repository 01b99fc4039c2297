"""The sentences of papers: every id that is used exists, every sentence that exists is used."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from ntm_desktop.documents.wording import in_vietnam, lines, long_date, say, short_date
from ntm_desktop.paths import resources_folder

ROOT = Path(__file__).resolve().parents[2]
SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "ntm_desktop" / "documents").glob("*.py")
)
RAW = (resources_folder() / "papers" / "vi.toml").read_text(encoding="utf-8")
IDS = {f"{table}.{key}" for table, entries in tomllib.loads(RAW).items() for key in entries}


def test_every_id_that_is_asked_for_exists() -> None:
    asked = set(re.findall(rf'"((?:{"|".join(tomllib.loads(RAW))})\.\w+)"', SOURCE))
    assert asked
    assert asked <= IDS | {"forms.toml"}


def test_every_sentence_is_used() -> None:
    """An id counts as used when it is written out, or when its table is looked up with a computed key."""
    computed = set(re.findall(r'f"(\w+)\.(?:\w*_)?\{', SOURCE))
    unused = {one for one in IDS if f'"{one}"' not in SOURCE and one.partition(".")[0] not in computed}
    assert not unused


def test_the_texts_are_nfc_without_forbidden_words() -> None:
    assert unicodedata.is_normalized("NFC", RAW)
    assert not re.search(r"\b(bạn|vui lòng|quý khách|hash|null)\b", RAW)


def test_a_sentence_and_a_list_are_not_mistaken_for_each_other() -> None:
    with pytest.raises(TypeError):
        say("index.recipients")
    with pytest.raises(TypeError):
        lines("index.kind")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 1, 5), "ngày 05 tháng 01 năm 2024"),
        (date(2022, 3, 8), "ngày 08 tháng 3 năm 2022"),
        (date(2023, 12, 31), "ngày 31 tháng 12 năm 2023"),
    ],
)
def test_a_date_is_written_as_the_decree_says(day: date, words: str) -> None:
    assert long_date(day) == words


def test_a_short_date_may_be_missing() -> None:
    assert short_date(date(2022, 3, 8)) == "08/03/2022"
    assert short_date(None) == ""


def test_a_moment_is_read_in_the_zone_of_vietnam() -> None:
    assert in_vietnam("2024-01-09T17:30:00.123Z").isoformat() == "2024-01-10T00:30:00.123000+07:00"
