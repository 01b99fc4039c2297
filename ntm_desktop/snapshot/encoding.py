"""Snapshot to the bytes of dossier.json; `decoding` is the way back.

The schema is published: resources/schema/dossier.schema.json. What the format promises: a version that only grows,
equal contents are equal bytes, every figure exact.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from ntm_desktop.criteria.verdicts import (
    ChosenThreshold,
    Confirmation,
    Distance,
    Evaluation,
    Reason,
    RequirementResult,
    WholeResult,
)
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Problem, Value
from ntm_desktop.facts.subject import Commune, Hamlet, ProfileEntry, Record
from ntm_desktop.snapshot.canonical import Json, canonical_bytes, number_text
from ntm_desktop.snapshot.content import DossierContent, FiledEvidence, PackIdentity, SetIdentity, content_of
from ntm_desktop.snapshot.model import Snapshot

FORMAT: Final = "ntm-dossier"
FORMAT_VERSION: Final = 2
"""The newest. A dossier is written in the lowest version that can say what is in it, so that older programs read it."""
WITH_SPOTS: Final = 2
"""From this version on evidence says where figures stand in it."""

Object = dict[str, Json]


def encode(snapshot: Snapshot) -> bytes:
    """Return the dossier.json of a snapshot.

    Raises FigureMustStay when a personal figure is among the facts.
    """
    return encode_content(content_of(snapshot))


def encode_content(content: DossierContent) -> bytes:
    """Return the canonical bytes of a content; equal contents give equal bytes."""
    version = WITH_SPOTS if any(filed.evidence.spots for filed in content.evidence) else 1
    return canonical_bytes(
        {
            "format": FORMAT,
            "format_version": version,
            "program": content.program,
            "dossier": content.dossier,
            "revision": content.revision,
            "previous": content.previous,
            "taken_at": content.taken_at,
            "commune": _commune(content.commune),
            "year": content.year,
            "assessed_on": content.assessed_on.isoformat(),
            "set": _set(content.set),
            "packs": [_pack(pack) for pack in content.packs],
            "facts": [_fact(fact) for fact in content.facts],
            "hamlets": [_hamlet(hamlet) for hamlet in content.hamlets],
            "records": [_record(record) for record in content.records],
            "profile": [_profile_entry(entry) for entry in content.profile.entries],
            "confirmations": [_confirmation(one) for one in content.confirmations],
            "verdicts": _evaluation(content.evaluation),
            "evidence": [_evidence(filed, version) for filed in content.evidence],
            "remarks": dict(content.remarks),
            "signatory": {"name": content.signatory, "title": content.signatory_title},
            "place": content.place,
        }
    )


def _commune(commune: Commune) -> Object:
    return {
        "code": commune.code,
        "name": commune.name,
        "kind": commune.kind,
        "province": commune.province,
        "hamlet_label": commune.hamlet_label,
    }


def _set(identity: SetIdentity) -> Object:
    return {
        "id": identity.id,
        "version": identity.version,
        "sha256": identity.sha256,
        "title": identity.title,
        "rule_language": identity.rule_language,
    }


def _pack(pack: PackIdentity) -> Object:
    return {"id": pack.id, "version": pack.version, "sha256": pack.sha256}


def _key(key: FactKey) -> Object:
    return {
        "element": key.element,
        "subject": key.subject or None,
        "period": str(key.period),
        "kind": "plan" if key.plan else "actual",
    }


def _fact(fact: Fact) -> Object:
    return {
        **_key(fact.key),
        "settled": fact.settled,
        "reason": fact.reason,
        "claims": [_claim(claim) for claim in fact.claims],
    }


def _claim(claim: Claim) -> Object:
    source = claim.provenance
    return {
        "id": claim.id,
        "text": claim.text,
        "value": None if claim.value is None else _value(claim.value),
        "problem": None if claim.problem is None else _coded(claim.problem),
        "source": source.source,
        "document": source.document,
        "dated": _day(source.dated),
        "estimated": source.estimated,
        "documented": source.documented,
        "other_body": source.other_body,
        "who": claim.who,
        "at": claim.at,
    }


def _value(value: Value) -> Object:
    if isinstance(value, bool):
        return {"yes_no": value}
    if isinstance(value, Fraction):
        return {"number": number_text(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return {"text": value}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _coded(one: Problem | Reason) -> Object:
    return {"code": one.code, "facts": [[name, value] for name, value in one.facts]}


def _hamlet(hamlet: Hamlet) -> Object:
    return {
        "id": hamlet.id,
        "name": hamlet.name,
        "order": hamlet.order,
        "since": _day(hamlet.since),
        "until": _day(hamlet.until),
    }


def _record(record: Record) -> Object:
    return {
        "id": record.id,
        "register": record.register,
        "order": record.order,
        "since": _day(record.since),
        "until": _day(record.until),
    }


def _profile_entry(entry: ProfileEntry) -> Object:
    return {
        "attribute": entry.attribute,
        "value": entry.value,
        "since": _day(entry.since),
        "document": entry.document,
    }


def _confirmation(one: Confirmation) -> Object:
    return {
        "requirement": one.requirement,
        "value": _value(one.value),
        "document": one.document,
        "dated": _day(one.dated),
        "who": one.who,
    }


def _evaluation(evaluation: Evaluation) -> Object:
    return {
        "set": _whole(evaluation.overall),
        "criteria": [_whole(result) for result in evaluation.criteria.values()],
        "indicators": [_whole(result) for result in evaluation.indicators.values()],
        "requirements": [_requirement(result) for result in evaluation.requirements.values()],
    }


def _whole(result: WholeResult) -> Object:
    return {
        "code": result.code,
        "verdict": result.verdict.value,
        "met": result.met,
        "applicable": result.applicable,
        "reason": None if result.reason is None else _coded(result.reason),
    }


def _requirement(result: RequirementResult) -> Object:
    return {
        "code": result.code,
        "verdict": result.verdict.value,
        "value": None if result.value is None else _value(result.value),
        "parts": None if result.parts is None else [number_text(part) for part in result.parts],
        "threshold": None if result.threshold is None else _threshold(result.threshold),
        "distance": None if result.distance is None else _distance(result.distance),
        "missing": [_key(key) for key in result.missing],
        "reason": None if result.reason is None else _coded(result.reason),
    }


def _threshold(chosen: ChosenThreshold) -> Object:
    return {
        "operator": chosen.operator.value,
        "value": _value(chosen.value),
        "basis": chosen.basis.value,
        "document": chosen.document,
        "why": list(chosen.why),
        "confirmed": chosen.confirmed,
    }


def _distance(distance: Distance) -> Object:
    return {
        "lever": distance.lever.value,
        "by": number_text(distance.by),
        "element": distance.element,
        "target": None if distance.target is None else number_text(distance.target),
        "of": None if distance.of is None else number_text(distance.of),
        "lower": distance.lower,
    }


def _evidence(filed: FiledEvidence, version: int) -> Object:
    evidence = filed.evidence
    spots: list[Json] = [{**_key(one.key), "spot": one.spot} for one in evidence.spots]
    added: Object = {"spots": spots} if version >= WITH_SPOTS else {}
    return {
        "file": filed.file,
        "sha256": evidence.sha256,
        "size": evidence.size,
        "name": evidence.name,
        "media_type": evidence.media_type,
        "title": evidence.title,
        "dated": _day(evidence.dated),
        "links": [{"requirement": link.requirement, "rule": link.rule} for link in evidence.links],
        "added_by": evidence.added_by,
        "added_at": evidence.added_at,
        **added,
    }
