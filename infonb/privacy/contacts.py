"""Ways to reach somebody, found in free text by their form: mail, phone, profiles, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable

_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:\s?[\[({]\s?dot\s?[\])}]\s?[\w.+-]{1,64}){0,3}"
    r"(?:@|\s?[\[({]\s?at\s?[\])}]\s?)[\w-]+(?:(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)[\w-]+)+",
    re.IGNORECASE,
)
_SPELT_OUT = re.compile(
    r"(?<![\w.+-])(?:[\w.+-]{1,64}\s(?:dot|DOT|underscore|dash)\s){0,3}[\w.+-]{2,64}\s(?:at|AT)\s(?!(?:the|a|my|our|his|her|their)\s)[\w-]+(?:(?:\s(?:dot|DOT)\s|\.)[\w-]+)*"
    r"\s(?:dot|DOT)\s[\w-]+"
)
_PLATFORM = (
    r"(?:insta(?:gram)?|IG|discord|skype|snap(?:chat)?|telegram|tik ?tok|twitter|whatsapp|signal"
    r"|wechat|linkedin|facebook|fb|github|gitlab|reddit|mastodon|bluesky|threads|slack|xing|youtube"
    r"|twitch)"
)
_AFTER_A_PLATFORM = re.compile(
    rf"(?<![\w.])(?P<platform>{_PLATFORM}(?:\s?[:=]\s?|\s(?:is|handle|name|id|user)\s(?:is\s)?|\s))"
    r"(?P<handle>@?[\w.\-]{3,40}\w(?:#\d{4})?)", re.IGNORECASE
)  # fmt: skip
_BEFORE_A_PLATFORM = re.compile(
    rf"(?<![\w.@-])(?P<handle>[\w.\-]{{4,40}})(?P<platform>\s(?:on|at)\s{_PLATFORM})(?!\w)",
    re.IGNORECASE,
)
_HAS_PLATFORM = re.compile(rf"(?<![\w.]){_PLATFORM}(?!\w)", re.IGNORECASE)
_TAGGED = re.compile(r"(?<![\w.#])[A-Za-z_][\w.]{1,31}#\d{4}(?!\w)")
_REDDIT = re.compile(r"(?<![\w/.])/?u/[\w-]{3,20}(?!\w)")
_MASTODON = re.compile(r"(?<![\w.@/])@[\w.-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w.@/])@([A-Za-z_][\w.]{1,38}\w)")

_PUBLIC = re.compile(
    r"(?:[\w-]+\.)*(?:gov|mil|gov\.\w\w|gouv\.fr|europa\.eu|onetonline\.org|wikipedia\.org)"
)
_LINK = re.compile(
    r"(?<![\w@])(?:https?://|www\.)([\w.-]+)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]'’]", re.IGNORECASE
)
_PROFILE = re.compile(
    r"(?<![\w@.-])(?:\w+\.)?(?:linkedin\.com|xing\.com|facebook\.com|fb\.com|instagram\.com|"
    r"twitter\.com|x\.com|threads\.net|tiktok\.com|youtube\.com|bsky\.app|github\.com|gitlab\.com|"
    r"behance\.net|dribbble\.com|medium\.com|researchgate\.net|orcid\.org|calendly\.com|t\.me|wa\.me|"
    r"linktr\.ee|flickr\.com|pinterest\.com|vimeo\.com|soundcloud\.com|about\.me)/[^\s<>\"“”]*"
    r"[^\s<>\"“”.,;:!?)\]'’]",
    re.IGNORECASE,
)  # fmt: skip

_PHONE = re.compile(
    r"(?<![\w.$€£])(?:\+?\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?|\d{2,4}[ .-])\d{3,4}(?:[ .-]?\d{3,4})?"
    r"(?![\w%]|\.\d)"
)
_NO_PHONE = re.compile(r"(?:19|20)\d\d[ .–-](?:19|20)?\d\d(?:\d\d)?|[1-9]\d{0,2}(?:[ .]\d{3})+")
_SURELY_A_PHONE = re.compile(
    r"(?<![\w.])(?:(?:\+|00)[1-9]\d{0,2}(?:[ ./-]{0,3}\(?\d{1,5}\)?){2,8}"  # with the country
    r"|0\d(?:[ .-]\d\d){4}"  # in pairs
    r"|0\d{2,4}(?:[ ]?/[ ]?|[ -])\d{5,9}"  # an area, then one run
    r"|0\d{9,10})(?![\w%]|\.\d)"
)

_WORDS = r"(?:[A-ZÀ-Ý][\w.'’-]*\s){1,4}"
_PLACE = r"(?:,\s[A-ZÀ-Ý][\w.'’-]*(?:\s[A-ZÀ-Ý][\w.'’-]*){0,2})?"
_STATE = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]"
    r"|T[NX]|UT|V[AT]|W[AIVY])"
)
_ZIP = rf"(?:,?\s{_STATE}\s\d{{5}}(?:-\d{{4}})?)?"
_UNIT = r"(?:,?\s(?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|No|#)\.?\s?[\w-]+)?"
_STREET = re.compile(
    r"(?<![\w.])(?:"
    rf"\d{{1,5}}[A-Za-z]?\s{_WORDS}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Highway|Hwy"
    rf"|Parkway|Pkwy|Terrace|Crescent|Mews)\b\.?{_UNIT}{_PLACE}{_ZIP}"
    rf"|\d{{1,5}}[A-Za-z]?\s{_WORDS}(?:Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Way|Close|Walk|Row)\b"
    rf"(?:\.?{_UNIT}{_PLACE},?\s{_STATE}\s\d{{5}}(?:-\d{{4}})?|(?=[.,;)]|$))"
    r"|(?:\w+[-\s])?\w+(?:straße|strasse|str\.|weg|allee|platz|gasse|straat|laan|plein|gatan|vägen|vej)"
    r"\s\d{1,3}\s?[a-z]?\b(?:,?\s\d{4,5}\s[A-ZÀ-Ý]\w+)?"
    r"|\d{1,4}(?:\s?bis|\s?ter)?,?\s(?:rue|avenue|boulevard|place|chemin|impasse|allée|quai|cours)\s"
    r"(?:(?:de|du|des|la|le|les)\s|d['’]|l['’])*[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+)*"
    r"|(?:Calle|Avenida|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua|ul\.|ulica)\s(?:d\w{1,3}\s)?"
    r"(?:[A-ZÀ-Ý][\w'’-]*\s?){1,3},?\s?\d{1,4}\b"
    rf"|(?!(?:The|A|On|In|At|From)\s){_WORDS}(?:Street|Avenue|Road|Lane|Boulevard)\s\d{{1,4}}[a-z]?\b"
    r"|(?:P\.?\s?O\.?\s?Box|Postfach|Boîte [Pp]ostale|Apartado)\s\d+(?:\s?\d\d){0,3}"
    rf"|{_STATE}\s\d{{5}}(?:-\d{{4}})?"
    r"|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
    r")(?![\w])"
)  # fmt: skip


_SIGN = re.compile(r"[@#/\[({\d]")
_BESIDE_A_CONTACT = frozenset(
    "dot www insta instagram ig discord skype snap snapchat telegram tiktok tik twitter whatsapp"
    " signal wechat linkedin facebook fb github gitlab reddit mastodon bluesky threads slack xing"
    " youtube twitch".split()
)


def may_hold_contacts(text: str, words: set[str]) -> bool:
    """Whether there is anything in a text for `without_contacts` to look at; most have nothing.

    Parameters
    ----------
    text : str
    words : set of str
        The text's words, in lower case.
    """
    return bool(_SIGN.search(text)) or not words.isdisjoint(_BESIDE_A_CONTACT)


def without_contacts(text: str, is_a_word: Callable[[str], bool]) -> str:
    """The text with each way to reach somebody replaced by what it is.

    Addresses of public bodies stay ("bls.gov"), and so do years, sums, dates and other figures.

    Parameters
    ----------
    text : str
    is_a_word : callable
        Whether what follows an @ is an ordinary word: "@work" is no handle.

    Examples
    --------
    >>> said = "Write to ada@example.org or @ada_l, 030/5550134, 12 Rose Lane, Lakemont, OH 44444."
    >>> without_contacts(said, lambda word: False)
    'Write to [e-mail] or [handle], [phone], [address].'
    """
    if "@" in text:
        text = _MASTODON.sub("[handle]", text)
    if "@" in text or _AT.search(text):
        text = _MAIL.sub("[e-mail]", text)
    if " dot " in text or " DOT " in text:
        text = _SPELT_OUT.sub("[e-mail]", text)
    if "." in text:
        text = _PROFILE.sub("[profile]", _LINK.sub(_link, text))
    if "@" in text:
        text = _HANDLE.sub(lambda m: m[0] if is_a_word(m[1].lower()) else "[handle]", text)
    if _HAS_PLATFORM.search(text):
        text = _AFTER_A_PLATFORM.sub(lambda m: _handle(m, is_a_word), text)
        text = _BEFORE_A_PLATFORM.sub(lambda m: _handle(m, is_a_word), text)
    if "#" in text:
        text = _TAGGED.sub("[handle]", text)
    if "u/" in text:
        text = _REDDIT.sub("[handle]", text)
    if _DIGIT.search(text):
        text = _STREET.sub("[address]", text)
        text = _PHONE.sub(_phone, _SURELY_A_PHONE.sub(_phone, text))
        if _A_RUN.search(text):
            text = _without_numbers(text)
    return text


_AT = re.compile(r"at\s?[\])}]", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_A_RUN = re.compile(r"(?<![\w.,])\(?\d(?:[ ()/.\-]{0,3}\d){9,14}(?![\w%]|[.,]\d)")

_YEARS = re.compile(r"(?:19|20)\d\d[ .–-]")


def _without_numbers(text: str) -> str:
    """Numbers that can be dialled somewhere that many people call, in any spelling."""
    from phonenumbers import PhoneNumberMatcher

    for region in ("US", "GB", "DE"):
        for found in reversed(list(PhoneNumberMatcher(text, region))):
            if _A_RUN.match(text, found.start) and not _YEARS.match(found.raw_string):
                text = f"{text[: found.start]}[phone]{text[found.end :]}"
    return text


def _handle(match: re.Match[str], is_a_word: Callable[[str], bool]) -> str:
    """A handle beside its platform; words of the language, and of names, are none."""
    handle = match["handle"]
    named = re.search(r"[:=]", match["platform"]) or re.search(r"[\d_#]", handle)
    after_is = re.search(r"\sis\s", match["platform"]) and not handle[0].isupper()
    dotted = handle.islower() and re.search(r"\w\.\w", handle) and "." not in handle[-4:]
    joined = handle.islower() and len(handle) >= 8 and match.start() == match.start("handle")
    wanted = named or after_is or joined or dotted
    if not wanted or is_a_word(handle.lower()) or handle.replace(",", "").isdigit():
        return match[0]
    return match[0].replace(handle, "[handle]")


def _link(match: re.Match[str]) -> str:
    host = match[1].lower().removeprefix("www.")
    if _PUBLIC.fullmatch(host):
        return match[0]
    return "[profile]" if _PROFILE.search(match[0][match[0].lower().find(host) :]) else "[link]"


def _phone(match: re.Match[str]) -> str:
    digits = sum(character.isdigit() for character in match[0])
    return match[0] if digits < 7 or _NO_PHONE.fullmatch(match[0]) else "[phone]"
