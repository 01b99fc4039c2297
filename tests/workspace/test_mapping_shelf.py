"""Mappings are kept with the workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.workspace.errors import WorkspaceReadOnly
from tests.support.workspaces import make_workspace, reopen


def test_mapping_is_there_when_the_workspace_is_opened_again(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    workspace.mappings.keep("một cửa", "1")
    workspace.mappings.keep("một cửa", "2")
    workspace.mappings.keep("báo cáo", "3")
    workspace.close()
    reading = reopen(tmp_path, read_only=True)
    assert reading.mappings.all() == {"báo cáo": "3", "một cửa": "2"}
    with pytest.raises(WorkspaceReadOnly):
        reading.mappings.forget("một cửa")
    reading.close()
    writing = reopen(tmp_path)
    writing.mappings.forget("một cửa")
    assert list(writing.mappings.all()) == ["báo cáo"]
    writing.close()
