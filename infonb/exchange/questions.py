"""What an import asks, in words for a terminal, as flags to type, and what an answer settles."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence
from typing import Any

from infonb.exchange.asked_questions import ANOTHER, NO_QUESTION
from infonb.exchange.entries import ImportProblem
from infonb.exchange.people_table import LEAVE_OUT

_FLAGS = {
    "answers": "--answer", "scales": "--scale", "reversed": "--reversed", "dates": "--dates",
    "occupation": "--occupation", "encoding": "--encoding", "format": "--format",
    "interview": "--interview", "asks": "--asks",
}  # fmt: skip
"""Argument of `infonb.journal.Journal.import_file` -> its flag on the command line."""

_QUESTIONS = {
    "answers": "what is this column?",
    "scales": "from which number to which does it go, the worst first?",
    "reversed": "is the lowest number the good end?",
    "dates": "day first (dmy) or month first (mdy)?",
    "occupation": "which occupation are all its rows about?",
    "encoding": "how are its letters written?",
    "format": "what is each row?",
}


def open_questions(problems: Iterable[ImportProblem]) -> list[ImportProblem]:
    """The problems that stop an import until somebody says something; empty where others do, too.

    Examples
    --------
    >>> bad = ImportProblem("a.csv", 2, "Rate it", "'x'", "is no number.")
    >>> dates = ImportProblem("a.csv", 2, "Date", "'3/4/2026'", "…", asks="dates")
    >>> len(open_questions([dates])), len(open_questions([dates, bad]))
    (1, 0)
    """
    stopping = [problem for problem in problems if problem.error]
    return stopping if all(problem.asks in _FLAGS for problem in stopping) else []


def offers(problems: Iterable[ImportProblem]) -> list[ImportProblem]:
    """The turns of a transcript that ask something: which question is said by a person alone.

    Examples
    --------
    >>> turn = ImportProblem("a.vtt", 4, "turn 3", "'Why?'", "…", error=False, asks="answers",
    ...                      options=("motivation", "another question", "not a question"))
    >>> len(offers([turn])), len(open_questions([turn]))
    (1, 0)
    """
    return [p for p in problems if not p.error and p.asks == "answers" and ANOTHER in p.options]


def flags(problems: Iterable[ImportProblem]) -> str:
    """What to type behind ``infonb import FILE`` so that nothing is asked any more.

    Examples
    --------
    >>> flags([ImportProblem("a.csv", 1, "How is it?", "", "…", asks="answers",
    ...                      options=("enjoy_most", "leave out"))])
    "--answer 'How is it?=enjoy_most'"
    """
    typed = []
    for problem in problems:
        likely = problem.options[0] if problem.options else "…"
        if problem.asks in ("answers", "scales"):
            likely = f"{problem.column}={likely}"
        typed.append(f"{_FLAGS[problem.asks]} {shlex.quote(likely)}")
    return " ".join(dict.fromkeys(typed))


def question(problem: ImportProblem) -> str:
    """A problem as a question with its answers, the one that Enter gives in brackets.

    Examples
    --------
    >>> dates = ImportProblem("a.csv", 2, "Date", "'3/4/2026'", "…", asks="dates",
    ...                       options=("dmy", "mdy"))
    >>> print(question(dates))
    Date, '3/4/2026': day first (dmy) or month first (mdy)?
    """
    offered = ", ".join(problem.options)
    of_a_turn = problem.asks == "answers" and NO_QUESTION in problem.options
    answers = {
        "scales": f"[{offered.partition(', ')[0]}]", "reversed": f"yes, or {LEAVE_OUT}",
        "answers": f"{offered}; Enter leaves it" if of_a_turn else f"{offered}, or another key",
        "encoding": offered, "format": offered,
        "interview": f"Write {' or '.join(problem.options)}.",
        "asks": f"{offered} [{offered.partition(', ')[0]}]",
    }  # fmt: skip
    return " ".join([prompt(problem), *filter(None, [answers.get(problem.asks)])])


def prompt(problem: ImportProblem) -> str:
    """A problem as a question, for a form that lists its answers.

    Examples
    --------
    >>> prompt(ImportProblem("a.csv", 1, "Rate it", "", "…", asks="reversed"))
    'Rate it: is the lowest number the good end?'
    """
    of_file = problem.asks in ("occupation", "encoding", "format", "interview", "asks")
    value = f", {problem.value}" if problem.value else ""
    about = problem.file if of_file else f"{problem.column}{value}"
    if problem.asks == "answers" and NO_QUESTION in problem.options:
        return f"{about}: which question is it?"
    return f"{about}: {_QUESTIONS.get(problem.asks, problem.what)}"


def settle(problem: ImportProblem, answer: str, arguments: dict[str, Any]) -> str:
    """Put an answer into the arguments of an import; else what is wrong with it.

    Examples
    --------
    >>> said = {}
    >>> ten = ImportProblem("a.csv", 1, "Rate it", "", "…", asks="scales", options=("1..10",))
    >>> settle(ten, "10..1", said), said
    ('', {'scales': {'Rate it': (1, 10)}, 'reversed': ['Rate it']})
    """
    answer, title = answer.strip(), problem.column
    if not answer and problem.asks in ("scales", "asks"):
        answer = problem.options[0]
    if not answer:
        return "Please say something, or press Ctrl-C to import nothing."
    if answer == LEAVE_OUT and problem.asks in ("answers", "scales", "reversed"):
        arguments.setdefault("answers", {})[title] = LEAVE_OUT
    elif problem.asks == "answers":
        arguments.setdefault("answers", {})[title] = answer
    elif problem.asks == "scales":
        ends = re.fullmatch(r"(\d+)\s*(?:\.{2,}|-|to)\s*(\d+)", answer)
        if ends is None or ends[1] == ends[2]:
            return "Write two numbers such as 1..10, or 10..1 where 1 is the good end."
        low, high = sorted((int(ends[1]), int(ends[2])))
        arguments.setdefault("scales", {})[title] = (low, high)
        if int(ends[1]) > int(ends[2]):
            arguments.setdefault("reversed", []).append(title)
    elif problem.asks == "reversed":
        if answer.casefold() not in ("y", "yes"):
            return f"Write yes or {LEAVE_OUT}; where neither is right, correct the column's header."
        arguments.setdefault("reversed", []).append(title)
    elif problem.options and answer not in problem.options and problem.asks != "encoding":
        return f"Write one of {', '.join(problem.options)}."
    else:
        arguments[problem.asks] = answer
    return ""


def settle_turn(
    turn: ImportProblem, answer: str, arguments: dict[str, Any], choices: Sequence[str]
) -> str:
    """Put which question a turn is into the arguments of an import; else what may be said.

    Examples
    --------
    >>> turn = ImportProblem("a.vtt", 4, "turn 3", "'Why?'", "…", error=False, asks="answers")
    >>> said = {}
    >>> settle_turn(turn, "another question", said, ("motivation", "not a question"))
    'Write one of motivation, not a question; Enter leaves the turn as it is.'
    >>> settle_turn(turn, "motivation", said, ("motivation", "not a question")), said
    ('', {'answers': {'turn 3': 'motivation'}})
    """
    answer = answer.strip()
    if answer and answer not in choices:
        return f"Write one of {', '.join(choices)}; Enter leaves the turn as it is."
    if answer:
        arguments.setdefault("answers", {})[turn.column] = answer
    return ""
