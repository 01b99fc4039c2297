"""Every text is there in Vietnamese, and no translation loses or invents a placeholder."""

from __future__ import annotations

import ast
import gettext
import os
import string
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.house.source import ROOT, called, modules
from tests.house.test_errors import SENTENCES, concrete_errors

LOOK_UPS = {"_", "gettext", "ngettext", "N_"}
TRANSLATIONS = ROOT / "translations"


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="vi")


@cache
def _vietnamese() -> tuple[Message, ...]:
    paths = [*TRANSLATIONS.glob("vi/LC_MESSAGES/*.po"), *TRANSLATIONS.glob("fragments/*.po")]
    return tuple(message for path in sorted(paths) for message in _read(path) if message.id)


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _of_many(message: Message) -> str:
    """Return the id that speaks of any number: it names the number where the singular may leave it out."""
    return message.id if isinstance(message.id, str) else message.id[-1]


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _texts_in_source() -> dict[str, str]:
    found: dict[str, str] = {}
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and called(node).rpartition(".")[2] in LOOK_UPS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found[first.value] = module.at(node, first.value)
            elif isinstance(node, ast.ClassDef):
                found |= {text: module.at(node, text) for text in _sentences_of(node)}
    for kind in concrete_errors():
        for name in SENTENCES:
            found.setdefault(
                getattr(kind, name), f"{kind.__module__}.{kind.__qualname__}.{name}: {getattr(kind, name)}"
            )
    return {text: where for text, where in found.items() if text}


def _sentences_of(node: ast.ClassDef) -> list[str]:
    """Return the sentences of an error class as they stand in the source; those of ui are not imported here."""
    return [
        part.value.value
        for part in node.body
        if isinstance(part, ast.AnnAssign)
        and isinstance(part.target, ast.Name)
        and part.target.id in SENTENCES
        and isinstance(part.value, ast.Constant)
    ]


def test_every_text_of_the_source_is_there_in_vietnamese() -> None:
    translated = {_singular(message) for message in _vietnamese() if message.string and not message.fuzzy}
    missing = [where for text, where in sorted(_texts_in_source().items()) if text not in translated]
    assert not missing, "\n".join(["", *missing])


def test_compiled_texts_are_those_of_the_catalogue() -> None:
    catalogue = TRANSLATIONS / "vi" / "LC_MESSAGES" / "ntm_desktop.po"
    with catalogue.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [
        _singular(message)
        for message in _read(catalogue)
        if message.id and any(_strings(message)) and _compiled(compiled, message) not in _strings(message)
    ]
    assert not stale, "run packaging/dev.py texts: " + "; ".join(stale)
    assert compiled.charset() == "utf-8"


def test_catalogue_asks_for_nothing_that_is_gone() -> None:
    asked = _texts_in_source()
    path = TRANSLATIONS / "vi" / "LC_MESSAGES" / "ntm_desktop.po"
    kept = [_singular(message) for message in _read(path) if message.id]
    gone = [text for text in kept if text not in asked]
    assert not gone, "run packaging/dev.py texts: " + "; ".join(gone)


def _compiled(compiled: gettext.GNUTranslations, message: Message) -> str:
    return compiled.gettext(message.id) if isinstance(message.id, str) else compiled.ngettext(*message.id, 2)


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_no_translation_loses_or_invents_a_placeholder() -> None:
    wrong = []
    for message in _vietnamese():
        wrong += [
            f"{message.id}: {text}"
            for text in _strings(message)
            if text and _placeholders(text) != _placeholders(_of_many(message))
        ]
    assert not wrong, "\n".join(["", *wrong])


def test_one_text_has_one_translation() -> None:
    seen: dict[str, object] = {}
    twice = [_singular(m) for m in _vietnamese() if seen.setdefault(_singular(m), m.string) != m.string]
    assert not twice, "\n".join(["", *sorted(twice)])


@pytest.mark.parametrize("po", sorted(TRANSLATIONS.rglob("*.po")), ids=lambda po: po.name)
def test_catalogue_is_utf8_without_fuzzy_entries(po: Path) -> None:
    catalogue = _read(po)
    assert catalogue.charset.lower().replace("-", "") == "utf8"
    assert not [message.id for message in catalogue if message.id and message.fuzzy]


@pytest.mark.slow
def test_words_of_qt_are_compiled_from_their_source(tmp_path: Path) -> None:
    compiler = Path(sys.executable).parent / (
        "pyside6-lrelease.exe" if os.name == "nt" else "pyside6-lrelease"
    )
    fresh = tmp_path / "qtbase_vi.qm"
    command = [str(compiler), str(TRANSLATIONS / "qtbase_vi.ts"), "-silent", "-qm", str(fresh)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert fresh.read_bytes() == (TRANSLATIONS / "qtbase_vi.qm").read_bytes()
