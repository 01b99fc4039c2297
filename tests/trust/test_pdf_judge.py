from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_desktop.trust.judge import Integrity, Trust
from ntm_desktop.trust.pdf_child import After
from ntm_desktop.trust.pdf_judge import Apart, _claimed, is_pdf, judge_pdfs, keywords_of
from tests.support.signed_papers import paper, with_other_text, with_page
from tests.support.signers import DAY, NOW, SIGNER, Leaf, authority, key_file


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return key_file(tmp_path_factory.mktemp("key"), Leaf(kind="ec"))


@pytest.fixture(scope="module")
def signed(key):
    return key.sign_pdf(paper(), at=NOW, field="Signature1")


def answers_nothing(pipe):
    pipe.recv_bytes()
    pipe.close()


def hangs(pipe):
    pipe.recv_bytes()
    pipe.poll(60)


def judged(content, at=NOW):
    (found,) = judge_pdfs([content], [authority().anchor], at)
    return found


def test_untouched_paper_is_intact_and_covered_and_claims_its_time(signed):
    (one,) = judged(signed)
    assert (one.facts.integrity, one.facts.trust, one.facts.signer) == (
        Integrity.INTACT,
        Trust.TRUSTED,
        SIGNER,
    )
    assert (one.facts.claimed_at, one.facts.valid_when_claimed) == (NOW, True)
    assert (one.after, one.end, one.sound) == (After.NOTHING, len(signed), True)


def test_certificate_that_expired_since_is_told_by_the_time_the_paper_claims(signed):
    (one,) = judged(signed, NOW + 3 * 365 * DAY)
    assert one.facts.trust is Trust.EXPIRED_SINCE


def test_what_stands_behind_a_signature_is_told_of_each_of_several_papers(key, signed):
    papers = [key.sign_pdf(signed, at=NOW, field="Signature2"), with_page(signed), with_other_text(signed)]
    (first, second), (paged,), (drawn,) = judge_pdfs(papers, [authority().anchor], NOW)
    assert [one.after for one in (first, second)] == [After.SIGNATURES, After.NOTHING]
    assert [one.after for one in (paged, drawn)] == [After.PAGES, After.CONTENT]
    assert [one.sound for one in (first, second, paged, drawn)] == [True, True, False, False]
    assert paged.facts.intact


@pytest.mark.parametrize("child", [answers_nothing, hangs])
def test_child_that_dies_or_hangs_leaves_it_unknown(signed, child):
    apart = Apart(child, 0.5)
    for _again in range(2):
        assert apart.after(signed + b" ", len(signed)) is After.UNKNOWN
    apart.close()


def test_another_papers_text_under_the_signature_does_not_fit(signed):
    other = paper(text="Another", rooms=0) + b" " * 600
    (one,) = judged(other[: len(paper())].ljust(len(paper())) + signed[len(paper()) :])
    assert one.facts.integrity is Integrity.CONTENT_CHANGED


def test_changed_byte_and_truncated_file_do_not_hold(signed):
    (one,) = judged(signed.replace(b"/Author", b"/Buthor", 1))
    assert (one.facts.integrity, one.sound) == (Integrity.CONTENT_CHANGED, False)
    (one,) = judged(signed[:-100])
    assert one.facts.integrity is Integrity.UNREADABLE
    assert judged(signed[: len(paper())]) == ()
    assert judged(b"") == ()


def test_digits_that_are_no_signature_are_unreadable(signed):
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    broken = signed[:start] + b"00" * 8 + signed[start + 16 :]
    (one,) = judged(broken)
    assert one.facts.integrity is Integrity.UNREADABLE
    odd = signed[:start] + b" " + signed[start + 1 :]
    (one,) = judged(odd)
    assert one.facts.integrity is Integrity.UNREADABLE
    (one,) = judged(signed[:start] + b"zz" + signed[start + 2 :])
    assert one.facts.integrity is Integrity.UNREADABLE


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 1 << 20), byte=st.integers(0, 255))
def test_no_changed_byte_makes_it_raise_or_hold_for_something_else(signed, place, byte):
    position = place % len(signed)
    changed = signed[:position] + bytes([byte]) + signed[position + 1 :]
    for one in judged(changed):
        padding = b"0" * 32 in signed[max(0, position - 40) : position + 40]
        assert changed == signed or padding or not one.sound


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        (b"/M (D:20260302153000+07'00')", datetime(2026, 3, 2, 8, 30, tzinfo=UTC)),
        (b"/M (D:20260302043000-04'30)", datetime(2026, 3, 2, 9, 0, tzinfo=UTC)),
        (b"/M(D\\07220260302083000Z)", NOW),
        (b"/M (D:20260302083000)", NOW),
        (b"/M (D:20261302083000Z)", None),
        (b"/M (D:20260302083000+99'00')", None),
        (b"/M (D:00010101000000+07'00')", None),
        (b"", None),
    ],
)
def test_time_in_the_dictionary_is_read_with_its_zone(written, moment):
    assert _claimed(b"<< /Type /Sig " + written + b" >>") == moment


def test_a_pdf_says_so_and_a_zip_is_none():
    assert is_pdf(paper()[:1024])
    assert is_pdf(b"\n\n%PDF-1.4")
    assert not is_pdf(b"PK\x03\x04 %PDF-1.4")
    assert not is_pdf(b"")


def test_words_for_programs_are_read_from_the_bytes():
    assert keywords_of(paper(rooms=0, keywords="files=ab c")) == ("files=ab", "c")
    assert keywords_of(b"") == ()
