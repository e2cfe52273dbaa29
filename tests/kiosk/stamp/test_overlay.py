"""What stands beside the photo, whatever the words, in every template and format."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import regex
from numpy.typing import NDArray

from kiosk.layout import QUIET, Layout
from kiosk.places import areas
from kiosk.stamp import Overlay, fits, prepare
from kiosk.stamp.code import module_size
from kiosk.stamp.fit import SMALLEST, Undrawable
from kiosk.stamp.panel import fitted
from kiosk.stamp.picture import CARD_QUALITY
from kiosk.stamp.raster import Box, Colour, Raster, parse, plain, within
from kiosk.stamp.splice import encoded, filled
from kiosk.words import LONGEST
from tests.kiosk.stamp.pictures import (
    LAYOUTS,
    TALL,
    URL,
    WORDS,
    codes,
    lettering,
    overlay,
    pixels,
)

each_layout = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
HEBREW = "אני מבטיח"
SENTENCES = (
    "MÌNH SẼ LẮNG NGHE VÀ KHÔNG ĐỔ LỖI CHO AI",
    "ကျွန်တော် နားထောင်မယ် အပြစ်မတင်ဘူး",
    "ខ្ញុំនឹងស្តាប់ ហើយមិនបន្ទោសអ្នកណាទេ",
    "ฉันจะรับฟังและไม่โทษใคร",
    "ຂ້ອຍຈະຟັງ ແລະ ບໍ່ໂທດໃຜ",
    "我会倾听，绝不责怪任何人。",
    "私は話を聞き、だれも責めません。",
    "나는 귀 기울여 듣고 탓하지 않겠습니다",
    "मैं सुनूँगा और किसी को दोष नहीं दूँगा",
    "أعدكم أن أستمع ولا ألوم أحدا",
    "אני מבטיח להקשיב ולא להאשים",
    "Я буду слушать и никого не винить",
    "Θα ακούω και δεν θα κατηγορώ κανέναν",
)
"""I will listen, and blame nobody."""

each_words = pytest.mark.parametrize("words", WORDS)


def drawn(made: Overlay) -> Raster:
    """Return a card's pixels, its photo plain grey."""
    hole = made.ground.around(plain(*made.photo_size, (128, 128, 128)))
    photo = encoded(hole, CARD_QUALITY, made.around.interval)
    return pixels(filled(made.around, photo))


def inked(made: Overlay) -> NDArray[np.uint8]:
    """Return where something was drawn beside the photo that not every card has."""
    before = pixels(encoded(made.ground.picture, CARD_QUALITY, 0))
    change = np.asarray(cv2.absdiff(drawn(made), before)).max(axis=2) > 60
    left, top, width, height = made.ground.hole
    change[top : top + height, left : left + width] = False
    return np.asarray(change, np.uint8)


def erase(ink: NDArray[np.uint8], *boxes: Box | None) -> None:
    """Forget what is drawn in some areas, and a JPEG's ringing around it."""
    for left, top, width, height in filter(None, boxes):
        ink[max(0, top - 2) : top + height + 2, max(0, left - 2) : left + width + 2] = 0


@each_layout
@each_words
def test_no_ink_leaves_the_words_room_and_none_is_too_small(
    words: str, layout: Layout
) -> None:
    made, panel = prepare(lettering(words), layout), fitted(lettering(words), layout)
    plan = panel.layout.plan
    ink = inked(made)
    erase(ink, made.plate, plan.code.box, plan.event.box)

    x, y, wide, high = cv2.boundingRect(ink)
    left, top, width, height = plan.words.box
    assert left - 1 <= x <= x + wide <= left + width + 1
    assert top - 1 <= y <= y + high <= top + height + 1
    assert panel.words.size >= SMALLEST


@each_layout
@each_words
def test_rooms_never_overlap(words: str, layout: Layout) -> None:
    larger = fitted(lettering(words), layout).layout
    boxes = [box for _, box in areas(larger)]
    taken = np.zeros(larger.plan.size[::-1], np.uint8)

    for box in boxes:
        taken[box[1] : box[1] + box[3], box[0] : box[0] + box[2]] += 1
    assert taken.max() == 1


@each_layout
def test_the_codes_quiet_zone_is_empty(layout: Layout) -> None:
    made = prepare(lettering(), layout)

    left, top, side, _ = made.plate
    plate = within(drawn(made), made.plate)
    module = module_size(URL, layout.plan.plate)
    dark = plate.max(axis=2) < 100
    round_ = layout.plan.plate.radius
    for corner in (dark, dark[:, ::-1], dark[::-1], dark[::-1, ::-1]):
        corner[:round_, :round_] = False
    assert module >= 6
    assert np.argwhere(dark).min() >= QUIET * module
    assert np.argwhere(dark).max() < side - QUIET * module
    assert left + side <= layout.plan.size[0]
    assert top + side <= layout.plan.size[1]


@each_layout
def test_the_plate_has_round_corners(layout: Layout) -> None:
    made = prepare(lettering(), layout)

    plate = within(drawn(made), made.plate).astype(int)
    ground, light = parse(layout.colours.ground), parse(layout.colours.plate)
    assert np.abs(plate[0, 0] - ground).max() < 12
    assert np.abs(plate[14, 14] - light).max() < 12


@each_layout
@each_words
def test_the_photo_keeps_most_of_its_place(words: str, layout: Layout) -> None:
    panel = fitted(lettering(words), layout)

    _, _, width, height = panel.layout.plan.photo
    _, _, wide, high = layout.plan.photo
    assert width * height >= 0.5 * wide * high


@each_layout
def test_short_words_leave_the_photo_whole(layout: Layout) -> None:
    panels = (fitted(lettering(words), layout) for words in WORDS[:18])

    assert {panel.layout.plan.photo for panel in panels} == {layout.plan.photo}


@pytest.mark.parametrize(
    "layout", [each for each in LAYOUTS.values() if each.plan.event.box]
)
def test_words_that_run_to_the_left_stand_at_the_right(layout: Layout) -> None:
    made = prepare(lettering(HEBREW), layout)
    left, _, width, _ = made.layout.plan.words.box
    ink = inked(made)
    erase(ink, made.plate, layout.plan.code.box, layout.plan.event.box)

    x, _, wide, _ = cv2.boundingRect(ink)
    assert x + wide == pytest.approx(left + width, abs=3)
    assert x > left + 40


def test_the_words_take_from_the_photo_where_they_cannot_shrink() -> None:
    assert overlay("👨‍👩‍👧‍👦" * 120).photo_size[1] < TALL.plan.photo[3]


@pytest.mark.parametrize(
    "layout", [each for each in LAYOUTS.values() if each.format in "16x9 3x2"]
)
def test_what_stands_beside_the_photo_moves_with_its_edge(layout: Layout) -> None:
    larger = prepare(lettering("👨‍👩‍👧‍👦" * 120), layout).layout

    by = layout.plan.photo[2] - larger.plan.photo[2]
    before, after = (
        {key: box for key, box in areas(each) if key != "photo"}
        for each in (layout, larger)
    )
    assert by > 0
    assert [box[0] for box in after.values()] == [b[0] - by for b in before.values()]
    widened = {key for key, box in after.items() if box[2] == before[key][2] + by}
    assert widened == {"words", "logos"}


def test_a_shorter_address_stands_in_the_same_place() -> None:
    shorter = "http://127.0.0.1:8001/p/0"

    made = prepare(lettering(url=shorter), TALL)

    assert module_size(shorter, TALL.plan.plate) > module_size(URL, TALL.plan.plate)
    assert codes(drawn(made)) == [shorter]


@each_layout
@pytest.mark.parametrize("said", SENTENCES)
def test_as_many_words_as_may_be_written_can_be_read_in_every_script(
    said: str, layout: Layout
) -> None:
    most = "".join(regex.findall(r"\X", f"{said} " * 20)[:LONGEST])

    assert fits(most.strip(), lettering().event_line, layout)


def test_letters_we_do_not_have_are_named() -> None:
    with pytest.raises(Undrawable) as refused:
        overlay("Xin chào ᚠᚢ, 𒀀 שלום")

    assert refused.value.characters == "ᚠᚢ𒀀"


def test_a_long_event_line_and_partners_fit() -> None:
    crowded = lettering()
    partners = ("Đơn vị tổ chức", "Đối tác " * 9, "Nhà tài trợ")
    crowded = type(crowded)(
        words=WORDS[4],
        event_line="Đêm nhạc " * 20,
        code="HN 4K7P",
        url=URL,
        partners=partners,
    )

    made = prepare(crowded, TALL)

    left, top, width, height = TALL.plan.logos.box
    strip = made.ground.picture[top : top + height] != parse(TALL.colours.strip)
    margin = TALL.plan.logos.margin
    assert not strip[:, width - margin + 2 :].any()
    assert not strip[:, left : margin - 1].any()
    assert strip[:, width - margin - 40 : width - margin].any()


@pytest.mark.parametrize("sides", [(400, 200), (2000, 100), (60, 900)])
@pytest.mark.parametrize("has_alpha", [True, False])
def test_a_logo_stands_in_the_strip_in_one_colour(
    tmp_path: Path, sides: tuple[int, int], has_alpha: bool
) -> None:
    width, height = sides
    picture = np.full((height, width, 4 if has_alpha else 3), 255, np.uint8)
    picture[..., 3:] = 0
    ink = (40, 30, 200, 255) if has_alpha else (0, 0, 0)
    cv2.rectangle(picture, (0, 0), (width, height), ink, max(width, height) // 20)
    assert cv2.imwrite(str(tmp_path / "logo.png"), picture)
    asked = replace(lettering(), partners=("Chiến dịch",))

    _, start, _, depth = TALL.plan.logos.box
    bare = prepare(asked, TALL).ground.picture[start:]
    logos = (tmp_path / "logo.png",)
    strip = prepare(replace(asked, logos=logos), TALL).ground.picture[start:]

    changed = np.any(bare != strip, axis=2).astype(np.uint8)
    left, top, wide, high = cv2.boundingRect(changed)
    assert wide > 1
    assert high > 1
    assert abs(wide / high - width / height) < 0.3 * width / height
    assert left + wide <= 1280 - 56 + 1
    assert 10 <= top <= top + high <= depth - 10
    assert is_between(strip[changed > 0], parse("#FFF7E8"), parse("#1A0C2E"))


def is_between(colours: Raster, one: Colour, other: Colour) -> bool:
    """Say whether each colour is a mixture of these two, within a step or two."""
    share = (colours[:, 0] - float(one[0])) / (float(other[0]) - one[0])
    mixed = np.array(one) + share[:, None] * (np.array(other) - np.array(one))
    return bool(np.abs(mixed - colours).max() < 3)
