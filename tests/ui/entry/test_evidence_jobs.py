"""Jobs of the panel: dropped photos are linked, a better file takes another's place, what happened is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ntm_desktop.operations import attach
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.evidence_intake import Intake
from ntm_desktop.ui.entry.evidence_jobs import Adding, Replacing, first_lacking
from ntm_desktop.ui.frame.window import MainWindow
from tests.support.photos import pdf_of_pages, phone_photo


def nothing(_value: object) -> None:
    """Take a report."""


def never() -> bool:
    return False


def test_dropped_files_answer_the_first_rule_that_lacks_one(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    told: list[Intake] = []
    target = ("8.4.d", "bao_cao_mot_cua")
    work = Adding(window.session, target, [pdf_of_pages(tmp_path / "a.pdf")], told.append, originals=False)
    work.take(work.copy(nothing, never))
    assert [(row.requirement, row.rule) for row in attach.attached(desk)] == [target]
    assert [len(intake.taken) for intake in told] == [1]
    work.take(Intake())
    assert len(attach.attached(desk)) == 1


def test_photos_are_joined_and_a_file_is_replaced(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    told: list[Intake] = []
    photos = [phone_photo(tmp_path / f"{n}.jpg", 400, 300) for n in (1, 2)]
    joining = Adding(window.session, ("8.4.d", ""), photos, told.append, originals=True)
    joining.take(joining.join(nothing, never))
    (row,) = attach.attached(desk)
    assert row.evidence.name == "1 (2).pdf"
    replacing = Replacing(window.session, row.evidence, pdf_of_pages(tmp_path / "b.pdf"), told.append)
    replacing.take(replacing.copy(nothing, never))
    (row,) = attach.attached(desk)
    assert (row.evidence.name, bool(row.was)) == ("b.pdf", True)


def test_a_file_goes_to_the_requirement_with_the_focus_first(window: MainWindow, desk: Desk) -> None:
    indicator = next(one for one in desk.compiled.source.indicators() if one.code == "8.4")
    wanted = next(one for one in indicator.requirements if one.code == "8.4.d")
    assert first_lacking(window.session, indicator, wanted) == ("8.4.d", "bao_cao_mot_cua")
    plain = replace(wanted, evidence=())
    alone = replace(indicator, requirements=(plain,))
    assert first_lacking(window.session, alone, plain) == ("8.4.d", "")
