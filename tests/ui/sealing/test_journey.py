from __future__ import annotations

from pathlib import Path

from ntm_desktop.operations import dossiers, seal
from ntm_desktop.operations.tokens import known_driver
from ntm_desktop.ui.ask import SecretPrompt
from ntm_desktop.ui.sealing.work import Kind
from tests.support.desks import NANG_CAO
from tests.support.sealing import SIGNATORY
from tests.support.signed_papers import picture
from tests.support.signers import PASSWORD, SIGNER
from tests.support.softhsm import MODULE, PIN, configure, make_token, needs_softhsm


def test_draft_is_kept_per_dossier_as_long_as_the_window_lives(bench):
    first = bench.journey.draft()
    first.name = "Lê Văn Tám"
    own = bench.journey.dossier
    dossiers.add(bench.desk, NANG_CAO, 2023)
    assert bench.journey.draft().name == ""
    assert (bench.journey.draft().title, bench.journey.draft().place) == ("CHỦ TỊCH", "Vĩnh An")
    bench.desk.choose(dossiers.find(bench.desk, own))
    assert bench.journey.draft() is first


def test_key_is_let_go_once_the_file_is_recorded(bench, qtbot, key_path, tmp_path):
    bench.ask._answers.extend([key_path, PASSWORD, tmp_path / "a.asice"])
    bench.journey.choose_key()
    qtbot.waitUntil(lambda: bench.journey.draft().key is not None, timeout=20000)
    bench.journey.draft().picture = picture()
    assert bench.journey.draft().signers()[0].picture == picture()
    bench.journey.choose_target()
    bench.journey.seal()
    qtbot.waitUntil(lambda: bench.journey.work.kind is None, timeout=30000)
    assert bench.journey._drafts == {}
    assert seal.latest(bench.desk).path == str(tmp_path / "a.asice")


def test_only_one_work_runs_at_a_time(bench, qtbot, tmp_path):
    bench.journey.draft().name = SIGNATORY.name
    bench.journey.draft().target = tmp_path / "a.asice"
    bench.journey.write_papers()
    assert bench.journey.is_busy(Kind.PREVIEW)
    bench.journey.seal()
    bench.journey.check_again()
    assert bench.journey.is_busy(Kind.PREVIEW)
    qtbot.waitUntil(lambda: bench.journey.work.kind is None, timeout=20000)
    assert not (tmp_path / "a.asice").exists()


def test_where_to_save_is_offered_with_its_name_and_ends_as_it_must(bench):
    bench.ask._answers.append(Path("x/hồ sơ"))
    bench.journey.choose_target()
    (kinds,) = bench.ask.asked
    assert kinds.suggested == "30604_ntm_2023.asice"
    assert bench.journey.draft().target == Path("x/hồ sơ.asice")
    bench.ask._answers.append(None)
    bench.journey.choose_target()
    assert bench.journey.draft().target == Path("x/hồ sơ.asice")


@needs_softhsm
def test_a_token_is_unlocked_with_one_pin_after_a_wrong_one_and_signs(bench, qtbot, tmp_path, monkeypatch):
    configure(tmp_path, monkeypatch)
    make_token(tmp_path)
    bench.ask.answer_with(MODULE, "sai", PIN, tmp_path / "a.asice")
    bench.journey.choose_token()
    assert bench.journey.is_busy(Kind.FIND)
    qtbot.waitUntil(lambda: bench.journey.draft().key is not None, timeout=60_000)
    prompts = [one for one in bench.ask.asked if isinstance(one, SecretPrompt)]
    assert [bool(one.problem) for one in prompts] == [False, True]
    assert known_driver() == MODULE
    bench.journey.choose_target()
    bench.journey.seal()
    qtbot.waitUntil(lambda: bench.journey.work.kind is None, timeout=60_000)
    (signature,) = bench.journey.checked[bench.journey.dossier].report.signatures
    assert (signature.intact, signature.signer) == (True, SIGNER)


def test_a_driver_that_is_none_is_said_and_asked_for_again(bench, qtbot, tmp_path):
    driver = tmp_path / "x.dll"
    driver.write_bytes(b"text")
    for _time in range(2):
        bench.ask.answer_with(driver)
        bench.journey.choose_token()
        qtbot.waitUntil(lambda: bench.journey.work.kind is None, timeout=20_000)
    assert [error.code for error in bench.errors] == ["no_driver", "no_driver"]
    bench.ask.answer_with(None)
    bench.journey.choose_token()
    assert bench.journey.work.kind is None


def test_certificate_is_shown_with_its_details(bench, qtbot, key_path):
    bench.journey.show_certificate()
    assert bench.ask.asked == []
    bench.ask._answers.extend([key_path, PASSWORD])
    bench.journey.choose_key()
    qtbot.waitUntil(lambda: bench.journey.draft().key is not None, timeout=20000)
    bench.journey.show_certificate()
    title, text, details = bench.ask.asked[-1]
    assert title == "Chứng thư số của Nguyễn Thị Hồng Ánh"
    assert text == "Cơ quan chứng thực thử nghiệm cấp, hết hạn 31/01/2027."
    assert details.startswith("Người ký: ")


def test_papers_are_written_into_a_folder_of_their_own_each_time(bench, qtbot):
    folders = []
    for _time in range(2):
        bench.journey.write_papers()
        qtbot.waitUntil(bench.journey.papers_stand, timeout=20000)
        folders.append(bench.journey.draft().papers[0].path.parent)
        assert bench.journey.draft().papers[0].path.exists()
    assert folders[0] != folders[1]
