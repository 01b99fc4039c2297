"""Photos: small, legible, stripped; a bomb, a cut file and a giant are refused."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from ntm_desktop.media import pictures
from ntm_desktop.media.child import CannotError
from ntm_desktop.media.limits import LONGEST_SIDE, MOST_PICTURE_BYTES
from ntm_desktop.media.pictures import (
    draw_job,
    join,
    join_job,
    look_job,
    picture,
    shrink,
    shrink_job,
    strip,
    strip_job,
)
from ntm_desktop.media.refusals import PictureBroken, PictureTooLarge, TooManyPictures
from tests.support.photos import TAKEN, noise, phone_photo, png_claiming


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_phone_photo_is_small_upright_and_carries_nothing(tmp_path: Path) -> None:
    photo = phone_photo(tmp_path / "ảnh.jpg", turned=True)
    before = photo.read_bytes()
    assert all(mark in before for mark in (b"Exif", b"MAYANHCUAANHBA", b"GHICHUCUAMAY"))
    made = shrink(photo)
    assert (made.width, made.height) == (LONGEST_SIDE * 3 // 4, LONGEST_SIDE)
    assert len(made.content) < len(before) / 2
    assert (made.taken, made.place) == (date(2024, 12, 5), "10.35837, 105.50000")
    assert not any(mark in made.content for mark in (b"Exif", b"MAYANHCUAANHBA", b"GHICHUCUAMAY", b"GPS"))
    assert not opened(made.content).getexif()
    assert photo.read_bytes() == before


def test_a_small_picture_that_carries_nothing_is_left_as_it_is(tmp_path: Path) -> None:
    noise(800, 600).save(tmp_path / "a.png")
    answer = shrink_job(str(tmp_path / "a.png"))
    assert answer.content == b""
    assert answer.facts == {"taken": None, "place": "", "width": 800, "height": 600}


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_large_drawing_stays_what_it_was(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind.lower()}"
    noise(3000, 900).save(path, kind)
    made = opened(shrink_job(str(path)).content)
    assert (made.format, made.size) == (kind, (LONGEST_SIDE, 720))


def test_a_picture_of_few_colours_keeps_them(tmp_path: Path) -> None:
    noise(3000, 900).quantize(16).save(tmp_path / "a.png")
    assert opened(shrink_job(str(tmp_path / "a.png")).content).mode == "RGBA"


def test_a_bomb_is_refused_before_anything_is_decoded(tmp_path: Path) -> None:
    with pytest.raises(PictureTooLarge) as refused:
        shrink(png_claiming(tmp_path / "bomb.png", 60_000, 60_000))
    assert refused.value.limit == "pixels"


def test_three_hundred_megabytes_are_refused_without_reading_them(tmp_path: Path) -> None:
    path = tmp_path / "to.jpg"
    with path.open("wb") as file:
        file.truncate(300 << 20)
    with pytest.raises(PictureTooLarge) as refused:
        shrink(path)
    assert (refused.value.limit, path.stat().st_size > MOST_PICTURE_BYTES) == ("file", True)


def test_a_photo_cut_off_is_refused_by_name(tmp_path: Path) -> None:
    whole = phone_photo(tmp_path / "a.jpg", 800, 600)
    cut = tmp_path / "cụt.jpg"
    cut.write_bytes(whole.read_bytes()[:9000])
    with pytest.raises(PictureBroken) as refused:
        join([whole, cut])
    assert refused.value.path == "cụt.jpg"


def test_photos_become_one_pdf_a_page_each(tmp_path: Path) -> None:
    paths = [str(phone_photo(tmp_path / f"{n}.jpg", 800, 600)) for n in range(3)]
    look_job(paths[0])
    made = join_job(paths).content
    assert made.startswith(b"%PDF-")
    assert made.count(b"/Type /Page\n") == 3
    assert b"MAYANHCUAANHBA" not in made
    with pytest.raises(TooManyPictures):
        join([Path(paths[0])] * 61)


def test_a_joined_pdf_and_a_drawing_come_through_the_child(tmp_path: Path) -> None:
    photo = phone_photo(tmp_path / "a.jpg", 800, 600)
    assert join([photo]).startswith(b"%PDF-")
    assert opened(picture(photo, 200).png).size == (200, 150)


def test_a_drawing_keeps_what_can_be_seen_through(tmp_path: Path) -> None:
    Image.new("RGBA", (40, 30), (1, 2, 3, 4)).save(tmp_path / "a.png")
    assert opened(draw_job(str(tmp_path / "a.png"), 100).content).mode == "RGBA"


def test_no_decoder_of_another_kind_is_tried(tmp_path: Path) -> None:
    noise(40, 30).save(tmp_path / "a.jpg", "GIF")
    with pytest.raises(OSError, match="cannot identify"):
        shrink_job(str(tmp_path / "a.jpg"))


@pytest.mark.parametrize(
    ("written", "day"), [("2024:12:05 14:02:11", "2024-12-05"), ("0000:00:00", None), (None, None)]
)
def test_a_day_is_read_or_there_is_none(written: object, day: str | None) -> None:
    assert pictures._day(written) == day


@pytest.mark.parametrize(
    ("gps", "place"),
    [
        ({1: "S", 2: (10, 30, 0), 3: "W", 4: (105, 0, 36)}, "-10.50000, -105.01000"),
        ({2: (10, 30, 0)}, ""),
        ({2: (10, 30), 4: (105, 0, 0)}, ""),
        ({2: ("x", 30, 0), 4: (105, 0, 0)}, ""),
        ({}, ""),
    ],
)
def test_a_place_is_read_or_there_is_none(gps: dict[int, object], place: str) -> None:
    assert pictures._place(gps) == place


def test_a_size_that_is_claimed_is_judged_in_the_child(tmp_path: Path) -> None:
    with pytest.raises(CannotError):
        draw_job(str(png_claiming(tmp_path / "bomb.png", 60_000, 60_000)), 100)


def scan(path: Path, *, pages: int = 3, written: bool = True) -> Path:
    """Save a scan of black and white, grey and coloured pages, with what a scanner writes into them."""
    modes = ("1", "L", "RGB")
    first, *rest = [noise(400, 200 + 100 * number).convert(modes[number % 3]) for number in range(pages)]
    tags = {271: "MAYQUETCUAXA", 305: "PHANMEMQUET", 306: TAKEN, 315: "Nguyen Van A"} if written else {}
    first.save(path, "TIFF", save_all=True, append_images=rest, tiffinfo=tags, dpi=(200, 200))
    return path


def test_a_scan_loses_what_was_written_into_it_and_keeps_its_pages(tmp_path: Path) -> None:
    path = scan(tmp_path / "quét.tif")
    marks = (b"MAYQUETCUAXA", b"PHANMEMQUET", b"Nguyen Van A")
    assert all(mark in path.read_bytes() for mark in marks)
    made = strip(path)
    assert not any(mark in made.content for mark in (*marks, TAKEN.encode()))
    with Image.open(path) as before, opened(made.content) as after:
        assert (made.taken, after.n_frames, after.info["dpi"]) == (date(2024, 12, 5), 3, (200, 200))
        for number in range(3):
            before.seek(number)
            after.seek(number)
            assert (after.mode, after.size) == (before.mode, before.size)
            assert after.tobytes() == before.tobytes()
    assert [opened(picture(path, 100, number).png).height for number in (1, 2, 9)] == [50, 75, 100]
    assert (picture(path, 100, 9).number, picture(path, 100).count) == (3, 3)


def test_a_plain_scan_and_a_plain_gif_are_left_as_they_are(tmp_path: Path) -> None:
    noise(300, 200).quantize(16).save(tmp_path / "a.gif")
    for path in (scan(tmp_path / "a.tif", written=False), tmp_path / "a.gif"):
        assert strip_job(str(path)).content == b""


def test_what_is_clear_in_a_gif_stays_clear_on_every_page(tmp_path: Path) -> None:
    frames = []
    for at in (5, 25):
        frame = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
        frame.paste((200, 30, 30, 255), (at, 5, at + 10, 15))
        frames.append(frame)
    path = tmp_path / "a.gif"
    frames[0].save(
        path, save_all=True, append_images=frames[1:], duration=100, disposal=2, comment=b"GHICHUCUAMAY"
    )
    made = opened(strip_job(str(path)).content)
    assert "comment" not in made.info
    for number, at in enumerate((5, 25)):
        made.seek(number)
        shown = made.convert("RGBA")
        assert shown.getpixel((at + 5, 10))[3] == 255
        assert shown.getpixel((35 - at, 10))[3] == 0, "nothing stays of the page before"
        assert shown.getpixel((2, 38))[3] == 0


def test_a_gif_loses_its_comment_and_goes_on_moving(tmp_path: Path) -> None:
    frames = [noise(120, 80) for _frame in range(3)]
    path = tmp_path / "a.gif"
    frames[0].save(
        path, save_all=True, append_images=frames[1:], duration=[100, 200, 300], comment=b"GHICHUCUAMAY"
    )
    made = opened(strip_job(str(path)).content)
    assert b"GHICHUCUAMAY" not in strip_job(str(path)).content
    assert (made.n_frames, made.size) == (3, (120, 80))
    noise(50, 50).save(tmp_path / "b.gif", comment=b"GHICHUCUAMAY")
    assert opened(strip_job(str(tmp_path / "b.gif")).content).n_frames == 1


def test_a_scan_of_too_many_or_too_large_pages_is_not_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scan(tmp_path / "a.tif")
    monkeypatch.setattr("ntm_desktop.media.pictures.MOST_PAGES", 2)
    with pytest.raises(CannotError, match="pages"):
        strip_job(str(path))
    monkeypatch.setattr("ntm_desktop.media.pictures.MOST_PAGES", 60)
    monkeypatch.setattr("ntm_desktop.media.pictures.MOST_PIXELS", 300_000)
    with pytest.raises(CannotError, match="pixels"):
        strip_job(str(path))
    monkeypatch.setattr("ntm_desktop.media.pictures.MOST_PIXELS", 100_000)
    with pytest.raises(CannotError, match="pixels"):
        draw_job(str(path), 100, 3)
