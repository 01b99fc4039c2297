from __future__ import annotations

from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.sealing.sign_view import SignView
from ntm_desktop.ui.sealing.wizard import Draft
from tests.support.signers import DAY, NOW, Leaf, key_file


def view_of(shown, draft):
    view = SignView()
    shown(view, 900, 500)
    view.show_draft(draft, NOW)
    shown.settle()
    return view


def test_certificate_is_shown_with_who_issuer_and_end(shown, tmp_path):
    draft = Draft()
    draft.choose_key(key_file(tmp_path))
    view = view_of(shown, draft)
    card = view.key
    assert card.certificate._who.title.text() == "Nguyễn Thị Hồng Ánh"
    assert "Cơ quan chứng thực thử nghiệm cấp" in card.certificate._who.second.text()
    assert card.certificate._valid.second.text() == "Từ 31/01/2026 đến 31/01/2027"
    assert card.certificate._warning.isHidden()
    assert card._differs.isHidden()


def test_what_the_signature_will_look_like_is_said_once_there_is_a_key(shown, tmp_path):
    draft = Draft()
    assert view_of(shown, draft).key._shown.isHidden()
    draft.choose_key(key_file(tmp_path))
    assert "dòng người ký và giờ ký màu xanh" in view_of(shown, draft).key._shown.title.text()
    draft.picture = b"png"
    assert "ảnh chữ ký đứng trên họ tên" in view_of(shown, draft).key._shown.title.text()


def test_end_within_thirty_days_is_warned_of(shown, tmp_path):
    draft = Draft()
    draft.choose_key(key_file(tmp_path, Leaf(valid_to=NOW + 12 * DAY)))
    view = view_of(shown, draft)
    card = view.key
    assert not card.certificate._warning.isHidden()
    assert "còn 12 ngày" in card.certificate._warning.words()


def test_expired_certificate_says_so_in_place_of_being_valid(shown, tmp_path):
    draft = Draft()
    draft.choose_key(key_file(tmp_path, Leaf(valid_to=NOW - DAY)))
    view = view_of(shown, draft)
    card = view.key
    assert card.certificate._valid.title.text() == "Chứng thư số đã hết hạn, không ký được"
    assert card.certificate._warning.isHidden()


def test_another_name_than_in_the_certificate_is_mentioned(shown, tmp_path):
    draft = Draft(name="Lê Văn Tám")
    draft.choose_key(key_file(tmp_path))
    view = view_of(shown, draft)
    assert not view.key._differs.isHidden()


def test_what_is_typed_goes_into_the_draft_and_is_not_replaced_under_the_hands(shown):
    draft = Draft(title="CHỦ TỊCH", place="Vĩnh An")
    view = view_of(shown, draft)
    view.signatory.name.edit.setText("Lê")
    view.take_into(draft)
    assert (draft.name, draft.title, draft.place) == ("Lê", "CHỦ TỊCH", "Vĩnh An")
    view.signatory.name.edit.setCursorPosition(1)
    view.show_draft(draft, NOW)
    assert view.signatory.name.edit.cursorPosition() == 1


def test_focus_goes_to_what_is_empty_else_to_the_key(shown):
    view = view_of(shown, Draft(title="CHỦ TỊCH"))
    view.focus_first()
    assert view.signatory.name.edit.hasFocus()
    view.signatory.name.edit.setText("A")
    view.focus_first()
    assert view.key.choose.hasFocus()


def test_inputs_stack_where_it_is_narrow(shown):
    view = view_of(shown, Draft())
    view.fit(Room(640, 400))
    shown.settle()
    card = view.signatory
    assert card.name.x() == card.office.x() == card.place.x()
    assert card.name.y() < card.office.y() < card.place.y()
