"""What a file proposes to enter, checked one figure at a time; what is refused says where and why.

A file never withdraws a figure and never makes one up: an empty cell, an unknown name, a text that cannot be read
each become a problem with its address, and everything else is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ntm_desktop.exchange.hamlet_names import HamletNames
from ntm_desktop.facts.catalogue import Element, SubjectKind
from ntm_desktop.facts.fact import FactKey, Problem, Value
from ntm_desktop.facts.folding import nfc, one_line
from ntm_desktop.facts.period import Period, parse_period, period_kind, period_year
from ntm_desktop.facts.subject import COMMUNE, Hamlet, Record
from ntm_desktop.facts.text import FIRST_YEAR, LAST_YEAR, read

LONGEST_SOURCE = 500
"""Characters; a source is a line on a paper."""


class Place(NamedTuple):
    """Where in a file something stands."""

    sheet: str
    """Empty in a file without sheets."""
    address: str
    """`B7`, or `facts[3].value` in a JSON file."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Why one cell was not taken."""

    sheet: str
    address: str
    code: str
    """A code of `facts.text.read` or of `exchange.explain`."""
    facts: tuple[tuple[str, str], ...] = ()
    """Placeholders of the sentence, by name."""

    @property
    def problem(self) -> Problem:
        """The problem without its place."""
        return Problem(self.code, self.facts)


class Proposal(NamedTuple):
    """One figure to enter."""

    key: FactKey
    text: str
    """As an officer would type it, NFC."""
    value: Value
    place: Place
    source: str | None = None
    """None: the file says nothing about it."""
    estimated: bool | None = None
    corrects: bool = False
    """The source is corrected too (a form); otherwise another source's figure is a claim of its own."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that a file changes and that was changed here too since the file was written."""

    proposal: Proposal
    base: str
    """What both sides began with, as the file remembers it."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a file comes to."""

    taken: tuple[Proposal, ...]
    unchanged: int
    problems: tuple[CellProblem, ...]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """The names a file may use: elements, hamlets and records of the workspace."""

    elements: Mapping[str, Element]
    hamlets: tuple[Hamlet, ...] = ()
    records: tuple[Record, ...] = ()
    _subjects: dict[str, tuple[SubjectKind, str]] = field(init=False, repr=False, compare=False)
    _names: HamletNames = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        subjects = {hamlet.id: (SubjectKind.HAMLET, "") for hamlet in self.hamlets}
        subjects |= {record.id: (SubjectKind.RECORD, record.register) for record in self.records}
        object.__setattr__(self, "_subjects", subjects)
        object.__setattr__(self, "_names", HamletNames(self.hamlets))

    def subject(self, element: Element, text: str) -> str | Problem:
        """Return the id of the commune, hamlet or record a file names, or why it cannot be the subject."""
        if element.subject is SubjectKind.COMMUNE:
            return COMMUNE if text == COMMUNE else Problem("subject_not_wanted", (("subject", text),))
        if text == COMMUNE:
            return Problem("subject_missing", (("element", element.name),))
        wanted = (element.subject, element.register if element.subject is SubjectKind.RECORD else "")
        found = text
        if found not in self._subjects and element.subject is SubjectKind.HAMLET:
            found = self._names.find(text) or text
        if self._subjects.get(found) != wanted:
            return Problem("subject_unknown", (("subject", text),))
        return found


class Line(NamedTuple):
    """One figure as a file gives it, before anything is believed."""

    element: str
    subject: str
    period: str
    kind: str
    """`actual` or `plan`."""
    value: str
    place: Place
    source: str | None = None
    estimated: bool | None = None
    corrects: bool = False


def judge(terms: Terms, lines: Iterable[Line]) -> tuple[list[Proposal], list[CellProblem]]:
    """Check every line; return what may be entered and a problem for each line that may not."""
    judging = Judging(terms)
    for line in lines:
        judging.take(line)
    return list(judging.proposals.values()), judging.problems


class Judging:
    """Checks one line after the other."""

    def __init__(self, terms: Terms) -> None:
        self.proposals: dict[FactKey, Proposal] = {}
        """What may be entered, in the order of the file."""
        self.problems: list[CellProblem] = []
        self.names = _Names(terms)

    def take(self, line: Line) -> None:
        """Check a line."""
        proposal = _proposal(self.names, line)
        if isinstance(proposal, Problem):
            self.problems.append(problem_at(line.place, proposal))
        else:
            self.enter(proposal)

    def enter(self, proposal: Proposal) -> None:
        """Take a figure that was checked, unless the file gave another one for the same before."""
        earlier = self.proposals.setdefault(proposal.key, proposal)
        if earlier is not proposal and earlier.text != proposal.text:
            first = f"{earlier.place.sheet} {earlier.place.address}".strip()
            self.problems.append(problem_at(proposal.place, Problem("given_twice", (("first", first),))))


def problem_at(place: Place, problem: Problem) -> CellProblem:
    """Return a problem with its place."""
    return CellProblem(place.sheet, place.address, problem.code, problem.facts)


def _proposal(names: _Names, line: Line) -> Proposal | Problem:
    found = names.found(line)
    if isinstance(found, Problem):
        return found
    element, key = found
    reading = read(element, line.value)
    if reading.problem is not None:
        return reading.problem
    if reading.value is None:
        return Problem("empty")
    source = None if line.source is None else one_line(line.source)
    if source is not None and len(source) > LONGEST_SOURCE:
        return Problem("source_too_long", (("most", str(LONGEST_SOURCE)),))
    return Proposal(
        key, reading.text.strip(), reading.value, line.place, source, line.estimated, line.corrects
    )


class Heading(NamedTuple):
    """What the figures under one heading have in common."""

    element: Element
    period: Period
    subjects: dict[str, str]
    """Those named so far, by how the file writes them."""


class _Names:
    """What the names in a file stand for; a file says the same few again and again."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._headings: dict[tuple[str, str, str], Heading | Problem] = {}
        self._subjects: dict[tuple[SubjectKind, str], dict[str, str]] = {}

    def found(self, line: Line) -> tuple[Element, FactKey] | Problem:
        """Return what a line is about, or why that cannot be said."""
        heading = self.heading(line.element, line.period, line.kind)
        if isinstance(heading, Problem):
            return heading
        element, period, _known = heading
        subject = self.subject(heading, line.subject)
        if isinstance(subject, Problem):
            return subject
        return element, FactKey(element.name, subject, period, line.kind == "plan")

    def heading(self, name: str, period: str, kind: str) -> Heading | Problem:
        """Return what these words of a file stand for, or why they stand for nothing."""
        named = name, period, kind
        heading = self._headings.get(named)
        if heading is None:
            heading = self._headings[named] = self._heading(*named)
        return heading

    def subject(self, heading: Heading, said: str) -> str | Problem:
        """Return the subject a file names under a heading, or why there is none."""
        subject = heading.subjects.get(said)
        if subject is not None:
            return subject
        found = self._terms.subject(heading.element, nfc(said).strip())
        if not isinstance(found, Problem):
            heading.subjects[said] = found
        return found

    def _heading(self, name: str, said: str, kind: str) -> Heading | Problem:
        element = self._terms.elements.get(name.strip())
        if element is None:
            return Problem("element_unknown", (("element", name.strip()),))
        period = _period(said)
        if period is None or period_kind(period) is not element.period:
            return Problem("period_wrong", (("period", said), ("example", example_period(element))))
        if kind not in {"actual", "plan"}:
            return Problem("kind_unknown", (("kind", kind),))
        return Heading(element, period, self._subjects.setdefault((element.subject, element.register), {}))


def _period(text: str) -> Period | None:
    """Read a period of our time."""
    period = parse_period(text.strip())
    year = None if period is None else period_year(period)
    return period if year is None or FIRST_YEAR <= year <= LAST_YEAR else None


def example_period(element: Element) -> str:
    """Return a period of the kind the element wants, as an example in a sentence."""
    return {
        "year": "2023",
        "half": "2023-H1",
        "quarter": "2023-Q1",
        "month": "2023-11",
        "day": "@2023-11-01",
        "none": "-",
    }[element.period.value]
