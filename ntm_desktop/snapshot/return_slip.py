"""The return slip: what a reviewer asks of a commune, small enough for a letter, signed as one file.

The schema is published: resources/schema/return-slip.schema.json. Keys with nothing to say are left out, so that fifty
remarks stay under 20 KB; equal slips are equal bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from ntm_desktop.errors import Damaged, Refused
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import parse_period
from ntm_desktop.snapshot.canonical import Json, NotCanonical, canonical_bytes, parse
from ntm_desktop.snapshot.reader import DossierUnreadable, Item

FORMAT: Final = "ntm-return-slip"
FORMAT_VERSION: Final = 1
LARGEST_SLIP: Final = 1 << 20
"""Bytes; fifty remarks are 15 KB."""
MOST_REMARKS: Final = 1000
LONGEST_REMARK: Final = 4000
"""Characters of a remark."""


ANSWER_PREFIX: Final = "answer/"
"""Begins what a remark of a dossier is about where it answers one of a slip: `answer/NUMBER`."""


class Demand(StrEnum):
    """What a remark asks for. The values are a contract."""

    CORRECT = "correct"
    ASK = "ask"


class RoundKind(StrEnum):
    """The rounds of a review, in the order they usually come. The values are a contract."""

    INSPECTION = "kiem_tra"
    REINSPECTION = "phuc_tra"
    APPRAISAL = "tham_tra"
    EVALUATION = "tham_dinh"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a reviewer says about a requirement, a figure of it, or a file of evidence."""

    number: int
    """Unique in the dossier over all its revisions."""
    requirement: str
    """Code of a requirement or an indicator."""
    demand: Demand
    text: str
    fact: FactKey | None = None
    """The figure it is about; None: the requirement as a whole."""
    evidence: str = ""
    """SHA-256 of the file it is about."""
    appraised: str = ""
    """The reviewer's own value of the figure, as an officer would type it."""


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """Everything a commune needs to correct a dossier that was returned."""

    dossier: str
    revision: int
    identity: str
    """Of the container that was reviewed."""
    commune: str
    """Code of the commune."""
    set: str
    """`SET@VERSION`."""
    year: int
    round: RoundKind
    office: str
    """Who reviews."""
    who: str
    made_at: str
    """UTC, ISO 8601 with `Z`."""
    due: date | None
    """Until when the next revision is awaited."""
    remarks: tuple[Remark, ...]
    note: str = ""


@dataclass(eq=False)
class SlipUnreadable(Damaged):
    """Say that a file is no return slip this program could have written."""

    place: str
    problem: str

    code: ClassVar[str] = "slip_unreadable"
    what: ClassVar[str] = "This file is not a return slip that can be read: {problem} at {place}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Ask the reviewer's office for the slip once more."


@dataclass(eq=False)
class SlipFormatUnknown(Refused):
    """Say that a newer program wrote the slip."""

    version: int

    code: ClassVar[str] = "slip_format_unknown"
    what: ClassVar[str] = "This return slip is written in format {version}, which this program does not know."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Update the program, then open the slip again."


def encode_slip(slip: ReturnSlip) -> bytes:
    """Return the canonical bytes of a slip."""
    return canonical_bytes(
        {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "dossier": slip.dossier,
            "revision": slip.revision,
            "identity": slip.identity,
            "commune": slip.commune,
            "set": slip.set,
            "year": slip.year,
            "round": slip.round.value,
            "office": slip.office,
            "who": slip.who,
            "made_at": slip.made_at,
            "due": None if slip.due is None else slip.due.isoformat(),
            "note": slip.note,
            "remarks": [_remark(one) for one in slip.remarks],
        }
    )


def decode_slip(data: bytes) -> ReturnSlip:
    """Read a slip; what is accepted is exactly what `encode_slip` writes. Raises SlipUnreadable, SlipFormatUnknown."""
    if len(data) > LARGEST_SLIP:
        raise SlipUnreadable("$", "too_large")
    try:
        root = Item(parse(data))
        value = root.value
        if not isinstance(value, dict) or value.get("format") != FORMAT:
            root.fail("another_format")
        version = Item(value.get("format_version"), root, "format_version").counter()
        if version != FORMAT_VERSION:
            raise SlipFormatUnknown(version)
        slip = _slip(root)
        if encode_slip(slip) != data:
            root.fail("not_canonical")
    except NotCanonical as error:
        raise SlipUnreadable("$", str(error)) from error
    except DossierUnreadable as error:
        raise SlipUnreadable(error.path, error.problem) from error
    return slip


def fact_json(key: FactKey) -> dict[str, Json]:
    """Return a fact's key as JSON; the commune and what really was are left out."""
    made: dict[str, Json] = {"element": key.element, "period": str(key.period)}
    if key.subject:
        made["subject"] = key.subject
    if key.plan:
        made["plan"] = True
    return made


def read_fact(item: Item) -> FactKey:
    """Read what `fact_json` wrote. Raises DossierUnreadable."""
    part = _parts(item, ("element", "period"), ("subject", "plan"))
    period = parse_period(part["period"].text())
    if period is None:
        part["period"].fail("bad_value")
    subject = part["subject"].text() if "subject" in part else ""
    return FactKey(part["element"].text(), subject, period, "plan" in part and part["plan"].flag())


def _remark(one: Remark) -> Json:
    made: dict[str, Json] = {
        "n": one.number,
        "at": one.requirement,
        "demand": one.demand.value,
        "text": one.text,
    }
    if one.fact is not None:
        made["fact"] = fact_json(one.fact)
    if one.evidence:
        made["evidence"] = one.evidence
    if one.appraised:
        made["appraised"] = one.appraised
    return made


def _read_remark(item: Item) -> Remark:
    part = _parts(item, ("n", "at", "demand", "text"), ("fact", "evidence", "appraised"))
    text = part["text"].text()
    if len(text) > LONGEST_REMARK:
        part["text"].fail("too_large")
    return Remark(
        number=part["n"].counter(),
        requirement=part["at"].text(),
        demand=part["demand"].one_of(Demand),
        text=text,
        fact=read_fact(part["fact"]) if "fact" in part else None,
        evidence=part["evidence"].sha256() if "evidence" in part else "",
        appraised=part["appraised"].text() if "appraised" in part else "",
    )


_KEYS: Final = (
    *("format", "format_version", "dossier", "revision", "identity", "commune", "set", "year", "round"),
    *("office", "who", "made_at", "due", "note", "remarks"),
)


def _slip(root: Item) -> ReturnSlip:
    part = dict(zip(_KEYS, root.fields(*_KEYS), strict=True))
    remarks = part["remarks"].each(_read_remark, unique=lambda one: one.number)
    if len(remarks) > MOST_REMARKS:
        part["remarks"].fail("too_large")
    return ReturnSlip(
        dossier=part["dossier"].text(),
        revision=part["revision"].counter(),
        identity=part["identity"].sha256(),
        commune=part["commune"].text(),
        set=part["set"].text(),
        year=part["year"].counter(),
        round=part["round"].one_of(RoundKind),
        office=part["office"].text(),
        who=part["who"].text(),
        made_at=part["made_at"].moment(),
        due=part["due"].optional(Item.day),
        remarks=remarks,
        note=part["note"].text(),
    )


def _parts(item: Item, needed: tuple[str, ...], possible: tuple[str, ...]) -> dict[str, Item]:
    """Return the values of an object that has the needed keys and perhaps the others."""
    value = item.value
    names = (*needed, *(name for name in possible if isinstance(value, dict) and name in value))
    return dict(zip(names, item.fields(*names), strict=True))
