# ruff: noqa: E501
"""Finds asking for a job, and what a request forgets to say.

A first version: direct and hinted asking, pressure on time, a missing source of the name, missing
purpose, missing thanks. Sentences that deny it ("I'm not asking for a job") and questions about
how people get hired in the field are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Concern:
    """One thing in a text to think about before it is sent.

    Attributes
    ----------
    kind : str
        ``"asks_for_job"``, ``"presses_on_time"``, ``"no_source_of_name"``, ``"no_purpose"`` or
        ``"no_thanks"``.
    start, end : int
        Where in the text, as a half-open range of characters; (0, 0) when something is missing.
    why : str
        Why it matters.
    instead : str
        Words that do better.
    """

    kind: str
    start: int
    end: int
    why: str
    instead: str


_JOB = r"(?:jobs?|positions?|openings?|vacanc(?:y|ies)|internships?|roles?|work|employment)"
_ASKS_FOR_JOB = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:are|is) (?:you|your (?:company|team|firm|organi[sz]ation|department))"
        r"(?: currently| now)? (?:hiring|recruiting)\b",
        rf"\b(?:do|does) (?:you|your (?:company|team|firm)) (?:currently )?have (?:any |a |an )?"
        rf"(?:\w+ )?{_JOB}\b",
        r"\b(?:keep|bear) me in mind\b",
        rf"\b(?:let me know|tell me|think of me|contact me) (?:if|when|about|of) (?:you|your|there|any|an?)"
        rf"[^.?!]{{0,60}}\b(?:{_JOB}|opens? up|hiring)\b",
        r"\b(?:attach(?:ed|ing)?|enclos(?:ed|ing)|send(?:ing)? you|here is|forward(?:ing)?)\b[^.?!]{0,40}"
        r"\b(?:r[ée]sum[ée]|cv|curriculum vitae|cover letter|application)\b",
        r"\b(?:r[ée]sum[ée]|cv|cover letter)\b[^.?!]{0,20}\b(?:is |are )?(?:attached|enclosed)\b",
        r"\b(?:hire|employ|recruit) me\b",
        r"\bpass (?:on |along )?my (?:r[ée]sum[ée]|cv|name|details)\b[^.?!]{0,30}\b(?:on|along|to)\b",
        rf"\b(?:looking|searching|hoping|applying|apply) (?:for|to get|to find) (?:an? |any |the |some )?"
        rf"(?:\w+ ){{0,3}}{_JOB}(?: (?:at|with|in) (?:your|the) "
        r"(?:company|team|firm|hospital|office|school|organi[sz]ation|department))\b",
        rf"\b(?:give|get|find|offer|refer) me (?:an? |any |the |some |for an? )?(?:\w+ ){{0,2}}{_JOB}\b",
        r"\bput in a (?:good )?word for me\b",
        r"\b(?:could|can|would|may|might) (?:you|i) (?:please )?(?:hire|be hired|apply for|work for you)\b",
        rf"\bi(?:'d| would| want| need)[^.?!]{{0,20}} (?:a|the) {_JOB} (?:with|from|at) you",
    )
]
_DENIES = re.compile(
    r"\b(?:not|n't|never|rather than|instead of|without)\b[^.?!;]{0,50}$", re.IGNORECASE
)
_PRESSES = re.compile(
    r"\b(?:asap|as soon as possible|immediately|urgent(?:ly)?|right away|at the latest|by tomorrow"
    r"|need (?:an |your )?(?:answer|reply)|(?:an|one|two|\d) hours?)\b",
    re.IGNORECASE,
)
_NAMES_SOURCE = re.compile(
    r"\b(?:gave me your name|suggested (?:that )?i|recommended|referred me|told me about you"
    r"|mentioned (?:you|your name)|pointed me to you|found (?:you|your name)|your name (?:in|on|from|through|is)"
    r"|(?:spoke|talked) (?:highly )?(?:of|about) you|introduced|got your name|thought you|read your"
    r"|heard (?:about|of) you|came across your)",
    re.IGNORECASE,
)
_NAMES_PURPOSE = re.compile(
    r"\b(?:information|guidance|advice|learn|find(?:ing)? out|questions|perspective|insight)\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\bthank(?:s| you)[^.?!]{0,20}\bfor (?:taking|your|the|talking|meeting)\b"
    r"|\byou (?:took the time|talked|spoke|met) (?:to|with)\b|\bour (?:talk|conversation|interview)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(r"\b(?:thank|thanks|grateful|appreciate)", re.IGNORECASE)


def _asks_for_job(text: str) -> list[Concern]:
    found: list[Concern] = []
    for pattern in _ASKS_FOR_JOB:
        for match in pattern.finditer(text):
            sentence_so_far = re.split(r"[.?!;\n]", text[: match.start()])[-1]
            if _DENIES.search(sentence_so_far):
                continue
            if any(c.start < match.end() and match.start() < c.end for c in found):
                continue
            found.append(
                Concern(
                    "asks_for_job",
                    match.start(),
                    match.end(),
                    "This asks for a job, or hints at one. They agreed to talk because you don't.",
                    "Ask about the work: how did you come to it, how do people usually get in?",
                )
            )
    return sorted(found, key=lambda concern: concern.start)


def check_wording(text: str, request: bool | None = None) -> list[Concern]:
    """Things in a message to think about before sending it.

    Parameters
    ----------
    text : str
        A draft: request, thank-you, a question, in English.
    request : bool, optional
        Whether the text is a first message to a person; then it must say how you got the name,
        that you look for information and guidance, and thanks. By default a text that greets
        somebody and asks for minutes or a talk is taken as one.

    Returns
    -------
    list of Concern
        In order of place; empty when nothing is found. A missing thing has place (0, 0).

    Examples
    --------
    >>> [c.kind for c in check_wording("By the way, are you hiring?")]
    ['asks_for_job']
    >>> check_wording("How do people usually get hired here? I'm not asking for a job.")
    []
    """
    found = _asks_for_job(text)
    if request is None:
        request = bool(
            re.match(r"\s*(?:dear|hello|hi|good (?:morning|day|afternoon))\b", text, re.IGNORECASE)
            and re.search(
                r"\b(?:minutes|talk|speak|conversation|interview|call|chat)\b", text, re.I
            )
            and not _AFTERWARDS.search(text)
        )
    for match in _PRESSES.finditer(text) if request else ():
        found.append(
            Concern(
                "presses_on_time", match.start(), match.end(),
                "This presses on their time.",
                "Would you have 20 minutes, whenever it suits you?",
            )
        )  # fmt: skip
    if request and not _NAMES_SOURCE.search(text):
        found.append(
            Concern(
                "no_source_of_name", 0, 0,
                "It doesn't say how you got the person's name.",
                "Begin with who gave you the name, or where you found it.",
            )
        )  # fmt: skip
    if request and not _NAMES_PURPOSE.search(text):
        found.append(
            Concern(
                "no_purpose", 0, 0,
                "It doesn't say what you look for.",
                "I am looking for information and guidance about your field.",
            )
        )  # fmt: skip
    if request and not _THANKS.search(text):
        found.append(
            Concern("no_thanks", 0, 0, "It doesn't thank them.", "Thank you for considering it.")
        )
    return sorted(found, key=lambda concern: (concern.start, concern.end))
