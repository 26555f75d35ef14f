# ruff: noqa: E501
"""Finds asking for a job, and what a request forgets to say.

Asking comes directly ("are you hiring?") or as a hint ("keep me in mind", an attached résumé, "I
could start on Monday"). What people ask about hiring in a field, what they deny ("I'm not asking
for a job") and what they tell ("I was hired last week") is left alone: a false alarm would teach
people to ignore the true ones. How often it is right is measured on ``tests/data/wording.csv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from infonb.method.asking_model import asking


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


_JOB = r"(?:jobs?|positions?|openings?|vacanc(?:y|ies)|internships?|traineeships?|apprenticeships?|roles?|work|employment|placements?)"
_ORGANISATION = (
    r"(?:\w+ )?(?:company|team|firm|organi[sz]ation|department|office|hospital|school|lab|clinic|studio|agency|group"
    r"|practice|business|shop|boss|manager|employer|institute|library|staff)"
)
_THERE = rf"(?:you\b(?!r)|your {_ORGANISATION}\b|here\b)"
_PAPERS = r"(?:r[ée]sum[ée]s?|cvs?|curriculum vitae|cover letter|(?:job )?application)"
_SOMEBODY = r"(?:someone|somebody|anyone|anybody|people|a person)"
_NOT_ABOUT = r"(?:(?!idea|picture|sense|view|feel|impression|look|glimpse|of|about|how)\w+ ){0,3}"
_ASKS_FOR_JOB = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # whether there is a place
        rf"\b(?:are|is) (?:you|your {_ORGANISATION})(?: \w+){{0,2}} (?:hiring|recruiting|looking for (?:people|someone|somebody|staff|help|interns?|assistants?))\b",
        rf"\b(?:is|are|would) there(?: be)?(?: currently)? (?:an? |any |some )?(?:\w+ )?(?:{_JOB}|place|room|spot|chance of a job)(?: \w+){{0,2}} (?:for me\b|(?:in|at|on|with) {_THERE})",
        r"\b(?:is|are) there any chance (?:that )?i\b",
        rf"\b(?:any|a) chance of an? {_JOB}\b",
        rf"\b(?:do|does) (?:you|your {_ORGANISATION}) (?:currently |happen to |ever )?(?:have|offer) (?:any |an? |some )?(?:\w+ )?{_JOB}\b(?! (?:that|which) you)",
        r"\bdo(?:es)? (?:you|your \w+) (?:ever )?(?:take|accept) (?:on )?(?:any )?(?:interns|trainees|apprentices|volunteers)\b",
        rf"\b(?:openings?|{_JOB}) (?:that )?i (?:could|can|might|may) apply\b",
        rf"\bknow (?:of|about) (?:any ?(?:one|body)?|an?|some(?:one|body)?)\b[^.?!]{{0,12}}\b(?:{_JOB}|hiring|recruiting)\b",
        rf"\bsomething for me (?:at|in|with) {_THERE}",
        rf"\b(?:use|need|place for|interested in|looking for|position for|openings? for) {_SOMEBODY} like me\b",
        r"\bjob leads?\b",
        # should something come up
        r"\b(?:keep|bear|have) me in mind\b",
        rf"\b(?:let me know|tell me|think of me|contact me|call me|write to me) (?:if|when|about|of|should) (?:you|your|there|any|an?|it|something)"
        rf"[^.?!]{{0,60}}\b(?:{_JOB}(?! (?:suits|fits))|opens? up|comes? up|hiring|need {_SOMEBODY})\b",
        rf"\b(?:if|when|should|in case) (?:you|anything|something|an? (?:\w+ )?(?:{_JOB}|place)|there)\b[^.?!]{{0,30}}\b(?:comes? up|opens? up|becomes? (?:free|available|vacant)|short of staff\b[^.?!]{{0,20}}\bme|need (?:{_SOMEBODY}|staff))\b",
        r"\b(?:if|should) you (?:ever )?hear of anything\b",
        r"\bkeep (?:me|my)\b[^.?!]{0,25}\bon file\b",
        # me, for the place
        r"\b(?:hire|hiring|employ|employing|recruit|consider(?:ing)?|pay) me\b(?! (?:a|an|your) (?:friend|visit|compliment))",
        r"\btake me on\b",
        r"\bbe considered\b[^.?!]{0,20}$|\bbe considered for\b",
        rf"\b(?:love|like|want|hope|hoping|wish|chance|welcome|interested|keen|eager|dream|glad|happy)\b[^.?!]{{0,40}}\b(?:work(?:ing)?|join(?:ing)?|intern(?:ing)?|be(?:come|coming)?) (?:for |at |with |in |part of |on )?(?:you\b(?!r)|your (?:next|new)\b|your {_ORGANISATION}\b)",
        rf"\bi (?:could|can|might|may) (?:work|intern|start working) (?:for|with|at|under) {_THERE}",
        r"\b(?:when|how soon) (?:could|can|may|would) i start\b",
        r"\bi (?:could|can) start (?:on|right away|tomorrow|immediately|next|as early|any ?time)\b",
        r"\b(?:i am|i'm) (?:available|ready|free) (?:for work|to start|immediately|full[- ]time|right away)\b",
        r"\breferences? (?:are |is )?available\b",
        r"\b(?:great|good|perfect|ideal|strong|right) (?:fit|candidate|match|addition) (?:for|to) (?:your|the) (?!field|occupation|profession|kind|line|work\b)",
        r"\b(?:an? )?asset (?:to|for) your\b",
        r"\bgive me a chance\b|\bwon't disappoint you\b",
        rf"\b(?:could|can|would|may|might) (?:you|i) (?:please )?(?:hire|be hired|apply for (?:an? |the )?(?:\w+ )?{_JOB}|work for you)\b",
        rf"\bhow (?:do|can|could|would) i apply\b[^.?!]{{0,40}}\b{_THERE}",
        rf"\b(?:i'm|i am) (?:currently )?applying for (?:\w+ )?{_JOB}\b",
        rf"\b(?:would|want|wish|like) to apply for (?:an? |the |any )?(?:\w+ )?{_JOB}\b",
        rf"\b(?:looking|searching|hoping) (?:for|to get|to find) (?:an? |any |the |some )?(?:\w+ ){{0,3}}{_JOB} (?:at|with|in) {_THERE}",
        rf"\b(?:do|have|get|find|offer|begin) (?:an? |my |the )(?:\w+ )?(?:internship|traineeship|apprenticeship|placement)\b[^.?!]{{0,15}}\b(?:with|at|for|in) {_THERE}",
        rf"\b(?:give|get|find|offer) me {_NOT_ABOUT}{_JOB}\b",
        rf"\bhelp me (?:to )?(?:get|find|land) {_NOT_ABOUT}{_JOB}\b",
        r"\bget me in\b(?! touch)|\bget me an interview\b",
        rf"(?<!your )(?<!the )(?<!this )\bjob (?:with|at|from) {_THERE}",
        rf"\b(?:job|employment|work|career) (?:opportunit\w+|prospects?|possibilit\w+)\b[^.?!]{{0,25}}\b(?:with|at|in) {_THERE}",
        rf"\bi(?:'d| would| want| need)[^.?!]{{0,20}} (?:a|the) {_JOB} (?:with|from|at) you",
        # answering an advertisement
        r"\b(?:your|the|a) (?:job )?(?:posting|job ad\w*|advertisement)\b|\bopen position\b",
        r"\b(?:writing|calling|here) (?:about|because of|regarding|for) (?:the|your|a) (?:vacancy|opening|position|job)\b",
        # papers, and a word with those who decide
        rf"\b(?:attach(?:ed|ing)?|enclos(?:ed|ing)|here is|find)\b[^.?!]{{0,40}}\b{_PAPERS}\b",
        rf"\b{_PAPERS}\b[^.?!]{{0,20}}\b(?:is |are )?(?:attached|enclosed)\b",
        rf"\b(?:send|sending|forward|pass|hand|give|giving|leave|submit|look at|see|deliver|keep|drop)\b[^.?!]{{0,30}}\bmy {_PAPERS}\b",
        r"\bas my (?:r[ée]sum[ée]|cv) shows\b|\b(?:this|it) (?:as )?my application\b",
        r"\bpass (?:on |along )?my (?:name|details)\b|\bmy name (?:on )?to (?:the (?:person|people)|whoever|someone|somebody)\b[^.?!]{0,20}\bhir",
        r"\bput in a (?:good )?word for me\b",
        rf"\b(?:recommend|refer) me (?:to (?:your|the) (?:boss|manager|director|company|team|employer|recruiter)|for (?:an? |the )?{_JOB})\b",
        r"\b(?:introduce|connect|put) me\b[^.?!]{0,20}\b(?:hiring|recruiters?|recruiting|human resources|hr\b|your boss)",
    )
]
_DENIES = re.compile(
    r"(?:\b(?:not|never|rather than|instead of|without|don't|won't|isn't|needn't|doesn't)\b|n't\b)[^.?!;]{0,50}$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\S(?:[^.?!\n]|[.?!](?!\s|$))*[.?!]*")
_ASKS = 0.5
"""From here on a sentence that no pattern knows is taken as asking."""
_IN_SPITE = 0.75
"""From here on also where what a pattern finds is denied: "you wouldn't have to pay me"."""
_SURELY_NOT = 0.1
"""Below this even a pattern's find is dropped: "if anything comes up, we can move our talk"."""
_WHY = "This asks for a job, or hints at one. They agreed to talk because you don't."
_INSTEAD = "Ask about the work: how did you come to it, how do people usually get in?"
_I_DO_NOT_ASK = re.compile(
    r"\b(?:not|n't|never|without) (?:asking|ask|looking|look|applying|apply|here|writing|after|about|hoping|trying)\b",
    re.IGNORECASE,
)
_DENIED_CLAUSE = re.compile(
    r"\b(?:rather than|instead of|without) (?:\w+ ){0,2}ask(?:ing)?\b[^.?!,;:]*", re.IGNORECASE
)
_TURNS = re.compile(r"[.?!;\n]|\bbut\b|\bstill\b|\bhowever\b", re.IGNORECASE)
_PRESSES = re.compile(
    r"\b(?:asap|as soon as possible|immediately|urgent(?:ly)?|right away|at the latest|no later than|by tomorrow"
    r"|need (?:an |your )?(?:answer|reply)|(?:must|have to|need to) (?:hear|know)|within \w+ (?:hours?|days?)"
    r"|(?:answer|reply|respond|call|write|get back)\b[^.?!]{0,20}\b(?:today|tonight|tomorrow|this week|by (?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"|(?:an|one|two|three|\d) hours?)\b",
    re.IGNORECASE,
)
_NAMES_SOURCE = re.compile(
    r"\b(?:gave me your name|suggested (?:that )?i|recommended|referred me|told me about you"
    r"|mentioned (?:you|your name)|pointed me to you|found (?:you|your name)|your name (?:in|on|from|through|is)"
    r"|(?:spoke|talked) (?:highly )?(?:of|about) you|introduced|got your name|thought you|read your"
    r"|heard (?:about|of) you|came across your|(?:heard|saw) (?:you|your)|met you|(?:friend|colleague) of yours"
    r"|(?:i am|i'm) a (?:friend|colleague|student|neighbor) of)",
    re.IGNORECASE,
)
_NAMES_PURPOSE = re.compile(
    r"\b(?:information|guidance|advice|learn|find(?:ing)? out|questions|perspective|insight)\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\bthank(?:s| you)[^.?!]{0,20}\bfor (?:taking|telling|your|the|talking|meeting)\b"
    r"|\byou (?:took the time|talked|spoke|met) (?:to|with)\b|\bwhen we (?:talked|spoke|met)\b|\bour (?:talk|conversation|interview)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(r"\b(?:thank|thanks|grateful|appreciate)", re.IGNORECASE)


def _asks_for_job(text: str) -> list[Concern]:
    found: list[Concern] = []
    asked, denied = _asking_phrases(text)
    for start, end in asked:
        if not any(c.start < end and start < c.end for c in found):
            found.append(Concern("asks_for_job", start, end, _WHY, _INSTEAD))
    for sentence in _SENTENCE.finditer(text):
        known = [c for c in found if c.start < sentence.end() and sentence.start() < c.end]
        share = asking(_DENIED_CLAUSE.sub("", sentence.group()))
        if known and 0 < share < _SURELY_NOT:
            found = [c for c in found if c not in known]
        elif not known and share > _ASKS:
            said_not = any(sentence.start() <= at < sentence.end() for at, _ in denied)
            plainly = share < _IN_SPITE or _I_DO_NOT_ASK.search(sentence.group())
            if said_not and plainly and not _TURNS.search(sentence.group().rstrip(".?!")):
                continue
            found.append(Concern("asks_for_job", sentence.start(), sentence.end(), _WHY, _INSTEAD))
    return sorted(found, key=lambda concern: concern.start)


def _asking_phrases(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where a pattern matches, and where one matches that is denied."""
    asked, denied = [], []
    for pattern in _ASKS_FOR_JOB:
        for match in pattern.finditer(text):
            before = _TURNS.split(text[: match.start()])[-1]
            (denied if _DENIES.search(before) else asked).append(match.span())
    return asked, denied


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
