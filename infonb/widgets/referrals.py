"""Whom a note names: the name, and what stands beside it of work, e-mail and phone."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CAPITAL = "[A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞİŁŃŇŐŒŘŚŞŠŤŮŰŹŻŽ]"
_PART = rf"{_CAPITAL}[\w'’-]*\.?"
_PARTICLES = r"(?:(?:de|del|di|van|von|der|den|da|dos|la|le|al|bin)[ \t]+)*"
_NAME = re.compile(rf"(?<![\w.@+-]){_PART}(?:[ \t]+{_PARTICLES}{_PART})+(?![\w@])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ()/.-]{5,}\d(?!\w)")
_NO_WORK = re.compile(r"(?:and|or|who|perhaps|maybe|also|her|his|their)\b", re.IGNORECASE)
_LONGEST_WORK = 6


@dataclass(frozen=True)
class Referral:
    """Somebody who was named, with what was noted of them.

    Attributes
    ----------
    name : str
        As it was written.
    job_title, email, phone : str or None
        What stands beside the name; None where nothing does.
    """

    name: str
    job_title: str | None = None
    email: str | None = None
    phone: str | None = None

    @property
    def details(self) -> dict[str, str]:
        """What is known besides the name, by column of a person."""
        found = {"job_title": self.job_title, "email": self.email, "phone": self.phone}
        return {column: value for column, value in found.items() if value}


def referrals_in(text: str) -> list[Referral]:
    """Names in a note on whom to ask next, each with what follows it up to the next name.

    A name is two or more capitalised words that follow each other. It is a proposal: nobody
    becomes a person by it.

    Examples
    --------
    >>> referrals_in("Ben Carter (charge nurse), ben@example.org; perhaps Tom Okoro")
    ... # doctest: +NORMALIZE_WHITESPACE
    [Referral(name='Ben Carter', job_title='charge nurse', email='ben@example.org', phone=None),
     Referral(name='Tom Okoro', job_title=None, email=None, phone=None)]
    """
    found: dict[str, Referral] = {}
    for line in text.splitlines():
        names = list(_NAME.finditer(line))
        for match, after in zip(names, [*names[1:], None], strict=False):
            end = after.start() if after else len(line)
            name = " ".join(match[0].split())
            referral = _with_details(name, line[match.end() : end])
            found[name] = _joined(found[name], referral) if name in found else referral
    return list(found.values())


def referral_in(text: str) -> Referral:
    """What was typed of one person: the name, then whatever else, parted by commas.

    Examples
    --------
    >>> referral_in("grace, night nurse, +1 555 010 0199").name
    'grace'
    """
    name, parted, rest = re.sub(r"\s*\(", ", (", " ".join(text.split()), count=1).partition(",")
    return _with_details(name.strip(), parted + rest)


def _with_details(name: str, rest: str) -> Referral:
    mail, phone = _MAIL.search(rest), _PHONE.search(_MAIL.sub(" ", rest))
    return Referral(name, _work(rest), mail[0] if mail else None, phone[0] if phone else None)


def _work(rest: str) -> str | None:
    """What somebody does: what stands in brackets behind the name, or between commas."""
    rest = _PHONE.sub(" ", _MAIL.sub(" ", rest))
    bracket = re.match(r"[\s,]*\(([^()]+)\)", rest)
    between = re.match(r"\s*,\s*([^,;()]+)", rest)
    found = (bracket or between or [""] * 2)[1].strip(" .:-–")
    fits = found and len(found.split()) <= _LONGEST_WORK and not _NO_WORK.match(found)
    return " ".join(found.split()) if fits else None


def _joined(one: Referral, other: Referral) -> Referral:
    return Referral(
        one.name, one.job_title or other.job_title, one.email or other.email,
        one.phone or other.phone,
    )  # fmt: skip
