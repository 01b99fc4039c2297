"""Criterion sets: what must be true, who says so, and how parts make a whole.

Rules (architecture, section 6):
* A set is data and owns no facts. Everything here is frozen; `load` makes it, `evaluate` reads it.
* A criterion without indicators, a set marked incomplete and a requirement without a threshold are never met.
* Every threshold carries its basis; anything but `OFFICIAL` is marked so wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ntm_desktop.criteria.language.nodes import Node
from ntm_desktop.facts.catalogue import Catalogue, Field
from ntm_desktop.i18n import Text


class Basis(StrEnum):
    """How sure a threshold, rule or name is."""

    OFFICIAL = "official"
    """Compared with the official text; `checked_by` and `checked_on` say by whom and when."""
    REPORTED = "reported"
    """A seed article or a public page says so."""
    DELEGATED = "delegated"
    """The province decides; the value is not in the set."""
    MISSING = "missing"
    """Nobody here has read it; the value is not in the set."""


class RequirementKind(StrEnum):
    """What is measured, and so how it is shown."""

    RATIO = "ratio"
    COUNT = "count"
    AMOUNT = "amount"
    YES_NO = "yes_no"
    POINTS = "points"


class Operator(StrEnum):
    """How the measure is compared with the threshold; `>` and `>=` are different."""

    GREATER = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    EQUAL = "="


class Lever(StrEnum):
    """What can still change a measure, and so what the distance counts."""

    NUMERATOR = "numerator"
    """Raise the numerator, the denominator stays (computers for officers)."""
    BOTH = "both"
    """A new case raises both (files solved online)."""
    VALUE = "value"
    """Raise or lower the measure itself."""
    NONE = "none"
    """Cannot be changed any more (closed years); nothing to be done."""


class WholeKind(StrEnum):
    """How parts make a whole."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"
    POINTS = "points"
    EXPRESSION = "expression"


@dataclass(frozen=True, slots=True)
class Whole:
    """How the verdicts of the parts make the verdict of the whole; parts that do not apply are left out."""

    kind: WholeKind = WholeKind.ALL
    number: Fraction | None = None
    """N of `at_least`, or the points that are needed."""
    rule: Node | None = None
    """For `expression`: yes/no over `${code}` of the parts."""


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """A legal or guiding document that texts and thresholds cite by its id."""

    id: str
    number: str
    title: Text
    dated: date | None = None
    issuer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """One value that may apply; `resolve` chooses among a requirement's thresholds."""

    value: Node | None
    """A constant or a rule (`threshold(...) * 11/10`); None when delegated or missing."""
    basis: Basis
    rank: int = 0
    """Who set it: 0 the centre, 1 the province. A higher rank wins."""
    when: Node | None = None
    """A yes/no rule over profile and facts; a threshold with a condition wins over one without."""
    year_from: int | None = None
    year_to: int | None = None
    document: str = ""
    """Id of the document it was read in."""
    checked_by: str = ""
    checked_on: date | None = None
    note: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """What must be shown for a requirement."""

    code: str
    label: Text
    kinds: tuple[str, ...] = ()
    """`pdf`, `image`, `table`, `text`, `signed`; empty: any."""
    min_count: int = 1
    required: bool = True
    within: str = ""
    """`period`: must be dated inside the dossier's year; empty: any date."""
    basis: Basis = Basis.MISSING


class Severity(StrEnum):
    """Whether a check only asks to look again or blocks signing."""

    SOFT = "soft"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True)
class Check:
    """A rule about the facts themselves (numerator not above denominator); not about the verdict."""

    code: str
    rule: Node
    message: Text
    severity: Severity = Severity.SOFT
    element: str = ""
    """The field the finding points at; empty: the requirement."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table asked row by row: hamlets (register empty) or the records of a register."""

    columns: tuple[Field, ...]
    register: str = ""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the officer reads beside a requirement."""

    must: Text = field(default_factory=lambda: Text(""))
    """What must be true, in plain words."""
    how: Text = field(default_factory=lambda: Text(""))
    """How it is computed."""
    period: Text = field(default_factory=lambda: Text(""))
    where: Text = field(default_factory=lambda: Text(""))
    """Where the figure is taken from."""
    note: Text = field(default_factory=lambda: Text(""))
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that must hold (8.4 has four); the smallest part that has a verdict."""

    code: str
    """Indicator code, dot, lower-case letter: `8.4.a`."""
    label: Text
    kind: RequirementKind
    measure: Node | None
    """A number, or yes/no for `yes_no`. The root of a ratio's measure is `ratio`."""
    operator: Operator | None = None
    thresholds: tuple[Threshold, ...] = ()
    """For `yes_no` without an operator the measure itself must be yes; its basis stands in `basis`."""
    basis: Basis = Basis.MISSING
    """Basis of the rule (measure and operator)."""
    lever: Lever = Lever.VALUE
    unit: Text = field(default_factory=lambda: Text(""))
    """What one step of the distance is called: files, hamlets, persons."""
    relevant: Node | None = None
    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = ()
    evidence: tuple[EvidenceRule, ...] = ()
    checks: tuple[Check, ...] = ()
    guidance: Guidance = field(default_factory=Guidance)
    document: str = ""
    note: Text = field(default_factory=lambda: Text(""))
    points: Fraction = Fraction(0)
    """What it is worth in a whole that counts points, when met. Of the kind `points`: the most it can be worth, its
    measure says how much of it."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the official text: a named group of requirements."""

    code: str
    name: Text
    short_name: Text
    """At most 22 characters, for the tree."""
    requirements: tuple[Requirement, ...] = ()
    whole: Whole = field(default_factory=Whole)
    name_basis: Basis = Basis.MISSING
    sector: Text = field(default_factory=lambda: Text(""))
    relevant: Node | None = None
    tags: tuple[str, ...] = ()
    document: str = ""
    note: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the official text: a numbered group of indicators."""

    code: str
    name: Text
    short_name: Text
    indicators: tuple[Indicator, ...] = ()
    group: Text = field(default_factory=lambda: Text(""))
    whole: Whole = field(default_factory=Whole)
    name_basis: Basis = Basis.MISSING
    complete: bool = True
    """False while its indicators are not known: such a criterion is never met."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A precondition, recognition condition or revocation rule of a set, judged like a requirement."""

    requirement: Requirement
    stage: str
    """`precondition`, `recognition` or `revocation`."""


@dataclass(frozen=True, slots=True)
class Band:
    """A grade of a set that counts points (stars of a product): reached from so many points on."""

    code: str
    label: Text
    at_least: Fraction


@dataclass(frozen=True, slots=True)
class Migration:
    """How a fact of a former version is carried over when a dossier moves to this one."""

    from_version: str
    """Of the set, the last one that had the old name."""
    old_name: str
    new_name: str
    conversion: Node | None = None
    """A rule over `${old_name}` that gives the new value; None: the value is taken as it is."""


@dataclass(frozen=True, slots=True)
class Example:
    """Facts with the verdicts they must give; a pack that fails its own examples is refused."""

    name: str
    year: int
    facts: Mapping[str, str]
    """Element (or `element@subject`, `element@subject@period`) to the text as an officer would type it."""
    expected: Mapping[str, str]
    """Code of a requirement, indicator or criterion (or `set`) to the name of the verdict."""
    profile: Mapping[str, str] = field(default_factory=dict)
    hamlets: tuple[str, ...] = ()
    records: Mapping[str, str] = field(default_factory=dict)
    """Record id to its register."""


class PaperLayout(StrEnum):
    """How the pages of a paper lie."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One part of a paper, from top to bottom: a heading, then whatever else of this is given.

    Texts name places in braces (`{commune}`); which there are, and which blocks, stands in `criteria.papers`.
    """

    heading: str = ""
    text: str = ""
    """Paragraphs, one a line."""
    block: str = ""
    """A ready table or passage, by its name."""
    figures: tuple[str, ...] = ()
    """Figures of the commune, listed with what they are: names of elements."""
    section: str = ""
    """What the officers write, by its name; sections of the same name share their text between papers."""
    columns: tuple[str, ...] = ()
    """Heads of a table that the section fills: a line is a row, its cells parted by tabs or `|`."""
    rows: tuple[str, ...] = ()
    """First cells of that table where they are given; then a line fills the cells beside them."""


@dataclass(frozen=True, slots=True)
class PaperForm:
    """An official paper as a set prescribes it; what is printed is Vietnamese by law."""

    id: str
    """Names its file too."""
    title: Text
    """In lists."""
    kind: str
    """As printed above the abstract, in capitals."""
    abstract: str
    parts: tuple[PaperPart, ...]
    symbol: str = ""
    """Of the number: `TTr-UBND`."""
    layout: PaperLayout = PaperLayout.PORTRAIT
    addressed: str = ""
    recipients: tuple[str, ...] = ()
    sent: bool = True
    """Goes into the dossier; else it is used in the commune only."""
    basis: Basis = Basis.MISSING
    """Of its wording and order; anything but official is marked on it."""
    document: str = ""


@dataclass(frozen=True, slots=True)
class CriterionSet:
    """A criterion set in one version: a pure function from facts to verdicts."""

    id: str
    version: str
    title: Text
    short_title: Text
    """For pickers: level and years."""
    level: str
    """`ntm`, `nang_cao`, `kieu_mau`, ..."""
    rule_language: int
    criteria: tuple[Criterion, ...]
    catalogue: Catalogue
    """Only the elements, registers and profile attributes the set reads."""
    documents: Mapping[str, DocumentReference]
    valid_from: int | None = None
    """First year a dossier may be made for."""
    valid_to: int | None = None
    whole: Whole = field(default_factory=Whole)
    complete: bool = True
    """False while parts are unknown: the set as a whole is never met."""
    conditions: tuple[Condition, ...] = ()
    legal_basis: tuple[str, ...] = ()
    parent: str = ""
    """`parent@version+sha256` of a child set; empty for a set of its own."""
    publisher: str = ""
    references: tuple[str, ...] = ()
    """Ids of other sets that `threshold(...)` reads."""
    tags: Mapping[str, Text] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    bands: tuple[Band, ...] = ()
    """Grades by the points of all criteria; the highest that is reached counts."""
    migrations: tuple[Migration, ...] = ()
    change_asked: Fraction | None = None
    """Where an element says none of its own: a change by more than this part of last year's figure is asked about."""
    papers: tuple[PaperForm, ...] = ()
    """Its papers in the order of the dossier; none: the usual list of the program."""
    min_app_version: str = ""
    """The program this pack needs at least: `1.2.0`; empty: any that can read it."""
    sha256: str = ""
    """Of the pack file it was loaded from; its identity together with id and version."""

    def indicators(self) -> tuple[Indicator, ...]:
        """Return all indicators in order."""
        return tuple(indicator for criterion in self.criteria for indicator in criterion.indicators)

    def requirements(self) -> tuple[Requirement, ...]:
        """Return all requirements in order, without those of the conditions."""
        return tuple(requirement for indicator in self.indicators() for requirement in indicator.requirements)
