"""Ratings in tables of others: on which scale a column is, and what a cell of it says.

A rating here is a whole number from 1 to 5, and 5 is the good end. A column on another scale, or
with its good end at 1, gives no rating at all: the same digits would say something else.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from infonb import method
from infonb.errors import InfonbError

LOW, HIGH = 1, 5

_DIGITS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
           "eight": 8, "nine": 9, "ten": 10}  # fmt: skip
_N = rf"(?<![\w.])(\d{{1,3}}|{'|'.join(_DIGITS)})(?![\w%])"
_NO_SCALE = r"(?!\s*(?:years?|months?|weeks?|days?|hours?|minutes?|people|times|percent|%))"
_RANGE = re.compile(rf"{_N}\s*(?:\([^)]*\)|=[^,;)]*?)?\s*(?:-|to|through|up to|until|\.{{2,}}|…|bis)\s*{_N}{_NO_SCALE}")  # fmt: skip  # noqa: E501
_OUT_OF = re.compile(
    rf"(?:out of|(?<!\d)/|scale of)\s*{_N}(?!\s*(?:-|to|\())|{_N}[- ](?:point|star)"
)
_PERCENT = re.compile(r"%|\bper ?cent")
_NUMBER_FIRST = re.compile(rf"{_N}\s*(=|\bis\b|\bbeing\b|\bmean(?:s|ing)\b|:|->|-(?=\s*[^\W\d])|\()\s*([^,;/()\d]*[^\W\d_][^,;/()\d]*)")  # fmt: skip  # noqa: E501
_LABEL_FIRST = re.compile(rf"([^\W\d_][^,;/()\d=]*?)\s*(?:=|\()\s*{_N}\s*(?:[),;/]|$)")
_RATED = re.compile(r"\b(?:rat(?:e|ed|ing)|stars?|1\s*(?:-|to)\s*5|out of 5)\b")

_BAD = re.compile(
    r"\b(?:bad|worst|worse|poor|terribl|awful|horribl|stress|difficult|hard(?!ly)|tough|tiring|"
    r"tired|exhaust|boring|bored|dull|unpleasant|dislike|hate|negative|unhapp|dissatisf|unsatisf|"
    r"weak|shrink|declin|risk|danger|unsafe|insecur|problem|bother|burden|demanding|pressure|"
    r"conflict|complain|lonel|unclear|slow|dead end|treadmill|frustrat|annoy|overwork|strain|"
    r"worr|unfair|toxic|bleak|gloom|challeng|nightmare|useless|ugly|hopeless|drawback|downside|"
    r"disadvantage|inflexib|unattractive|uncertain|noisy|dirty|repetitive|monoton)\w*"
)
_GOOD = re.compile(
    r"\b(?:good|great|excellent|best|better|outstanding|perfect|superb|wonderful|fantastic|"
    r"amazing|satisf|happy|happi|love|like|enjoy|positive|eas(?:y|ily|ier)|boom|grow|strong(?!ly)|"
    r"clear|fair|secur|safe|bright|rosy|promising|attractive|pleasant|suit|favou?rabl|"
    r"recommend|wide open|manageable|healthy|flexib|dream|ideal|fun|interesting|rewarding)\w*"
)
_NEGATED = re.compile(
    r"\b(?:not|no|never|none|nothing|little|few|hardly|without|free of|less|least)\b|n't\b"
)
_MUCH = re.compile(
    r"\b(?:agree|very|extreme|complete|always|lots?|many|much|high|highest|most|max|full|total|"
    r"yes|often|strongly|absolute|true|likely|top|entirely|great deal)\w*"
)
_LITTLE = re.compile(
    r"\b(?:disagree|not|none|never|no|little|few|low|lowest|least|rarely|seldom|hardly|min|minimum|"
    r"unlikely|false|bottom|nothing|slightly|untrue)\b"
)
_OF_A_QUESTION = re.compile(r"\b(?:difficult(?:y|ies)|challenges?|dislikes?|problems?)\b")
_CELL = re.compile(
    r"(?P<number>\d+)(?:[.,]0+)?\s*(?:(?:/|out of|of)\s*5(?:[.,]0+)?)?\s*(?:stars?|points?)?\s*"
    r"(?:[.)]|(?:[-:=,.)])\s*(?P<label>[^\d]*[^\W\d][^\d]*)|\((?P<bracket>[^\d)]*)\))?"
)
_SAID = re.compile(
    r"(?P<number>-?\d+(?:[.,]\d+)?)\s*(?:(?:/|out of|of)\s*(?P<of>\d+)(?:[.,]0+)?)?\s*"
    r"(?:stars?|points?)?\s*(?:[.)]|(?P<label>[-:=,.)(]\s*[^\d]*))?"
)
_HEDGED = re.compile(
    r"\b(?:or|half|between|maybe|perhaps|plus|minus|two|three|four|five|six|seven|eight|nine|ten)\b"
)
_OUT_OF_MORE = re.compile(r"\d+(?:[.,]\d+)?\s*(?:/|out of|of)\s*(\d+)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_rated(title: str) -> bool:
    """Whether a header asks for a number on a scale.

    Examples
    --------
    >>> is_rated("Rate the outlook"), is_rated("The outlook (0–10)"), is_rated("The outlook")
    (True, True, False)
    """
    return bool(_RATED.search(_plain(title))) or RatingScale.of(title).stated


def without_scale(title: str) -> str:
    """A header without the words about its scale, to see what it asks.

    Examples
    --------
    >>> without_scale("Rate the outlook (1 = bad, 5 = good)").strip()
    'the outlook'
    """
    clean = re.sub(r"\([^)]*\d[^)]*\)|\bon a scale (?:of|from)\b", " ", title, flags=re.IGNORECASE)
    return re.sub(_RATED.pattern, " ", clean.replace("–", "-"), flags=re.IGNORECASE)


@dataclass(frozen=True)
class RatingScale:
    """The scale that a column's header tells of.

    Attributes
    ----------
    low, high : int or None
        Its ends, as far as they are told.
    falls : bool
        Whether it is told from the higher number to the lower.
    ends : mapping of int to str
        What the header says that its numbers mean.
    asks : int
        1 where more is better, -1 where more is worse ("how stressful"), 0 where it isn't known.
    strictly : bool
        Whether more is worse for sure, and not because a question is called so ("difficulties").
    said : bool
        Whether a person said its ends; then decimals count too.
    reversed : bool
        Whether a person said that the lower end is the good one.
    """

    low: int | None = None
    high: int | None = None
    falls: bool = False
    ends: dict[int, str] = field(default_factory=dict)
    asks: int = 0
    strictly: bool = False
    said: bool = False
    reversed: bool = False

    @classmethod
    def of(cls, title: str) -> RatingScale:
        """The scale in a header.

        Examples
        --------
        >>> scale = RatingScale.of("How stressful is it (1 = not at all, 7 = extremely)?")
        >>> scale.low, scale.high, scale.ends[7], scale.asks
        (1, 7, 'extremely', -1)
        """
        text = _plain(title)
        ranges = [pair for pair in _pairs(text) if min(pair) in (0, 1)]
        outs = [_number(a or b) for a, b in _OUT_OF.findall(text)]
        first = {_number(n): (sign, label) for n, sign, label in _NUMBER_FIRST.findall(text)}
        ends = {_number(n): label.strip() for label, n in _LABEL_FIRST.findall(text)}
        ends |= {n: label.strip() for n, (_, label) in first.items()}
        if len(ends) == 1 and all(sign in ":->(" for sign, _ in first.values()):
            ends = {}  # "Question 7: what do you like?" has none
        lows = [min(pair) for pair in ranges] + ([min(ends)] if len(ends) > 1 else [])
        highs = [*map(max, ranges), *outs, *([max(ends)] if ends and max(ends) > 1 else [])]
        highs += [100] if _PERCENT.search(text) else []
        about = text
        for label in ends.values():
            about = about.replace(label, " ")
        asks = _valence(about)
        by_name = _OF_A_QUESTION.sub(" ", about)
        return cls(
            min(lows, default=None),
            max(highs, default=None),
            any(a > b for a, b in ranges),
            ends,
            asks,
            asks < 0 and _valence(by_name) < 0,
        )

    def as_said(self, ends: tuple[int, int] | None, reversed: bool) -> RatingScale:
        """This scale as a person says it is: its ends, and whether the lower is the good one."""
        if ends is None:
            return replace(self, reversed=reversed)
        return replace(self, low=ends[0], high=ends[1], said=True, reversed=reversed)

    @property
    def span(self) -> tuple[int, int]:
        """The lower and the higher end."""
        return (LOW if self.low is None else self.low, HIGH if self.high is None else self.high)

    @property
    def stated(self) -> bool:
        """Whether the header tells of a scale so that its cells must be ratings."""
        return (self.high or 0) > 3 or len(self.ends) > 1

    def problem(self, title: str, key: str) -> str:
        """Why a column gives no ratings, and what to do; empty where it does."""
        question = method.QUESTIONS.get(key)
        short, best = (question.short, question.high) if question else ("…", "the good end")
        leave = (
            f'or leave the column out: answers={{{title!r}: "leave out"}} (on the command line '
            "--answer HEADER=leave out)."
        )
        low, high = self.span
        scale = (
            f"scales={{{title!r}: ({low}, {high})}} (on the command line "
            f'--scale "{title}={low}..{high}")'
        )
        turned = f'reversed=[{title!r}] (on the command line --reversed "{title}")'
        header = f"call the column 'Rate: {short} (1 to 5, 5 = {best})'"
        good_end = self.good_end(self.ends)
        if not self.said and (low, high) != (LOW, HIGH):
            return (
                f"has a scale from {low} to {high}, and a rating here goes from 1 to 5; say "
                f"{scale}, and {turned} too if {low} is the good end, or turn its numbers into "
                f"1 to 5 and {header}, {leave}"
            )
        if self.reversed:
            return ""
        if good_end < 0 or (self.falls and good_end == 0):
            return (
                f"counts the other way round: {high} is the good end here ({best}); say {turned}, "
                f"or write 6 minus each number and {header}, {leave}"
            )
        if len(self.ends) > 1 and good_end == 0 and not self.said:
            return (
                f"doesn't say in words known here which end is good, and here it is 5 ({best}); "
                f"say {scale} if it is {high}, {turned} if it is {low}, or {header}, "
                f"where needed with 6 minus each number, {leave}"
            )
        return ""

    def reading(self, key: str) -> str:
        """How a column's numbers are read, in a sentence."""
        low, high = self.span
        good, question = (low if self.reversed else high), method.QUESTIONS.get(key)
        means = f" ({question.high!r})" if question and question.high else ""
        turned = ", turned into 1 to 5" if (low, high) != (LOW, HIGH) else ""
        return f"is read as ratings from {low} to {high}{turned}; {good} is the good end{means}."

    def good_end(self, labels: dict[int, str]) -> int:
        """1 where labels say that 5 is the good end, -1 where it is 1, else 0."""
        middle = sum(self.span) / 2
        low = [label for number, label in labels.items() if number < middle]
        high = [label for number, label in labels.items() if number > middle]
        by_worth = [_valence(label) for label in high] + [-_valence(label) for label in low]
        if any(by_worth):
            return -1 if min(by_worth) < 0 else 1
        by_amount = [_amount(label) for label in high] + [-_amount(label) for label in low]
        if any(by_amount):
            more = -1 if min(by_amount) < 0 else 1
            return more * (self.asks or 1)
        return -1 if self.strictly else 0

    def rating(self, cell: str) -> int | None:
        """The rating that a cell holds, None where it is empty.

        Raises
        ------
        InfonbError
            When it is no whole number from 1 to 5, or says that the good end is another.

        Examples
        --------
        >>> RatingScale().rating("4 - quite good"), RatingScale().rating(" ")
        (4, None)
        >>> RatingScale().rating("3/10")
        Traceback (most recent call last):
        infonb.errors.InfonbError: is out of 10 and must be a whole number from 1 to 5; write one of 1, 2, 3, 4, 5, or leave the cell empty. If the column's scale is another, say it: scales={"HEADER": (1, 10)} (on the command line --scale "HEADER=1..10").
        """  # noqa: E501
        text = _plain(cell)
        if not text:
            return None
        if self.said or self.reversed:
            return self._turned(text)
        match = _CELL.fullmatch(text)
        label = (match["label"] or match["bracket"] or "").strip() if match else ""
        number = int(match["number"]) if match else 0
        if match is None or not LOW <= number <= HIGH or _HEDGED.search(label):
            raise InfonbError(_must_be(text))
        if label and self.good_end({number: label}) < 0 and number != 3:
            raise InfonbError(
                f"says that {number} is {label!r}, and 5 is the good end here; write 6 minus each "
                'number of this column (or say reversed=["HEADER"], on the command line '
                '--reversed "HEADER"), or leave the column out.'
            )
        return number

    def _turned(self, text: str) -> int:
        """A number of this scale as a rating, halves towards the middle."""
        low, high = self.span
        match = _SAID.fullmatch(text)
        given = Fraction(match["number"].replace(",", ".")) if match else Fraction(-1)
        out_of = match["of"] if match else None
        hedged = match is not None and _HEDGED.search(match["label"] or "")
        whole = given.denominator == 1 or self.said
        if not low <= given <= high or not whole or hedged or int(out_of or high) != high:
            raise InfonbError(
                f"must be a number from {low} to {high}, as the column's scale is; correct it, or "
                "leave the cell empty."
            )
        rating = LOW + (HIGH - LOW) * (given - low) / (high - low)
        if self.reversed:
            rating = LOW + HIGH - rating
        middle = Fraction(LOW + HIGH, 2)
        away = abs(rating - middle)
        steps = math.ceil(away - Fraction(1, 2))
        return int(middle + steps if rating > middle else middle - steps)


def _must_be(text: str) -> str:
    out_of, why = _OUT_OF_MORE.fullmatch(text), ""
    if out_of and out_of[1] != str(HIGH):
        why = f"is out of {out_of[1]} and "
    elif _DAY.match(text):
        why = "is a date (a spreadsheet makes one of 4.5 or 3-4) and "
    return (
        f"{why}must be a whole number from {LOW} to {HIGH}; write one of 1, 2, 3, 4, 5, "
        "or leave the cell empty. If the column's scale is another, say it: "
        'scales={"HEADER": (1, 10)} (on the command line --scale "HEADER=1..10").'
    )


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    for one, other in _RANGE.findall(text):
        yield _number(one), _number(other)


def _number(text: str) -> int:
    return _DIGITS.get(text, -1) if text in _DIGITS else int(text)


def _plain(text: str) -> str:
    """Text in small letters, with digits and dashes of one kind and single spaces."""
    clean = unicodedata.normalize("NFKC", text).casefold()
    clean = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in clean)
    return " ".join(re.sub("[‐‑‒–—−]", "-", clean).split())


_OWN = {
    edge: worth
    for question in method.QUESTIONS.values()
    for edge, worth in ((question.low.casefold(), -1), (question.high.casefold(), 1))
    if edge
}


def _valence(text: str) -> int:
    """1 for words of praise, -1 for words of complaint, 0 where there are neither or both."""
    if text.strip() in _OWN:
        return _OWN[text.strip()]
    signs: set[int] = set()
    for words, worth in ((_GOOD, 1), (_BAD, -1)):
        for match in words.finditer(text):
            negated = _NEGATED.search(
                " ".join(re.split(r"[,;.]", text[: match.start()])[-1].split()[-3:])
            )
            free = text[match.end() :].startswith((" free", "-free"))
            signs.add(-worth if negated or free else worth)
    return signs.pop() if len(signs) == 1 else 0


def _amount(text: str) -> int:
    """1 for words of much, -1 for words of little, 0 where there are neither, or of praise."""
    if _GOOD.search(text) or _BAD.search(text):
        return 0
    if _LITTLE.search(text):
        return -1
    return 1 if _MUCH.search(text) else 0
