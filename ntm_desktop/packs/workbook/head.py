"""The sheets that say what a set is and what it is about: settings, documents, catalogue, profile, choices."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ntm_desktop.criteria.language.versions import LANGUAGES
from ntm_desktop.criteria.load import PackUnreadable, load
from ntm_desktop.packs.files import Json
from ntm_desktop.packs.shape import closest
from ntm_desktop.packs.workbook.columns import REGISTER, SELECT, SHEETS, TAGS
from ntm_desktop.packs.workbook.draft import Draft, growing, items, objects, rows_with
from ntm_desktop.packs.workbook.ledger import Spot
from ntm_desktop.packs.workbook.objects import headings_of
from ntm_desktop.packs.workbook.table import Row, Tables
from ntm_desktop.packs.workbook.unbuilt import source_of

Parents = Callable[[str, str, str], bytes | None]
"""Id, version and SHA-256 of a pack to its bytes; None when it is not at hand."""

_PARENT: Final = re.compile(r"([a-z][a-z0-9-]*)@(\d+\.\d+\.\d+)\+([0-9a-f]{64})")
_VERSION: Final = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,59}")
_OF_REGISTER: Final = ("name", "label", "type")
_MAY_DIFFER: Final = ("label", "hint", "change_asked")
_ASSUMED: Final[Json] = {
    "period": "year",
    "subject": "commune",
    "merge": "ask",
    "personal": False,
    "unit": "",
    "register": "",
}


def read_head(draft: Draft, tables: Tables, parents: Parents) -> None:
    """Read the sheets in the order in which they build on each other."""
    _needed_sheets(draft, tables)
    rows = tables["settings"]
    for row in rows[1:]:
        draft.ledger.note(row.spot(), "one_row_only")
    if rows:
        _settings(draft, rows[0], parents)
    elif "settings" in tables.present:
        draft.ledger.note(Spot("settings"), "no_rows")
    read_choices(draft, tables["choices"])
    _documents(draft, tables["documents"])
    read_catalogue(draft, tables["catalogue"])
    _profile(draft, tables["profile"])
    note_unused_choices(draft, tables["choices"])


def _needed_sheets(draft: Draft, tables: Tables) -> None:
    child = any(row.text("parent") for row in tables["settings"])
    for name, plan in SHEETS.items():
        if plan.needed and name not in tables.present and not child:
            draft.ledger.note(Spot(name), "missing_sheet", name)


# -------------------------------------------------------------------- settings


def _settings(draft: Draft, row: Row, parents: Parents) -> None:
    parent = row.text("parent")
    if parent:
        _parent(draft, row, parent, parents)
    before = {key: _list(draft.head.get(key)) for key in ("legal_basis", "references")}
    draft.lay(draft.head, row)
    for key, inherited in before.items():
        if inherited:
            draft.head[key] = list(dict.fromkeys((*inherited, *_list(draft.head.get(key)))))
    draft.head.setdefault("rule_language", max(LANGUAGES))
    note_wrong_names(draft, row, "set_id", ("version", "min_app_version"))
    language = row.text("default_language")
    if language not in {"", "vi"}:
        draft.ledger.note(row.spot("default_language"), "unknown_value", language, "vi")
    name, at, version = row.text("catalogue").partition("@")
    if at and _ID.fullmatch(name) and _VERSION.fullmatch(version):
        draft.catalogue = name, version
    elif name:
        draft.ledger.note(row.spot("catalogue"), "wrong_name", name, f"{row.text('set_id')}@1.0.0")
    elif not draft.inherits:
        draft.catalogue = row.text("set_id"), row.text("version")


def note_wrong_names(draft: Draft, row: Row, id_: str, versions: tuple[str, ...]) -> None:
    """Note what is not an id or a version."""
    for heading in (id_, *versions):
        pattern, advice = (_ID, "bo-tieu-chi-xa") if heading == id_ else (_VERSION, "1.0.0")
        text = row.text(heading)
        if text and not pattern.fullmatch(text):
            draft.ledger.note(row.spot(heading), "wrong_name", text, advice)


def _list(data: object) -> list[object]:
    return data if isinstance(data, list) else []


def _parent(draft: Draft, row: Row, text: str, parents: Parents) -> None:
    """Start from the parent's own bytes; nothing else is the parent."""
    spot = row.spot("parent")
    named = _PARENT.fullmatch(text)
    if named is None:
        draft.ledger.note(spot, "wrong_parent", text, "vn-xa-ntm-2021-2025@1.0.0+<sha256>")
        return
    content = parents(named[1], named[2], named[3])
    if content is None:
        draft.ledger.note(spot, "parent_missing", f"{named[1]}@{named[2]}")
        return
    try:
        built = load(content)
    except PackUnreadable as error:
        draft.ledger.note(spot, "parent_unreadable", error.problem)
        return
    if (built.id, built.version, built.sha256) != (named[1], named[2], named[3]):
        draft.ledger.note(spot, "parent_differs", text, f"{built.id}@{built.version}+{built.sha256}")
        return
    draft.take_over(source_of(built))


# -------------------------------------------------------------------- names


def read_choices(draft: Draft, rows: list[Row]) -> None:
    """Read the lists to choose from, and the tags."""
    for row, name in rows_with(draft, rows, "list_name"):
        code = row.text("name")
        if not draft.first_time(row, f"{name} {code}", "name"):
            continue
        choice = draft.lay({}, row)
        if name == TAGS:
            draft.head["tags"] = {**objects(draft.head, "tags"), code: choice.get("label", "")}
        else:
            draft.choices.setdefault(name, []).append(choice)


def note_unused_choices(draft: Draft, rows: list[Row]) -> None:
    """Note the lists that nothing chooses from."""
    for row in rows:
        name = row.text("list_name")
        if name and name != TAGS and name not in draft.used_choices:
            draft.ledger.note(row.spot("list_name"), "unused_list", name)


def _documents(draft: Draft, rows: list[Row]) -> None:
    for row, id_ in rows_with(draft, rows, "id"):
        if draft.first_time(row, id_, "id"):
            named_object(draft, draft.documents, id_, row, "id")


def read_catalogue(draft: Draft, rows: list[Row]) -> None:
    """Read figures, and registers with their columns."""
    named = list(rows_with(draft, rows, "name"))
    for row, name in named:
        if row.text("type") == REGISTER and draft.first_time(row, f"{REGISTER} {name}", "name"):
            _register(draft, name, row)
    for row, name in named:
        if row.text("type") != REGISTER and draft.first_time(row, name, "name"):
            read_element(draft, name, row)
    for row in rows:
        register = row.text("register")
        if register and register not in draft.registers and row.text("type") != REGISTER:
            advice = closest(register, draft.registers)
            draft.ledger.note(row.spot("register"), "unknown_register", register, advice)


def _register(draft: Draft, name: str, row: Row) -> None:
    cells = {
        heading: cell for heading, cell in row.cells.items() if heading.partition("::")[0] in _OF_REGISTER
    }
    for heading in row.cells.keys() - cells.keys():
        draft.ledger.note(row.spot(heading), "column_without_effect", heading, ", ".join(_OF_REGISTER))
    register = named_object(draft, draft.registers, name, replace(row, cells=cells), "name")
    register.setdefault("columns", [])


def read_element(draft: Draft, name: str, row: Row) -> None:
    """Read a figure; one of a register is its next column."""
    extra: Json = {}
    kind = row.text("type")
    if kind.startswith(SELECT):
        choices = _chosen(draft, row)
        extra = {"type": "choice"} if choices is None else {"type": "choice", "choices": choices}
    elif kind == "choice":
        draft.ledger.note(row.spot("type"), "unknown_value", kind, f"{SELECT} {name}")
    elif kind:
        extra = {"type": kind}
    register = row.text("register")
    if register:
        extra["subject"] = "record"  # unless the row says otherwise
    made = named_object(draft, draft.elements, name, row, "name", extra)
    draft.origins.remember(made, row, {**headings_of(row.sheet), "type": "type"})
    known = draft.registers.get(register)
    columns = growing(known, "columns") if isinstance(known, dict) else []
    if name not in columns:
        columns.append(name)


def _profile(draft: Draft, rows: list[Row]) -> None:
    for row, name in rows_with(draft, rows, "name"):
        if not draft.first_time(row, name, "name"):
            continue
        choices = _chosen(draft, row)
        named_object(draft, draft.profile, name, row, "name", {} if choices is None else {"choices": choices})


def _chosen(draft: Draft, row: Row) -> list[Json] | None:
    """Return the list a `select_one` names."""
    word, _, name = row.text("type").partition(" ")
    name = name.strip()
    if word != SELECT or not name:
        if word:
            known = closest(row.text("name"), draft.choices) or row.text("name")
            draft.ledger.note(row.spot("type"), "unknown_value", row.text("type"), f"{SELECT} {known}")
        return None
    draft.used_choices.add(name)
    if name not in draft.choices:
        draft.ledger.note(row.spot("type"), "unknown_list", name, closest(name, draft.choices))
        return None
    return draft.choices[name]


def named_object(
    draft: Draft, table: Json, name: str, row: Row, heading: str, extra: Json | None = None
) -> Json:
    """Fill the object of a name; one that the parent has keeps its meaning."""
    known = table.get(name)
    data = {**copy.deepcopy(known), **(extra or {})} if isinstance(known, dict) else dict(extra or {})
    draft.lay(data, row)
    if isinstance(known, dict) and _meaning(known) != _meaning(data):
        draft.ledger.note(row.spot(heading), "inherited_differs", name)
    table[name] = data
    return data


def _meaning(data: Json) -> Json:
    plain = {
        key: piece for key, piece in data.items() if key not in _MAY_DIFFER and _ASSUMED.get(key) != piece
    }
    if "choices" in plain:
        plain["choices"] = [choice.get("code") for choice in items(plain, "choices")]
    return plain
