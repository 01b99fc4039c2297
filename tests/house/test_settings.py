"""Every remembered setting is used: one that nobody reads is a promise nobody keeps."""

from __future__ import annotations

import ast
import dataclasses

from ntm_desktop.settings import Settings
from tests.house.source import modules


def test_every_setting_is_read_somewhere() -> None:
    elsewhere = [module for module in modules() if module.package != "settings"]
    read = {
        node.attr for module in elsewhere for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)
    }
    unread = {field.name for field in dataclasses.fields(Settings)} - read
    assert not unread
