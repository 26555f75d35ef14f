"""Draws the pictures of statistics.md from the functions it explains.

python docs/pictures.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import vl_convert

from infonb.charts.theme import ACCENT, BAND_OPACITY, CONFIG, QUIET, WARM
from infonb.findings.bayes import bands, count
from infonb.findings.smaa import Acceptability, Draws, draw_means, leave_out, panel, weigh

FOLDER = Path(__file__).parent / "images"
OCCUPATIONS = ["Nurse", "Teacher", "Gardener"]
COLOURS = [ACCENT, WARM, QUIET]
IMPORTANCE = [5, 3, 4]
"""Of enjoying the work, life at home, and the outlook."""


def example() -> Draws:
    """Seven people about three occupations: enjoying the work, life at home, outlook."""
    answers = {
        "Nurse": [[4, 3, 4], [5, 2, 4], [3, 4, np.nan]],
        "Teacher": [[3, 5, 3], [4, 4, 2], [3, 5, 4]],
        "Gardener": [[5, 1, 5]],
    }
    who = [(name, said) for name, people in answers.items() for said in people]
    weights = np.ones((len(who), 3))
    weights[2] = 0.5
    return draw_means(
        panel(
            [said for _, said in who],
            weights,
            [OCCUPATIONS.index(name) for name, _ in who],
            people=[f"{name} {n}" for n, (name, _) in enumerate(who)],
            occupations=OCCUPATIONS,
        )
    )


def rating_bands(groups: dict[str, list[int]]) -> Any:
    """Ratings as dots, their mean as a tick, the 80 % band behind."""
    rows = [{"who": name, **bands(count(said))._asdict()} for name, said in groups.items()]
    dots = [
        # Equal ratings are stacked, so that three fives are three dots.
        {
            "who": name,
            "rating": rating,
            "up": said[:place].count(rating) - (said.count(rating) - 1) / 2,
        }
        for name, said in groups.items()
        for place, rating in enumerate(said)
    ]
    y = alt.Y("who:N", sort=list(groups), title=None)
    scale = alt.Scale(domain=[1, 5])
    axis = alt.Axis(values=[1, 2, 3, 4, 5], title="rating: 1 not for me, 5 just right for me")
    base = alt.Chart(pd.DataFrame(rows))
    bars = base.mark_bar(height=26, opacity=BAND_OPACITY, color=ACCENT, cornerRadius=13).encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", y=y
    )
    ticks = base.mark_tick(thickness=3, size=30, color=ACCENT).encode(
        x=alt.X("mean:Q", scale=scale, axis=axis), y=y
    )
    points = (
        alt.Chart(pd.DataFrame(dots))
        .mark_circle(size=70, color=WARM, opacity=1)
        .encode(
            x=alt.X("rating:Q", scale=scale, axis=axis),
            y=y,
            yOffset=alt.YOffset("up:Q", scale=alt.Scale(domain=[-2, 2], range=[39, 3])),
        )
    )
    return (bars + ticks + points).properties(width=460, height=46 * len(groups))


def more_people() -> Any:
    """What the band does as more and more people rate alike."""
    return rating_bands(
        {"one person": [4], "two": [4, 4], "three": [4, 4, 5], "five": [4, 4, 5, 4, 3]}
    ).properties(title="Each further person narrows the band")


def kinds_of_three() -> Any:
    """Three people can say very different things."""
    return rating_bands(
        {"they agree": [4, 4, 5], "they are split": [1, 5, 3], "three fives": [5, 5, 5]}
    ).properties(title="The same number of people, very different bands")


def thirty_draws(accepted: Acceptability) -> Any:
    """Some of the drawn fits, with who comes first in each."""
    fits = accepted.fits[:, :30]
    table = pd.DataFrame(
        [
            {"draw": draw + 1, "occupation": name, "fit": fits[place, draw],
             "first": bool(fits[:, draw].argmax() == place)}
            for draw in range(30)
            for place, name in enumerate(OCCUPATIONS)
        ]
    )  # fmt: skip
    counts = ", ".join(
        f"{name} {int(table.query('occupation == @name')['first'].sum())}" for name in OCCUPATIONS
    )
    base = alt.Chart(table).encode(
        x=alt.X("draw:O", title="what-if", axis=alt.Axis(labelAngle=0, values=[1, 10, 20, 30])),
        y=alt.Y("fit:Q", title="fit, 0 to 100", scale=alt.Scale(domain=[0, 100])),
    )
    colour = alt.Color(
        "occupation:N", sort=OCCUPATIONS, scale=alt.Scale(domain=OCCUPATIONS, range=COLOURS)
    )
    shape = alt.Shape("occupation:N", sort=OCCUPATIONS, scale=alt.Scale(domain=OCCUPATIONS))
    others = base.transform_filter("!datum.first").mark_point(filled=True, size=45, opacity=0.3)
    first = base.transform_filter("datum.first").mark_point(filled=True, size=120, opacity=1)
    layers = [
        marks.encode(
            color=colour.title("large: comes first"), shape=shape.title("large: comes first")
        )
        for marks in (others, first)
    ]
    title = alt.Title("Thirty of the 20,000 what-ifs", subtitle=f"first in how many: {counts}")
    return alt.layer(*layers).properties(width=560, height=220, title=title)


def decision(draws: Draws, accepted: Acceptability) -> Any:
    """Fit with its band, and how often each occupation comes first."""
    table = pd.DataFrame(
        {
            "occupation": OCCUPATIONS,
            "fit": accepted.fit,
            "low": accepted.low,
            "high": accepted.high,
            "first": accepted.rank_shares[:, 0],
        }
    )
    order = table.sort_values("first", ascending=False)["occupation"].tolist()
    y = alt.Y("occupation:N", sort=order, title=None)
    colour = alt.Color(
        "occupation:N", legend=None, scale=alt.Scale(domain=OCCUPATIONS, range=COLOURS)
    )
    base = alt.Chart(table)
    hundred = alt.Scale(domain=[0, 100])
    quarters = alt.Axis(values=[0, 25, 50, 75, 100], title="fit, 0 to 100")
    fit = alt.X("fit:Q", scale=hundred, axis=quarters)
    bars = base.mark_bar(height=22, opacity=BAND_OPACITY * 1.6, cornerRadius=11).encode(
        x=alt.X("low:Q", scale=hundred, axis=quarters),
        x2="high:Q", y=y, color=colour,
    )  # fmt: skip
    ticks = base.mark_tick(thickness=3, size=28).encode(x=fit, y=y, color=colour)
    left = (bars + ticks).properties(
        width=290, height=130, title=alt.Title("How well it fits", fontSize=13)
    )
    share = alt.X(
        "first:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", values=[0, 0.5, 1]),
        title="share of the what-ifs",
    )
    hidden = alt.Y("occupation:N", sort=order, axis=None)
    first = base.mark_bar(height=22).encode(x=share, y=hidden, color=colour)
    words = base.mark_text(align="left", dx=6, fontSize=13).encode(
        x=share, y=hidden, text=alt.Text("first:Q", format=".0%")
    )
    right = (first + words).properties(
        width=190, height=130, title=alt.Title("How often it comes first", fontSize=13)
    )
    title = alt.Title(
        "Too early to say: one person spoke for the gardener", subtitle=_fragility(draws, accepted)
    )
    return alt.hconcat(left, right, spacing=30).properties(title=title)


def _fragility(draws: Draws, accepted: Acceptability) -> str:
    fragility = leave_out(draws, accepted)
    changed = np.flatnonzero(fragility.changes)
    if not changed.size:
        return "Whoever is left out, the same comes first."
    turn = changed[0]
    then, person = OCCUPATIONS[fragility.leader[turn]], fragility.left_out[turn].split()[0]
    return (
        f"Without the {person.lower()} the {then.lower()} would come first "
        f"({fragility.share[turn]:.0%})."
    )


def save(name: str, chart: Any) -> None:
    """Write a chart as a PNG on white paper."""
    drawn = chart.configure(**(CONFIG | {"background": "white"}))
    picture = vl_convert.vegalite_to_png(drawn.to_dict(), scale=2, allowed_base_urls=[])
    (FOLDER / name).write_bytes(picture)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    draws = example()
    accepted = weigh(draws, IMPORTANCE)
    save("statistics-more-people.png", more_people())
    save("statistics-kinds-of-three.png", kinds_of_three())
    save("statistics-what-ifs.png", thirty_draws(accepted))
    save("statistics-decision.png", decision(draws, accepted))


if __name__ == "__main__":
    main()
