"""Templates are kept by content; which paper is written with which is an edit like any other."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.templates import NewTemplate, Template, TemplateFile
from tests.support.workspaces import make_workspace, reopen

SHA256 = hashlib.sha256(b"PK1").hexdigest()


def test_a_template_is_used_until_undo_takes_it_back_and_its_file_stays(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        assert workspace.templates.keep(b"PK1") == workspace.templates.keep(b"PK1") == SHA256
        one = Template("to_trinh", SHA256, "mẫu.docx")
        workspace.commit([NewTemplate("to_trinh", one)], label="template")
        assert workspace.templates.all() == {"to_trinh": one}
        workspace.undo()
        assert workspace.templates.all() == {}
        workspace.redo()
    with reopen(tmp_path, read_only=True) as reading:
        assert reading.templates.files() == {"to_trinh": TemplateFile("mẫu.docx", b"PK1")}
        with pytest.raises(WorkspaceReadOnly):
            reading.templates.keep(b"PK2")
    with reopen(tmp_path) as writing:
        writing.commit([NewTemplate("to_trinh", None)], label="template")
        assert writing.templates.files() == {}


def test_a_template_nobody_kept_cannot_be_used(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace, pytest.raises(sqlite3.IntegrityError):
        workspace.commit([NewTemplate("to_trinh", Template("to_trinh", SHA256, "a.docx"))], label="template")
