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
_KNOWN = _READ | {"$schema", "meta", "metadata", "sections"}


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
            what = "must be text, or an object with a name."
            problems.append(ImportProblem(file, 1, place, repr(phrase)[:60], what))
        elif phrase.strip() and phrase.casefold() not in seen:
            seen.add(phrase.casefold())
            yield Entry("strength", {"phrase": phrase}, file, _row(text, phrase))


def _strengths(resume: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    sections = resume.get("sections")
    for part, names in (("skills", _SKILL), ("languages", _LANGUAGE)):
        held, place = resume.get(part), part
        if held is None and isinstance(sections, dict):  # Reactive Resume
            held, place = sections.get(part), f"sections.{part}"
        if isinstance(held, dict) and isinstance(held.get("items"), list):
            held, place = held["items"], f"{place}.items"
        if isinstance(held, dict):  # group -> its skills
            held = [{"name": name, "keywords": words} for name, words in held.items()]
        for number, one in enumerate(held if isinstance(held, list) else _split(held)):
            yield from _named(one, f"{place}.{number}", names)


def _named(one: Any, place: str, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """What a skill or a language is called, and the words below it."""
    if not isinstance(one, dict):
        yield place, one
        return
    if one.get("visible") is False or one.get("hidden") is True:
        return
    found = False
    for key in names:
        if one.get(key) is not None:
            yield f"{place}.{key}", one[key]
            found = True
            break
    for key in _WORDS:
        for word in _split(one.get(key)):
            yield f"{place}.{key}", word
            found = True
    if not found:
        yield place, one


_SKILL = ("name", "skill", "title", "category", "label")
_LANGUAGE = ("language", "name", "title", "label")
_WORDS = ("keywords", "items", "skills", "technologies")


def _split(value: Any) -> list[Any]:
    """A list as it is, and text that is one in its parts."""
    if isinstance(value, str):
        return [part.strip() for part in re.split(r"[,;\n]", value) if part.strip()]
    return value if isinstance(value, list) else [] if value is None else [value]


def _row(text: str, phrase: str) -> int:
    """The line on which a phrase stands, as JSON writes it; 1 where it is written otherwise."""
    at = text.find(json.dumps(phrase, ensure_ascii=False))
    return text.count("\n", 0, at) + 1 if at >= 0 else 1
