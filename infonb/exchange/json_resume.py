"""JSON Resume: the skills and languages of a curriculum vitae become one's own strengths."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from infonb.exchange.entries import Entry, ImportProblem

SUFFIXES = ()
"""None of its own: many things are called .json; the content tells."""

_READ = {"skills", "languages"}
_KNOWN = _READ | {"$schema", "meta"}


def is_it(head: str) -> bool:
    """Whether a file that begins like this is a JSON Resume.

    Examples
    --------
    >>> is_it('{"basics": {"name": "A."}, "skills": []}'), is_it('{"occupation": "Nurse"}')
    (True, False)
    """
    if not head.lstrip().startswith("{") or re.search(r'"(occupation|answers|kind)"\s*:', head):
        return False
    return (
        re.search(r'"basics"\s*:\s*\{|"skills"\s*:\s*\[\s*\{\s*"(name|level|keywords)"', head)
        is not None
    )


def entries(file: str, raw: bytes, problems: list[ImportProblem]) -> Iterator[Entry]:
    """Each skill, each of its keywords, and each language as a strength.

    Parameters
    ----------
    file : str
        The file's name.
    raw : bytes
        Its content, UTF-8 with or without byte order mark.
    problems : list
        Filled with what was not understood, and with what was left out on purpose.
    """
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        resume = json.loads(text)
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 at byte {error.start + 1}; save the file as UTF-8."
        problems.append(ImportProblem(file, 1, "", "", what))
        return
    except (RecursionError, ValueError) as error:
        row = getattr(error, "lineno", 1)
        problems.append(ImportProblem(file, row, "", "", "is not JSON that can be read."))
        return
    if not isinstance(resume, dict):
        problems.append(ImportProblem(file, 1, "", "", "is no JSON Resume: an object is expected."))
        return
    left_out = sorted(set(resume) - _KNOWN)
    if left_out:
        what = "were left out: of a resume only skills and languages are taken, as strengths."
        problems.append(ImportProblem(file, 1, ", ".join(left_out), "", what, error=False))
    seen: set[str] = set()
    for place, phrase in _strengths(resume):
        if not isinstance(phrase, str):
            problems.append(ImportProblem(file, 1, place, repr(phrase)[:60], "must be text."))
        elif phrase.strip() and phrase.casefold() not in seen:
            seen.add(phrase.casefold())
            yield Entry("strength", {"phrase": phrase}, file, _row(text, phrase))


def _strengths(resume: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for number, skill in enumerate(_list(resume.get("skills"))):
        place = f"skills.{number}"
        if not isinstance(skill, dict):
            yield place, skill
            continue
        if skill.get("name") is not None:
            yield f"{place}.name", skill["name"]
        for keyword in _list(skill.get("keywords")):
            yield f"{place}.keywords", keyword
    for number, language in enumerate(_list(resume.get("languages"))):
        named = language.get("language") if isinstance(language, dict) else language
        if named is not None:
            yield f"languages.{number}", named


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _row(text: str, phrase: str) -> int:
    """The line on which a phrase stands, as JSON writes it; 1 where it is written otherwise."""
    at = text.find(json.dumps(phrase, ensure_ascii=False))
    return text.count("\n", 0, at) + 1 if at >= 0 else 1
