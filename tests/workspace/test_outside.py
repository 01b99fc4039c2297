from __future__ import annotations

import pytest

from ntm_desktop.errors import FileUnreadable, FileUnwritable
from ntm_desktop.workspace.outside import OutsideFolder


def test_files_are_kept_whole_replaced_and_forgotten_together(tmp_path):
    store = OutsideFolder(tmp_path, "d1")
    assert store.state() == b""
    store.keep_state({"a": "ă"})
    (tmp_path / "outside" / "d1" / "x.pdf.part").write_bytes(b"left behind")
    store.keep("x.pdf", b"one")
    store.keep("x.pdf", b"two")
    assert store.state() == '{"a": "ă"}'.encode()
    assert store.paper("x.pdf") == b"two"
    store.clear()
    store.clear()
    assert store.state() == b""
    with pytest.raises(FileUnreadable):
        store.paper("x.pdf")


def test_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "outside").write_bytes(b"a file")
    with pytest.raises(FileUnwritable):
        OutsideFolder(tmp_path, "d1").keep("x.pdf", b"one")
