"""Which skills two occupations have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout, shortened
from infonb.charts.marks import Rows, Spec, marks, nominal, quantity, scale, value
from infonb.charts.theme import ACCENT, SOFT, TINY
from infonb.findings.sentences import overlap_alt_text, overlap_hint, overlap_title
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings

_MOST, _FEW = 12, 5
_ROW, _LABEL = 34, 270
_STEP = 18


def overlap(findings: Findings) -> Chart:
    """Pairs of occupations by the skills they share; the pairs that share most come first.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    Chart
        A dot for each skill that is named in both, and the skills in words; the tooltip says
        whether that is much, beside what two people of one occupation share.

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
    shown = to_records(ordered.head(min(_MOST, sharing) or _FEW))
    rows = [{**row, "pair": f"{row['occupation_a']} – {row['occupation_b']}"} for row in shown]
    labels = {row["pair"]: [f"{row['occupation_a']} –", row["occupation_b"]] for row in rows}

    def draw(room: Room) -> Spec:
        lines = RowLayout("pair", list(labels), room, _ROW, label=_LABEL, labels=labels)
        return lines.panel(*_shared(rows, lines))

    title = overlap_title(pairs)
    return finished(
        draw, title, f"{title}. {overlap_alt_text(shown)}",
        overlap_hint(len(pairs), sharing, len(shown)), _LABEL,
    )  # fmt: skip


def _shared(rows: Rows, lines: RowLayout) -> list[Spec]:
    """Layers: a dot for each skill, the skills in words below."""
    most = max(1, *(row["shared"] for row in rows))
    step = min(_STEP, lines.width / most)
    dots: list[dict[str, Any]] = [
        {"pair": row["pair"], "place": place + 1, "skill": skill}
        for row in rows
        for place, skill in enumerate((row["skills"] or "").split("; ") if row["shared"] else [])
    ]
    letters = int(lines.width / 6.4)
    words = [
        {
            "pair": row["pair"], "skills": row["skills"] or "no skill", "compared": row["sentence"],
            "label": shortened((row["skills"] or "no skill").replace("; ", ", "), letters)[0],
        }
        for row in rows
    ]  # fmt: skip
    across = scale(0.5, most + 0.5, range=[0, step * most])
    tips = [nominal("pair"), nominal("skills", title="Shared"), nominal("compared")]
    return [
        marks(
            dots, "circle",
            {"x": quantity("place", scale=across, axis=None), "y": lines.y(),
             "tooltip": [nominal("pair"), nominal("skill")]},
            size=min(110.0, (0.75 * step) ** 2), color=ACCENT, opacity=1, yOffset=-8,
        ),
        marks(
            words, "text",
            {"x": value(0), "y": lines.y(), "text": nominal("label"), "tooltip": tips},
            align="left", dy=9, fontSize=TINY, opacity=SOFT,
        ),
    ]  # fmt: skip
