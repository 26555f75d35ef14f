"""How good each occupation sounds: three dots as three dots, the mean, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from infonb import InfonbError
from infonb.charts.dots import ROW, strip
from infonb.charts.room import Room
from infonb.charts.rows import RowLayout, side_by_side
from infonb.charts.theme import finished, nothing
from infonb.english import count, first_capital, in_words
from infonb.findings.sentences import told_apart

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_MOST = 6
_GAP = 22


def ratings(findings: Findings, questions: Sequence[str] | None = None, level: float = 0.8) -> Any:
    """Each person as a dot, the mean as a tick, the band behind; one panel per question.

    Parameters
    ----------
    findings : Findings
    questions : sequence of str, optional
        Keys of the questions to show, in order. By default six: where occupations differ most
        clearly, then those that matter most to you, then those most people rated.
    level : float
        Credibility of the band.

    Returns
    -------
    altair.ConcatChart
        Its title says where occupations stand apart, and where it's too few to tell.

    Raises
    ------
    InfonbError
        When a question isn't known.

    Examples
    --------
    >>> ratings(infonb.sample("example").findings()).to_dict()["title"]["text"][0][:36]
    'Physical therapist assistant sounds '
    """
    known_questions(findings, questions or ())
    summary = findings.ratings(level)
    summary = summary[summary["n"] > 0]
    clear = told_apart(findings.differences())
    wanted = questions or _chosen(findings, summary, clear)
    chosen = [key for key in wanted if key in set(summary["question"])]
    if not chosen:
        return nothing(
            "No ratings yet", "Rate an answer from 1 to 5, and it appears here as a dot."
        )
    answers = findings.answers
    dots = answers[answers["rating"].notna() & (answers["weight"] > 0)]
    order = [o for o in findings.occupations["occupation"] if o in set(summary["occupation"])]
    asked = dots[dots["question"].isin(chosen)].groupby("occupation")["person"].nunique()
    notes = {o: count(int(n), "person", "people") for o, n in asked.items()}

    def draw(room: Room) -> Any:
        rows = RowLayout("occupation", order, room, ROW, notes=notes, under=True)
        heard = summary.set_index(["question", "occupation"])["n"]
        columns = 1 if room.narrow else 2 if len(chosen) in (2, 4) else min(3, len(chosen))
        width = (rows.width - _GAP * (columns - 1)) // columns
        panels = [
            strip(
                dots[dots["question"] == key], summary[summary["question"] == key],
                rows if columns > 1 else rows.noting(_counted(heard, key, order)),
                findings.questions[key].to_oneself, width, ends(findings, key),
                names=number % columns == 0,
            )
            for number, key in enumerate(chosen)
        ]  # fmt: skip
        return side_by_side(panels, columns, _GAP)

    shown = summary[summary["question"].isin(chosen)]
    title = _title(findings, shown, chosen, clear)
    return finished(
        draw, title, f"{title}. {_in_words(findings, shown, chosen)}", _how_to_read(level)
    )


def known_questions(findings: Findings, keys: Sequence[str]) -> None:
    """Raise an InfonbError that names the keys which are no question's."""
    unknown = [key for key in keys if key not in findings.questions]
    if unknown:
        raise InfonbError(
            f"{', '.join(map(repr, unknown))}: no such question; known are "
            f"{', '.join(findings.questions)}."
        )


def ends(findings: Findings, question: str) -> list[str]:
    """What 1 and 5 mean for a question, in words, a line each."""
    asked = findings.questions[question]
    return [f"1 {asked.low or 'not for me'}", f"5 {asked.high or 'just right for me'}"]


def _counted(heard: pd.Series, question: str, order: list[str]) -> dict[str, str]:
    """How many people of each occupation a question is rated by."""
    return {
        occupation: count(int(heard[question, occupation]), "person", "people")
        if (question, occupation) in heard.index
        else "not rated"
        for occupation in order
    }


def _how_to_read(level: float) -> str:
    return (
        "Each dot is one person you asked, paler where you trust it less. Tick and band: what so "
        f"few can tell ({level:.0%}), counted with one imaginary undecided person."
    )


def _chosen(findings: Findings, summary: pd.DataFrame, clear: pd.DataFrame) -> list[str]:
    stated = findings.importances.set_index("question")["importance"]
    heard = summary.groupby("question", sort=False)["n"].sum()
    place = {key: number for number, key in enumerate(findings.questions)}
    widest, apart = clear["question"].tolist()[:1], set(clear["question"])
    ranked = sorted(
        heard.index,
        key=lambda key: (
            key not in widest, -float(stated.get(key, 0)), key not in apart, -int(heard[key]),
            place[key],
        ),
    )  # fmt: skip
    return sorted(ranked[:_MOST], key=place.__getitem__)


def _title(
    findings: Findings, summary: pd.DataFrame, chosen: list[str], clear: pd.DataFrame
) -> str:
    compared = [key for key in chosen if (summary["question"] == key).sum() > 1]
    if not compared:
        return "Only one occupation is rated so far: ask people in another one to compare"
    found = clear[clear["question"].isin(compared)]
    if found.empty:
        return "Too few to tell the occupations apart yet"
    widest = found.iloc[0]
    short = findings.questions[widest["question"]].short.lower()
    told = f"{widest['higher']} sounds better than {widest['lower']} on {short}"
    if len(compared) == 1:
        return told
    return f"{told}; clear on {in_words(len(found))} of {count(len(compared), 'question')}"


def _in_words(findings: Findings, summary: pd.DataFrame, chosen: list[str]) -> str:
    parts = []
    for key in chosen:
        rows = summary[summary["question"] == key]
        said = ", ".join(
            f"{row['occupation']} {row['mean']:.1f} ({row['low']:.1f} to {row['high']:.1f}, "
            f"{count(int(row['n']), 'person', 'people')})"
            for _, row in rows.iterrows()
        )
        parts.append(f"{first_capital(findings.questions[key].short)}: {said}.")
    return " ".join(parts)
