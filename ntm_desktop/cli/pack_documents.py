"""The JSON documents of the `pack` commands: keys and values are a contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ntm_desktop.cli.printing import Json

if TYPE_CHECKING:
    from ntm_desktop.criteria.model import CriterionSet
    from ntm_desktop.criteria.verdicts import Verdict
    from ntm_desktop.operations.comparison import Comparison
    from ntm_desktop.operations.comparison_paper import Shown
    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.operations.pack_authoring import Checked
    from ntm_desktop.operations.pack_changes import Difference, PartChange, RequirementChange
    from ntm_desktop.operations.pack_preview import BrokenPromise, Move, PackPreview, Preview
    from ntm_desktop.operations.packs import InstalledSet
    from ntm_desktop.operations.publishers import Admitted, KnownPublisher, Notice, Publisher, RefusedPack


def checked_document(checked: Checked) -> Json:
    """Return the document of `pack check`."""
    from ntm_desktop.operations.pack_authoring import sentence

    return {
        "source": checked.source,
        "set": None if checked.built is None else _set(checked.built.set),
        "registers": None if checked.registers is None else checked.name,
        "problems": [
            {
                "sheet": problem.sheet or None,
                "row": problem.row or None,
                "column": problem.column or None,
                "place": problem.path or None,
                "code": problem.code,
                "found": problem.found,
                "advice": problem.advice,
                "message": sentence(problem),
            }
            for problem in checked.problems
        ],
        "promise": [_broken(one) for one in checked.promise],
    }


def list_document(sets: Iterable[InstalledSet], publishers: Iterable[KnownPublisher]) -> Json:
    """Return the document of `pack list`."""
    return {
        "packs": [
            {
                "id": one.id,
                "version": one.version,
                "sha256": one.sha256,
                "title": str(one.title),
                "level": one.level,
                "publisher": one.publisher,
                "signed": one.signed,
                "shipped": one.shipped,
                "indicators": one.indicators,
                "complete": one.complete,
                "parent": one.parent or None,
                "older": list(one.older),
                "dossiers": [
                    {
                        "id": used.dossier.id,
                        "version": used.dossier.set_version,
                        "year": used.dossier.year,
                        "movable": used.movable,
                    }
                    for used in one.dossiers
                ],
            }
            for one in sets
        ],
        "publishers": [
            {"fingerprint": one.fingerprint, "name": one.name, "shipped": one.shipped} for one in publishers
        ],
    }


def preview_document(desk: Desk, preview: Preview) -> Json:
    """Return the document of `pack preview`."""
    return {
        "source": preview.source,
        "publisher": _publisher(preview.publisher),
        "packs": [_pack(desk, pack) for pack in preview.packs],
        "registers": [
            {
                "id": one.id,
                "version": one.version,
                "publisher": one.publisher,
                "before": one.before,
                "added": list(map(str, one.added)),
                "columns": list(map(str, one.columns)),
                "gone": list(map(str, one.gone)),
            }
            for one in preview.registers
        ],
        "warnings": _warnings(preview.warnings),
        "refused": _refused(preview.refused),
    }


def admitted_document(admitted: Admitted) -> Json:
    """Return the document of `pack import`."""
    return {
        "publisher": _publisher(admitted.publisher),
        "packs": [
            {
                "id": pack.id,
                "version": pack.version,
                "sha256": pack.sha256,
                "publisher": _publisher(pack.publisher),
            }
            for pack in admitted.packs
        ],
        "warnings": _warnings(admitted.warnings),
        "refused": _refused(admitted.refused),
    }


def comparison_document(desk: Desk, found: Comparison, which: Shown) -> Json:
    """Return the document of `compare`."""
    from ntm_desktop.operations.comparison_paper import counted, earliest_words, part_words, shown

    parts: list[Json] = []
    for part in shown(found.parts, which):
        change, words = part.change, part_words(desk, found, part)
        earliest: Json = None
        if part.earliest is not None:
            earliest = {
                "year": part.earliest.year,
                "rests_on": list(part.earliest.rests_on),
                "message": earliest_words(found, part),
            }
        parts.append(
            {
                "code": change.code,
                "first_code": change.old_code or None,
                "name": str(change.name),
                "condition": change.condition,
                "tags": [*sorted(part.tags)],
                "before": _verdict(change.before),
                "after": _verdict(change.after),
                "differs": part.differs,
                "why": words.gap.replace("\u00a0", " "),
                "stands": words.rest.replace("\u00a0", " "),
                "earliest": earliest,
                "differences": [_difference(one) for one in change.differences],
                "requirements": [_requirement(one) for one in change.requirements],
            }
        )
    return {
        "dossier": found.move.dossier.id,
        "year": found.move.dossier.year,
        "first": _set(found.move.before),
        "second": _set(found.move.after),
        "matched_by": "code" if found.kin else "figures",
        "summary": [
            {"before": _verdict(pair[0]), "after": _verdict(pair[1]), "count": count}
            for pair, count in counted(found)
        ],
        "unchecked": found.unchecked,
        "indicators": parts,
    }


def _pack(desk: Desk, pack: PackPreview) -> Json:
    return {
        "set": _set(pack.set),
        "publisher": None if pack.publisher is None else _publisher(pack.publisher),
        "here": pack.here,
        "examples": pack.examples,
        "promise": [_broken(one) for one in pack.promise],
        "moves": [_move(desk, move) for move in pack.moves],
    }


def _move(desk: Desk, move: Move) -> Json:
    before, after = move.met
    return {
        "dossier": move.dossier.id,
        "year": move.dossier.year,
        "from": _set(move.before),
        "to": _set(move.after),
        "verdict": {
            "before": move.evaluations[0].overall.verdict.value,
            "after": move.evaluations[1].overall.verdict.value,
        },
        "met": {"before": before, "after": after},
        "unchanged": move.unchanged,
        "promise_broken": move.promise_broken,
        "flips": [_change(desk, move, change) for change in move.flips],
        "others": [_change(desk, move, change) for change in move.others],
        "asked": [
            {"element": one.element, "label": str(one.label), "unit": one.unit, "known": one.known}
            for one in move.asked
        ],
        "put_aside": [
            {
                "element": one.fact.key.element,
                "subject": one.fact.key.subject or None,
                "period": str(one.fact.key.period),
                "reason": one.reason.value,
            }
            for one in move.misfits
        ],
        "contradicted": [
            {"requirement": one.requirement, "document": one.confirmed.document, "official": one.official}
            for one in move.contradicted
        ],
    }


def _change(desk: Desk, move: Move, change: PartChange) -> Json:
    from ntm_desktop.operations.pack_words import why

    said = why(desk, move, change)
    return {
        "code": change.code,
        "name": str(change.name),
        "before": _verdict(change.before),
        "after": _verdict(change.after),
        "why": said.gap.replace("\u00a0", " "),
        "stands": said.rest.replace("\u00a0", " "),
        "differences": [_difference(one) for one in change.differences],
        "requirements": [_requirement(one) for one in change.requirements],
    }


def _requirement(change: RequirementChange) -> Json:
    before, after = (None if result is None else result.verdict for result in (change.before, change.after))
    return {
        "code": change.code,
        "before": _verdict(before),
        "after": _verdict(after),
        "differences": [_difference(one) for one in change.differences],
    }


def _difference(one: Difference) -> Json:
    return {
        "what": one.what.value,
        "before": one.before.replace("\u00a0", " "),
        "after": one.after.replace("\u00a0", " "),
    }


def _verdict(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.value


def _set(criterion_set: CriterionSet) -> Json:
    return {"id": criterion_set.id, "version": criterion_set.version, "sha256": criterion_set.sha256}


def _publisher(publisher: Publisher) -> Json:
    return {
        "fingerprint": publisher.fingerprint,
        "name": publisher.name,
        "province": publisher.province or None,
        "title": publisher.title,
    }


def _broken(one: BrokenPromise) -> Json:
    before, after = _verdict(one.before), _verdict(one.after)
    return {
        "level": one.level,
        "code": one.code,
        "before": before,
        "after": after,
        "where": one.where or None,
    }


def _warnings(warnings: Iterable[Notice]) -> Json:
    from ntm_desktop.operations.publishers import told

    return [{"kind": one.kind.value, "message": told(one)} for one in warnings]


def _refused(refused: Iterable[RefusedPack]) -> Json:
    from ntm_desktop.operations.wording import explain

    return [
        {
            "id": one.id,
            "version": one.version,
            "code": one.reason.code,
            "message": explain(one.reason).whole(),
        }
        for one in refused
    ]
