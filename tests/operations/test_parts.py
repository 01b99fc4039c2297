from __future__ import annotations

import pytest

from ntm_desktop.operations import parts, verify
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.parts import NotADossierToSplit, join_parts, read_size, split_dossier, whole_of
from ntm_desktop.transfer.part_refusals import PartsMissing
from tests.support import containers
from tests.support.signers import NOW


@pytest.fixture
def dossier(tmp_path):
    path = tmp_path / "ho-so.asice"
    containers.write(path)
    return path


@pytest.fixture
def made(dossier, tmp_path):
    return split_dossier(dossier, tmp_path / "gui", -(-dossier.stat().st_size // 3), Watch())


def test_a_dossier_in_parts_is_named_after_its_identity_and_joins_to_the_same_file(dossier, made, tmp_path):
    told = []
    joined = join_parts(made[0], None, Watch(lambda done, total: told.append((done, total))))
    assert joined.path.read_bytes() == dossier.read_bytes()
    assert joined.path.name == f"{joined.identity[:12]}.asice"
    assert [path.name for path in made] == [
        f"{joined.path.name}.{end}" for end in ("001", "002", "003", "sha256")
    ]
    assert (joined.parts, told[-1]) == (3, (2 * joined.size, 2 * joined.size))
    assert join_parts(made[0].parent, tmp_path / "khac.asice", Watch()).path == tmp_path / "khac.asice"


def test_verifying_a_part_verifies_what_the_parts_join_to(dossier, made):
    alone = verify.verify_with(dossier, anchors=(), at=NOW)
    for path in (made[1], made[-1]):
        report = verify.verify_with(path, anchors=(), at=NOW)
        assert (report.identity, report.files_ok, report.path) == (alone.identity, alone.files_ok, str(path))
    made[2].unlink()
    with pytest.raises(PartsMissing):
        verify.verify_with(made[0], anchors=(), at=NOW)


def test_what_is_joined_to_be_looked_at_is_gone_afterwards(made, dossier):
    with whole_of(made[0]) as whole:
        assert whole.read_bytes() == dossier.read_bytes()
    assert not whole.parent.exists()
    with whole_of(dossier) as whole:
        assert whole == dossier


def test_only_a_sound_dossier_is_split(dossier, tmp_path):
    (tmp_path / "thu.txt").write_bytes(b"xin chao" * 100)
    broken = bytearray(dossier.read_bytes())
    broken[len(broken) // 4] ^= 1
    (tmp_path / "hong.asice").write_bytes(bytes(broken))
    for name in ("thu.txt", "hong.asice"):
        with pytest.raises(NotADossierToSplit):
            split_dossier(tmp_path / name, tmp_path / "gui", 10, Watch())
    assert not (tmp_path / "gui").exists()


def test_sizes_are_read_at_the_smaller_reading():
    assert [read_size(text) for text in ("700KB", "20 MB", "4gb")] == [700_000, 20_000_000, 4_000_000_000]
    assert parts.read_size("4GB") < 1 << 32
    for text in ("", "20", "0MB", "-1MB", "1,5MB", "9999999MB"):
        with pytest.raises(ValueError, match=r"^"):
            read_size(text)
