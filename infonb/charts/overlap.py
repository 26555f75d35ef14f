"""How much two occupations have in common, beside how much people inside one have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.room import Room
from infonb.charts.rows import RowLayout
from infonb.charts.theme import ACCENT, QUIET, finished, nothing
from infonb.english import count, first_capital

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_MOST, _FEW = 12, 5
_ROW, _LABEL = 24, 270
_NOTE = 140


def overlap(findings: Findings) -> Any:
    """Pairs of occupations by the skills they share; the pairs that share most come first.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair.LayerChart
        Dot: what two people from the two occupations share on average. Bar: what two people
        inside one occupation share, to compare with.

    Examples
    --------
    >>> overlap(infonb.sample("example").findings()).to_dict()["title"]["text"][0][:22]
    'Occupational therapist'
    """
    pairs = findings.skill_overlap()
    if pairs.empty:
        return nothing("No overlap yet", "Note skills for two occupations, and compare them here.")
    ordered = pairs.sort_values(["shared", "between"], ascending=False, kind="stable")
    sharing = int((pairs["shared"] > 0).sum())
    ordered = ordered.head(min(_MOST, sharing) or _FEW)
    pairs_told = [
        {
            "pair": f"{row['occupation_a']} – {row['occupation_b']}",
            "between": _number(row["between"]), "within": _number(row["within"]), "zero": 0.0,
        }
        for row in ordered.to_dict("records")
    ]  # fmt: skip
    notes = {
        told["pair"]: f"{count(int(shared), 'skill')} shared"
        for told, shared in zip(pairs_told, ordered["shared"], strict=True)
    }

    labels = {
        told["pair"]: [f"{row['occupation_a']} –", row["occupation_b"]]
        for told, row in zip(pairs_told, ordered.to_dict("records"), strict=True)
    }

    def draw(room: Room) -> Any:
        order = [row["pair"] for row in pairs_told]
        rows = RowLayout("pair", order, room, _ROW, label=_LABEL, notes=notes, labels=labels)
        width = rows.width - room.pick(_NOTE, 0)
        return alt.layer(*_shares(pairs_told, rows), *rows.names(width)).properties(
            width=width, height=rows.height
        )

    title = _title(ordered)
    return finished(
        draw, title, f"{title}. {' '.join(ordered['sentence'])}",
        [
            "Dot: what two people of the two occupations share. Bar: what two people of one "
            "occupation share. With three people each, look at the skills themselves.",
            *_left_out(len(pairs), sharing, len(ordered)),
        ],
        _LABEL,
    )  # fmt: skip


def _left_out(pairs: int, sharing: int, shown: int) -> list[str]:
    told = []
    if sharing > shown:
        told.append(f"{first_capital(count(sharing - shown, 'more pair'))} share less.")
    if sharing and pairs > sharing:
        rest = pairs - sharing
        told.append(
            f"{first_capital(count(rest, 'pair'))} {'shares' if rest == 1 else 'share'} none."
        )
    return [" ".join(told)] if told else []


def _shares(pairs: list[dict[str, Any]], rows: RowLayout) -> list[Any]:
    """Layers: a bar for what is shared within, a dot for what is shared between."""
    reach = max([0.2, *(pair["between"] for pair in pairs), *(pair["within"] for pair in pairs)])
    scale = alt.Scale(domain=[0, reach * 1.06], nice=False)
    axis = alt.Axis(format="%", title="of the shorter list, mean over pairs of people",
                    values=[0, round(reach / 2, 2), round(reach, 2)])  # fmt: skip
    tooltip = [
        "pair:N", alt.Tooltip("between:Q", format=".0%"), alt.Tooltip("within:Q", format=".0%")
    ]  # fmt: skip
    base = chart_of(pairs).encode(y=rows.y(), tooltip=tooltip)
    within = base.mark_bar(height=14, color=QUIET, opacity=0.35).encode(
        x=alt.X("zero:Q", scale=scale, axis=axis), x2="within:Q"
    )
    between = base.mark_circle(size=80, color=ACCENT, opacity=1).encode(
        x=alt.X("between:Q", scale=scale)
    )
    return [within, between]


def _number(value: Any) -> float:
    return 0.0 if value is None or value != value else round(float(value), 4)


def _title(pairs: pd.DataFrame) -> str:
    best = pairs.iloc[0]
    if best["shared"] == 0:
        return "No two occupations share a skill yet"
    shared = count(int(best["shared"]), "skill")
    return first_capital(f"{best['occupation_a']} and {best['occupation_b']} share most: {shared}")
