"""Findings as sentences: every number in them is computed, none is typed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from infonb import reference
from infonb.english import a_few, count, decimal, first_capital, in_words
from infonb.findings.skills import MISSING, UNSAID, YOURS, with_names
from infonb.findings.verdict import CLEAR, ENOUGH, HINT, of_100
from infonb.frame import to_records
from infonb.method import SOURCES

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings.decision import Decision

LIMITS = (
    "Whom you could reach is not a random sample. A band says how much so few answers can tell if "
    "these people are typical; it can't say whether they are."
)
"""Stated wherever a number is shown."""

_HARDLY = 1.0
"""Percentage points below which an importance makes no difference worth a title."""


def compared(ratings: pd.DataFrame) -> list[str]:
    """The questions that are rated for more than one occupation."""
    rated = ratings[ratings["n"] > 0].groupby("question")["occupation"].nunique()
    return rated[rated > 1].index.tolist()


def told_apart(differences: pd.DataFrame, verdict: str = CLEAR) -> pd.DataFrame:
    """The widest difference of each question on which there is a clear one, or else a hint.

    Parameters
    ----------
    differences : DataFrame
        From ``findings.differences()``.
    verdict : str
        "clear", or "hint" for the questions on which no difference is clear but one may be.

    Returns
    -------
    DataFrame
        The rows of those differences, the widest first.

    Examples
    --------
    >>> told_apart(infonb.sample("example").findings().differences())["question"].tolist()
    ['preparation']
    """
    clear = set(differences.loc[differences["verdict"] == CLEAR, "question"])
    found = differences[differences["verdict"] == verdict]
    if verdict != CLEAR:
        found = found[~found["question"].isin(clear)]
    return found.drop_duplicates("question")


def coverage_in_words(answers: pd.DataFrame, covered: pd.DataFrame) -> str:
    """Where the time went, as a sentence or two.

    Examples
    --------
    >>> coverage_in_words(findings.answers, findings.coverage())[:36]
    'You asked 21 people about seven occu'
    """
    if answers.empty:
        return "Nobody was asked yet."
    people = count(int(answers["person"].nunique()), "person", "people")
    occupations = count(int(answers["occupation"].nunique()), "occupation")
    rated = int(answers["rating"].notna().sum())
    told = f"You asked {people} about {occupations}."
    rating = f" {rated} of {len(answers)} answers carry a rating of your own." if rated else ""
    if rated == len(answers):
        rating = " Every answer carries a rating of your own."
    thin = covered[covered["interviews"] == 1]["occupation"].tolist()
    one = f" Only one voice on {a_few(thin)}: hear a second one." if thin else ""
    return told + rating + one


def ratings_in_words(
    ratings: pd.DataFrame, differences: pd.DataFrame, short: Mapping[str, str]
) -> str:
    """What the ratings can tell and what they can't, as a sentence or two.

    Parameters
    ----------
    ratings, differences : DataFrame
        From ``findings.ratings()`` and ``findings.differences()``.
    short : mapping of str to str
        Question to its short label.

    Examples
    --------
    >>> infonb.sample().findings().sentence("ratings")[:30]
    'On none of 10 questions can so'
    """
    clear, asked = told_apart(differences), len(compared(ratings))
    if not asked:
        return "No question is rated for two occupations yet, so there is nothing to compare."
    hints = _hints(told_apart(differences, HINT), short)
    if clear.empty:
        where = "On none of " + count(asked, "question") if asked > 1 else "On no question"
        return (
            f"{where} can so few people tell the occupations apart: read what they said rather "
            f"than the means.{hints}"
        )
    widest = clear.iloc[0]
    on = short[widest["question"]].lower()
    rest = "; on the others, read what people said" if len(clear) < asked else ""
    return (
        f"{first_capital(widest['higher'])} sounds clearly better than {widest['lower']} on "
        f"{on}. The ratings tell occupations apart on {in_words(len(clear))} of "
        f"{count(asked, 'question')}{rest}.{hints}"
    )


def _hints(hints: pd.DataFrame, short: Mapping[str, str]) -> str:
    if hints.empty:
        return ""
    told = a_few(
        [
            f"{row['higher']} sounded better than {row['lower']} on "
            f"{short[row['question']].lower()}"
            for row in hints.to_dict("records")
        ],
        2,
    )
    return f" Hints, no more, since so few people can't tell: {told}."


def split_in_words(
    ratings: pd.DataFrame, contradictions: pd.DataFrame, short: Mapping[str, str]
) -> str:
    """Where people of one occupation contradict each other."""
    if contradictions.empty:
        could = int((ratings["n"] > 1).sum())
        if not could:
            return (
                "Nobody could contradict anybody yet: no question is rated by two people of one "
                "occupation."
            )
        return (
            f"Nobody contradicts anybody in the {count(could, 'place')} where two people of one "
            "occupation rated the same: nothing is 2 or less for one and 4 or more for the other."
        )
    pairs = contradictions.drop_duplicates(["occupation", "question"])
    told = [
        f"{row['occupation']} on {short[row['question']].lower()}"
        for row in pairs.to_dict("records")
    ]
    return (
        f"People of one occupation contradict each other in {count(len(told), 'place')}: "
        f"{a_few(told)}. Both can be right: same title, different work."
    )


def skills_in_words(skills: pd.DataFrame, named: pd.DataFrame) -> str:
    """How many skills were named, and how many by more than one person.

    Parameters
    ----------
    skills, named : DataFrame
        ``findings.skills`` and ``findings.skills_by_occupation()``.
    """
    if named.empty:
        return "Nobody has named a skill yet."
    people = with_names(skills).groupby("name")["person"].nunique()
    twice = int((people > 1).sum())
    own = int(named.loc[named["strength"].fillna(False).astype(bool), "skill"].nunique())
    yours = f" You have {in_words(own)} of them too." if own else ""
    return (
        f"{first_capital(count(len(people), 'skill'))} {'was' if len(people) == 1 else 'were'} "
        f"named, {in_words(twice) if twice else 'none'} of them by more than one person.{yours}"
    )


def outlook_in_words(table: pd.DataFrame) -> str:
    """How said and projected outlook compare, as something to ask about."""
    known = table[table["growth_pct"].notna()]
    if known.empty:
        return "No occupation here has official figures; a SOC code would bring them."
    best = known.loc[known["growth_pct"].astype(float).idxmax()]
    least = known.loc[known["growth_pct"].astype(float).idxmin()]
    told = (
        f"Projected to grow most: {best['occupation']} ({signed(best['growth_pct'])} over "
        f"{best['period']}); least: {least['occupation']} ({signed(least['growth_pct'])}). "
        "Growth is not openings: a large occupation that shrinks can hire more people a year "
        "than a small one that booms."
        if len(known) > 1
        else f"{best['occupation']}: {signed(best['growth_pct'])} over {best['period']}."
    )
    gaps = table.loc[table["gap"].notna(), "occupation"].tolist()
    return told + (f" Worth asking about: {a_few(gaps)}." if gaps else "")


def pathways_in_words(pathways: pd.DataFrame) -> str:
    """How people came in, beside what is typical, as a sentence."""
    came_in = pathways[pathways["question"] == "path_in"]
    ways = came_in[came_in["text"].str.strip() != ""]
    if ways.empty:
        return "Nobody told yet how they came in."
    people = first_capital(count(int(ways["person"].nunique()), "person", "people"))
    return f"{people} told how they came in. What a projection calls typical is one way of several."


def basis(interviews: pd.DataFrame, official: bool = False) -> dict[str, Any]:
    """What the findings rest on, fit for ``infonb.report.provenance(**…)``.

    Parameters
    ----------
    official : bool
        Whether official figures are used; then their attributions and vintages come along.

    Returns
    -------
    dict
        journal_dates (first and last, as text), interviews, people, occupations (counts of what was
        held), sources (publishers), vintages.

    Examples
    --------
    >>> infonb.sample("example").findings().basis()["journal_dates"]
    ['2026-03-04', '2026-05-13']
    """
    held = interviews[interviews["status"] == "done"]
    dates = sorted(held["date"].dropna())
    return {
        "journal_dates": [dates[0], dates[-1]] if dates else [],
        "interviews": len(held),
        "people": int(held["person"].nunique()),
        "occupations": int(held["occupation"].nunique()),
        "sources": held["publisher"].dropna().drop_duplicates().tolist(),
        "vintages": list(reference.ATTRIBUTION.values()) if official else [],
    }


def signed(percent: float) -> str:
    """A change in percent, with a sign that is as wide as a plus.

    Examples
    --------
    >>> signed(-2), signed(4.25)
    ('−2%', '+4.2%')
    """
    return f"{'−' if percent < 0 else '+'}{decimal(abs(float(percent)))}%"


# charts -----------------------------------------------------------------------------------------
# A title says what the chart shows and nothing that it doesn't: each is made from the very rows
# that are drawn, and names all that are equal. A test compares both for every kind of journal.


def ratings_title(summary: pd.DataFrame, clear: pd.DataFrame, short: Mapping[str, str]) -> str:
    """On which of these questions occupations stand farthest apart, as a title.

    Parameters
    ----------
    summary : DataFrame
        The drawn rows of `infonb.findings.ratings.ratings`.
    clear : DataFrame
        From `told_apart`.
    short : mapping of str to str
        Drawn question to its short label.
    """
    asked = compared(summary)
    if not asked:
        return "Only one occupation is rated so far: ask people in another one to compare"
    apart = clear[clear["question"].isin(asked)]
    if apart.empty:
        return "Too few to tell the occupations apart yet"
    widest = apart.iloc[0]
    on = short[widest["question"]].lower()
    title = f"{widest['higher']} sounds better than {widest['lower']} on {on}"
    if len(asked) == 1:
        return title
    return f"{title}; clear on {in_words(len(apart))} of {count(len(asked), 'question')}"


def ratings_alt_text(summary: pd.DataFrame, short: Mapping[str, str]) -> str:
    """Mean, band and people of every drawn row."""
    parts = []
    for key, name in short.items():
        rows = to_records(summary[summary["question"] == key])
        means = ", ".join(
            f"{row['occupation']} {row['mean']:.1f} ({row['low']:.1f} to {row['high']:.1f}, "
            f"{count(row['n'], 'person', 'people')})"
            for row in rows
        )
        parts.append(f"{first_capital(name)}: {means}.")
    return " ".join(parts)


def ratings_hint(level: float) -> str:
    """How to read a strip plot."""
    return (
        "Each dot is one person you asked, paler where you trust it less. Tick and band: what so "
        f"few can tell ({level:.0%}), counted with one imaginary undecided person, the hollow dot."
    )


COVERAGE_HINT = "Filled: talked to. Ring: planned. Dotted: still to find, up to three people."


def coverage_title(covered: pd.DataFrame) -> str:
    """How many interviews are still to go, and where, as a title."""
    short = covered[covered["interviews"] < covered["wanted"]]
    if short.empty:
        total = len(covered)
        few = {1: "The one occupation has", 2: "Both occupations have"}
        all_of = few.get(total, f"All {count(total, 'occupation')} have")
        return f"{all_of} three people or more"
    nobody = short[short["interviews"] == 0]["occupation"].tolist()
    if nobody and len(nobody) < len(covered):
        return f"Nobody was asked yet about {a_few(nobody)}"
    missing = int((short["wanted"] - short["interviews"]).sum())
    to_go = first_capital(count(missing, "interview"))
    return f"{to_go} to go: {a_few(short['occupation'].tolist())}"


def coverage_alt_text(covered: pd.DataFrame) -> str:
    """Whom one talked to and who is planned, occupation by occupation."""
    parts = []
    for row in to_records(covered):
        planned = f", {count(row['planned'], 'planned', 'planned')}" if row["planned"] else ""
        people = count(row["interviews"], "person", "people")
        parts.append(f"{row['occupation']}: {people} talked to{planned}")
    return f"{'; '.join(parts)}."


def answers_alt_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Who said what, of the drawn rows."""
    return "; ".join(f"{who_answered(row)}: {row['text']}" for row in rows)


def who_answered(row: Mapping[str, Any]) -> str:
    """The person, with where it was published."""
    source = row["publisher"]
    return row["person"] if not source or source in row["person"] else f"{row['person']}, {source}"


def answers_hint(shown: int, heard: int) -> str:
    """How to read notes side by side, and how many are left out."""
    rest = heard - shown
    left_out = f"; {rest} more are left out, the lowest and highest ratings shown" if rest else ""
    return (
        f"What {count(shown, 'person', 'people')} said, from the notes{left_out}. The number is "
        "your own rating: how good it sounds for you."
    )


def decision_alt_text(decision: Decision) -> str:
    """The decision, then fit and place of every occupation."""
    parts = [
        f"{row['occupation']} {row['note']}"
        if row["fit"] is None
        else f"{row['occupation']} fit {row['fit']:.0f} ({row['low']:.0f} to {row['high']:.0f}), "
        f"first in {of_100(row['first'])} of 100 ways"
        for row in to_records(decision.ranking)
    ]
    return f"{decision.sentence()} {'; '.join(parts)}."


def decision_hint(decision: Decision) -> list[str]:
    """What the decision hangs on, and how to read the picture."""
    whose = "your importances" if decision.stated else "all rated questions counted alike"
    return [
        decision.explanation(),
        f"Tick and band: fit and what so few can tell (80%), with {whose}. Full colour: comes "
        "first; paler: second, third. Every occupation counts one imaginary undecided person.",
    ]


def central_weights_title(leanings: Sequence[Mapping[str, Any]]) -> str:
    """What an occupation needs one to care more about than any other does, as a title."""
    most = max(row["lean"] for row in leanings)
    if most < _HARDLY:
        return "What comes first hardly depends on how much each question matters to you"
    strongest = [row for row in leanings if row["lean"] == most]
    return " and ".join(
        f"{row['occupation']} needs you to care more about {row['question'].lower()}"
        for row in strongest[:2]
    )


def central_weights_alt_text(leanings: Sequence[Mapping[str, Any]]) -> str:
    """How far each occupation leans on each question."""
    parts = "; ".join(
        f"{row['occupation']}, {row['question'].lower()}: {row['lean']:+.1f}" for row in leanings
    )
    return f"Percentage points beside what you stated: {parts}."


def central_weights_hint(left_out: int) -> list[str]:
    """How to read leanings, and how many occupations are left out."""
    return [
        "Right of the line: where this occupation comes first, you care more about the question "
        "than you stated; left: less. In percentage points.",
        *([f"{left_out} more are not shown."] if left_out else []),
    ]


def network_title(people: pd.DataFrame) -> str:
    """How many were named by another, and who is owed a thank-you, as a title."""
    referrers = set(people["referred_by"].dropna())
    named = int(people["referred_by"].notna().sum())
    owed = people.loc[people["thank_you"] == "owed", "person"].tolist()
    total = count(len(people), "person", "people")
    spoken_to = set(people.loc[people["interviewed"].fillna(False).astype(bool), "person"])
    whom = "somebody you talked to" if referrers <= spoken_to else "one of the others"
    title = (
        f"{first_capital(in_words(named))} of {total} {'was' if named == 1 else 'were'} named to "
        f"you by {whom}"
        if named
        else f"{first_capital(total)}, nobody named by another: ask who else might talk to you"
    )
    return f"{title}; a thank-you is owed to {a_few(owed)}" if owed else title


def network_alt_text(people: Sequence[Mapping[str, Any]]) -> str:
    """Who was named by whom."""
    parts = [
        f"{row['person']} named by {row['referred_by']}" for row in people if row["referred_by"]
    ]
    return "; ".join(parts) + "." if parts else "Nobody was named by another."


def network_hint(states: Sequence[str], left_out: int) -> list[str]:
    """What the drawn marks mean, and how many people are left out."""
    marks = {
        "talked to": "Filled: talked to.", "thank-you owed": "Diamond: a thank-you is owed.",
        "not yet": "Ring: not talked to yet.",
    }  # fmt: skip
    told = " ".join(words for state, words in marks.items() if state in states)
    hint = f"{told} Whom somebody named stands below them, to the right."
    return [hint, *([f"{left_out} more people are not shown."] if left_out else [])]


def outlook_title(table: pd.DataFrame) -> str:
    """Where people see the outlook otherwise than the projections, as a title."""
    gaps = table[table["gap"].notna()]
    hopeful = gaps[gaps["gap"].str.contains("more hopeful")]["occupation"].tolist()
    worried = gaps[gaps["gap"].str.contains("less hopeful")]["occupation"].tolist()
    parts = []
    if hopeful:
        parts.append(f"More hopeful than the projection: {a_few(hopeful)}")
    if worried:
        parts.append(f"{'l' if parts else 'L'}ess hopeful than the projection: {a_few(worried)}")
    if parts:
        return "; ".join(parts)
    if not (table["n"] > 0).any():
        return "Nobody rated the outlook yet; here is what the projections say"
    both = table[(table["n"] > 0) & table["official_score"].notna()]["occupation"].tolist()
    if not both:
        return "How people see the outlook; no projection stands beside what they say"
    where = "" if len(both) == len(table) else f" for {a_few(both)}"
    return f"What they say and what the projections say don't clearly differ{where}"


def outlook_alt_text(table: pd.DataFrame) -> str:
    """Rating and projection of every occupation."""
    parts = []
    for row in to_records(table):
        people = f"people {row['mean']:.1f} of 5" if row["n"] else "nobody rated it"
        growth = growth_note(row).replace("\n", ", ")
        parts.append(f"{row['occupation']}: {people}, {growth}")
    return f"{'; '.join(parts)}."


def outlook_hint(table: pd.DataFrame) -> list[str]:
    """How to read people beside projections, and where the figures are from."""
    source = next(iter(table["source"].dropna()), None)
    return [
        "Dots, tick and band: the people you asked. Diamond: the official projection, put on the "
        "same scale by infonb.",
        *([f"Figures: {source}."] if source else []),
    ]


def growth_note(row: Mapping[str, Any]) -> str:
    """A projected change in words, with openings where they are known, on a line each.

    Wages of all occupations come with infonb, projections of the samples' only.
    """
    if row["growth_pct"] is None:
        paid = row["median_wage"] is not None
        return "no projection installed" if paid else "no official figures"
    openings = row["openings_k"]
    more = "" if openings is None else f"\n{openings:,.1f} k openings"
    return f"{signed(row['growth_pct'])}{more}"


def overlap_title(pairs: pd.DataFrame) -> str:
    """Which occupations share most skills, as a title."""
    most = int(pairs["shared"].max())
    if not most:
        return "No two occupations share a skill yet"
    best = pairs[pairs["shared"] == most]
    skills = count(most, "skill")
    named = [f"{row['occupation_a']} and {row['occupation_b']}" for row in to_records(best)]
    if len(pairs) == 1:
        return first_capital(f"{named[0]} share {skills}")
    if len(named) == 1:
        return first_capital(f"{named[0]} share most: {skills}")
    if len(named) == 2:
        return first_capital(f"{named[0]} share {skills}, as do {named[1]}: no two share more")
    return first_capital(f"{count(len(named), 'pair')} share {skills} each: no two share more")


def overlap_alt_text(pairs: Sequence[Mapping[str, Any]]) -> str:
    """What each drawn pair shares."""
    return " ".join(row["sentence"] for row in pairs)


def overlap_hint(pairs: int, sharing: int, shown: int) -> list[str]:
    """How to read shared skills, and how many pairs are left out."""
    left_out = []
    if sharing > shown:
        left_out.append(f"{first_capital(count(sharing - shown, 'more pair'))} share no more.")
    if sharing and pairs > sharing:
        rest = pairs - sharing
        verb = "shares" if rest == 1 else "share"
        left_out.append(f"{first_capital(count(rest, 'pair'))} {verb} none.")
    hint = "Each dot is a skill that people of both occupations named."
    return [hint, *([" ".join(left_out)] if left_out else [])]


PATHWAYS_HINT = (
    "1 hard, far or unclear · 5 open, near or clear. Each dot is one person; tick and band: what "
    "so few can tell (80%). Beside them what is typical for a newcomer; Job Zones run from 1, "
    "little preparation, to 5."
)


EXPECTATIONS_SHOWN = "Ring: what you expected. Dots: people you asked."


def told_expectations(expected: pd.DataFrame, short: Mapping[str, str]) -> list[dict[str, Any]]:
    """What was expected and heard of, as it is shown: surprises first, then the widest shift.

    Parameters
    ----------
    expected : DataFrame
        From ``findings.expectations()``; pay, and what nobody was heard on, are left out.
    short : mapping of str to str
        Question to its short label; it comes along as ``short``.
    """
    known = [
        {**row, "short": short[row["question"]].lower()}
        for row in to_records(expected)
        if row["question"] in short and row["n"]
    ]
    return sorted(known, key=lambda row: (not row["surprise"], -abs(row["shift"])))


def expectation_note(row: Mapping[str, Any]) -> str:
    """What was expected and what was heard, in a few words."""
    return f"expected {row['expected']:g}, heard {decimal(row['heard'])}"


def expectations_title(told: Sequence[Mapping[str, Any]]) -> str:
    """What people said most otherwise than expected, as a title.

    Parameters
    ----------
    told : sequence of mapping
        From `told_expectations`; not empty.
    """
    surprises = [row for row in told if row["surprise"]]
    if surprises:
        first = surprises[0]
        more = len(surprises) - 1
        also = f"; {count(more, 'more surprise')}" if more else ""
        return f"{first['occupation']}, {first['short']}: you {expectation_note(first)}{also}"
    counted = [row for row in told if not row["late"]]
    if not counted:
        return "All of it was noted after a first talk, so none of it can be a surprise"
    if all(row["n"] < ENOUGH for row in counted):
        return "Too few people heard to say whether you expected it right"
    return "Nothing you heard is clearly other than what you expected"


def expectations_in_words(expected: pd.DataFrame, short: Mapping[str, str]) -> str:
    """What one had believed otherwise, as a sentence or two."""
    told = told_expectations(expected, short)
    if not told:
        return "Nothing was expected that anybody was asked about."
    surprises = [row for row in told if row["surprise"]]
    counted = [row for row in told if not row["late"]]
    late = len(told) - len(counted)
    after = (
        f" {first_capital(count(late, 'more was', 'more were'))} noted after a first talk and "
        f"{'does' if late == 1 else 'do'}n't count."
        if late
        else ""
    )
    if not counted:
        return f"{expectations_title(told)}."
    if not surprises:
        return f"What people said is nowhere clearly other than what I had expected.{after}"
    most = a_few(
        [f"{row['occupation']} on {row['short']} ({expectation_note(row)})" for row in surprises]
    )
    return (
        f"I had believed otherwise on {in_words(len(surprises))} of "
        f"{count(len(counted), 'thing')}: {most}. That is what these few people told; "
        f"I may have been right about others.{after}"
    )


def expectations_alt_text(told: Sequence[Mapping[str, Any]]) -> str:
    """What was expected, heard and by how many, row by row."""
    parts = []
    for row in told:
        marks = [" (a surprise)"] if row["surprise"] else []
        marks += [" (noted after a first talk)"] if row["late"] else []
        heard = count(row["n"], "person", "people")
        parts.append(
            f"{row['occupation']}, {row['short']}: {expectation_note(row)} from {heard}"
            f"{''.join(marks)}"
        )
    return f"{'; '.join(parts)}."


def expectations_hint(shown: Sequence[Mapping[str, Any]], left_out: int) -> list[str]:
    """What the drawn marks mean, and how many expectations are left out."""
    hint = EXPECTATIONS_SHOWN
    if any(row["official"] is not None for row in shown):
        hint += " Diamond: the official projection."
    if any(row["late"] for row in shown):
        hint += " Dashed: noted after a first talk, so no surprise."
    return [f"{hint} {left_out} more are not shown." if left_out else hint]


OUTREACH_HINT = (
    "Filled: agreed within ten days. Ring: they didn't. Dotted: asked less than ten days ago, too "
    "early to count."
)


def source_words(source: str | None) -> str:
    """How a person is known, in words for the screen.

    Examples
    --------
    >>> source_words("friend"), source_words(None)
    ('A friend', 'Not said')
    """
    return first_capital(SOURCES.get(source or "", "not said"))


def outreach_note(row: Mapping[str, Any], narrow: bool = False) -> str:
    """How many agreed, and about which share that is where enough were asked."""
    if not row["counted"]:
        return "too early to count"
    note = f"{row['agreed']} of {row['counted']} agreed"
    if row["share"] is None or narrow:
        return note
    low, high = (f"{100 * row[end]:.0f}" for end in ("low", "high"))
    return f"{note}: about {100 * row['share']:.0f}% ({low} to {high})"


def outreach_title(told: Sequence[Mapping[str, Any]]) -> str:
    """How many of the requests that count were agreed to, as a title."""
    agreed, counted = (sum(row[key] for row in told) for key in ("agreed", "counted"))
    if not counted:
        asked = count(sum(row["asked"] for row in told), "person", "people")
        return f"{first_capital(asked)} asked, none of them ten days ago: too early to count"
    number = in_words(agreed) if agreed else "none"
    whom = count(counted, "person", "people")
    return f"{first_capital(number)} of {whom} you asked agreed within ten days"


def outreach_alt_text(told: Sequence[Mapping[str, Any]]) -> str:
    """What became of asking, group by group."""
    parts = []
    for row in told:
        days = (
            f", half of the answers within {count(int(row['days']), 'day')}" if row["days"] else ""
        )
        asked = f"{row['asked']} asked"
        parts.append(f"{row['group']}: {asked}, {outreach_note(row)}, {row['met']} met{days}")
    return f"{'; '.join(parts)}."


def pathways_title(pathways: pd.DataFrame) -> str:
    """What the usual way in asks for, as a title."""
    typical = pathways.drop_duplicates("occupation")["education"].dropna()
    if typical.empty:
        ways = pathways[pathways["question"] == "path_in"]["person"].nunique()
        told = first_capital(count(ways, "person", "people")) if ways else "Nobody"
        return f"{told} told how they came in; there are no official figures beside it"
    total, asked = len(typical), typical.value_counts()
    known = total < pathways["occupation"].nunique()
    of = f"{count(total, 'occupation')}{' with official figures' if known else ''}"
    most = asked[asked == asked.max()].index.tolist()
    if int(asked.max()) == total and total > 1:
        where = f"in all {of}" if known else "everywhere"
        return f"The usual way in asks for the same {where}: {_lower_first(most[0])}"
    if len(most) > 3:
        levels = f"{count(len(asked), 'level')} of education"
        return f"The usual way in asks for {levels} in {of}"
    times = in_words(int(asked.max()))
    each = " each" if len(most) > 1 else ""
    return (
        f"The usual way in asks for {a_few([_with_article(level) for level in most])} in {times} "
        f"of {of}{each}"
    )


def pathways_alt_text(pathways: pd.DataFrame, entries: Mapping[str, str]) -> str:
    """Typical entry, and how many told their way, occupation by occupation."""
    came_in = pathways[pathways["question"] == "path_in"].groupby("occupation").size()
    parts = [
        f"{occupation}: {entry}, {count(int(came_in.get(occupation, 0)), 'person', 'people')} told "
        "how they came in"
        for occupation, entry in entries.items()
    ]
    return f"{'; '.join(parts)}."


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _with_article(level: str) -> str:
    lowered = _lower_first(level)
    return f"an {lowered}" if lowered[:1] in "aeiou" else f"a {lowered}"


def progress_title(felt: pd.DataFrame, judged: pd.DataFrame) -> str:
    """How confidence moved and what to do better, as a title.

    Confidence is compared as it is drawn: what is noted first with what is noted last.
    """
    parts = []
    values = [row[when] for row in to_records(felt) for when in ("before", "after")]
    known = [value for value in values if value is not None]
    if len(known) > 1:
        first, last = known[0], known[-1]
        way = "went up" if last > first else "went down" if last < first else "ended where it began"
        reach = f"from {first} to {last}" if last != first else f"at {first}"
        over = count(len(felt), "interview")
        parts.append(f"Your confidence {way}, {reach}, over {over}" if last == first
                     else f"Your confidence {way} {reach} over {over}")  # fmt: skip
    weak = judged[judged["better"].notna()]
    if len(weak):
        worst = weak[weak["score"] == weak["score"].min()]["text"].tolist()
        things = a_few([_lower_first(text) for text in worst], 1)
        parts.append(f"do better: {things}")
    return first_capital("; ".join(parts)) or "How your interviews went"


def progress_alt_text(felt: pd.DataFrame, judged: pd.DataFrame) -> str:
    """Confidence of every interview and how often each rule was kept."""
    feelings = [
        f"interview {row['order']}: {_or_nothing(row['before'])} before, "
        f"{_or_nothing(row['after'])} after"
        for row in to_records(felt)
    ]
    rules = [f"{row['text']}: {row['yes']} of {row['interviews']}" for row in to_records(judged)]
    return "; ".join([*feelings, *rules]) + "."


def _or_nothing(value: int | None) -> str:
    return "nothing noted" if value is None else str(value)


def progress_hint(felt: pd.DataFrame, judged: pd.DataFrame, latest: int | None) -> list[str]:
    """How to read confidence and conduct; ``latest``: how many interviews are shown, if not all."""
    hint = []
    if len(felt):
        some = f" The last {latest} interviews." if latest else ""
        hint.append(
            "Grey dot: confidence before, from 1, would rather not, to 5, look forward. Blue "
            f"diamond: after.{some}"
        )
    if len(judged):
        hint.append("Bars: in how many interviews you did what the method asks.")
    return hint


SATURATION_HINT = (
    "Solid: skills named so far, person by person. Dashed: what one more person may be expected to "
    "add. The same thing in other words counts as new until you confirm it."
)


def saturation_title(brought: pd.DataFrame) -> str:
    """What one more person may still bring, as a title."""
    expected = brought.groupby("occupation", sort=False).tail(1)
    full = expected[expected["next_skills"] < 0.5]["occupation"].tolist()
    if full:
        return f"Hardly anything new to expect about {a_few(full)}"
    low, high = (float(f(expected["next_skills"])) for f in (min, max))
    reach = f"{low:.0f} to {high:.0f}" if round(low) != round(high) else f"about {high:.0f}"
    return f"One more person may still name {reach} new skills"


def saturation_alt_text(brought: pd.DataFrame) -> str:
    """What is known and what is expected, occupation by occupation."""
    parts = [
        f"{row['occupation']}: {count(row['known_skills'], 'skill')} from "
        f"{count(row['order'], 'person', 'people')}, {row['next_skills']:.1f} more expected"
        for row in to_records(brought.groupby("occupation", sort=False).tail(1))
    ]
    return f"{'; '.join(parts)}."


def skill_gap_title(parts: Sequence[Mapping[str, Any]]) -> str:
    """Of which occupation one has most of the named skills, as a title.

    Parameters
    ----------
    parts : sequence of mapping
        From `infonb.findings.skills.gap_parts`.
    """
    counted: dict[str, dict[str, int]] = {}
    for part in parts:
        counted.setdefault(part["occupation"], {})[part["state"]] = part["skills"]
    shares = {
        occupation: (states.get(YOURS, 0), states.get(YOURS, 0) + states.get(MISSING, 0))
        for occupation, states in counted.items()
    }
    best = max(Fraction(yours, named or 1) for yours, named in shares.values())
    nearest = {o: s for o, s in shares.items() if Fraction(s[0], s[1] or 1) == best}
    if not best:
        return "None of the skills that people named is among your strengths"
    if len(nearest) == 1:
        occupation, (yours, named) = next(iter(nearest.items()))
        verb = "is" if yours == 1 else "are"
        have = f"{count(yours, 'of', 'of')} {count(named, 'named skill')} {verb} yours"
        return first_capital(f"{occupation} is nearest: {have}")
    return first_capital(
        f"{a_few(list(nearest))} are equally near: {_share_of(best)} of the named skills are yours"
    )


def _share_of(share: Fraction) -> str:
    if share == 1:
        return "all"
    return f"{in_words(share.numerator)} in {in_words(share.denominator)}"


def skill_gap_hint(parts: Sequence[Mapping[str, Any]], left_out: int) -> list[str]:
    """What the drawn colours mean, and how many occupations are left out."""
    colours = {YOURS: "orange", MISSING: "blue", UNSAID: "grey"}
    present = {part["state"] for part in parts}
    named = ", ".join(f"{colour} {state}" for state, colour in colours.items() if state in present)
    hint = f"Skills, {named}. What is missing can be learnt: ask how people came by it."
    more = first_capital(count(left_out, "more occupation"))
    return [hint, *([f"{more} not shown."] if left_out else [])]


def skill_gap_alt_text(missing: Mapping[str, Sequence[str]]) -> str:
    """What is missing, occupation by occupation."""
    return " ".join(f"{name}: {missing_skills(skills)}." for name, skills in missing.items())


def missing_skills(skills: Sequence[str], most: int = 2) -> str:
    """Missing skills as one says them; past ``most`` the rest is counted.

    Examples
    --------
    >>> missing_skills(["drawing", "planning", "patience"])
    'missing: drawing, planning and 1 more'
    """
    if not skills:
        return "nothing named is missing"
    rest = len(skills) - most
    some = f"{', '.join(skills[:most])} and {rest} more" if rest > 0 else a_few(skills)
    return f"missing: {some}"


_NAMED_IN_A_TITLE = 3


def skills_title(named: pd.DataFrame) -> str:
    """Which skills most occupations need, as a title."""
    spread = named.groupby("skill", sort=False)["occupation"].nunique()
    occupations = named["occupation"].nunique()
    if occupations == 1:
        return f"{first_capital(count(len(spread), 'skill'))} named for one occupation"
    if spread.max() == 1:
        return "No skill is named in two occupations yet"
    widest = spread[spread == spread.max()].index.tolist()
    times, of = in_words(int(spread.max())), count(occupations, "occupation")
    if len(widest) > _NAMED_IN_A_TITLE:
        return first_capital(f"{count(len(widest), 'skill')} are named in {times} of {of}")
    verb = "is" if len(widest) == 1 else "are"
    return first_capital(f"{a_few(widest)} {verb} named in {times} of {of}")


def skills_alt_text(named: pd.DataFrame) -> str:
    """How many skills there are, and where the shared ones are named."""
    spread = named.groupby("skill", sort=False)["occupation"].nunique()
    parts = [
        f"{skill}: {', '.join(named.loc[named['skill'] == skill, 'occupation'])}"
        for skill in spread[spread > 1].index[:8]
    ]
    return f"{first_capital(count(len(spread), 'skill'))} in all." + (
        f" {'; '.join(parts)}." if parts else ""
    )


def skills_hint(named: pd.DataFrame, left_out: int) -> list[str]:
    """How to read the matrix of skills, and how many are left out."""
    own = " Orange squares: your own strengths." if named["strength"].any() else ""
    return [
        f"The number says how many of the people you asked named the skill.{own}",
        *([f"{left_out} more were named and are not shown."] if left_out else []),
    ]


def strengths_title(fit: pd.DataFrame) -> str:
    """Which occupations use most of one's strengths, as a title."""
    used = fit[fit["people"] > 0].groupby("occupation", sort=False)["strength"].nunique()
    if used.empty:
        return "Nobody named one of your strengths yet: ask how they would fit"
    most = used[used == used.max()].index.tolist()
    verb = "uses" if len(most) == 1 else "use"
    strengths = count(int(used.max()), "of your strengths", "of your strengths")
    each = " each" if len(most) > 1 else ""
    return first_capital(f"{a_few(most)} {verb} {strengths}{each}")


def strengths_alt_text(fit: pd.DataFrame) -> str:
    """Which occupations use each strength."""
    used = fit[fit["people"] > 0]
    parts = [
        f"{strength}: {', '.join(part['occupation'])}"
        for strength, part in used.groupby("strength", sort=False)
    ]
    return f"{'; '.join(parts)}." if parts else "No strength is named yet."


def strengths_hint(fit: pd.DataFrame) -> str:
    """How to read strengths by occupation."""
    empty = " Empty: no skill is noted there yet." if fit["people"].isna().any() else ""
    rated = " Beside: O*NET's importance, 1 to 5." if fit["importance"].notna().any() else ""
    return (
        "Orange squares: how many of the people who named skills named it. Small dots: nobody "
        f"did.{empty}{rated}"
    )


def wages_title(table: pd.DataFrame) -> str:
    """Where the middle of pay is highest and lowest, as a title."""
    known = to_records(table[table["median_wage"].notna()])
    wages = [row["median_wage"] for row in known]
    high, low = max(wages), min(wages)
    best, least = (
        a_few([row["occupation"] for row in known if row["median_wage"] == end])
        for end in (high, low)
    )
    if len(known) == 1:
        return f"Half of all in {best} earn more than ${high:,} a year"
    if high == low:
        return f"The middle of pay is the same for {best}: ${high:,} a year"
    return f"The middle of pay is highest for {best} (${high:,}) and lowest for {least} (${low:,})"


def wages_alt_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Spread and median of every drawn row."""
    parts = []
    for row in rows:
        low, high = (row.get(end, row.get(f"local_{end}")) for end in ("low", "high"))
        spread = f"${low:.0f},000 to ${high:.0f},000, median " if low is not None else ""
        where = f" in {row['place']}" if row.get("place") else ""
        parts.append(f"{row['occupation']}{where}: {spread}{row['note']}")
    return f"{'; '.join(parts)}."


def wages_hint(table: pd.DataFrame, state: str | None = None, expected: bool = False) -> list[str]:
    """How to read a spread of wages, and where the figures are from."""
    hint = ["Pale: what all but the lowest and the highest tenth earn. Darker: the middle half. "
            "Tick: half earn more."]  # fmt: skip
    marks = []
    if table["wage_said_high"].notna().any():
        marks.append("Diamond: named in an interview.")
    if expected:
        marks.append("Ring: what you expected to start with.")
    if state:
        marks.append(f"Thinner, and “here”: the same in {state}.")
    if marks:
        hint.append(" ".join(marks))
    sources = {part for source in table["source"].dropna() for part in source.split("; ")
               if "OEWS" in part}  # fmt: skip
    if sources:
        hint.append(f"Before tax, self-employed people not counted. {'; '.join(sorted(sources))}.")
    return hint
