"""How a cell is put, taken away and read in its table: the statements of each kind of edit.

Commit, undo and redo all go through `put_cell`, so the tables cannot tell them apart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ntm_desktop.facts.fact import EditKind
from ntm_desktop.workspace.states import Body, Scalar, Target, canonical


@dataclass(frozen=True, slots=True)
class Table:
    """The statements of one kind; columns of the target first, then those of the body, in this order."""

    target: tuple[str, ...]
    body: tuple[str, ...]
    put: str
    drop: str
    everything: str


TABLES: Final[Mapping[EditKind, Table]] = {
    EditKind.CLAIM: Table(
        ("element", "subject", "period", "plan", "source"),
        (
            *("place", "id", "text", "value_type", "value", "problem", "document", "dated"),
            *("estimated", "documented", "other_body", "who", "at"),
        ),
        "INSERT OR REPLACE INTO claim (element, subject, period, plan, source, place, id, text, value_type, value,"
        " problem, document, dated, estimated, documented, other_body, who, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM claim WHERE element = ? AND subject = ? AND period = ? AND plan = ? AND source = ?",
        "SELECT element, subject, period, plan, source, place, id, text, value_type, value,"
        " problem, document, dated, estimated, documented, other_body, who, at FROM claim",
    ),
    EditKind.CHOICE_OF_CLAIM: Table(
        ("element", "subject", "period", "plan"),
        ("source", "reason"),
        "INSERT OR REPLACE INTO choice_of_claim (element, subject, period, plan, source, reason)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        "DELETE FROM choice_of_claim WHERE element = ? AND subject = ? AND period = ? AND plan = ?",
        "SELECT element, subject, period, plan, source, reason FROM choice_of_claim",
    ),
    EditKind.HAMLET: Table(
        ("id",),
        ("name", "place", "since", "until"),
        "INSERT OR REPLACE INTO hamlet (id, name, place, since, until) VALUES (?, ?, ?, ?, ?)",
        "DELETE FROM hamlet WHERE id = ?",
        "SELECT id, name, place, since, until FROM hamlet",
    ),
    EditKind.RECORD: Table(
        ("id",),
        ("register", "place", "since", "until"),
        "INSERT OR REPLACE INTO record (id, register, place, since, until) VALUES (?, ?, ?, ?, ?)",
        "DELETE FROM record WHERE id = ?",
        "SELECT id, register, place, since, until FROM record",
    ),
    EditKind.PROFILE: Table(
        ("attribute", "since"),
        ("value", "document"),
        "INSERT OR REPLACE INTO profile (attribute, since, value, document) VALUES (?, ?, ?, ?)",
        "DELETE FROM profile WHERE attribute = ? AND since = ?",
        "SELECT attribute, since, value, document FROM profile",
    ),
    EditKind.COMMUNE: Table(
        ("one",),
        ("code", "name", "kind", "province", "hamlet_label"),
        "INSERT OR REPLACE INTO commune (one, code, name, kind, province, hamlet_label) VALUES (?, ?, ?, ?, ?, ?)",
        "DELETE FROM commune WHERE one = ?",
        "SELECT one, code, name, kind, province, hamlet_label FROM commune",
    ),
    # Dossiers and evidence are referred to: a replaced row would count as taken away, so these are updated in place.
    EditKind.DOSSIER: Table(
        ("id",),
        ("set_id", "set_version", "set_sha256", "year", "assessed_on", "state", "revision", "previous"),
        "INSERT INTO dossier (id, set_id, set_version, set_sha256, year, assessed_on, state, revision, previous)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET set_id = excluded.set_id,"
        " set_version = excluded.set_version, set_sha256 = excluded.set_sha256, year = excluded.year,"
        " assessed_on = excluded.assessed_on, state = excluded.state, revision = excluded.revision,"
        " previous = excluded.previous",
        "DELETE FROM dossier WHERE id = ?",
        "SELECT id, set_id, set_version, set_sha256, year, assessed_on, state, revision, previous FROM dossier",
    ),
    EditKind.EVIDENCE: Table(
        ("sha256",),
        ("size", "name", "media_type", "dated", "title", "added_by", "added_at"),
        "INSERT INTO evidence (sha256, size, name, media_type, dated, title, added_by, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET size = excluded.size,"
        " name = excluded.name, media_type = excluded.media_type, dated = excluded.dated, title = excluded.title,"
        " added_by = excluded.added_by, added_at = excluded.added_at",
        "DELETE FROM evidence WHERE sha256 = ?",
        "SELECT sha256, size, name, media_type, dated, title, added_by, added_at FROM evidence",
    ),
    EditKind.EVIDENCE_LINK: Table(
        ("dossier", "sha256", "requirement", "rule"),
        (),
        "INSERT OR REPLACE INTO evidence_link (dossier, sha256, requirement, rule) VALUES (?, ?, ?, ?)",
        "DELETE FROM evidence_link WHERE dossier = ? AND sha256 = ? AND requirement = ? AND rule = ?",
        "SELECT dossier, sha256, requirement, rule FROM evidence_link",
    ),
    EditKind.CONFIRMATION: Table(
        ("dossier", "requirement"),
        ("value_type", "value", "document", "dated", "who"),
        "INSERT OR REPLACE INTO confirmation (dossier, requirement, value_type, value, document, dated, who)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM confirmation WHERE dossier = ? AND requirement = ?",
        "SELECT dossier, requirement, value_type, value, document, dated, who FROM confirmation",
    ),
    EditKind.REMARK: Table(
        ("dossier", "about"),
        ("text",),
        "INSERT OR REPLACE INTO remark (dossier, about, text) VALUES (?, ?, ?)",
        "DELETE FROM remark WHERE dossier = ? AND about = ?",
        "SELECT dossier, about, text FROM remark",
    ),
    EditKind.SET_ASIDE: Table(
        ("dossier", "element", "subject", "period", "plan"),
        ("reason", "from_set", "texts"),
        "INSERT OR REPLACE INTO set_aside (dossier, element, subject, period, plan, reason, from_set, texts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM set_aside WHERE dossier = ? AND element = ? AND subject = ? AND period = ? AND plan = ?",
        "SELECT dossier, element, subject, period, plan, reason, from_set, texts FROM set_aside",
    ),
    EditKind.KEPT: Table(
        ("dossier", "problem", "requirement", "about"),
        ("reason", "basis", "who", "at"),
        "INSERT OR REPLACE INTO kept (dossier, problem, requirement, about, reason, basis, who, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM kept WHERE dossier = ? AND problem = ? AND requirement = ? AND about = ?",
        "SELECT dossier, problem, requirement, about, reason, basis, who, at FROM kept",
    ),
    EditKind.YEAR: Table(
        ("year",),
        ("closed", "note", "document", "dated", "who", "at"),
        "INSERT OR REPLACE INTO year (year, closed, note, document, dated, who, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM year WHERE year = ?",
        "SELECT year, closed, note, document, dated, who, at FROM year",
    ),
    EditKind.CORRECTION: Table(
        ("element", "subject", "period", "plan", "id"),
        ("before", "after", "note", "document", "dated", "who", "at"),
        "INSERT OR REPLACE INTO correction (element, subject, period, plan, id, before, after, note, document, dated,"
        " who, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM correction WHERE element = ? AND subject = ? AND period = ? AND plan = ? AND id = ?",
        "SELECT element, subject, period, plan, id, before, after, note, document, dated, who, at FROM correction",
    ),
    EditKind.CARRIED: Table(
        ("element", "subject", "period", "plan"),
        ("from_year",),
        "INSERT OR REPLACE INTO carried (element, subject, period, plan, from_year) VALUES (?, ?, ?, ?, ?)",
        "DELETE FROM carried WHERE element = ? AND subject = ? AND period = ? AND plan = ?",
        "SELECT element, subject, period, plan, from_year FROM carried",
    ),
    EditKind.FORMER_COMMUNE: Table(
        ("code",),
        ("name", "kind", "province", "hamlet_label", "until", "document", "seat"),
        "INSERT OR REPLACE INTO former_commune (code, name, kind, province, hamlet_label, until, document, seat)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM former_commune WHERE code = ?",
        "SELECT code, name, kind, province, hamlet_label, until, document, seat FROM former_commune",
    ),
    EditKind.MERGE_SHARE: Table(
        ("element", "subject", "period", "plan", "former"),
        ("text",),
        "INSERT OR REPLACE INTO merge_share (element, subject, period, plan, former, text) VALUES (?, ?, ?, ?, ?, ?)",
        "DELETE FROM merge_share WHERE element = ? AND subject = ? AND period = ? AND plan = ? AND former = ?",
        "SELECT element, subject, period, plan, former, text FROM merge_share",
    ),
    EditKind.EVIDENCE_ORIGIN: Table(
        ("sha256",),
        ("size", "original", "place", "remark"),
        "INSERT OR REPLACE INTO evidence_origin (sha256, size, original, place, remark) VALUES (?, ?, ?, ?, ?)",
        "DELETE FROM evidence_origin WHERE sha256 = ?",
        "SELECT sha256, size, original, place, remark FROM evidence_origin",
    ),
    EditKind.EVIDENCE_SPOT: Table(
        ("dossier", "sha256", "element", "subject", "period"),
        ("spot",),
        "INSERT OR REPLACE INTO evidence_spot (dossier, sha256, element, subject, period, spot)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        "DELETE FROM evidence_spot"
        " WHERE dossier = ? AND sha256 = ? AND element = ? AND subject = ? AND period = ?",
        "SELECT dossier, sha256, element, subject, period, spot FROM evidence_spot",
    ),
    EditKind.EVIDENCE_REVIEW: Table(
        ("dossier", "sha256", "requirement"),
        ("was",),
        "INSERT OR REPLACE INTO evidence_review (dossier, sha256, requirement, was) VALUES (?, ?, ?, ?)",
        "DELETE FROM evidence_review WHERE dossier = ? AND sha256 = ? AND requirement = ?",
        "SELECT dossier, sha256, requirement, was FROM evidence_review",
    ),
    EditKind.ASSIGNMENT: Table(
        ("dossier", "criterion"),
        ("who", "due"),
        "INSERT OR REPLACE INTO assignment (dossier, criterion, who, due) VALUES (?, ?, ?, ?)",
        "DELETE FROM assignment WHERE dossier = ? AND criterion = ?",
        "SELECT dossier, criterion, who, due FROM assignment",
    ),
    EditKind.PLANNED_YEAR: Table(
        ("dossier", "indicator"),
        ("year",),
        "INSERT OR REPLACE INTO planned_year (dossier, indicator, year) VALUES (?, ?, ?)",
        "DELETE FROM planned_year WHERE dossier = ? AND indicator = ?",
        "SELECT dossier, indicator, year FROM planned_year",
    ),
    EditKind.TEMPLATE: Table(
        ("paper",),
        ("sha256", "name"),
        "INSERT OR REPLACE INTO template (paper, sha256, name) VALUES (?, ?, ?)",
        "DELETE FROM template WHERE paper = ?",
        "SELECT paper, sha256, name FROM template",
    ),
}


def put_cell(connection: sqlite3.Connection, kind: EditKind, target: Target, body: Body | None) -> None:
    """Let the cell hold the body from now on; None takes it away.

    Raises sqlite3.IntegrityError when another row rests on a cell taken away, or a cell names one that is not there,
    and KeyError when the body lacks a column.
    """
    table = TABLES[kind]
    if body is None:
        connection.execute(table.drop, target)
    else:
        connection.execute(table.put, (*target, *map(body.__getitem__, table.body)))


def all_cells(connection: sqlite3.Connection) -> Iterator[tuple[EditKind, str, str]]:
    """Give every cell of every table as kind, target and body in canonical JSON: what holds now, comparable."""
    for kind, table in TABLES.items():
        width = len(table.target)
        row: tuple[Scalar, ...]
        for row in connection.execute(table.everything):
            yield kind, canonical(row[:width]), canonical(dict(zip(table.body, row[width:], strict=True)))
