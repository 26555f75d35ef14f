"""A title says what its picture shows: every claim is worked out again from what is drawn.

Of every chart and every kind of journal the rows of the drawing are read back, and the claim of its
title is made anew from them: who leads, what is widest, how many there are; what is equal is named
together.
"""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from infonb import charts
from infonb.english import a_few, count, first_capital, in_words
from infonb.findings.expectations import surprise
from infonb.findings.ratings import differences
from infonb.findings.verdict import CLEAR

_SPEC = importlib.util.spec_from_file_location(
    "gallery_journals", Path(__file__).parents[1] / "browser" / "gallery_journals.py"
)
assert _SPEC and _SPEC.loader
gallery = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(gallery)

NOTHING = re.compile(r"^(No|Nobody|Nothing|None)\b")


class Picture:
    """What is drawn: rows by kind of mark and panel."""

    def __init__(self, chart: Any) -> None:
        self.spec = chart.to_dict()
        self.title = " ".join(self.spec["title"]["text"])
        self.hint = " ".join(self.spec["title"].get("subtitle", []))
        self.marks = list(self._walked(self.spec, ""))

    def _walked(self, part: dict[str, Any], panel: str) -> Iterator[tuple[str, dict, list[dict]]]:
        title = part.get("title")
        if part is not self.spec and title:
            panel = " ".join(title["text"])
        for inner in [i for key in ("layer", "hconcat", "vconcat") for i in part.get(key, [])]:
            yield from self._walked(inner, panel)
        if "mark" in part:
            yield panel, part, self.spec["datasets"][part["data"]["name"]]

    def rows(self, kind: str, *fields: str) -> list[dict[str, Any]]:
        """Rows of all marks of this kind that have these fields, with their panel."""
        return [
            {**row, "panel": panel, "look": part["mark"]}
            for panel, part, rows in self.marks
            if part["mark"]["type"] == kind
            for row in rows
            if all(field in row for field in fields)
        ]

    @property
    def is_nothing(self) -> bool:
        return len(self.marks) == 1


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: Any) -> dict[tuple[str, str], Picture]:
    folder = tmp_path_factory.mktemp("journals")
    made = {}
    for journal in gallery.JOURNALS:
        findings = gallery.make(journal, folder)
        for name in charts.__all__:
            made[journal, name] = Picture(getattr(charts, name)(findings))
    return made


@pytest.fixture(params=list(gallery.JOURNALS))
def drawn(request: Any, pictures: Any) -> Any:
    """A function: name of a chart to its picture, in each journal in turn; None without data."""

    def of(name: str) -> Picture | None:
        picture = pictures[request.param, name]
        if picture.is_nothing:
            assert NOTHING.match(picture.title), picture.title
            return None
        return picture

    return of


def most(counted: dict[str, Any]) -> list[str]:
    return [name for name, number in counted.items() if number == max(counted.values())]


def test_coverage(drawn: Any) -> None:
    if picture := drawn("coverage"):
        held: Counter[str] = Counter()
        wanted: Counter[str] = Counter()
        for row in picture.rows("point", "state"):
            wanted[row["occupation"]] += 1
            held[row["occupation"]] += row["state"] == "talked to"
        missing = {o: min(wanted[o], 3) - min(held[o], 3) for o in wanted}
        short = [o for o, number in missing.items() if number]
        nobody = [o for o in short if not held[o]]
        if not short:
            number = "The one" if len(wanted) == 1 else f"All {in_words(len(wanted))}"
            assert picture.title.startswith(number) and "three people or more" in picture.title
        elif nobody and len(nobody) < len(wanted):
            assert picture.title == f"Nobody was asked yet about {a_few(nobody)}"
        else:
            assert picture.title.lower().startswith(count(sum(missing.values()), "interview"))
            assert picture.title.endswith(a_few(short))


def test_ratings(drawn: Any) -> None:
    if picture := drawn("ratings"):
        known = ["occupation", "panel", "rating", "weight"]
        dots = pd.DataFrame(picture.rows("circle", "rating"))[known].rename(
            columns={"panel": "question"}
        )
        bands = pd.DataFrame(picture.rows("tick", "mean")).rename(columns={"panel": "question"})
        if bands.groupby("question")["occupation"].nunique().max() < 2:
            assert picture.title.startswith("Only one occupation is rated")
            return
        seen = differences(dots, bands)
        clear = seen[seen["verdict"] == CLEAR]
        if clear.empty:
            assert picture.title == "Too few to tell the occupations apart yet"
            return
        widest = clear[clear["gap"] == clear["gap"].max()]
        claims = widest["higher"] + " sounds better than " + widest["lower"]
        assert any(picture.title.startswith(claim) for claim in claims)
        if told := re.search(r"clear on (\w+) of", picture.title):
            assert told[1] == in_words(clear["question"].nunique())


def test_decision(drawn: Any) -> None:
    if picture := drawn("decision"):
        firsts = {
            r["occupation"]: r["share"] for r in picture.rows("bar", "rank") if r["rank"] == 1
        }
        lead = re.match(r"(.+) (leads clearly|leads|is a little ahead)$", picture.title)
        if lead:
            assert most(firsts) == [lead[1]]
            assert firsts[lead[1]] >= {"leads clearly": 0.9, "leads": 0.75}.get(lead[2], 0.6)
        else:
            assert picture.title in ("Nothing leads yet", "Too early to say")
        order = list(firsts)
        assert order == sorted(order, key=lambda o: -firsts[o])


def test_central_weights(drawn: Any) -> None:
    if picture := drawn("central_weights"):
        leans = picture.rows("circle", "lean")
        top = max(row["lean"] for row in leans)
        told = "needs you to care more about"
        if top < 1:
            assert told not in picture.title
        else:
            for row in leans:
                claim = f"{row['occupation']} {told} {row['question'].lower()}"
                assert (claim in picture.title) == (row["lean"] == top)


def test_expectations(drawn: Any) -> None:
    if picture := drawn("expectations"):
        told = {row["occupation"]: row for row in picture.rows("rule", "expected", "heard")}
        notes = {row["occupation"]: row["note"] for row in picture.rows("text", "note")}
        dots: dict[str, list[dict]] = {}
        for row in picture.rows("circle", "rating"):
            dots.setdefault(row["occupation"], []).append(row)
        for place, row in told.items():
            weights = [dot["weight"] for dot in dots[place]]
            points = [dot["weight"] * dot["rating"] for dot in dots[place]]
            assert row["heard"] == pytest.approx(sum(points) / sum(weights), abs=1e-3)
            heard = f"{row['heard']:.1f}".removesuffix(".0")
            assert notes[place] == f"expected {row['expected']:g}, heard {heard}"
        late = {row["occupation"] for row in picture.rows("point", "expected", "late")
                if row["late"]}  # fmt: skip
        assert ("Dashed" in picture.hint) == bool(late)
        surprises = [place for place, row in told.items() if _surprises(row, dots[place])]
        surprises = [place for place in surprises if place not in late]
        claim = re.match(r"(.+): you (expected \d, heard [\d.]+)", picture.title)
        if not surprises:
            assert not claim
        else:
            assert claim and claim[1] == surprises[0] == next(iter(told))
            assert claim[2] == notes[claim[1]]
            more = re.search(r"(\w+) more surprises?$", picture.title)
            shown = len(surprises) - 1
            assert "not shown" in picture.hint or (
                more[1] == in_words(shown) if more else not shown
            )


def _surprises(row: dict[str, Any], dots: list[dict[str, Any]]) -> bool:
    counts = [sum(d["weight"] for d in dots if d["rating"] == k) for k in range(1, 6)]
    return bool(surprise(counts, row["expected"], len(dots)))


def test_outreach(drawn: Any) -> None:
    if picture := drawn("outreach"):
        states = Counter(row["state"] for row in picture.rows("point", "state"))
        agreed = states["agreed"]
        counted = agreed + states["not agreed in ten days"]
        number = in_words(agreed) if agreed else "none"
        told = f"{number} of {count(counted, 'person', 'people')} you asked agreed"
        if counted:
            assert picture.title == f"{first_capital(told)} within ten days"
        else:
            assert picture.title.endswith("too early to count")
        by_group: dict[str, Counter[str]] = {}
        for row in picture.rows("point", "state"):
            by_group.setdefault(row["group"], Counter())[row["state"]] += 1
        notes = {row["group"]: row["note"] for row in picture.rows("text", "note")}
        assert by_group.keys() == notes.keys()
        for group, of in by_group.items():
            counts = of["agreed"] + of["not agreed in ten days"]
            assert notes[group].startswith(
                f"{of['agreed']} of {counts} agreed" if counts else "too early"
            )
            assert ("%" in notes[group]) == (counts >= 3), "a share only from three on"


def test_network(drawn: Any) -> None:
    if picture := drawn("network"):
        people = picture.rows("point", "state")
        left_out = int(m[1]) if (m := re.search(r"(\d+) more people", picture.hint)) else 0
        assert count(len(people) + left_out, "person", "people") in picture.title.lower()
        if not left_out:
            named = len({row["person"] for row in picture.rows("rule", "from")})
            begins = f"{in_words(named)} of" if named else count(len(people), "person", "people")
            assert picture.title.startswith(first_capital(begins))
        owed = [row["person"] for row in people if row["state"] == "thank-you owed"]
        assert not owed or left_out or picture.title.endswith(a_few(owed))
        for state, words in {"thank-you owed": "Diamond", "not yet": "Ring"}.items():
            assert (words in picture.hint) == any(row["state"] == state for row in people)


def test_outlook(drawn: Any) -> None:
    if picture := drawn("outlook"):
        classes = {row["occupation"]: row["score"] for row in picture.rows("point", "score")}
        means = {row["occupation"]: row["mean"] for row in picture.rows("tick", "mean")}
        both = classes.keys() & means.keys()
        for word, sign in (("more", 1), ("less", -1)):
            told = re.search(f"{word} hopeful than the projection: ([^;]+)", picture.title.lower())
            if told:
                clear = {o for o in both if sign * (means[o] - classes[o]) > 0.75}
                named = {o for o in both if o.lower() in told[1]}
                assert named and named <= clear
        assert ("don't clearly differ" in picture.title) <= bool(both)


def test_overlap(drawn: Any) -> None:
    if picture := drawn("overlap"):
        shared = Counter(row["pair"] for row in picture.rows("circle", "skill"))
        if not shared:
            assert picture.title == "No two occupations share a skill yet"
            return
        top = most(shared)
        assert count(shared[top[0]], "skill") in picture.title
        if len(top) <= 2 and "share no more" not in picture.hint:
            for pair in shared:
                words = first_capital(pair.replace(" – ", " and "))
                assert (words in first_capital(picture.title)) == (pair in top)
        else:
            assert "pairs share" in picture.title
        for row in picture.rows("text", "skills"):
            named = row["skills"].split("; ") if shared[row["pair"]] else []
            assert len(named) == shared[row["pair"]]


def test_pathways(drawn: Any) -> None:
    if picture := drawn("pathways"):
        entries = {r["occupation"]: r["entry"] for r in picture.rows("text", "entry")}
        known = [e.split("\n")[0] for e in entries.values() if not e.startswith("no official")]
        if not known:
            assert "no official figures" in picture.title
            return
        some = " with official figures" if len(known) < len(entries) else ""
        assert ("with official figures" in picture.title) == bool(some)
        told = re.search(rf" in (\w+) of (\w+) occupations?{some}( each)?$", picture.title)
        if told:
            times = Counter(known)
            assert told[1] == in_words(max(times.values()))
            assert told[2] == in_words(len(known))
            assert bool(told[3]) == (len(most(times)) > 1)
        elif "for the same" in picture.title:
            assert len(set(known)) == 1
        else:
            assert "levels of education" in picture.title


def test_progress(drawn: Any) -> None:
    if picture := drawn("progress"):
        felt = picture.rows("point", "confidence")
        if "Your confidence" in picture.title:
            first, last = (
                end(felt, key=lambda row: (row["order"], row["when"] == "after"))["confidence"]
                for end in (min, max)
            )
            way = "went up" if last > first else "went down" if last < first else "ended where"
            assert way in picture.title
            reach = f"from {first} to {last}" if first != last else f"at {first}"
            assert reach in picture.title
            assert (
                f"over {count(len({row['order'] for row in felt}), 'interview')}" in picture.title
            )
        if "o better: " in picture.title:
            score: Counter[str] = Counter()
            judged: Counter[str] = Counter()
            for row in picture.rows("bar", "answer"):
                judged[row["text"]] += row["count"]
                score[row["text"]] += {"yes": 2, "partly": 1, "no": 0}[row["answer"]] * row["count"]
            means = {item: Fraction(score[item], judged[item]) for item in judged}
            worst = [item for item in means if means[item] == min(means.values())]
            assert worst[0][1:] in picture.title
            assert len(worst) > 2 or all(item[1:] in picture.title for item in worst)


def test_saturation(drawn: Any) -> None:
    if picture := drawn("saturation"):
        ahead = {
            panel: rows[1]["known"] - rows[0]["known"]
            for panel, part, rows in picture.marks
            if part["mark"].get("strokeDash")
        }
        full = [panel for panel, more in ahead.items() if more < 0.4999]
        if full:
            assert picture.title.startswith("Hardly anything new to expect about")
            named = picture.title.split(" about ")[1]
            assert len(full) > 4 or all(panel[:12].rstrip("…") in named for panel in full)
        else:
            numbers = [int(number) for number in re.findall(r"\d+", picture.title)]
            assert abs(numbers[-1] - max(ahead.values())) <= 0.51
            assert abs(numbers[0] - min(ahead.values())) <= 0.51 or len(numbers) == 1


def test_skill_gap(drawn: Any) -> None:
    if picture := drawn("skill_gap"):
        counted: dict[str, Counter[str]] = {}
        for row in picture.rows("bar", "state"):
            counted.setdefault(row["occupation"], Counter())[row["state"]] += row["skills"]
        yours = {o: states["yours too"] for o, states in counted.items()}
        named = {o: yours[o] + counted[o]["not among your strengths"] for o in counted}
        share = {o: Fraction(yours[o], named[o] or 1) for o in counted}
        if not any(share.values()):
            assert picture.title.startswith("None of the skills")
            return
        top = most(share)
        if len(top) == 1:
            (nearest,) = top
            assert picture.title.startswith(first_capital(f"{nearest} is nearest"))
            have = f"{in_words(yours[nearest])} of {count(named[nearest], 'named skill')}"
            assert have in picture.title
        else:
            assert picture.title.startswith(first_capital(f"{a_few(top)} are equally near"))


def test_skills(drawn: Any) -> None:
    if picture := drawn("skills"):
        spread = Counter(row["skill"] for row in picture.rows("point", "whose"))
        columns = {row["occupation"] for row in picture.rows("text", "heading")}
        if len(columns) == 1:
            assert picture.title.endswith("named for one occupation")
        elif max(spread.values()) == 1:
            assert picture.title == "No skill is named in two occupations yet"
        else:
            top = most(spread)
            assert (
                f"in {in_words(spread[top[0]])} of {count(len(columns), 'occupation')}"
                in picture.title
            )
            hidden = "not shown" in picture.hint
            if len(top) <= 3 or not hidden:
                said = a_few(top) if len(top) <= 3 else count(len(top), "skill")
                assert picture.title.startswith(first_capital(said))


def test_strengths(drawn: Any) -> None:
    if picture := drawn("strengths"):
        uses = Counter(
            row["occupation"] for row in picture.rows("point", "people") if row["people"]
        )
        if not uses:
            assert picture.title.startswith("Nobody named one of your strengths")
            return
        order = list(dict.fromkeys(row["occupation"] for row in picture.rows("text", "heading")))
        top = [o for o in order if uses[o] == max(uses.values())]
        assert f"{in_words(max(uses.values()))} of your strengths" in picture.title
        assert len(top) > 4 or all(o in first_capital(picture.title) for o in top)
        assert not any(o in picture.title for o in order if o not in top)


def test_wages(drawn: Any) -> None:
    if picture := drawn("wages"):
        medians = {row["occupation"]: row["median"] for row in picture.rows("tick", "median")}
        high = [o for o in medians if medians[o] == max(medians.values())]
        low = [o for o in medians if medians[o] == min(medians.values())]
        if len(medians) == 1:
            assert f"Half of all in {high[0]}" in picture.title
        elif high == low:
            assert "is the same for" in picture.title
        else:
            assert f"highest for {a_few(high)} ($" in picture.title
            assert f"lowest for {a_few(low)} ($" in picture.title


def test_answers(drawn: Any) -> None:
    if picture := drawn("answers"):
        shown = len(picture.rows("rule", "who"))
        assert f"What {count(shown, 'person', 'people')} said" in picture.hint
