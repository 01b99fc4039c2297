"""Sets made of rule texts, and situations made of plain figures, for the tests of `criteria`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import (
    Basis,
    Condition,
    Criterion,
    CriterionSet,
    Indicator,
    Operator,
    Requirement,
    RequirementKind,
    Threshold,
)
from ntm_desktop.criteria.verdicts import Confirmation, Situation
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import (
    Catalogue,
    Choice,
    Element,
    ProfileAttribute,
    Register,
    SubjectKind,
    ValueType,
)
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Value
from ntm_desktop.facts.period import Period, PeriodKind
from ntm_desktop.facts.subject import Hamlet, Profile, ProfileEntry, Record
from ntm_desktop.i18n import Text

YEAR = 2024
TODAY = date(2024, 12, 31)
HAMLETS = ("h1", "h2", "h3")


def element(name: str, kind: ValueType = ValueType.INTEGER, **more: object) -> Element:
    """Make an element; a whole number of the commune unless said otherwise."""
    return Element(name, Text(name), kind, **more)  # type: ignore[arg-type]


def _catalogue() -> Catalogue:
    yes_no, hamlet, record = ValueType.YES_NO, SubjectKind.HAMLET, SubjectKind.RECORD
    elements = (
        *(element(name, unit="ho_so") for name in ("a", "b", "c")),
        element("x", ValueType.DECIMAL),
        element("tien", ValueType.MONEY, unit="trieu_dong"),
        element("tien_dong", ValueType.MONEY, unit="dong"),
        element("ty_le", ValueType.PERCENT),
        element("co", yes_no),
        element("co_2", yes_no),
        element("ten", ValueType.TEXT),
        element("ngay", ValueType.DATE, period=PeriodKind.NONE),
        element("loai", ValueType.CHOICE, choices=(Choice("tot", Text("Tốt")), Choice("kem", Text("Kém")))),
        element("nua_nam", period=PeriodKind.HALF),
        element("quy", period=PeriodKind.QUARTER),
        element("thang", period=PeriodKind.MONTH),
        element("hom", period=PeriodKind.DAY),
        element("thon_loa", yes_no, subject=hamlet),
        element("thon_ho", subject=hamlet),
        element("phat_ngay", ValueType.DATE, subject=record, register="phat_thanh", period=PeriodKind.NONE),
        element("phat_tot", yes_no, subject=record, register="phat_thanh", period=PeriodKind.NONE),
        element("phat_so", subject=record, register="phat_thanh", period=PeriodKind.NONE),
        element(
            "phat_nguoi",
            ValueType.TEXT,
            subject=record,
            register="phat_thanh",
            period=PeriodKind.NONE,
            personal=True,
        ),
    )
    return Catalogue(
        "thu",
        "1",
        {each.name: each for each in elements},
        {
            "phat_thanh": Register(
                "phat_thanh", Text("Phát thanh"), ("phat_ngay", "phat_tot", "phat_so", "phat_nguoi")
            )
        },
        {
            "vung": ProfileAttribute(
                "vung",
                Text("Vùng"),
                (Choice("mien_nui", Text("Miền núi")), Choice("dong_bang", Text("Đồng bằng"))),
            )
        },
    )


CATALOGUE = _catalogue()


def at(
    value: str | None, when: str | None = None, basis: Basis = Basis.REPORTED, **more: object
) -> Threshold:
    """Make a threshold from rule texts."""
    return Threshold(
        None if value is None else parse(value),
        basis,
        when=None if when is None else parse(when),
        **more,  # type: ignore[arg-type]
    )


def needs(
    rule: str | None, operator: str = "", *thresholds: Threshold | str, code: str = "1.1.a", **more: object
) -> Requirement:
    """Make a requirement from rule texts; yes or no where there is no operator."""
    node = None if rule is None else parse(rule)
    kind = RequirementKind.YES_NO if not operator else RequirementKind.AMOUNT
    if node is not None and node[0] == "ratio":
        kind = RequirementKind.RATIO
    settings: dict[str, object] = {
        "kind": kind,
        "measure": node,
        "operator": Operator(operator) if operator else None,
        "thresholds": tuple(at(each) if isinstance(each, str) else each for each in thresholds),
        "basis": Basis.REPORTED,
    }
    return Requirement(code, Text(code), **(settings | more))  # type: ignore[arg-type]


def indicator(*requirements: Requirement, code: str = "1.1", **more: object) -> Indicator:
    """Make an indicator."""
    names = {"name": Text(code), "short_name": Text(code)}
    return Indicator(code=code, requirements=requirements, **(names | more))  # type: ignore[arg-type]


def criterion(*indicators: Indicator, code: str = "1", **more: object) -> Criterion:
    """Make a criterion."""
    names = {"name": Text(code), "short_name": Text(code)}
    return Criterion(code=code, indicators=indicators, **(names | more))  # type: ignore[arg-type]


def make_set(*criteria: Criterion, id_: str = "thu", **more: object) -> CriterionSet:
    """Make a set of criteria over the test catalogue."""
    settings: dict[str, object] = {"catalogue": CATALOGUE, "documents": {}}
    return CriterionSet(
        id_,
        "1.0.0",
        Text(id_),
        Text(id_),
        "ntm",
        1,
        criteria,
        **(settings | more),  # type: ignore[arg-type]
    )


def set_of(*requirements: Requirement, id_: str = "thu", **more: object) -> CriterionSet:
    """Make a set of one indicator with these requirements."""
    return make_set(criterion(indicator(*requirements)), id_=id_, **more)


def condition(requirement: Requirement, stage: str = "precondition") -> Condition:
    """Make a condition of a set."""
    return Condition(requirement, stage)


Figures = Mapping[str, Value | int]


def key(name: str, subject: str = "", period: str | None = None) -> FactKey:
    """Return the key of a figure at the period at which rules read it this year."""
    kind = CATALOGUE.elements[name].period
    parts = {PeriodKind.YEAR: "", PeriodKind.HALF: "-H2", PeriodKind.QUARTER: "-Q4", PeriodKind.MONTH: "-12"}
    usual = f"{YEAR}{parts[kind]}" if kind in parts else "-"
    return FactKey(name, subject, Period(usual if period is None else period))


def fact(where: str, value: Value | int) -> Fact:
    """Make a fact; `where` is `element`, `element@subject` or `element@subject@period`."""
    name, _, rest = where.partition("@")
    subject, _, period = rest.partition("@")
    number = Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return Fact(key(name, subject, period or None), (Claim("c", str(value), number),))


def book(
    figures: Figures,
    *,
    hamlets: tuple[str, ...] = HAMLETS,
    records: tuple[str, ...] = (),
    profile: Mapping[str, str] | None = None,
) -> FactBook:
    """Make a book of figures."""
    return FactBook(
        [fact(where, value) for where, value in figures.items()],
        hamlets=[Hamlet(name, name, order) for order, name in enumerate(hamlets)],
        records=[Record(name, "phat_thanh", order) for order, name in enumerate(records)],
        profile=Profile(tuple(ProfileEntry(name, value) for name, value in (profile or {}).items())),
    )


def situation(
    figures: Figures,
    *,
    confirmations: tuple[Confirmation, ...] = (),
    library: tuple[CriterionSet, ...] = (),
    year: int = YEAR,
    **more: object,
) -> Situation:
    """Make a situation at the end of the test year."""
    return Situation(
        book(figures, **more),  # type: ignore[arg-type]
        year,
        TODAY,
        {each.requirement: each for each in confirmations},
        {each.id: each for each in library},
    )
