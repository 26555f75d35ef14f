"""The two pages one reads first: occupations side by side, and one occupation in people's words.

What they show is plain data (`PAGES` says under which MIME type), which a report sets through its
templates; JupyterLab gets the same as a plain table and plain paragraphs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from infonb.english import a_few, count, decimal, first_capital, in_words
from infonb.findings.about import cut, shortened, speaker, with_quotation_marks
from infonb.findings.pay import first_jobs_in_words, pay_here_in_words
from infonb.findings.side_by_side import (
    EXPECTED,
    JOBS,
    MOST_COLUMNS,
    PAY,
    PEOPLE,
    SKILLS,
    STRENGTHS,
    THEMES,
    WEIGHED,
    jobs_in_words,
    pay_in_words,
)
from infonb.findings.themes import on_record, themes_by_occupation
from infonb.findings.verdict import of_100
from infonb.frame import TEXT, frame, to_records
from infonb.method import INTERVIEWS_WANTED
from infonb.report.display import Piece, nothing_to_show, table
from infonb.report.language import language_of

if TYPE_CHECKING:
    from infonb.findings import Findings

PAGES = "application/vnd.infonb.page+json"
"""MIME type of what these pages are made of."""

FOLD = 60
"""Words of one answer before the rest folds."""
_NOT_WORTH_FOLDING = 20
_WIDEST = 3

Data = dict[str, Any]


def side_by_side(findings: Findings) -> Piece:
    """All occupations on one page: whom I heard, what they said on what matters, the number last.

    Parameters
    ----------
    findings
        Of any journal; without an answer the page says so in a line, and where there is one
        occupation only, it is that occupation's.

    Returns
    -------
    Piece

    Examples
    --------
    >>> side_by_side(infonb.sample("example").findings(redact=True)).text.splitlines()[1]
    '  Occupational therapist: Three people, hospital; schools; home visits'
    """
    cells = to_records(findings.side_by_side())
    titles = findings.occupations["occupation"].tolist()
    if not any(row["fact"] or row["text"] for row in cells if row["topic"] == PEOPLE):
        words = "Nobody has been heard yet, so there is nothing to set side by side."
        return nothing_to_show(words)
    if len(titles) == 1:
        return occupation(findings, titles[0])
    rows = [_row(topic, cells, titles, findings) for topic in _topics(cells)]
    decision = findings.decide()
    is_rated = any(row["ratings"] for row in cells)
    weighed = any(row["topic"] == WEIGHED for row in cells)
    return _piece(
        {
            "kind": "side-by-side", "titles": titles, "turned": len(titles) > MOST_COLUMNS,
            "rated": is_rated, "rows": rows,
            "verdict": decision.headline() if is_rated and len(titles) > 1 else "",
            "weighed": weighed, "changes": _changes(findings) if weighed else [],
            "alike": weighed and not decision.stated,
            "sources": findings.outlook()["source"].dropna().drop_duplicates().tolist()[:1],
        }
    )  # fmt: skip


def _topics(cells: Sequence[Data]) -> list[str]:
    return list(dict.fromkeys(row["topic"] for row in cells))


def _row(topic: str, cells: Sequence[Data], titles: Sequence[str], findings: Findings) -> Data:
    here = [row for row in cells if row["topic"] == topic]
    question = findings.questions.get("strengths_fit" if topic == STRENGTHS else topic)
    kind = {PEOPLE: "people", WEIGHED: "weighed", PAY: "figures", JOBS: "figures"}.get(
        topic, "skills" if topic in (STRENGTHS, SKILLS, EXPECTED, THEMES) else "question"
    )
    made = [_cell([row for row in here if row["occupation"] == title]) for title in titles]
    piles = [cell["ratings"].count(rating) for cell in made for rating in cell["ratings"]]
    return {
        "topic": topic, "kind": kind, "head": here[0]["heading"], "cells": made,
        "tall": max(piles, default=1),
        **({"ask": question.to_oneself, "low": question.low, "high": question.high}
           if question and piles else {}),
    }  # fmt: skip


def _cell(rows: Sequence[Data]) -> Data:
    first = rows[0]
    return {
        "ratings": _ratings(first["ratings"]), "split": bool(first["split"]),
        "notes": [
            {"who": row["speaker"], "rating": row["rating"], "text": row["text"],
             "lang": language_of(row["text"]) if row["speaker"] else ""}
            for row in rows if row["text"]
        ],
        "fact": first["fact"], "missing": first["missing"],
    }  # fmt: skip


def _ratings(listed: str | None) -> list[int]:
    return [int(rating) for rating in (listed or "").split(", ") if rating]


def _changes(findings: Findings) -> list[str]:
    """What would change who comes first, in sentences."""
    decision = findings.decide()
    voices = decision.deciding_voices()
    told = ["Leaving out any of several people."] if len(voices) > 2 else [f"{v}." for v in voices]
    ahead = [row for row in to_records(findings.next_interview()) if row["changes"]]
    if ahead:
        most = max(ahead, key=lambda row: row["changes"])
        planned = " (one is planned)" if most["planned"] else ""
        told.append(
            f"Hearing one more {_lower(most['occupation'])}{planned} would change what comes first"
            f" in {of_100(most['changes'])} of 100 cases."
        )
    return [*told, *decision.heard_too_little()]


def _lower(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def occupation(findings: Findings, title: str, remarks: bool = False) -> Piece:
    """All that was said about one occupation, question by question, in people's words.

    Private answers are never there.

    Parameters
    ----------
    findings
        Of any journal.
    title
        Of the occupation, as in ``findings.occupations``.
    remarks
        Whether your own remarks on what you heard, and how far you trust whom, are shown: they
        are candid, and a report may go to others.

    Returns
    -------
    Piece

    Raises
    ------
    InfonbError
        When there is no such occupation.

    Examples
    --------
    >>> page = occupation(infonb.sample("example").findings(redact=True), "Landscape architect")
    >>> page.text.splitlines()[0]
    'Landscape architect: three people heard'
    """
    said = to_records(findings.about(title))
    bands = {
        row["question"]: row for row in to_records(findings.ratings()) if row["occupation"] == title
    }
    keys = list(dict.fromkeys(row["question"] for row in said))
    asked = [
        _question(key, [row for row in said if row["question"] == key], bands, findings, remarks)
        for key in keys
    ]
    people = _people(findings, title, remarks)
    return _piece(
        {
            "kind": "occupation", "title": title, "people": people,
            "heard": first_capital(count(len(people), "person", "people")),
            "figures": _figures(findings, title),
            "own": [*_expected(findings, title), *_lived(findings, title)],
            "rated": any(q["ratings"] for q in asked),
            "questions": asked, "themes": _spoken_of(findings, title),
            "skills": _skills(findings, title),
            "next": _still_to_ask(findings, title, asked, len(people)),
        }
    )  # fmt: skip


def _question(
    key: str, rows: Sequence[Data], bands: Mapping[str, Data], findings: Findings, remarks: bool
) -> Data:
    question = findings.questions.get(key)
    counted = [row["rating"] for row in rows if row["rating"] and row["weight"] > 0]
    drawn = bands.get(key)
    return {
        "key": key, "head": rows[0]["heading"], "ratings": counted,
        "ask": question.to_oneself if question else "",
        "low": question.low if question else "", "high": question.high if question else "",
        "band": [round(drawn[end], 3) for end in ("low", "mean", "high")]
        if drawn and len(counted) > 1 else None,
        "word": _agreement(rows[0]["agreement"], counted),
        "split": rows[0]["agreement"] == "split",
        "answers": [
            {**_folded(row["text"]), "who": row["speaker"], "rating": row["rating"],
             "unrated": bool(counted) and not row["rating"],
             "why": with_quotation_marks(row["why"] or "") if remarks else ""}
            for row in rows
        ],
    }  # fmt: skip


def _agreement(word: str | None, ratings: Sequence[int]) -> str:
    if len(ratings) < 2:
        return ""
    if word == "split":
        return f"They contradict each other: {min(ratings)} and {max(ratings)} of 5"
    return {"agree": "They agree" if len(ratings) > 2 else "Both agree", "mixed": "Mixed"}.get(
        str(word), ""
    )


def _folded(text: str, words: int = FOLD) -> Data:
    """A text's beginning and its rest, with how many words fold."""
    text = with_quotation_marks(text.strip())
    start, rest = cut(text, words)
    language = language_of(text)
    if len(rest.split()) < _NOT_WORTH_FOLDING:
        return {"start": text, "rest": "", "more": 0, "lang": language}
    return {"start": start, "rest": rest, "more": len(rest.split()), "lang": language}


def _people(findings: Findings, title: str, remarks: bool) -> list[Data]:
    interviews = findings.interviews
    held = interviews[(interviews["occupation"] == title) & (interviews["status"] == "done")]
    return [
        {"who": first_capital(speaker(row)), "how": ", ".join(_whereabouts(row)),
         "weight": row["weight"] if remarks and row["weight"] < 1 else None}
        for row in to_records(held.drop_duplicates("person"))
    ]  # fmt: skip


def _whereabouts(row: Data) -> list[str]:
    """How somebody was talked to, the kind of their workplace and their years in the occupation."""
    years = count(int(row["years"]), "year") if row["years"] else None
    return [part for part in (row["medium"], row["workplace"], years) if part]


def _expected(findings: Findings, title: str) -> list[tuple[str, str]]:
    """What was expected of an occupation beside what was heard, and of first jobs."""
    found = findings.expectations()
    told = []
    for row in to_records(found[found["occupation"] == title]):
        question = findings.questions.get(row["question"])
        if question is not None:  # the pay one expected to start with stands beside pay
            heard = f"heard {decimal(row['heard'])}" if row["n"] else "not heard yet"
            marks = [", a surprise"] if row["surprise"] else []
            marks += [" (noted after a first talk)"] if row["late"] else []
            told.append(f"{question.short} {row['expected']:g}, {heard}{''.join(marks)}")
    pay = findings.pay()
    nation = next(iter(to_records(pay[pay["occupation"] == title])), {})
    first = first_jobs_in_words(nation)
    told += [f"first jobs: {first}"] if first else []
    return [("What I expected, 1 to 5", "; ".join(told))] if told else []


def _lived(findings: Findings, title: str) -> list[tuple[str, str]]:
    """What was tried oneself, day by day: first-hand, apart from what people said."""
    found = findings.lived()
    days: dict[str, list[str]] = {}
    for row in to_records(found[found["occupation"] == title]):
        question = findings.questions.get(row["question"])
        note = with_quotation_marks((row["text"] or "").strip().rstrip("."))
        if question is None or not (row["lived"] or note):
            continue
        people = f", people {decimal(row['heard'])}" if row["n"] else ""
        rated = f" ({row['lived']} of 5{people})" if row["lived"] else ""
        words = f"{question.short}{rated}{f': {note}' if note else ''}"
        days.setdefault(row["date"] or "", []).append(words)
    return [
        (f"Tried it myself{f', {day}' if day else ''}", "; ".join(told))
        for day, told in days.items()
    ]


def _figures(findings: Findings, title: str) -> list[tuple[str, str]]:
    outlook = findings.outlook()
    row = next(iter(to_records(outlook[outlook["occupation"] == title])), {})
    jobs = [f"{row['employment_k'] * 1000:,.0f} today"] if row.get("employment_k") else []
    jobs += [words] if (words := jobs_in_words(row)) else []
    pay = findings.pay()
    places = to_records(pay[pay["occupation"] == title])
    local = next((place for place in places if place["local"]), None)
    words = pay_in_words(row, nearest=10)
    if local:
        words = f"{words}. In {findings.state}: {pay_here_in_words(local)}".lstrip(". ")
    shown = [
        ("Pay a year, middle", words),
        ("Jobs", "; ".join(jobs)),
        ("Usual for a newcomer", with_quotation_marks(row.get("education") or "")),
    ]
    return [(term, words) for term, words in shown if words]


def _skills(findings: Findings, title: str) -> list[Data]:
    """Skills people named: mine, those other occupations ask for too, those only this one does."""
    rows = to_records(findings.skills_by_occupation())
    elsewhere = {row["skill"] for row in rows if row["occupation"] != title}
    groups: dict[str, list[Data]] = {
        "Mine already": [], "To learn, named elsewhere too": [], "To learn, only here": [],
    }  # fmt: skip
    mine, shared, here = groups.values()
    for row in sorted((r for r in rows if r["occupation"] == title), key=lambda r: -r["people"]):
        group = mine if row["strength"] else shared if row["skill"] in elsewhere else here
        name, *also = str(row["phrases"]).split("; ")
        by = f"{row['people']} of {row['of']} people" if row["people"] > 1 else ""
        group.append({"name": name, "by": by, "also": also})
    return [{"head": head, "skills": skills} for head, skills in groups.items() if skills]


_THEMES, _QUOTES, _WORDS = 4, 2, 16
"""Themes of an occupation, quotes of a theme and words of a quote on its page."""


def _spoken_of(findings: Findings, title: str) -> list[Data]:
    """What people of an occupation spoke of, in their words; most people first."""
    rows = to_records(themes_by_occupation(on_record(findings.themes, findings.answers)))
    here = sorted((r for r in rows if r["occupation"] == title), key=lambda r: -r["people"])
    return [
        {"name": row["theme"], "by": count(row["people"], "person", "people"),
         "quotes": [
             {"text": quote, "lang": language_of(quote)}
             for quote in _passages(row["quotes"], _WORDS)[:_QUOTES]
         ]}
        for row in here[:_THEMES]
    ]  # fmt: skip


def _still_to_ask(findings: Findings, title: str, asked: Sequence[Data], people: int) -> list[str]:
    told = [
        f"{q['head']}: {min(q['ratings'])} from one, {max(q['ratings'])} from another. Ask what"
        " makes the difference."
        for q in asked
        if q["split"] and len(q["ratings"]) > 1
    ]
    if people < INTERVIEWS_WANTED:
        nth = ("first", "second", "third")[people]
        why = ("", ": one may be the exception", "")[people]
        told.append(f"A {nth} person{why}.")
    once = [_lower(q["head"]) for q in asked if len(q["ratings"]) == 1 and people > 1]
    if once:
        told.append(f"Rated from one person only: {a_few(once, 20)}.")
    heard = {q["key"] for q in asked}
    everywhere = {key for key in findings.answers["question"] if key not in ("notes", "ask_next")}
    open_ = [_lower(findings.questions[k].short) for k in findings.questions
             if k in everywhere and k not in heard]  # fmt: skip
    if open_ and people:
        told.append(f"Not asked yet: {a_few(open_, 20)}.")
    return told


def themes(findings: Findings) -> Piece:
    """The framework matrix: what was spoken of by occupation, in people's words.

    Passages of answers off the record are never there.

    Parameters
    ----------
    findings
        Of any journal; without a theme the page says so in a line.

    Returns
    -------
    Piece

    Examples
    --------
    >>> print(themes(infonb.sample("example").findings(redact=True)).text.splitlines()[0])
    What people spoke of, in their words
    """
    rows = to_records(themes_by_occupation(on_record(findings.themes, findings.answers)))
    if not rows:
        return nothing_to_show("No passage has a theme yet.")
    cells = {(row["theme"], row["occupation"]): row for row in rows}
    titles = [title for title in findings.occupations["occupation"]
              if any(row["occupation"] == title for row in rows)]  # fmt: skip
    names = list(dict.fromkeys(row["theme"] for row in rows))
    matrix = frame(
        [{title: _in_matrix(cells.get((name, title))) for title in titles} for name in names],
        dict.fromkeys(titles, TEXT),
    )
    words = "What people spoke of, in their words"
    return table(matrix.set_axis(names).rename_axis("Theme"), words, missing="–")


def _in_matrix(row: Data | None) -> str | None:
    if row is None:
        return None
    quotes = " · ".join(_passages(row["quotes"], 2 * _WORDS))
    return f"{first_capital(count(row['people'], 'person', 'people'))}: {quotes}"


def _passages(quotes: str, words: int) -> list[str]:
    """Passages as they stand in the notes, where quotation marks mean that it was said so."""
    lines = [line for line in quotes.split("\n") if line]
    return [shortened(with_quotation_marks(line), words) for line in lines]


def contradictions(findings: Findings, most: int = _WIDEST) -> Piece:
    """Where people of one occupation contradict each other: low beside high, the widest first.

    Parameters
    ----------
    findings
        Of any journal.
    most
        How many questions are shown; the rest stands on the occupations' pages.

    Returns
    -------
    Piece

    Examples
    --------
    >>> str(contradictions(infonb.sample("example").findings(redact=True), most=1))[:36]
    'Life at home, Occupational therapist'
    """
    frame = findings.contradictions()
    private = findings.answers[findings.answers["private"].fillna(False)]
    hidden = set(zip(private["occupation"], private["person"], private["question"], strict=True))
    voices = to_records(frame)
    pairs = [
        pair for pair in zip(voices[::2], voices[1::2], strict=True)
        if not any((v["occupation"], v["person"], v["question"]) in hidden for v in pair)
    ]  # fmt: skip
    if not pairs:
        words = (
            "Nobody contradicts anybody so far."
            if (findings.ratings()["n"] > 1).any()
            else "No question was rated from two people of one occupation yet."
        )
        return nothing_to_show(words)
    shown = [
        {
            "occupation": low["occupation"], "head": findings._short()[low["question"]],
            "voices": [
                {**_folded(v["text"] or ""), "who": speaker(v), "rating": v["rating"]}
                for v in (low, high)
            ],
        }
        for low, high in pairs[:most]
    ]  # fmt: skip
    return _piece({"kind": "contradictions", "pairs": shown, "more": len(pairs) - len(shown)})


_HARDLY = 0.25
_EACH_WAY = 2


def decisions(findings: Findings) -> Piece:
    """What was decided, in order: plans A and B, the next step of each, the day to look again.

    Examples
    --------
    >>> with infonb.sample("published") as journal:
    ...     _ = journal.record_decision(None, "Ask a nurse", plan="B", look_again="2026-12-01")
    ...     decisions(journal.findings())
    Decided so far
    Decided  Next step                              Why
    Plan B   Ask a nurse Look again on 2026-12-01.  –
    """
    import pandas as pd

    told = []
    for row in to_records(findings.decisions):
        plan = row["plan"] and f"Plan {row['plan']}"
        again = row["look_again"] and f"Look again on {row['look_again']}."
        told.append(
            {
                "Decided": ": ".join(filter(None, [plan, row["occupation"]])),
                "Next step": " ".join(filter(None, [row["next_step"], again])),
                "Why": row["why"],
            }
        )
    return table(pd.DataFrame(told), "Decided so far")


def leanings(findings: Findings) -> Piece:
    """What you would have to care about for each occupation to come first, beside what you said.

    Parameters
    ----------
    findings
        Of any journal.

    Returns
    -------
    Piece
        A sentence and a small picture per occupation: the two questions that count more than you
        said where it comes first, and the two that count less.

    Examples
    --------
    >>> print(leanings(infonb.sample("example").findings(redact=True)).text.splitlines()[2])
    Elementary school teacher: more preparation, less life at home and difficulties
    """
    decision = findings.decide()
    central = decision.central_weights
    central = central[central["weight"].notna()]
    if central["question"].nunique() < 2 or central["occupation"].nunique() < 2:
        return nothing_to_show("Nothing to weigh yet: rate two questions in two occupations.")
    total = sum(decision.importance.values())
    rows: dict[str, list[tuple[str, float]]] = {}
    for row in to_records(central):
        lean = 100 * (row["weight"] - decision.importance[row["question"]] / total)
        short = findings.questions[row["question"]].short
        rows.setdefault(row["occupation"], []).append((short, round(lean, 1)))
    shown = []
    for title, leans in rows.items():
        ordered = sorted(leans, key=lambda one: -one[1])
        more = [one for one in ordered[:_EACH_WAY] if one[1] >= _HARDLY]
        less = [one for one in ordered[::-1][:_EACH_WAY] if one[1] <= -_HARDLY]
        drawn = [{"head": head, "lean": lean} for head, lean in [*more, *less[::-1]]]
        shown.append(
            {"title": title, "leans": drawn, "more": _named(more), "less": _named(less)}
        )  # fmt: skip
    reach = max((abs(one["lean"]) for row in shown for one in row["leans"]), default=1)
    return _piece({"kind": "leanings", "rows": shown, "reach": reach})


def _named(leans: Sequence[tuple[str, float]]) -> str:
    return a_few([_lower(head) for head, _ in leans])


def _piece(data: Data) -> Piece:
    from infonb.report.render import template

    page: Any = template("pages.html.j2").make_module({"in_lab": True})
    return Piece(str(page.show_page(data)), _as_text(data), {PAGES: data})


def _as_text(data: Data) -> str:
    """The page for a terminal and a diff."""
    lines: list[str] = []
    if data["kind"] == "side-by-side":
        for row in data["rows"]:
            lines.append(row["head"])
            for title, cell in zip(data["titles"], row["cells"], strict=True):
                said = [note["text"] for note in cell["notes"]]
                words = ", ".join(filter(None, [cell["fact"], *said, cell["missing"]]))
                lines.append(f"  {title}: {words}")
    elif data["kind"] == "occupation":
        heard = count(len(data["people"]), "person", "people")
        lines.append(f"{data['title']}: {heard} heard")
        for asked in data["questions"]:
            lines += [asked["head"], *(f"  {_voice(answer)}" for answer in asked["answers"])]
        for theme in data["themes"]:
            said = " · ".join(quote["text"] for quote in theme["quotes"])
            lines.append(f"{theme['name']} ({theme['by']}): {said}")
    elif data["kind"] == "leanings":
        for row in data["rows"]:
            ways = [f"{way} {row[way]}" for way in ("more", "less") if row[way]]
            lines.append(f"{row['title']}: {', '.join(ways) or 'whatever counts'}")
    else:
        for pair in data["pairs"]:
            lines.append(f"{pair['head']}, {pair['occupation']}")
            lines += [f"  {_voice(voice)}" for voice in pair["voices"]]
        if data["more"]:
            lines.append(f"and {in_words(data['more'])} more")
    return "\n".join(lines)


def _voice(answer: Data) -> str:
    rated = f" ({answer['rating']} of 5)" if answer["rating"] else ""
    return f"{answer['who']}{rated}: {' '.join(filter(None, [answer['start'], answer['rest']]))}"
