"""What is flagged, however it is written, and what only looks like it."""

from time import process_time
from unicodedata import normalize

import pytest

from kiosk import words
from kiosk.flags import Flag, of_words
from kiosk.words import WordsRefused
from tests.kiosk.attacks import WORST
from tests.night import EVENT

LONGEST = 0.015  # seconds of a core: five times what the worst takes
HIDDEN_RUDE = [
    # as it is, or stretched
    *("Địt mẹ", "ĐỊT MẸ", "địt", "đm", "Đmmmm", "vclllll", "vãiiiii lồnnnn", "cặccc"),
    *("fuck", "FUCK you", "fuuuuuck", "fuckkkk", "fucking", "motherfucker", "shiiit"),
    *("asshole", "assholes", "bitchessss", "nigger", "cunts", "kys", "stfu", "wtf"),
    # with other marks, or none
    *("dit me may", "đit mẹ", "dịt mẹ", "lôn me mày vãi lôn", "con cac", "khon nan"),
    *("do cho de", "chó dẻ", "mat day", "oc cho", "me kiep", "vai lon", "mặt lôn"),
    normalize("NFD", "Địt mẹ mày"),
    "l\u00f4\u0300n",
    # in disguise
    *("đ!t mẹ", "l0n", "c4c", "c@c", "d!t", "$hit", "sh1t", "5h1t", "b1tch", "a$$"),
    *(
        "fvck off bitch",
        "@ss",
        "@$$",
        "b!tch",
        "d1ck",
        "wh0re",
        "n1gg3r",
        "m0therfuck3r",
    ),
    # letters apart
    *("f u c k", "F.U.C.K", "f-u-c-k", "f_u_c_k", "f  u  c  k", "f/u/c/k you", "đ ị t"),
    *("đ.ị.t", "đ.m", "đ m", "v c l", "v.c.l", "c.ặ.c", "c ặ c", "l . ồ . n", "d-k-m"),
    *("fu.ck", "fu-ck", "f uck", "sh.it", "đị t", "l ồn", "as s h o l e"),
    # behind stars
    *("f*ck", "f**k", "F**K!", "sh*t", "b*tch", "đ*t", "l*n", "c*c", "đ*m", "c**t"),
    # other letters that look alike
    *("ｆｕｃｋ", "𝐟𝐮𝐜𝐤", "𝓕𝓾𝓬𝓴", "fuсk", "ѕhit", "ⓕⓤⓒⓚ", "bıtch bitch", "аss"),
    # within a sentence, beside signs
    *("hứa cái lồn!", "(đm)", "“fuck”", "ngu.", "đm,hứa", "#fuckyou", "fuck❤️you"),
]
INNOCENT = [
    *("các bạn", "Các con của mình", "lon nước", "một lon bia", "hồn lớn", "chó mèo"),
    *("đi ngủ sớm", "di ngu som", "buồn ngủ", "đeo vòng tay", "deo vong tay", "phở"),
    *(
        "cắt giảm",
        "cất đi",
        "đi học",
        "buổi tối",
        "đĩa nhạc",
        "chị Đào",
        "con cá",
        "dù",
    ),
    *("Scunthorpe", "class", "pass it on", "assess", "assume", "grass", "cocktail"),
    *("Dickens", "Essex", "Sussex", "analysis", "document", "therapist", "peacock"),
    *("hello", "shell", "Matsushita", "shitake", "title", "accumulate", "circumstance"),
    *("sex trade", "end sexual violence", "cucumber", "Hancock", "butter", "scrap"),
    *("v.v.", "U.N.", "T.P. Hồ Chí Minh", "a b c", "I a m", "5k", "4u", "24/7", "100%"),
    *("hạt óc chó", "Y tế", "ở đó", "và i", "C'est bon", "*mình* hứa", "5*5", "***"),
    *("tôi và bạn", "vai diễn lớn", "bảo vệ", "các em nhỏ", "thẳng tiến", "Tuấn"),
]
PHONES = [
    *("0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "09 12 34 56 78"),
    *(
        "(091) 234 5678",
        "091.2345.678",
        "+84912345678",
        "+84 91 234 56 78",
        "0084912345678",
    ),
    *(
        "84 912 345 678",
        "+84 (0) 912 345 678",
        "0 9 1 2 3 4 5 6 7 8",
        "0_9_1_2_3_4_5_6_7_8",
    ),
    *(
        "o912345678",
        "O9I2345678 0912345678",
        "091234567o",
        "０９１２３４５６７８",
        "0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
    ),
    *("không chín một hai ba bốn năm sáu bảy tám", "zero nine 1 2 3 4 5 6 7 8"),
    *("khong chin mot hai ba bon nam sau bay tam", "024 3942 4200", "0283 822 4567"),
    *(
        "+44 20 7946 0958",
        "415-555-2671",
        "(415) 555-2671",
        "0933-111-222",
        "0912 111 111",
    ),
    *(
        "gọi mình:0912345678!",
        "٠٩١٢٣٤٥٦٧٨",
        "0912/345/678",
        "0912•345•678",
        "0912|345|678",
    ),
]
NO_PHONES = [
    *("111", "Gọi 111", "gọi 113, 114, 115", "1 1 1", "năm 2026", "26.05.2012", "2012"),
    *(
        "03/09/2024 20:30",
        "09-12-2034 567",
        "500.000.000 đồng",
        "1.000.000.000đ",
        "10.000",
    ),
    *(
        "1900 1567",
        "1800 1567",
        "18001567",
        "lúc 20:41",
        "3,000 pledges",
        "0,5%",
        "0909",
    ),
    *(
        "không một ai",
        "một hai ba bốn năm",
        "2012-05-26",
        "0900 000 00",
        "12345678901234",
    ),
]
HANDLES = [
    *(
        "@mai.linh03",
        "theo dõi @mailinh",
        "fb: Mai Linh",
        "Facebook của mình là mailinh",
    ),
    *(
        "ig: sunny.days",
        "insta sunny_days",
        "IG @sunny",
        "tiktok banhbeo99",
        "snap=kevin09",
    ),
    *(
        "zalo mình là Nam Trần",
        "tele: namtran",
        "discord: nam#1234",
        "kết bạn fb Trâm Anh",
    ),
]
NO_HANDLES = [
    *(
        "lừa đảo qua facebook",
        "không tin zalo lạ",
        "I will check Facebook offers",
        "@",
        "@ Mỹ Đình",
    ),
    *(
        "đừng tin TikTok nhé",
        "a line of people",
        "hold the line",
        "instant",
        "gặp nhau @ 8h",
    ),
]
EMAILS = [
    *(
        "a.b@gmail.com",
        "ab@yahoo.com.vn",
        "ab (at) gmail (dot) com",
        "ab[at]gmail[dot]com",
    ),
    *(
        "ab @ gmail . com",
        "ab at gmail dot com",
        "ab @gmail.com",
        "ab a còng gmail chấm com",
    ),
]
NO_EMAILS = ["meet at Hanoi. Come", "look at me. Now", "more at example dot com", "c@c"]
LINKS = [
    *(
        "https://a.vn",
        "http://t.me/x",
        "hxxp://bad.ru/x",
        "www.abc.vn",
        "abc.com",
        "kenh14.vn",
    ),
    *(
        "bit.ly/3abc",
        "youtu.be/abc",
        "abc (dot) com",
        "abc chấm com",
        "abc . com",
        "vào abc.net nhé",
    ),
]
NO_LINKS = [
    *(
        "Mình hứa.Cả nhà nhé",
        "I promise.Me too",
        "link lạ",
        "v.v",
        "A.B.C",
        "8.5 điểm",
        "...vn",
    ),
]
SCHOOLS = [
    *(
        "lớp 10A1",
        "Lớp 9B",
        "lop 7c",
        "12A3 mãi đỉnh",
        "11 Toán",
        "12 chuyên Anh",
        "class 10B",
    ),
    *(
        "grade 9",
        "THPT Chu Văn An",
        "thcs giang vo",
        "trường Kim Liên",
        "Trường Mầm non Hoa Sen",
    ),
    *(
        "trường tiểu học Ba Đình",
        "đại học Ngoại thương",
        "ĐH Bách Khoa",
        "RMIT University",
    ),
    *(
        "Hanoi Amsterdam High School",
        "University of Hanoi",
        "St Paul school",
        "trường ams",
    ),
]
NO_SCHOOLS = [
    *(
        "cả lớp mình",
        "trường học",
        "trường mình",
        "trường hợp Nam",
        "thị trường Mỹ",
        "môi trường",
    ),
    *(
        "At school we learn",
        "my school",
        "every school",
        "Old school values",
        "10 bạn",
        "5 tuổi",
    ),
    *(
        "lớp 5 tuổi",
        "6 giờ",
        "9h30",
        "MỖI TRƯỜNG MỘT LỜI HỨA",
        "a class of its own",
        "10%",
    ),
]
CRIES = [
    *(
        "Cứu em với",
        "cuu em voi",
        "CỨU EM",
        "giúp em với",
        "giup minh voi",
        "em muốn chết",
    ),
    *(
        "mình k muốn sống nữa",
        "không muốn sống",
        "tự tử",
        "em bị nhốt",
        "mình đang bị theo dõi",
    ),
    *("bố em hay đánh em", "chú sờ vào em", "họ giữ hộ chiếu của em", "em sợ về nhà"),
    *(
        "không ai tin mình",
        "bị ép lấy chồng",
        "help me",
        "please help",
        "SOMEONE HELP US",
    ),
    *(
        "I want to die",
        "i dont want to live",
        "kill myself",
        "he hits me",
        "my dad beats me",
    ),
    *(
        "they took my passport",
        "I’m scared to go home",
        "nobody believes me",
        "I was raped",
    ),
    *(
        "im not safe",
        "they won't let me leave",
        "I need someone to talk to",
        "h e l p me help me",
    ),
]
NO_CRIES = [
    *(
        "Mình sẽ giúp bạn bị lừa",
        "cứu trợ trẻ em",
        "từ từ thôi",
        "tu tu thoi",
        "giải cứu",
    ),
    *(
        "I will help people who need help",
        "my friends would help me",
        "no one should be sold",
    ),
    *(
        "Nếu ai bị ép, mình sẽ giúp",
        "Gọi 111 khi trẻ em cần giúp",
        "help children in danger",
    ),
    *("We say no to trafficking", "I will keep my passport", "nói không với bạo hành"),
]


def flagged(said: str) -> tuple[Flag, ...]:
    return of_words(words.clean(said), EVENT.lists)


@pytest.mark.parametrize("said", HIDDEN_RUDE)
def test_a_rude_word_is_found_however_it_is_hidden(said: str) -> None:
    assert Flag.RUDE in flagged(said)


@pytest.mark.parametrize("said", INNOCENT)
def test_an_innocent_word_is_not_flagged_for_a_rude_one_in_it(said: str) -> None:
    assert flagged(said) == ()


@pytest.mark.parametrize("said", PHONES)
def test_a_phone_number_is_found_however_it_is_written(said: str) -> None:
    assert Flag.PHONE in flagged(said)


@pytest.mark.parametrize("said", NO_PHONES)
def test_years_prices_dates_and_helplines_are_no_phone_numbers(said: str) -> None:
    assert Flag.PHONE not in flagged(said)


def test_the_events_own_numbers_are_no_secret() -> None:
    lists = type(EVENT.lists)(EVENT.lists.by_flag, helplines=("+84 24 3728 0936",))

    assert of_words("Gọi 024 3728 0936 nhé", lists) == ()
    assert of_words("Gọi 024 3728 0937 nhé", lists) == (Flag.PHONE,)


@pytest.mark.parametrize(
    ("flag", "found", "spared"),
    [
        (Flag.HANDLE, HANDLES, NO_HANDLES),
        (Flag.EMAIL, EMAILS, NO_EMAILS),
        (Flag.LINK, LINKS, NO_LINKS),
        (Flag.SCHOOL, SCHOOLS, NO_SCHOOLS),
        (Flag.HELP, CRIES, NO_CRIES),
    ],
)
def test_what_leads_to_a_person_or_asks_for_help_is_found_and_no_more(
    flag: Flag, found: list[str], spared: list[str]
) -> None:
    assert [each for each in found if flag not in flagged(each)] == []
    assert [each for each in spared if flag in flagged(each)] == []


def test_flags_are_told_in_order_each_once() -> None:
    said = "đm help me 0912345678 help me a@b.vn fuck"

    assert flagged(said) == (Flag.HELP, Flag.RUDE, Flag.PHONE, Flag.EMAIL)


def test_the_pledges_that_the_booth_suggests_are_never_flagged() -> None:
    suggested = [words for each in EVENT.pledges for words in each.words.values()]

    assert [each for each in suggested if flagged(each)] == []


@pytest.mark.parametrize("name", WORST)
def test_no_words_take_long_to_look_at(name: str) -> None:
    try:
        said = words.clean(WORST[name])
    except WordsRefused:
        return

    began = process_time()
    of_words(said, EVENT.lists)
    assert process_time() - began < LONGEST
