"""The shapes of the JSON documents of the command line contract."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

TEXT, COUNT, FLAG = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
TEXT_OR_NULL = {"type": ["string", "null"]}
VERDICT = {"enum": ["MET", "NOT_MET", "NOT_APPLICABLE", "UNDETERMINED"]}


def shape(**parts: object) -> dict[str, object]:
    """Describe an object that has these parts, and may have more."""
    return {"type": "object", "properties": parts, "required": list(parts)}


def listed(part: object) -> dict[str, object]:
    """Describe a list."""
    return {"type": "array", "items": part}


def or_null(part: dict[str, object]) -> dict[str, object]:
    """Describe something that may be null."""
    return {"anyOf": [part, {"type": "null"}]}


REQUIREMENT = shape(
    code=TEXT,
    verdict=VERDICT,
    value=TEXT_OR_NULL,
    shown=TEXT_OR_NULL,
    threshold=or_null(
        shape(operator={"enum": [">", ">=", "<", "<=", "="]}, value=TEXT, basis=TEXT, document=TEXT_OR_NULL)
    ),
    distance=or_null(
        shape(
            element=TEXT_OR_NULL,
            lever={"enum": ["numerator", "both", "value", "none"]},
            by={"type": ["integer", "string"]},
        )
    ),
    missing=listed(shape(element=TEXT, subject=TEXT_OR_NULL, period=TEXT)),
    reason=or_null(shape(code=TEXT)),
)
CHECK = shape(
    dossier=TEXT,
    set=shape(id=TEXT, version=TEXT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}),
    year={"type": "integer"},
    summary=shape(
        criteria=shape(met=COUNT, total=COUNT),
        indicators=shape(met=COUNT, not_met=COUNT, undetermined=COUNT, not_applicable=COUNT, total=COUNT),
    ),
    indicators=listed(shape(code=TEXT, verdict=VERDICT, tags=listed(TEXT), requirements=listed(REQUIREMENT))),
)
VERIFY = shape(
    verification={"enum": ["VALID", "UNKNOWN", "INVALID"]},
    identity=TEXT,
    container={"type": "object"},
    files=shape(total=COUNT, ok=COUNT),
    signatures=listed(
        shape(
            signer=TEXT,
            intact=FLAG,
            trusted=FLAG,
            chain=listed(TEXT),
            revocation=TEXT,
            revocation_known_to=TEXT_OR_NULL,
            revoked_at=TEXT_OR_NULL,
            time=TEXT_OR_NULL,
            timestamp=shape(state=TEXT, time=TEXT_OR_NULL, authority=TEXT_OR_NULL),
        )
    ),
    pack=or_null(shape(id=TEXT, version=TEXT, sha256=TEXT, publisher=TEXT_OR_NULL, known=FLAG)),
    self_declared=listed(TEXT),
    replay=shape(agrees=FLAG, differences={"type": "array"}),
    papers=listed(
        shape(
            name=TEXT,
            state={"enum": ["unsigned", "person", "body"]},
            signatures=listed(shape(signer=TEXT, intact=FLAG, trust=TEXT, time=TEXT_OR_NULL, after=TEXT)),
        )
    ),
    bound_by=TEXT_OR_NULL,
    reasons=listed(TEXT),
    advice=listed(TEXT),
)
DOSSIERS = shape(
    dossiers=listed(shape(id=TEXT, set=TEXT, version=TEXT, year={"type": "integer"}, state=TEXT))
)
FILL = shape(
    taken=COUNT,
    unchanged=COUNT,
    replaced=listed(shape(element=TEXT, cell=TEXT, old=TEXT, new=TEXT)),
    problems=listed(shape(sheet=TEXT_OR_NULL, cell=TEXT, code=TEXT, message=TEXT)),
)
PROFILE = shape(profile=listed(shape(key=TEXT, value=TEXT, document=TEXT)))
DOCTOR = shape(healthy=FLAG, findings={"type": "array"})


SET = shape(id=TEXT, version=TEXT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"})
PUBLISHER = shape(fingerprint=TEXT, name=TEXT, province=TEXT_OR_NULL, title=TEXT)
BROKEN = shape(level=TEXT, code=TEXT, before=TEXT_OR_NULL, after=TEXT_OR_NULL, where=TEXT_OR_NULL)
DIFFERENCE = shape(what=TEXT, before=TEXT, after=TEXT)
PART_CHANGE = shape(
    code=TEXT,
    name=TEXT,
    before=or_null(VERDICT),
    after=or_null(VERDICT),
    why=TEXT,
    stands=TEXT,
    differences=listed(DIFFERENCE),
    requirements=listed(
        shape(code=TEXT, before=or_null(VERDICT), after=or_null(VERDICT), differences=listed(DIFFERENCE))
    ),
)
MOVE = shape(
    dossier=TEXT,
    year={"type": "integer"},
    verdict=shape(before=VERDICT, after=VERDICT),
    met=shape(before=COUNT, after=COUNT),
    unchanged=COUNT,
    promise_broken=FLAG,
    flips=listed(PART_CHANGE),
    others=listed(PART_CHANGE),
    asked=listed(shape(element=TEXT, label=TEXT, unit=TEXT, known=FLAG)),
    put_aside=listed(shape(element=TEXT, subject=TEXT_OR_NULL, period=TEXT, reason=TEXT)),
    contradicted=listed(shape(requirement=TEXT, document=TEXT, official=FLAG)),
)
WARNINGS = listed(shape(kind=TEXT, message=TEXT))
LEFT_OUT = listed(shape(id=TEXT, version=TEXT, code=TEXT, message=TEXT))
PACK_PREVIEW = shape(
    source=TEXT,
    publisher=PUBLISHER,
    packs=listed(
        shape(
            set=SET,
            publisher=or_null(PUBLISHER),
            here=FLAG,
            examples=COUNT,
            promise=listed(BROKEN),
            moves=listed(MOVE),
        )
    ),
    registers=listed(
        shape(
            id=TEXT,
            version=TEXT,
            publisher=TEXT,
            before=TEXT,
            added=listed(TEXT),
            columns=listed(TEXT),
            gone=listed(TEXT),
        )
    ),
    warnings=WARNINGS,
    refused=LEFT_OUT,
)
PACK_IMPORT = shape(
    publisher=PUBLISHER,
    packs=listed(shape(id=TEXT, version=TEXT, sha256=TEXT, publisher=PUBLISHER)),
    warnings=WARNINGS,
    refused=LEFT_OUT,
)
PACK_LIST = shape(
    packs=listed(
        shape(
            id=TEXT,
            version=TEXT,
            sha256=TEXT,
            title=TEXT,
            publisher=TEXT,
            signed=FLAG,
            shipped=FLAG,
            indicators=COUNT,
            older=listed(TEXT),
            dossiers=listed(shape(id=TEXT, version=TEXT, year={"type": "integer"}, movable=FLAG)),
        )
    ),
    publishers=listed(shape(fingerprint=TEXT, name=TEXT, shipped=FLAG)),
)
PACK_CHECK = shape(
    source=TEXT,
    set=or_null(SET),
    registers=TEXT_OR_NULL,
    problems=listed(shape(sheet=TEXT_OR_NULL, place=TEXT_OR_NULL, code=TEXT, message=TEXT)),
    promise=listed(BROKEN),
)


def fits(text: str, expected: dict[str, object]) -> dict[str, object]:
    """Read one JSON document and hold it to its shape."""
    document: dict[str, object] = json.loads(text)
    Draft202012Validator(expected).validate(document)
    return document
