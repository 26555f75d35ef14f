"""Occupations side by side: whom I heard, what they said on what matters, the number last."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from infonb.english import a_few, count, decimal, first_capital, in_words
from infonb.findings.about import shortened, with_quotation_marks
from infonb.findings.verdict import NOTHING_TO_COMPARE, TOO_EARLY, of_100
from infonb.frame import TEXT, TRUTH, WHOLE, frame, to_records
from infonb.method import Question

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings.decision import Decision

PEOPLE, EXPECTED, THEMES, STRENGTHS, SKILLS, PAY, JOBS, WEIGHED = (
    "people",
    "expected",
    "themes",
    "strengths",
    "skills",
    "pay",
    "jobs",
    "weighed",
)
"""Topics that are not questions."""

NOT_ASKED, NOBODY_YET = "not asked", "nobody asked yet"
MOST_COLUMNS = 4
"""With more occupations than this they stand as rows."""


class Room(NamedTuple):
    """What fits one page: questions, words of one note, words of each of two that contradict."""

    questions: int
    words: int
    words_of_two: int


_ROOM = {1: Room(7, 60, 40), 2: Room(6, 34, 22), 3: Room(5, 26, 17), 4: Room(4, 18, 13)}
_ROOM_OF_ROWS = Room(3, 18, 11)

_ROWS_OF_THEIR_OWN = (
    "preparation", "outlook", "strengths_fit", "top_skills", "learn_more", "notes", "ask_next",
)  # fmt: skip
_BURDEN = ("difficulties", "enjoy_least")
"""One of these is always there: by importance alone the page would be all joys."""
_WAYS_IN = ("preparation", "path_in")
_LEANS_ON_OTHERS = re.compile(r"\b(the others?|same|as before)\b", re.IGNORECASE)


def side_by_side(
    said: Mapping[str, pd.DataFrame],
    interviews: pd.DataFrame,
    summary: pd.DataFrame,
    skills: pd.DataFrame,
    outlook: pd.DataFrame,
    decision: Decision,
    questions: Mapping[str, Question],
    expected: pd.DataFrame | None = None,
    pay: pd.DataFrame | None = None,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What there is to compare, short enough to be read on one page.

    Parameters
    ----------
    said : mapping of str to DataFrame
        Occupation, in the order of the page, to its frame of `infonb.findings.about.about`.
    interviews : DataFrame
        Frame of a snapshot.
    summary, skills, outlook : DataFrame
        From `ratings`, `skills_by_occupation` and `outlook`.
    decision : Decision
        Whose shares come last.
    questions : mapping of str to infonb.method.Question
        In the order of the agenda.
    expected : DataFrame, optional
        From `infonb.findings.expectations.expectations`: what was expected beside what was heard.
    pay : DataFrame, optional
        From `infonb.findings.pay.pay`: of which the middle in one's own state is taken.
    themes : DataFrame, optional
        From `infonb.findings.themes.themes_by_occupation`: what most people spoke of is taken.

    Returns
    -------
    DataFrame
        One row per topic, occupation and note: topic (``"people"``, keys of the questions that
        matter most and tell most apart, ``"preparation"`` or ``"path_in"``,
        ``"expected"`` where something was, ``"themes"`` where there are any, ``"strengths"``,
        ``"skills"``, ``"pay"``, ``"jobs"``, ``"weighed"``), heading, occupation, ratings (of all
        who were heard, "2, 4, 5"), split (whether they contradict each other: then there are two
        notes, the lowest voice first), speaker, rating (of this note), text (at most as many
        words as there is room for), shortened, fact (what is official or counted), missing
        ("not asked", "nobody asked yet" and the like, where there is nothing). Whoever was
        quoted least speaks first, then who is nearest the middle.

    Examples
    --------
    >>> page = infonb.sample("example").findings(redact=True).side_by_side()
    >>> page.topic.drop_duplicates().tolist()[:5]
    ['people', 'enjoy_most', 'home_life', 'typical_day', 'difficulties']
    >>> page.fact.iloc[-1]
    'first in 15 of 100 ways'
    """
    room = _ROOM.get(len(said), _ROOM_OF_ROWS)
    heard = {title: to_records(answers) for title, answers in said.items()}
    talked_to = {title: _people(title, interviews) for title in said}
    asked = [*_asked(heard, summary, questions, room.questions)]
    way = next((key for key in _WAYS_IN if _occupations_with(key, heard)), None)
    rows: list[dict[str, Any]] = []
    for title, people in talked_to.items():
        rows.append({"topic": PEOPLE, "heading": "Whom I heard", "occupation": title, **people})
    quoted: dict[str, dict[str, int]] = {title: {} for title in said}
    schooling = {row["occupation"]: row["education"] for row in to_records(outlook)}
    for key in [*asked, *([way] if way else [])]:
        for title in said:
            nobody = not talked_to[title].get("fact")
            usual = schooling.get(title) if key == way else None
            fact = (
                {"fact": f"usual: {usual[:1].lower()}{with_quotation_marks(usual[1:])}"}
                if usual
                else {}
            )
            cell = {"topic": key, "heading": questions[key].short, "occupation": title, **fact}
            answers = [row for row in heard[title] if row["question"] == key]
            counted = quoted[title] if key != way else {}
            rows += [{**cell, **note} for note in _notes(answers, counted, room, nobody)]
    if expected is not None:
        rows += _expected(list(said), expected, questions)
    if themes is not None:
        rows += _spoken_of(list(said), themes, interviews)
    rows += _skill_rows(heard, talked_to, skills)
    rows += _figures(list(said), outlook, pay)
    rows += _weighed(list(said), decision)
    return frame(
        rows,
        {
            "topic": TEXT, "heading": TEXT, "occupation": TEXT, "ratings": TEXT, "split": TRUTH,
            "speaker": TEXT, "rating": WHOLE, "text": TEXT, "shortened": TRUTH, "fact": TEXT,
            "missing": TEXT,
        },
    )  # fmt: skip


def _people(title: str, interviews: pd.DataFrame) -> dict[str, str]:
    """How many were heard, and where they were published or how they were talked to."""
    held = interviews[(interviews["occupation"] == title) & (interviews["status"] == "done")]
    heard = held.drop_duplicates("person")
    if heard.empty:
        return {"missing": "nobody yet"}
    people = count(len(heard), "person", "people")
    if known := _workplaces(heard):
        return {"fact": first_capital(people), "text": "; ".join(known)}
    if published := heard["publisher"].dropna().drop_duplicates().tolist():
        return {"fact": first_capital(people), "text": a_few(published, 3)}
    how = heard["medium"].dropna().value_counts(sort=False).to_dict()
    said = [
        f"{in_words(n)} {_by(medium)}" if n < len(heard) else _by(medium)
        for medium, n in how.items()
    ]
    return {"fact": first_capital(people), **({"text": a_few(said, 4)} if said else {})}


def _workplaces(heard: pd.DataFrame) -> list[str]:
    """Kind of workplace of each, and the years where that alone doesn't tell people apart."""
    told, kinds = [], heard["workplace"].tolist()
    for row in to_records(heard):
        tells = len(kinds) > 1 and kinds.count(row["workplace"]) == 1
        years = None if tells and row["workplace"] else row.get("years")
        parts = [row.get("workplace"), count(int(years), "year") if years else None]
        told.append(", ".join(part for part in parts if part))
    return [
        f"{words} ({in_words(n)})" if n > 1 else words
        for words in dict.fromkeys(filter(None, told))
        for n in [told.count(words)]
    ]


_MOST_EXPECTED = 2


def _expected(
    titles: Sequence[str], expected: pd.DataFrame, questions: Mapping[str, Question]
) -> list[dict[str, Any]]:
    """What was expected and what was heard, where they lie farthest apart."""
    known = [row for row in to_records(expected) if row["expected"] and row["n"]]
    cells = []
    for title in titles:
        here = [row for row in known if row["occupation"] == title]
        here.sort(key=lambda row: -abs(row["heard"] - row["expected"]))
        told = [
            f"{questions[row['question']].short}: {row['expected']:g}, heard"
            f" {decimal(row['heard'])}"
            for row in here[:_MOST_EXPECTED]
        ]
        cells.append(
            {
                "topic": EXPECTED, "heading": "What I expected", "occupation": title,
                **({"text": "; ".join(told)} if told else {"missing": "nothing noted"}),
            }
        )  # fmt: skip
    return cells if any("text" in cell for cell in cells) else []


def _spoken_of(
    titles: Sequence[str], themes: pd.DataFrame, interviews: pd.DataFrame
) -> list[dict[str, Any]]:
    """The theme that most people of an occupation spoke of, and how many did."""
    known = to_records(themes)
    heard = interviews[interviews["status"] == "done"].groupby("occupation")["person"].nunique()
    cells = []
    for title in titles:
        here = [row for row in known if row["occupation"] == title]
        here.sort(key=lambda row: -row["people"])
        of = int(heard.get(title, 0))
        people = here[0]["people"] if here else 0
        by = f" ({people} of {max(of, people)})" if people > 1 else ""
        told = {"text": f"{here[0]['theme']}{by}"} if here else {"missing": "no passage marked"}
        cells.append({"topic": THEMES, "heading": "Spoke of most", "occupation": title, **told})
    return cells if known else []


def _by(medium: Any) -> str:
    return f"by {medium}" if medium in ("phone", "video", "e-mail", "email") else str(medium)


def _occupations_with(key: str, heard: Mapping[str, list[dict[str, Any]]]) -> int:
    return sum(
        any(row["question"] == key and row["text"] for row in rows) for rows in heard.values()
    )


def _asked(
    heard: Mapping[str, list[dict[str, Any]]],
    summary: pd.DataFrame,
    questions: Mapping[str, Question],
    most: int,
) -> list[str]:
    """The questions of the page: what matters most, then what tells the occupations apart."""
    rows = [row for rows in heard.values() for row in rows]
    importance = {row["question"]: row["importance"] or 0 for row in rows}
    means = summary.dropna(subset=["mean"]).groupby("question")["mean"]
    apart = (means.max() - means.min()).to_dict()
    reached = {key: _occupations_with(key, heard) for key in questions}
    with_people = sum(bool(rows) for rows in heard.values())
    keys = [key for key in questions if reached[key] and key not in _ROWS_OF_THEIR_OWN]
    if not reached.get("preparation") and "path_in" in keys:
        keys.remove("path_in")  # it is the way in then
    keys.sort(
        key=lambda key: (
            reached[key] * 2 < with_people, -importance.get(key, 0), -apart.get(key, 0),
            -reached[key],
        )
    )  # fmt: skip
    top = keys[:most]
    burdens = [key for key in _BURDEN if key in keys]
    if burdens and not set(top) & set(burdens):
        top = [*top[: most - 1], max(burdens, key=lambda key: reached[key])]
    return top


def _notes(
    answers: list[dict[str, Any]], quoted: dict[str, int], room: Room, nobody: bool
) -> list[dict[str, Any]]:
    """One note, or the lowest and the highest where they contradict; else what is missing."""
    if not answers:
        return [{"missing": NOBODY_YET if nobody else NOT_ASKED}]
    counted = [row["rating"] for row in answers if row["rating"] and row["weight"] > 0]
    cell = {"ratings": ", ".join(map(str, counted)) or None, "split": False}
    worded = [row for row in answers if row["text"].strip()]
    if not worded:
        return [cell]
    if answers[0]["agreement"] == "split":
        rated = [row for row in worded if row["rating"] and row["weight"] > 0]
        if len(rated) > 1 and rated[0]["rating"] < rated[-1]["rating"]:
            pair = (rated[0], rated[-1])
            return [{**cell, "split": True, **_note(row, room.words_of_two)} for row in pair]
    middle = sorted(counted)[len(counted) // 2] if counted else 0
    best = min(
        worded,
        key=lambda row: (
            bool(_LEANS_ON_OTHERS.search(row["text"])), quoted.get(row["person"], 0),
            abs((row["rating"] or middle) - middle), _note(row, room.words)["shortened"],
            -row["weight"],
        ),
    )  # fmt: skip
    quoted[best["person"]] = quoted.get(best["person"], 0) + 1
    return [{**cell, **_note(best, room.words)}]


def _note(row: Mapping[str, Any], words: int) -> dict[str, Any]:
    text = " ".join(with_quotation_marks(row["text"]).split())
    short = shortened(text, words)
    return {
        "speaker": row["speaker"], "rating": row["rating"], "text": short,
        "shortened": short != text,
    }  # fmt: skip


def _skill_rows(
    heard: Mapping[str, list[dict[str, Any]]],
    talked_to: Mapping[str, dict[str, str]],
    skills: pd.DataFrame,
) -> list[dict[str, Any]]:
    """Skills people named that are yours, with how well your strengths fit; and those to learn."""
    if skills.empty:
        return []
    named = to_records(skills)
    shown = {row["skill"] for row in named if row["occupation"] in heard}
    where = {
        skill: {row["occupation"] for row in named if row["skill"] == skill} & set(heard)
        for skill in shown
    }
    both: list[list[dict[str, Any]]] = [[], []]
    for title, answers in heard.items():
        here = sorted(
            (row for row in named if row["occupation"] == title), key=lambda row: -row["people"]
        )
        mine = [_skill(row) for row in here if row["strength"]]
        learn = [_skill(row, len(where[row["skill"]]) > 1) for row in here if not row["strength"]]
        asked = [row for row in answers if row["question"] == "strengths_fit"]
        fit = [row["rating"] for row in asked if row["rating"] and row["weight"] > 0]
        nothing = NOT_ASKED if talked_to[title].get("fact") else NOBODY_YET
        most = 2 if len(heard) > 3 else 3
        for rows, topic, heading, words, ratings in (
            (both[0], STRENGTHS, "My strengths there", mine, fit),
            (both[1], SKILLS, "Skills to learn", learn, []),
        ):
            none = nothing if not here else "none of mine named" if topic == STRENGTHS else "none"
            rows.append(
                {
                    "topic": topic, "heading": heading, "occupation": title,
                    "ratings": ", ".join(map(str, ratings)) or None, "split": False,
                    "text": _first_few(words, most) or None,
                    "missing": None if words else none,
                }
            )  # fmt: skip
    return [row for rows in both if any(r["text"] or r["ratings"] for r in rows) for row in rows]


def _skill(row: Mapping[str, Any], elsewhere: bool = False) -> str:
    by = [f"{row['people']} of {row['of']}"] if row["people"] > 1 else []
    by += ["elsewhere too"] if elsewhere else []
    said = str(row["phrases"]).split("; ")[0]
    return f"{said} ({'; '.join(by)})" if by else said


def _first_few(words: Sequence[str], most: int) -> str:
    more = len(words) - most
    if more < 2:
        return ", ".join(words)
    return f"{', '.join(words[:most])} and {in_words(more)} more"


def _figures(
    titles: Sequence[str], outlook: pd.DataFrame, pay: pd.DataFrame | None
) -> list[dict[str, Any]]:
    """Pay, rounded to thousands, and jobs: official figures, for those that have them."""
    known = {row["occupation"]: row for row in to_records(outlook)}
    here = {} if pay is None else {
        row["occupation"]: row for row in to_records(pay) if row["local"]
    }  # fmt: skip
    rows: list[dict[str, Any]] = []
    for topic, heading, worded in (
        (PAY, "Pay a year, middle", pay_in_words), (JOBS, "Jobs", jobs_in_words),
    ):  # fmt: skip
        facts = {title: worded(known.get(title, {})) for title in titles}
        if topic == PAY:
            facts = {title: _with_ones_state(fact, here.get(title))
                     for title, fact in facts.items()}  # fmt: skip
        if any(facts.values()):
            rows += [
                {"topic": topic, "heading": heading, "occupation": title,
                 "fact": fact or None, "missing": None if fact else "no figures"}
                for title, fact in facts.items()
            ]  # fmt: skip
    return rows


def _with_ones_state(fact: str, here: Mapping[str, Any] | None) -> str:
    if not fact or here is None:
        return fact
    median = here["median_wage"]
    pays = "not published" if median is None else f"${round(median / 1000) * 1000:,.0f}"
    first, *rest = fact.split("; ", 1)
    return "; ".join([f"{first}, in {here['place']} {pays}", *rest])


def pay_in_words(row: Mapping[str, Any], nearest: int = 1_000) -> str:
    """Median and the middle eight of ten wages a year; empty where they aren't known.

    Examples
    --------
    >>> pay_in_words({"median_wage": 100_330, "wage_p10": 71_690, "wage_p90": 131_950})
    '$100,000; eight in ten $72,000 to $132,000'
    """
    median, low, high = (
        None if (value := row.get(key)) is None else f"${round(value / nearest) * nearest:,.0f}"
        for key in ("median_wage", "wage_p10", "wage_p90")
    )
    if not median:
        return ""
    return f"{median}; eight in ten {low} to {high}" if low and high else median


def jobs_in_words(row: Mapping[str, Any]) -> str:
    """Openings a year and projected change; empty where they aren't known.

    Examples
    --------
    >>> jobs_in_words({"openings_k": 10.2, "growth_pct": 13.8, "period": "2024–34"})
    '10,200 openings a year; 14% more jobs by 2034'
    """
    parts = []
    if (openings := row.get("openings_k")) is not None:
        parts.append(f"{round(openings * 1000, -2):,.0f} openings a year")
    if (growth := row.get("growth_pct")) is not None:
        until = str(row.get("period") or "")
        by = f" by {until[:2]}{until[-2:]}" if re.fullmatch(r"\d{4}–\d\d", until) else ""
        change = f"{abs(growth):.0f}% {'more' if growth > 0 else 'fewer'} jobs"
        parts.append(f"{'hardly any change' if abs(growth) < 1 else change}{by}")
    return "; ".join(parts)


def _weighed(titles: Sequence[str], decision: Decision) -> list[dict[str, Any]]:
    """How often each comes first: last, and only where that says something."""
    if decision.verdict in (NOTHING_TO_COMPARE, TOO_EARLY):
        return []
    shares = {row["occupation"]: row for row in to_records(decision.ranking)}
    rows = []
    for title in titles:
        row = shares.get(title, {})
        is_ranked = row.get("first") is not None
        rows.append(
            {
                "topic": WEIGHED, "heading": "My ratings, weighed", "occupation": title,
                "fact": f"first in {of_100(row['first'])} of 100 ways" if is_ranked else None,
                "missing": None if is_ranked else row.get("note") or "not weighed",
            }
        )  # fmt: skip
    return rows
