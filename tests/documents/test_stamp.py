from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from ntm_desktop.documents.stamp import (
    LARGEST_PICTURE,
    SEAL,
    PictureUnreadable,
    attachment_stamp,
    body_stamp,
    person_stamp,
    require_picture,
)
from tests.support.pdf import needs_poppler, text_of
from tests.support.signed_papers import picture
from tests.support.signers import NOW, OFFICE, SIGNER

ROOM = (300.0, 100.0, 527.0, 185.0)


def test_seal_in_its_own_size_covers_the_left_third_of_the_signature():
    person, body = person_stamp(ROOM, picture(), SIGNER, NOW), body_stamp(ROOM, picture(), OFFICE, NOW)
    left, _bottom, right, _top = person.box
    assert body.box[2] == pytest.approx(left + (right - left) / 3)
    assert body.box[2] - body.box[0] == pytest.approx(SEAL)
    assert body.box[3] - body.box[1] == pytest.approx(SEAL)
    assert (left + right) / 2 == pytest.approx((ROOM[0] + ROOM[2]) / 2)


@needs_poppler
def test_without_pictures_names_and_time_in_vietnam_are_written(tmp_path):
    path = tmp_path / "dau.pdf"
    for stamp, name in (
        (person_stamp(ROOM, b"", SIGNER, NOW), f"Ký bởi: {SIGNER}"),
        (body_stamp(ROOM, b"", OFFICE, NOW), OFFICE),
        (attachment_stamp((595, 842), OFFICE * 4, NOW), OFFICE * 4),
    ):
        path.write_bytes(stamp.content)
        assert text_of(path) == f"{name} Thời gian ký: 02/03/2026 15:30:00 +07:00"


def test_mark_of_an_attachment_stands_at_the_top_right():
    left, bottom, right, top = attachment_stamp((595, 842), OFFICE, NOW).box
    assert 297 < left < right < 595
    assert 790 < bottom < top < 842


def huge() -> bytes:
    content = BytesIO()
    Image.new("1", (5000, 5000)).save(content, "PNG")
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xd8\xff no PNG", picture()[:60], picture() + b"\0" * LARGEST_PICTURE, huge()],
    ids=["empty", "jpeg", "cut off", "too long", "too large"],
)
def test_what_is_no_picture_of_a_sensible_size_is_refused(content):
    with pytest.raises(PictureUnreadable):
        require_picture(content, "dau.png")


def test_good_picture_is_taken():
    assert require_picture(picture(), "dau.png") is None
