"""The bytes of dossier.json back to its content: what `encode` writes is read, all else is refused."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import ClassVar, Final

from ntm_desktop.criteria.model import Basis, Lever, Operator
from ntm_desktop.criteria.verdicts import (
    ChosenThreshold,
    Confirmation,
    Distance,
    Evaluation,
    Reason,
    RequirementResult,
    Verdict,
    WholeResult,
)
from ntm_desktop.errors import Refused
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Problem, Provenance, Value
from ntm_desktop.facts.period import Period, parse_period
from ntm_desktop.facts.subject import COMMUNE, Commune, Hamlet, Profile, ProfileEntry, Record
from ntm_desktop.snapshot.canonical import NotCanonical, parse
from ntm_desktop.snapshot.content import DossierContent, FiledEvidence, PackIdentity, SetIdentity
from ntm_desktop.snapshot.encoding import FORMAT, FORMAT_VERSION, WITH_SPOTS, encode_content
from ntm_desktop.snapshot.model import Evidence, EvidenceLink, EvidenceSpot
from ntm_desktop.snapshot.names import is_container_name
from ntm_desktop.snapshot.reader import DossierUnreadable, Item

LARGEST_DOSSIER: Final = 16 * 1024 * 1024
"""Bytes of a dossier.json: some 25,000 figures with their claims."""

_KEYS: Final = (
    "format",
    "format_version",
    "program",
    "dossier",
    "revision",
    "previous",
    "taken_at",
    "commune",
    "year",
    "assessed_on",
    "set",
    "packs",
    "facts",
    "hamlets",
    "records",
    "profile",
    "confirmations",
    "verdicts",
    "evidence",
    "remarks",
    "signatory",
    "place",
)


@dataclass(eq=False)
class DossierFormatUnknown(Refused):
    """Say that a dossier was written by a newer program."""

    version: int

    code: ClassVar[str] = "dossier_format_unknown"
    what: ClassVar[str] = "This dossier is written in format {version}, which this program does not know."
    safe: ClassVar[str] = "Nothing on this machine was changed."
    next_step: ClassVar[str] = "Update the program, then open the dossier again."


def decode(data: bytes) -> DossierContent:
    """Read the bytes of a dossier.json.

    Raises DossierUnreadable with the place, or DossierFormatUnknown. What is accepted is exactly what
    `encode_content` gives for the returned content, byte for byte.
    """
    if len(data) > LARGEST_DOSSIER:
        raise DossierUnreadable("$", "too_large")
    try:
        root = Item(parse(data))
    except NotCanonical as error:
        raise DossierUnreadable("$", str(error)) from error
    content = _content(root, _format_of(root))
    if encode_content(content) != data:
        root.fail("not_canonical")
    return content


def _format_of(root: Item) -> int:
    value = root.value
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        root.fail("another_format")
    version = Item(value.get("format_version"), root, "format_version").counter()
    if not 1 <= version <= FORMAT_VERSION:
        raise DossierFormatUnknown(version)
    return version


def _content(root: Item, version: int) -> DossierContent:
    part = dict(zip(_KEYS, root.fields(*_KEYS), strict=True))
    signatory, signatory_title = part["signatory"].fields("name", "title")
    return DossierContent(
        program=part["program"].text(),
        dossier=part["dossier"].text(),
        revision=part["revision"].counter(),
        previous=part["previous"].text(),
        taken_at=part["taken_at"].moment(),
        commune=_commune(part["commune"]),
        year=part["year"].counter(),
        assessed_on=part["assessed_on"].day(),
        set=_set(part["set"]),
        packs=part["packs"].each(_pack, unique=lambda pack: pack.id),
        facts=part["facts"].each(_fact, unique=lambda fact: fact.key),
        hamlets=part["hamlets"].each(_hamlet, unique=lambda hamlet: hamlet.id),
        records=part["records"].each(_record, unique=lambda record: record.id),
        profile=Profile(part["profile"].each(_profile_entry)),
        confirmations=part["confirmations"].each(_confirmation, unique=lambda one: one.requirement),
        evaluation=_evaluation(part["verdicts"]),
        evidence=part["evidence"].each(partial(_evidence, version), unique=lambda one: one.evidence.sha256),
        remarks=part["remarks"].texts(),
        signatory=signatory.text(),
        signatory_title=signatory_title.text(),
        place=part["place"].text(),
    )


def _commune(item: Item) -> Commune:
    return Commune(*(one.text() for one in item.fields("code", "name", "kind", "province", "hamlet_label")))


def _set(item: Item) -> SetIdentity:
    id_, version, sha256, title, rule_language = item.fields(
        "id", "version", "sha256", "title", "rule_language"
    )
    return SetIdentity(id_.text(), version.text(), sha256.sha256(), title.text(), rule_language.counter())


def _pack(item: Item) -> PackIdentity:
    id_, version, sha256 = item.fields("id", "version", "sha256")
    return PackIdentity(id_.text(), version.text(), sha256.sha256())


def _key(element: Item, subject: Item, period: Item, kind: Item) -> FactKey:
    name = subject.optional(Item.text)
    if name == COMMUNE:
        subject.fail("bad_value")  # the commune is null
    if kind.text() not in {"actual", "plan"}:
        kind.fail("bad_value")
    return FactKey(element.text(), name or COMMUNE, _period(period), kind.text() == "plan")


def _period(item: Item) -> Period:
    period = parse_period(item.text())
    if period is None:
        item.fail("bad_value")
    return period


def _missing_key(item: Item) -> FactKey:
    return _key(*item.fields("element", "subject", "period", "kind"))


def _fact(item: Item) -> Fact:
    *key, settled, reason, claims = item.fields(
        "element", "subject", "period", "kind", "settled", "reason", "claims"
    )
    return Fact(_key(*key), claims.each(_claim), settled.flag(), reason.text())


def _claim(item: Item) -> Claim:
    id_, text, value, problem, who, at, *source = item.fields(
        "id", "text", "value", "problem", "who", "at",
        "source", "document", "dated", "estimated", "documented", "other_body",
    )  # fmt: skip
    name, document, dated, *flags = source
    return Claim(
        id=id_.text(),
        text=text.text(),
        value=value.optional(_value),
        problem=problem.optional(_problem),
        provenance=Provenance(
            name.text(), document.text(), dated.optional(Item.day), *(flag.flag() for flag in flags)
        ),
        who=who.text(),
        at=at.text(),
    )


def _value(item: Item) -> Value:
    """Read one of {"number"}, {"yes_no"}, {"date"}, {"text"}."""
    kind = min(item.value) if isinstance(item.value, dict) and item.value else ""
    (value,) = item.fields(kind if kind in {"date", "number", "text", "yes_no"} else "text")
    match kind:
        case "number":
            return value.number()
        case "yes_no":
            return value.flag()
        case "date":
            return value.day()
    return value.text()


def _measure(item: Item) -> Fraction | bool:
    value = _value(item)
    if not isinstance(value, (Fraction, bool)):
        item.fail("bad_value")
    return value


def _text_pair(item: Item) -> tuple[str, str]:
    name, value = item.pair()
    return name.text(), value.text()


def _problem(item: Item) -> Problem:
    code, facts = item.fields("code", "facts")
    return Problem(code.text(), facts.each(_text_pair))


def _reason(item: Item) -> Reason:
    code, facts = item.fields("code", "facts")
    return Reason(code.text(), facts.each(_text_pair))


def _hamlet(item: Item) -> Hamlet:
    id_, name, order, since, until = item.fields("id", "name", "order", "since", "until")
    return Hamlet(
        id_.text(), name.text(), order.counter(), since.optional(Item.day), until.optional(Item.day)
    )


def _record(item: Item) -> Record:
    id_, register, order, since, until = item.fields("id", "register", "order", "since", "until")
    return Record(
        id_.text(), register.text(), order.counter(), since.optional(Item.day), until.optional(Item.day)
    )


def _profile_entry(item: Item) -> ProfileEntry:
    attribute, value, since, document = item.fields("attribute", "value", "since", "document")
    return ProfileEntry(attribute.text(), value.text(), since.optional(Item.day), document.text())


def _confirmation(item: Item) -> Confirmation:
    requirement, value, document, dated, who = item.fields("requirement", "value", "document", "dated", "who")
    return Confirmation(
        requirement.text(), _measure(value), document.text(), dated.optional(Item.day), who.text()
    )


def _evaluation(item: Item) -> Evaluation:
    overall, criteria, indicators, requirements = item.fields("set", "criteria", "indicators", "requirements")
    return Evaluation(
        overall=_whole(overall),
        criteria={result.code: result for result in criteria.each(_whole, unique=lambda one: one.code)},
        indicators={result.code: result for result in indicators.each(_whole, unique=lambda one: one.code)},
        requirements={
            result.code: result for result in requirements.each(_requirement, unique=lambda one: one.code)
        },
    )


def _whole(item: Item) -> WholeResult:
    code, verdict, met, applicable, reason = item.fields("code", "verdict", "met", "applicable", "reason")
    return WholeResult(
        code.text(), verdict.one_of(Verdict), met.counter(), applicable.counter(), reason.optional(_reason)
    )


def _requirement(item: Item) -> RequirementResult:
    code, verdict, value, parts, threshold, distance, missing, reason = item.fields(
        "code", "verdict", "value", "parts", "threshold", "distance", "missing", "reason"
    )
    return RequirementResult(
        code=code.text(),
        verdict=verdict.one_of(Verdict),
        value=value.optional(_measure),
        parts=parts.optional(_parts),
        threshold=threshold.optional(_threshold),
        distance=distance.optional(_distance),
        missing=missing.each(_missing_key),
        reason=reason.optional(_reason),
    )


def _parts(item: Item) -> tuple[Fraction, Fraction]:
    numerator, denominator = item.pair()
    return numerator.number(), denominator.number()


def _threshold(item: Item) -> ChosenThreshold:
    operator, value, basis, document, why, confirmed = item.fields(
        "operator", "value", "basis", "document", "why", "confirmed"
    )
    return ChosenThreshold(
        operator.one_of(Operator),
        _measure(value),
        basis.one_of(Basis),
        document.text(),
        why.each(Item.text),
        confirmed.flag(),
    )


def _distance(item: Item) -> Distance:
    lever, by, element, target, of, lower = item.fields("lever", "by", "element", "target", "of", "lower")
    return Distance(
        lever.one_of(Lever),
        by.number(),
        element.text(),
        target.optional(Item.number),
        of.optional(Item.number),
        lower.flag(),
    )


def _evidence(version: int, item: Item) -> FiledEvidence:
    names = (
        "file", "sha256", "size", "name", "media_type", "title", "dated", "links", "added_by", "added_at",
    )  # fmt: skip
    more = ("spots",) if version >= WITH_SPOTS else ()
    file, sha256, size, name, media_type, title, dated, links, added_by, added_at, *spots = item.fields(
        *names, *more
    )
    if not is_container_name(file.text(), sha256.sha256()):
        file.fail("bad_value")
    if size.counter() < 0:
        size.fail("bad_value")
    evidence = Evidence(
        sha256=sha256.sha256(),
        size=size.counter(),
        name=name.text(),
        media_type=media_type.text(),
        links=links.each(_link),
        dated=dated.optional(Item.day),
        title=title.text(),
        added_by=added_by.text(),
        added_at=added_at.text(),
        spots=spots[0].each(_spot, unique=lambda one: one.key) if spots else (),
    )
    return FiledEvidence(file.text(), evidence)


def _spot(item: Item) -> EvidenceSpot:
    *key, spot = item.fields("element", "subject", "period", "kind", "spot")
    return EvidenceSpot(_key(*key), spot.text())


def _link(item: Item) -> EvidenceLink:
    requirement, rule = item.fields("requirement", "rule")
    return EvidenceLink(requirement.text(), rule.text())
