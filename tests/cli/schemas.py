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
    signatures=listed(shape(signer=TEXT, intact=FLAG, trusted=FLAG, revocation=TEXT, time=TEXT_OR_NULL)),
    pack=or_null(shape(id=TEXT, version=TEXT, sha256=TEXT, publisher=TEXT_OR_NULL, known=FLAG)),
    self_declared=listed(TEXT),
    replay=shape(agrees=FLAG, differences={"type": "array"}),
    reasons=listed(TEXT),
)
DOSSIERS = shape(
    dossiers=listed(shape(id=TEXT, set=TEXT, version=TEXT, year={"type": "integer"}, state=TEXT))
)
FILL = shape(
    taken=COUNT,
    unchanged=COUNT,
    problems=listed(shape(sheet=TEXT_OR_NULL, cell=TEXT, code=TEXT, message=TEXT)),
)
PROFILE = shape(profile=listed(shape(key=TEXT, value=TEXT, document=TEXT)))
DOCTOR = shape(healthy=FLAG, findings={"type": "array"})


def fits(text: str, expected: dict[str, object]) -> dict[str, object]:
    """Read one JSON document and hold it to its shape."""
    document: dict[str, object] = json.loads(text)
    Draft202012Validator(expected).validate(document)
    return document
