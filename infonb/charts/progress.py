"""How one gets better at it: confidence before and after, and one's own conduct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.theme import ACCENT, ON_MARK, QUIET, WARM, finished, nothing, panel_title
from infonb.findings.words import count, first_capital

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings


def progress(findings: Findings) -> Any:
    """Left: confidence before and after each interview. Right: how often each rule was kept.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair chart
        Interviews in order of time; checklist items with the weakest first.

    Examples
    --------
    >>> progress(infonb.sample("example").findings()).to_dict()["title"]["text"][0][:24]
    'Your confidence went up '
    """
    felt = findings.confidence()
    felt = felt[felt["before"].notna() | felt["after"].notna()]
    judged = findings.conduct()
    parts = [part for part in (_felt(felt), _judged(judged)) if part is not None]
    if not parts:
        return nothing(
            "No progress noted yet", "Note your confidence before and after, and how it went."
        )
    chart = alt.hconcat(*parts, spacing=30) if len(parts) > 1 else parts[0]
    title = _title(felt, judged)
    return finished(chart, title, f"{title}. {_in_words(felt, judged)}", _how_to_read(felt, judged))


def _felt(felt: pd.DataFrame) -> Any:
    if felt.empty:
        return None
    rows = [
        {
            "order": int(row["order"]), "when": when, "confidence": int(row[when]),
            "occupation": row["occupation"],
        }
        for row in felt.to_dict("records")
        for when in ("before", "after")
        if row[when] == row[when] and row[when] is not None
    ]  # fmt: skip
    lines = [
        {"order": int(row["order"]), "before": int(row["before"]), "after": int(row["after"])}
        for row in felt[felt["change"].notna()].to_dict("records")
    ]
    last = int(felt["order"].max())
    x = alt.X(
        "order:Q", scale=alt.Scale(domain=[0.5, last + 0.5], nice=False),
        axis=alt.Axis(values=list(range(1, last + 1)), format="d", title="interview", grid=False),
    )  # fmt: skip
    scale = alt.Scale(domain=[0.7, 5.3], nice=False, zero=False)
    axis = alt.Axis(
        values=[1, 2, 3, 4, 5], format="d", grid=True, title="1 would rather not · 5 look forward"
    )
    y = alt.Y("confidence:Q", scale=scale, axis=axis)
    rule = (
        alt.Chart(alt.InlineData(values=lines))
        .mark_rule(color=ACCENT, strokeWidth=2)
        .encode(x=x, y=alt.Y("before:Q", scale=scale, axis=axis), y2="after:Q")
    )
    points = [
        alt.Chart(alt.InlineData(values=[row for row in rows if row["when"] == when]))
        .mark_point(size=64, filled=True, opacity=1, shape=shape, color=colour)
        .encode(x=x, y=y, tooltip=["occupation:N", "when:N", "confidence:Q"])
        for when, shape, colour in (("before", "circle", QUIET), ("after", "diamond", ACCENT))
    ]
    return alt.layer(rule, *points).properties(
        width=max(160, 26 * last),
        height=190,
        title=panel_title("Confidence, interview by interview"),
    )


def _judged(judged: pd.DataFrame) -> Any:
    if judged.empty:
        return None
    order = judged["text"].tolist()
    most = int(judged["interviews"].max())
    rows = []
    for row in judged.to_dict("records"):
        start = 0
        for answer in ("yes", "partly", "no"):
            if row[answer]:
                rows.append(
                    {
                        "text": row["text"], "answer": answer, "start": start,
                        "end": start + int(row[answer]), "count": int(row[answer]),
                        "fits": answer if 250 * row[answer] / most > 9 * len(answer) else "",
                    }
                )  # fmt: skip
                start += int(row[answer])
    colours = {"yes": ACCENT, "partly": QUIET, "no": WARM}
    scale = alt.Scale(domain=[0, most], nice=False)
    axis = alt.Axis(title="interviews", values=[0, most], format="d")
    y = alt.Y(
        "text:N", sort=order, scale=alt.Scale(domain=order),
        axis=alt.Axis(title=None, labelLimit=270),
    )  # fmt: skip
    layers: list[Any] = []
    for answer, colour in colours.items():
        base = alt.Chart(
            alt.InlineData(values=[row for row in rows if row["answer"] == answer])
        ).encode(y=y, x=alt.X("start:Q", scale=scale, axis=axis))
        layers.append(
            base.mark_bar(height=17, color=colour).encode(
                x2="end:Q", tooltip=["text:N", "answer:N", "count:Q"]
            )
        )
        layers.append(
            base.mark_text(align="left", dx=4, color=ON_MARK, fontSize=11).encode(text="fits:N")
        )
    return alt.layer(*layers).properties(
        width=250, height=24 * len(order), title=panel_title("How you conducted them")
    )


def _title(felt: pd.DataFrame, judged: pd.DataFrame) -> str:
    parts = []
    known = felt[felt["before"].notna()]
    if len(known) > 1:
        first, last = int(known["before"].iloc[0]), int(known["before"].iloc[-1])
        way = "went up" if last > first else "went down" if last < first else "stayed"
        reach = f"from {first} to {last}" if last != first else f"at {first}"
        parts.append(f"Your confidence {way} {reach} over {count(len(known), 'interview')}")
    weak = judged[judged["better"].notna()]
    if len(weak):
        thing = weak["text"].iloc[0]
        parts.append(f"do better: {thing[:1].lower()}{thing[1:]}")
    return first_capital("; ".join(parts)) or "How your interviews went"


def _how_to_read(felt: pd.DataFrame, judged: pd.DataFrame) -> list[str]:
    read = ["Grey dot: confidence before. Blue diamond: after."] if len(felt) else []
    if len(judged):
        read.append("Bars: in how many interviews you did what the method asks.")
    return read


def _in_words(felt: pd.DataFrame, judged: pd.DataFrame) -> str:
    told = [
        f"interview {row['order']}: {row['before']} before, {row['after']} after"
        for row in felt.to_dict("records")
    ]
    kept = [
        f"{row['text']}: {row['yes']} of {row['interviews']}" for row in judged.to_dict("records")
    ]
    return "; ".join([*told, *kept]) + "."
