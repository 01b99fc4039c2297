from __future__ import annotations

from ntm_desktop.paths import resources_folder, translations_folder


def test_shipped_files_are_found_in_a_checkout() -> None:
    assert (resources_folder() / "packs" / "built" / "index.json").is_file()
    assert (resources_folder() / "fonts").is_dir()
    assert (translations_folder() / "vi").is_dir()
