from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from texts import __main__ as tool
from texts.catalogue import as_mo, as_po, merge, missing
from texts.finding import Found, texts_in, texts_of

SOURCE = """
class Lost(Refused):
    code = "lost"
    what: ClassVar[str] = "The file {path} is lost."
    safe: ClassVar[str] = (
        "Nothing "
        "was changed."
    )
    next_step = "Look for it."

def f(n, name):
    _("Saved {time}")
    i18n.gettext("Met")
    ngettext("{count} file", "{count} files", n)
    _(name)
    _("")
    print("not a text")
"""


def catalogue(*entries: tuple[str, str]):
    lines = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
    lines += [f'msgid "{text}"\nmsgstr "{translation}"\n' for text, translation in entries]
    return read_po(io.BytesIO("\n".join(lines).encode()), locale="vi")


def found(*texts: str) -> dict[str, Found]:
    return {text: Found(text, files={"a.py"}) for text in texts}


def test_look_ups_and_sentences_of_errors_are_found_and_nothing_else() -> None:
    assert set(texts_in(SOURCE)) == {
        ("The file {path} is lost.", ""),
        ("Nothing was changed.", ""),
        ("Look for it.", ""),
        ("Saved {time}", ""),
        ("Met", ""),
        ("{count} file", "{count} files"),
    }


def test_a_text_names_every_file_it_stands_in(tmp_path: Path) -> None:
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text('_("Met")', encoding="utf-8")
    assert texts_of(tmp_path, tmp_path)["Met"].files == {"a.py", "b.py"}


def test_what_the_source_no_longer_asks_for_goes_and_what_is_new_is_missing() -> None:
    merged = merge(found("Met", "New"), [catalogue(("Met", "Đạt"), ("Old", "Cũ"))])
    assert {message.id: message.string for message in merged if message.id} == {"Met": "Đạt", "New": ""}
    assert missing(merged) == ["New"]


def test_a_later_catalogue_wins() -> None:
    merged = merge(found("Met"), [catalogue(("Met", "Đạt rồi")), catalogue(("Met", "Đạt"))])
    assert merged["Met"].string == "Đạt"


def test_a_text_that_gains_a_plural_keeps_its_translation() -> None:
    plural = {"{count} file": Found("{count} file", "{count} files", {"a.py"})}
    merged = merge(plural, [catalogue(("{count} file", "{count} tệp"))])
    assert not missing(merged)
    compiled = gettext.GNUTranslations(io.BytesIO(as_mo(merged)))
    assert compiled.ngettext("{count} file", "{count} files", 5) == "{count} tệp"


def test_what_is_not_translated_is_shown_by_its_id_and_never_blank() -> None:
    asked = found("New") | {"{count} file": Found("{count} file", "{count} files", {"a.py"})}
    merged = merge(asked, [])
    assert missing(merged) == ["New", "{count} file"]
    compiled = gettext.GNUTranslations(io.BytesIO(as_mo(merged)))
    assert compiled.gettext("New") == "New"
    assert compiled.ngettext("{count} file", "{count} files", 5) == "{count} files"


def test_the_same_texts_give_the_same_bytes() -> None:
    entries = [("Met", "Đạt"), ("All {count}", "Tất cả {count}")]
    first = merge(found("Met", "All {count}"), [catalogue(*entries)])
    second = merge(found("All {count}", "Met"), [catalogue(*reversed(entries))])
    assert as_po(first) == as_po(second)
    assert as_mo(first) == as_mo(second)


def test_the_tool_takes_fragments_in_and_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "texts_of", lambda *_where: found("Met", "New"))
    (tmp_path / "fragments").mkdir()
    fragment = tmp_path / "fragments" / "part.po"
    fragment.write_bytes(as_po(catalogue(("Met", "Đạt"))))
    assert tool.main(tmp_path) == 1
    assert "not translated: New" in capsys.readouterr().out
    fragment.write_bytes(as_po(catalogue(("New", "Mới"))))
    assert tool.main(tmp_path) == 0
    compiled = tmp_path / "vi" / "LC_MESSAGES" / "ntm_desktop.mo"
    texts = gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    assert (texts.gettext("Met"), texts.gettext("New")) == ("Đạt", "Mới")
