"""The one Vietnamese catalogue: what is translated, brought together with what the source asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from texts.finding import Found

_HEADER = """\
# Vietnamese texts of NTM Desktop. Written by `packaging/dev.py texts`; only the msgstr are edited by hand."""
_BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
"""In place of the time of writing, so that the same texts always give the same bytes."""


def read(path: Path) -> Catalog:
    """Return the catalogue in a .po file."""
    with path.open("rb") as file:
        return read_po(file, locale="vi")


def singular_of(message: Message) -> str:
    """Return the id of a message, the singular of one with a plural."""
    return message.id if isinstance(message.id, str) else str(message.id[0])


def merge(found: Mapping[str, Found], known: Iterable[Catalog]) -> Catalog:
    """Return a catalogue of exactly the texts that are asked for; a later catalogue wins over an earlier one."""
    translated: dict[str, Message] = {}
    for catalogue in known:
        translated |= {singular_of(one): one for one in catalogue if one.id and one.string}
    merged = Catalog(
        locale="vi",
        project="ntm-desktop",
        version="",
        msgid_bugs_address="",
        header_comment=_HEADER,
        creation_date=_BEGINNING,
        revision_date=_BEGINNING,
        last_translator="NTM Desktop",
        language_team="vi",
        fuzzy=False,
    )
    for one in sorted(found.values(), key=lambda each: each.singular):
        message = translated.get(one.singular)
        places = [(name, 0) for name in sorted(one.files)]
        merged.add(_id(one), string=_strings(one, message), locations=places)
    return merged


def missing(catalogue: Catalog) -> list[str]:
    """Return the ids that have no translation."""
    return [singular_of(one) for one in catalogue if one.id and not _is_translated(one)]


def as_po(catalogue: Catalog) -> bytes:
    """Return the catalogue as the bytes of a .po file."""
    target = BytesIO()
    write_po(target, catalogue, width=0, include_lineno=False, sort_output=True)
    return target.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return the translated texts compiled; what is not translated stays out, so that its English id is shown."""
    translated = Catalog(locale="vi", creation_date=_BEGINNING, revision_date=_BEGINNING, fuzzy=False)
    for one in catalogue:
        if one.id and _is_translated(one):
            translated.add(one.id, string=one.string)
    target = BytesIO()
    write_mo(target, translated)
    return target.getvalue()


def _id(found: Found) -> str | tuple[str, str]:
    return (found.singular, found.plural) if found.plural else found.singular


def _strings(found: Found, message: Message | None) -> str | tuple[str, ...]:
    """Return the translation in the form the text needs: Vietnamese has one form for any number."""
    text = next(iter(_parts(message)), "") if message is not None else ""
    return (text,) if found.plural else text


def _is_translated(message: Message) -> bool:
    return bool(_parts(message)) and all(_parts(message))


def _parts(message: Message) -> list[str]:
    return (
        [message.string] if isinstance(message.string, str) else [str(part) for part in message.string or ()]
    )
