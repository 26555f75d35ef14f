"""The way in and up: five questions as strips, the typical entry beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.dots import ROW, strip
from infonb.charts.theme import finished, nothing, panel_title
from infonb.findings.pathways import STEPS
from infonb.findings.words import count, in_words

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings


def pathways(findings: Findings) -> Any:
    """How open the way in and up sounds, step by step, and what is typical for a newcomer.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair.HConcatChart
        One strip per step with ratings; at the right the official typical entry.

    Examples
    --------
    >>> pathways(infonb.sample().findings()).to_dict()["title"]["text"][0][:21]
    'The usual way in asks'
    """
    told = findings.pathways()
    if told.empty:
        return nothing("No pathways yet", "Ask how people came to their work, and what it took.")
    order = [o for o in findings.occupations["occupation"] if o in set(told["occupation"])]
    summary = findings.ratings()
    rated = told[told["rating"].notna() & (told["weight"] > 0)]
    steps = [step for step in STEPS if (rated["question"] == step).any()]
    panels: list[Any] = [
        strip(
            rated[rated["question"] == step],
            summary[(summary["question"] == step) & (summary["n"] > 0)],
            order, "", width=118, labels=number == 0,
        ).properties(title=panel_title(findings.questions[step].short))
        for number, step in enumerate(steps)
    ]  # fmt: skip
    panels.append(_typical(told, order, labels=not panels))
    chart = alt.hconcat(*panels, spacing=16).resolve_scale(y="independent")
    title = _title(told)
    return finished(
        chart, title, _in_words(title, told, order),
        "1 hard, far or unclear · 5 open, near or clear. Each dot is one person; tick and band: "
        "what so few can tell (80%). At the right what is typical for a newcomer.",
    )  # fmt: skip


def _typical(told: pd.DataFrame, order: list[str], labels: bool) -> alt.Chart:
    rows = [
        {"occupation": occupation, "entry": _entry(told[told["occupation"] == occupation])}
        for occupation in order
    ]
    axis = alt.Axis(title=None) if labels else None
    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_text(align="left", fontSize=12)
        .encode(
            x=alt.value(0),
            y=alt.Y("occupation:N", sort=order, scale=alt.Scale(domain=order), axis=axis),
            text="entry:N",
        )
        .properties(width=210, height=ROW * len(order), title=panel_title("Typical entry"))
    )


def _entry(part: pd.DataFrame) -> str:
    education = next(iter(part["education"].dropna()), None)
    zone = next(iter(part["job_zone"].dropna()), None)
    if education is None:
        return "no official figures"
    return f"{education}" + (f" · Job Zone {int(zone)} of 5" if zone is not None else "")


def _title(told: pd.DataFrame) -> str:
    asked = told.drop_duplicates("occupation")["education"].dropna().value_counts()
    ways = count(int((told["question"] == "path_in").sum()), "way in", "ways in")
    if asked.empty:
        return f"{ways[:1].upper()}{ways[1:]} told, no two alike"
    total = told["occupation"].nunique()
    most = int(asked.iloc[0])
    if most == total:
        return f"The usual way in asks for the same everywhere: {asked.index[0].lower()}"
    return (
        f"The usual way in asks for {_article(asked.index[0])} in {in_words(most)} of "
        f"{count(total, 'occupation')}"
    )


def _article(education: str) -> str:
    lowered = education[:1].lower() + education[1:]
    return f"an {lowered}" if lowered[:1] in "aeiou" else f"a {lowered}"


def _in_words(title: str, told: pd.DataFrame, order: list[str]) -> str:
    parts = []
    for occupation in order:
        part = told[told["occupation"] == occupation]
        ways = count(int((part["question"] == "path_in").sum()), "person", "people")
        parts.append(f"{occupation}: {_entry(part)}, {ways} told how they came in")
    return f"{title}. {'; '.join(parts)}."
