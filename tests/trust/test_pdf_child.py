from __future__ import annotations

import sys
from multiprocessing import Pipe
from threading import Thread

import pytest

from ntm_desktop.trust import pdf_child
from ntm_desktop.trust.pdf_child import HEAD, After, changes_after, serve
from tests.support.signed_papers import paper, with_other_text, with_page
from tests.support.signers import NOW, Leaf, key_file


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    key = key_file(tmp_path_factory.mktemp("key"), Leaf(kind="ec"))
    once = key.sign_pdf(paper(), at=NOW, field="Signature1")
    return once, key.sign_pdf(once, at=NOW, field="Signature2")


def test_what_stands_behind_a_signature_is_told_apart(signed):
    once, twice = signed
    end = len(once)
    assert changes_after(twice, end) is After.SIGNATURES
    assert changes_after(with_page(once), end) is After.PAGES
    assert changes_after(with_other_text(once), end) is After.CONTENT
    assert changes_after(once + b"\n", end) is After.SIGNATURES
    assert changes_after(once + b"% hidden", end) is After.UNKNOWN
    assert changes_after(once, 10) is After.UNKNOWN


def test_paper_as_it_was_written_is_known_again_under_its_signatures(signed):
    once, twice = signed
    assert changes_after(twice, len(paper())) is After.SIGNATURES
    assert changes_after(with_other_text(once), len(paper())) is After.CONTENT


def test_child_answers_until_the_other_side_hangs_up(signed, monkeypatch):
    once, twice = signed
    monkeypatch.setattr(pdf_child, "_bound_memory", lambda: None)
    here, there = Pipe()
    child = Thread(target=serve, args=(there,))
    child.start()
    here.send_bytes(HEAD.pack(len(once)) + twice)
    assert here.recv_bytes() == b"signatures"
    here.close()
    child.join(10)
    assert not child.is_alive()


def test_memory_is_bounded_where_the_system_can_be_told(monkeypatch):
    told = []

    class Resource:
        RLIMIT_AS = 9

        @staticmethod
        def setrlimit(what, limits):
            told.append((what, limits))

    monkeypatch.setitem(sys.modules, "resource", Resource)
    pdf_child._bound_memory()
    assert told == [(9, (pdf_child.MOST_MEMORY, pdf_child.MOST_MEMORY))]
    monkeypatch.setitem(sys.modules, "resource", None)
    pdf_child._bound_memory()
    assert len(told) == 1
