"""How good each occupation sounds: three dots as three dots, the mean, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout, side_by_side
from infonb.charts.marks import Rows, Spec, rows_by
from infonb.charts.strip_plot import ROW, strip_plot
from infonb.english import count
from infonb.errors import InfonbError
from infonb.findings.sentences import ratings_alt_text, ratings_hint, ratings_title, told_apart
from infonb.frame import to_records

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_MOST = 6
_GAP = 22


def ratings(
    findings: Findings, questions: Sequence[str] | None = None, level: float = 0.8
) -> Chart:
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
    Chart
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
    given = answers[answers["rating"].notna() & (answers["weight"] > 0)]
    dots = rows_by(to_records(given[given["question"].isin(chosen)]), "question")
    shown = summary[summary["question"].isin(chosen)]
    bands = rows_by(to_records(shown), "question")
    order = [o for o in findings.occupations["occupation"] if o in set(summary["occupation"])]
    counted = _counted(answers, bands, order)
    asked = given[given["question"].isin(chosen)].groupby("occupation")["person"].nunique()
    notes = {o: count(int(n), "person", "people") for o, n in asked.items()}

    def draw(room: Room) -> Spec:
        rows = RowLayout("occupation", order, room, ROW, notes=notes, under=True)
        columns = 1 if room.narrow else 2 if len(chosen) in (2, 4) else min(3, len(chosen))
        width = (rows.width - _GAP * (columns - 1)) // columns
        panels = [
            strip_plot(
                dots[key], bands[key], rows if columns > 1 else rows.noting(counted[key]),
                findings.questions[key].to_oneself, width, ends(findings, key),
                names=number % columns == 0,
                empty={} if columns == 1 else _without_people(counted[key]),
            )
            for number, key in enumerate(chosen)
        ]  # fmt: skip
        return side_by_side(panels, columns, _GAP)

    short = {key: findings.questions[key].short for key in chosen}
    title = ratings_title(shown, clear, short)
    return finished(draw, title, f"{title}. {ratings_alt_text(shown, short)}", ratings_hint(level))


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


def _counted(answers: pd.DataFrame, bands: dict[str, Rows], order: list[str]) -> dict[str, Any]:
    """Question to occupation to how many people rated it, or why nobody's dot is there."""
    asked = set(zip(answers["question"], answers["occupation"], strict=True))
    return {
        key: {
            occupation: "not rated" if (key, occupation) in asked else "not asked"
            for occupation in order
        }
        | {row["occupation"]: count(row["n"], "person", "people") for row in rows}
        for key, rows in bands.items()
    }


def _without_people(notes: dict[str, str]) -> dict[str, str]:
    return {occupation: note for occupation, note in notes.items() if note.startswith("not ")}


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
