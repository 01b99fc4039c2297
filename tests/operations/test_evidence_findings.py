"""Evidence dated outside the year, or shown for several indicators."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ntm_desktop.operations import attach
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.findings import Finding, FindingKind, findings
from tests.support.figures import show_file


def of_kind(desk: Desk, kind: FindingKind) -> list[Finding]:
    return [one for one in findings(desk) if one.kind is kind]


def within_year(desk: Desk) -> tuple[str, str]:
    """Return a requirement and its rule that asks for a day inside the year."""
    return next(
        (requirement.code, rule.code)
        for requirement in desk.compiled.source.requirements()
        for rule in requirement.evidence
        if rule.within == "period"
    )


def test_a_file_dated_outside_the_year_is_asked_about_where_the_rule_wants_it_inside(
    desk: Desk, tmp_path: Path
) -> None:
    requirement, rule = within_year(desk)
    path = tmp_path / "giấy.pdf"
    path.write_bytes(b"%PDF-1.4 giay")
    (stored,) = attach.store(desk, [path])
    attach.attach(desk, requirement, rule, [replace(stored, dated=stored.dated.replace(year=2023))])
    (found,) = of_kind(desk, FindingKind.EVIDENCE_OUTSIDE)
    assert (found.requirement, str(found.text), dict(found.facts)["year"]) == (
        requirement,
        "giấy.pdf",
        "2024",
    )
    assert dict(found.facts)["day"].endswith("/2023")


def test_a_file_of_another_year_shown_beside_is_no_problem(desk: Desk, tmp_path: Path) -> None:
    requirement, _rule = within_year(desk)
    show_file(desk, tmp_path, requirement, "")
    assert of_kind(desk, FindingKind.EVIDENCE_OUTSIDE) == []


def test_a_file_dated_inside_the_year_is_no_problem(desk: Desk, tmp_path: Path) -> None:
    requirement, rule = within_year(desk)
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 a")
    (stored,) = attach.store(desk, [path])
    attach.attach(desk, requirement, rule, [replace(stored, dated=stored.dated.replace(year=2024))])
    assert of_kind(desk, FindingKind.EVIDENCE_OUTSIDE) == []


def test_one_file_for_two_indicators_is_told_once_where_it_comes_first(desk: Desk, tmp_path: Path) -> None:
    sha256 = show_file(desk, tmp_path, "8.4.d", "bao_cao_mot_cua")
    assert of_kind(desk, FindingKind.EVIDENCE_SHARED) == []
    show_file(desk, tmp_path, "8.4.a", "")
    assert of_kind(desk, FindingKind.EVIDENCE_SHARED) == []
    show_file(desk, tmp_path, "8.1.a", "")
    (found,) = of_kind(desk, FindingKind.EVIDENCE_SHARED)
    assert (found.requirement, found.about, dict(found.facts)) == ("8.1.a", sha256, {"codes": "8.1, 8.4"})
    show_file(desk, tmp_path, "no such requirement", "")
    assert of_kind(desk, FindingKind.EVIDENCE_SHARED) == [found]
