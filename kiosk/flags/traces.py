"""What leads to a person: numbers, addresses, names on the net, schools and classes."""

import re
from collections.abc import Iterable, Mapping
from unicodedata import decimal, normalize

import regex

from kiosk.flags.spelling import fold

_SIGNS = re.compile("[\ufe0e\ufe0f\u20e3]")  # what makes a digit a picture of one
_DIGITS: Mapping[str, str] = {
    **dict.fromkeys(("khong", "zero", "oh", "hong"), "0"),
    **dict.fromkeys(("mot", "one"), "1"),
    **dict.fromkeys(("hai", "two"), "2"),
    **dict.fromkeys(("ba", "three"), "3"),
    **dict.fromkeys(("bon", "tu", "four"), "4"),
    **dict.fromkeys(("nam", "lam", "five"), "5"),
    **dict.fromkeys(("sau", "six"), "6"),
    **dict.fromkeys(("bay", "seven"), "7"),
    **dict.fromkeys(("tam", "eight"), "8"),
    **dict.fromkeys(("chin", "nine"), "9"),
}
_LETTERS = re.compile(r"[^\W\d_]+")
_ROUND = re.compile(r"(?<=\d)[oO](?![^\W\d_])|(?<![^\W\d_])[oO](?=[\s.-]?\d)")
_DATE = re.compile(
    r"(?<!\d)\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d)"
)
_BETWEEN = r"[^\w+]{0,3}_?"  # what may stand between two digits
_PHONES = (
    re.compile(  # of Viet Nam
        rf"(?<!\d)(?:(?:\+|00){_BETWEEN}8{_BETWEEN}4|8{_BETWEEN}4|0){_BETWEEN}"
        rf"(?:0{_BETWEEN})?[2-9](?:{_BETWEEN}\d){{8,9}}(?!\d)"
    ),
    re.compile(rf"\+{_BETWEEN}[1-9](?:{_BETWEEN}\d){{7,13}}(?!\d)"),
    re.compile(r"(?<!\d)\(?\d{3}\)?[-. ]{1,2}\d{3}[-. ]\d{4}(?!\d)"),
)
_AT = r"(?:@|\s@\s|\s?[(\[{]\s?(?:at|a còng)\s?[)\]}])"
_POST = r"(?:gmail|gmai|yahoo|hotmail|outlook|icloud|email|mail|proton)"
_DOT = r"(?:\.|[(\[{]\s?(?:dot|chấm)\s?[)\]}]|\s(?:dot|chấm|cham)\s)"
_TOP = r"(?:com|vn|net|org|edu|gov|info|io|xyz|co|uk|asia|biz|online|site|shop|app|dev)"
_EMAIL = re.compile(
    rf"[\w.+-]{{1,64}}{_AT}\s?[\w-]{{1,40}}(?:\s?{_DOT}\s?[\w-]{{2,20}})+"
    rf"|[\w.+-]{{2,64}}(?:{_AT}|\s@|\s(?:at|a còng|a cong)\s)\s?{_POST}\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b(?:https?|hxxps?|ftp)\s?:\s?/{0,2}\s?\w|\bwww\s?[.,]\s?\w"
    rf"|\b[a-z0-9][\w-]{{0,40}}(?:\.|\s?[(\[](?:dot|chấm)[)\]]\s?|\s(?:dot|chấm)\s"
    rf"|\s\.\s?){_TOP}\b"
    r"|\b(?:bit\.ly|t\.me|fb\.me|fb\.com|m\.me|zalo\.me|youtu\.be|goo\.gl|wa\.me"
    r"|discord\.gg|linktr\.ee|[a-z0-9-]{2,30}\.[a-z]{2,6}/\w)",
    re.IGNORECASE,
)
_AT_NAME = re.compile(r"(?<![\w.])@[\w.]{3,30}")
_PLACE = (
    r"(?:f(?:ace)?b(?:ook)?|ig|insta(?:gram)?|zalo|tik\s?tok|snap(?:chat)?|tele(?:gram)?"
    r"|discord|wechat|viber|line|threads|twitter|locket|roblox|skype)"
)
_WHOSE = (
    r"(?:\s(?:của|cua|mình|minh|tớ|em|tôi|tui|me|my|add|name|nick|id|user|acc|số|so))"
    r"{0,3}"
)
_NAMED = re.compile(
    rf"\b{_PLACE}{_WHOSE}\s?(?:[:=@]|(?:\s|-)+(?:là|la|is|tên|ten)\b)\s?[\w.]{{2,}}"
    rf"|\b{_PLACE}{_WHOSE}\s[@]?(?=[\w.]{{3,30}}\b)[^\W\d_]+(?:[._][\w.]*\w|\w*\d\w*)",
    re.IGNORECASE,
)
_ASKED = regex.compile(  # by a name that people have beside a camera
    r"\b(?i:kết bạn|ket ban|kb|add|follow|theo dõi|fl|flw|tìm|tim)\b.{0,20}"
    rf"\b(?i:{_PLACE})\s+\p{{Lu}}"
)
_SUBJECT = r"(?:Toán|Lý|Lí|Hoá|Hóa|Sinh|Văn|Anh|Sử|Địa|Tin|Pháp|Nga|Trung|Nhật|Hàn)"
_CLASS = re.compile(
    r"\b(?:lớp|lop|khối|class|grade|form)\s?(?:1[0-2]|[1-9])(?:\s?[a-z]\d{0,2})?\b(?![.,]\d|\s?(?:tuổi|tháng|of))"
    r"|(?<![\w.,])(?:1[0-2]|[6-9])\s?[a-gik]\d{1,2}(?!\w)"
    rf"|(?<![\w.,])1[0-2]\s(?:chuyên\s)?(?-i:{_SUBJECT})\b",
    re.IGNORECASE,
)
_SCHOOL_KIND = (
    r"(?:thpt|thcs|ptth|ptdtnt|tiểu học|trung học|mầm non|mẫu giáo|cao đẳng|học viện"
    r"|đại học|đh|cđ|chuyên|cấp (?:1|2|3|i|ii|iii))"
)
_NAME = r"(?:\p{Lu}[\w.-]*)"
_SCHOOL = regex.compile(
    rf"\b(?i:thpt|thcs|ptth|ptdtnt)\s+(?!(?:thì|là|và|của|này|mình|em)\b)\w{{2,}}"
    rf"|\b(?i:trường|truong|tr\.)\s+(?:(?i:{_SCHOOL_KIND})\s+){{0,3}}{_NAME}"
    rf"|\b(?i:{_SCHOOL_KIND})\s+{_NAME}"
    rf"|{_NAME}\s+(?:{_NAME}\s+){{0,4}}(?:School|SCHOOL|University|College|Academy)\b"
    rf"|(?:{_NAME}\s+){{2,5}}(?i:school|university|college|academy|uni)\b"
    r"|\b(?i:university|college|academy|school)\s+of\s+\p{Lu}"
)
_OTHER_TRUONG = re.compile(
    r"\b(?:thị|thi|môi|moi|công|cong|hiện|hien|lập|lap|quảng|quang|nông|nong|hội|hoi"
    r"|phi|sở|chủ|đô)\s+(?:trường|truong)\b|\b(?:trường|truong)\s+(?:hợp|hop|đời|sa)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:At|In|My|Our|The|Every|After|No|To|Your|His|Her|Their|All|Any|Each|This"
    r"|That|Old|New|I|We|And|For|From|Back|Stay|Go|Love|Through|Make|Keep)\s+",
)


def traces(words: str, helplines: Iterable[str]) -> set[str]:
    """Name what a guest's words hold that leads to a person."""
    text = _shown(words)
    found = {"phone"} if _has_phone(text, helplines) else set()
    text, emails = _EMAIL.subn(" ", text)
    found |= {"email"} if emails else set()
    found |= {"link"} if _LINK.search(text) else set()
    found |= {"handle"} if _has_handle(text) else set()
    found |= {"school"} if _has_school(text) else set()
    return found


def _shown(words: str) -> str:
    text = normalize("NFKC", _SIGNS.sub("", words))
    return "".join(str(decimal(each, each)) for each in text)


def _has_handle(text: str) -> bool:
    return any(each.search(text) for each in (_AT_NAME, _NAMED, _ASKED))


def _has_phone(text: str, helplines: Iterable[str]) -> bool:
    text = _ROUND.sub("0", _LETTERS.sub(_digit, _DATE.sub(" x ", text)))
    public = {_national(each) for each in helplines}
    numbers = (found[0] for phone in _PHONES for found in phone.finditer(text))
    return any(_national(each) not in public for each in numbers)


def _national(number: str) -> str:
    """Write a number as it is dialled at home."""
    digits = "".join(each for each in number if each.isdecimal()).removeprefix("00")
    return f"0{digits[2:]}" if digits.startswith("84") else digits


def _digit(word: re.Match[str]) -> str:
    return _DIGITS.get(fold(word[0].casefold()), word[0])


def _has_school(text: str) -> bool:
    if _CLASS.search(text):
        return True
    if text.isupper():
        return False  # no names can be told from other words
    return bool(_SCHOOL.search(_PRONOUN.sub("x ", _OTHER_TRUONG.sub("x", text))))
