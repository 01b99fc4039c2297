from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop import i18n
from ntm_desktop.i18n import Text, gettext, language, ngettext, set_hamlet_word, set_language


@pytest.fixture(autouse=True)
def vietnamese_again() -> Iterator[None]:
    yield
    set_language("vi")
    set_hamlet_word("")


def test_vietnamese_is_spoken_unless_another_language_is_chosen() -> None:
    assert (language(), gettext("Met")) == ("vi", "Đạt")
    set_language("en")
    assert (language(), gettext("Met")) == ("en", "Met")


def test_a_fresh_process_speaks_vietnamese_from_what_is_kept_in_the_checkout() -> None:
    program = (
        "from ntm_desktop.i18n import gettext; print(gettext('Not met') == 'Ch\\u01b0a \\u0111\\u1ea1t')"
    )
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "True", done.stderr


def test_a_language_nobody_translated_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        set_language("fr")


def test_an_empty_text_is_no_look_up_of_the_header() -> None:
    assert gettext("") == ""


def test_a_text_nobody_translated_stays_as_it_is() -> None:
    assert gettext("Never written anywhere") == "Never written anywhere"
    assert ngettext("one thing", "{count} things", 2) == "{count} things"


def test_numbers_have_one_form_in_vietnamese_and_two_in_english() -> None:
    assert ngettext("about {count} second left", "about {count} seconds left", 1).startswith("còn")
    set_language("en")
    assert (
        ngettext("about {count} second left", "about {count} seconds left", 1) == "about {count} second left"
    )
    assert (
        ngettext("about {count} second left", "about {count} seconds left", 2) == "about {count} seconds left"
    )


def test_texts_of_packs_speak_english_only_where_they_have_it() -> None:
    set_language("en")
    assert str(Text("Bưu chính", "Post")) == "Post"
    assert str(Text("Bưu chính")) == "Bưu chính"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Thôn có dịch vụ internet", "Ấp có dịch vụ internet"),
        ("Đường thôn, liên thôn.", "Đường ấp, liên ấp."),
        ("thôn, bản", "ấp"),
        ("xã nông thôn mới", "xã nông thôn mới"),
        ("Nông thôn", "Nông thôn"),
        ("Thông tin, truyền thông", "Thông tin, truyền thông"),
        ("Trưởng thôn; nông thôn", "Trưởng ấp; nông thôn"),
    ],
)
def test_the_communes_word_for_hamlet_is_shown_and_the_countryside_stays(text: str, shown: str) -> None:
    set_hamlet_word("ấp")
    assert str(Text(text)) == shown
    assert Text(text).vi == text
    set_hamlet_word("")
    assert str(Text(text)) == text


def test_language_and_word_belong_to_the_thread_that_chose_them() -> None:
    set_language("en")
    set_hamlet_word("ấp")
    seen: list[str] = []
    thread = threading.Thread(target=lambda: seen.extend([i18n.language(), str(Text("Thôn"))]))
    thread.start()
    thread.join()
    assert seen == ["vi", "Thôn"]
