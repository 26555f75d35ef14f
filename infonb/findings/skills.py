"""Skills: who named what, in which occupation, and which are one's own.

Two people named the same skill where a person confirmed so, or where their words are known names
of one skill ("Excel", "spreadsheets"); see `infonb.findings.frames.SkillNames`. Guesses never
count: `skill_proposals` lists them for a person to confirm.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from infonb import reference
from infonb.frame import REAL, TEXT, TRUTH, WHOLE, frame, none_if_missing

if TYPE_CHECKING:
    import pandas as pd


def with_names(skills: pd.DataFrame) -> pd.DataFrame:
    """Skill mentions with a column ``name``: the canonical name, else the words as first said.

    Two phrases that differ only in case and space have the same name.

    Examples
    --------
    >>> with_names(findings.skills).name.notna().all()
    np.True_
    """
    folded = skills["phrase"].str.split().str.join(" ").str.casefold()
    spelled = skills.assign(folded=folded).drop_duplicates("folded").set_index("folded")["phrase"]
    as_said = folded.map(spelled) if len(folded) else folded
    return skills.assign(name=skills["skill"].where(skills["skill"].notna(), as_said))


def skills_by_occupation(
    skills: pd.DataFrame,
    interviews: pd.DataFrame,
    strengths: pd.DataFrame,
    occupations: Sequence[str],
) -> pd.DataFrame:
    """How many of the people asked named each skill.

    Parameters
    ----------
    skills, interviews, strengths : DataFrame
        Frames of a snapshot.
    occupations : sequence of str
        Order of occupations.

    Returns
    -------
    DataFrame
        One row per occupation and skill named there: occupation, skill (canonical name, or the
        words as said), kind, people (who named it), of (people who named skills), phrases (the
        words used, separated by semicolons), strength (whether it is one of your own). Skills
        that more occupations share come first, those of the same occupations together.

    Examples
    --------
    >>> infonb.sample().findings().skills_by_occupation().columns.tolist()
    ['occupation', 'skill', 'kind', 'people', 'of', 'phrases', 'strength']
    """
    named = with_names(skills)
    asked, own = _asked(named, interviews), _own(strengths)
    shared = named.groupby("name").agg(
        occupations=("occupation", "nunique"), people=("person", "nunique")
    )
    order = {title: place for place, title in enumerate(occupations)}
    where = {
        name: sorted({order[title] for title in part["occupation"]})
        for name, part in named.groupby("name")
    }
    rows = []
    for (occupation, name), part in named.groupby(["occupation", "name"], sort=False):
        rows.append(
            {
                "occupation": occupation, "skill": name,
                "kind": next(iter(part["kind"].dropna()), None),
                "people": part["person"].nunique(), "of": asked[occupation],
                "phrases": "; ".join(dict.fromkeys(part["phrase"])),
                "strength": name.casefold() in own,
            }
        )  # fmt: skip
    rows.sort(
        key=lambda row: (
            -int(shared.loc[row["skill"], "occupations"]),
            where[row["skill"]] if len(where[row["skill"]]) > 1 else [],
            -int(shared.loc[row["skill"], "people"]),
            row["skill"].casefold(),
            order[row["occupation"]],
        )
    )
    return frame(
        rows,
        {
            "occupation": TEXT, "skill": TEXT, "kind": TEXT, "people": WHOLE, "of": WHOLE,
            "phrases": TEXT, "strength": TRUTH,
        },
    )  # fmt: skip


WORTH_ASKING = 4.0
"""From this importance (1 to 5) a skill that nobody mentioned is worth a question."""

_MOST_FROM_ONET = 8


def strengths_fit(
    skills: pd.DataFrame,
    interviews: pd.DataFrame,
    strengths: pd.DataFrame,
    occupations: pd.DataFrame,
) -> pd.DataFrame:
    """Which of your strengths each occupation uses.

    Parameters
    ----------
    skills, interviews, strengths, occupations : DataFrame
        Frames of a snapshot.

    Returns
    -------
    DataFrame
        One row per strength and occupation with interviews: strength (in your words), skill
        (name), occupation, people (who named it; missing where nobody named any skill), of (people
        who named skills), importance (O*NET's, 1 to 5; missing where it isn't installed or rated).
        Strengths that more occupations use
        come first.

    Examples
    --------
    >>> infonb.sample("example").findings().strengths_fit().columns.tolist()
    ['strength', 'skill', 'occupation', 'people', 'of', 'importance']
    """
    named = with_names(skills)
    mine = with_names(strengths).drop_duplicates("name") if len(strengths) else strengths
    asked = _asked(named, interviews)
    rows = []
    for strength in mine.to_dict("records"):
        for occupation in occupations.to_dict("records"):
            title = occupation["occupation"]
            if title not in asked:
                continue
            said = named[(named["occupation"] == title) & _same(named["name"], strength["name"])]
            rated = reference.importance(_given(occupation["soc"]))
            rows.append(
                {
                    "strength": strength["phrase"], "skill": strength["name"],
                    "occupation": title, "of": asked[title],
                    "people": said["person"].nunique() if asked[title] else None,
                    "importance": rated.get(_given(strength["skill_id"]) or ""),
                }
            )  # fmt: skip
    used: dict[str, tuple[int, int]] = {}
    for row in rows:
        places, people = used.get(row["strength"], (0, 0))
        used[row["strength"]] = (places - bool(row["people"]), people - (row["people"] or 0))
    rows.sort(key=lambda row: used[row["strength"]])
    return frame(
        rows,
        {
            "strength": TEXT, "skill": TEXT, "occupation": TEXT, "people": WHOLE, "of": WHOLE,
            "importance": REAL,
        },
    )  # fmt: skip


def skill_needs(
    skills: pd.DataFrame,
    interviews: pd.DataFrame,
    strengths: pd.DataFrame,
    occupations: pd.DataFrame,
) -> pd.DataFrame:
    """What each occupation needs, as people say and as O*NET rates it, and what you are missing.

    Parameters
    ----------
    skills, interviews, strengths, occupations : DataFrame
        Frames of a snapshot.

    Returns
    -------
    DataFrame
        One row per occupation and skill that people named, or that O*NET rates `WORTH_ASKING`
        or more (the eight highest): occupation, skill, skill_id, kind, people (who named it;
        missing where nobody named any skill), of (people who named skills), importance (1
        to 5; missing where O*NET isn't installed or doesn't rate it), strength (whether it is
        yours), ask (a question worth asking; missing where there is none). What most people
        named comes first.

    Examples
    --------
    >>> needs = infonb.sample("example").findings().skill_needs()
    >>> needs[needs.skill == "Self-Control"].strength.tolist()[:1]
    [True]
    """
    named = with_names(skills)
    asked, own = _asked(named, interviews), _own(strengths)
    rows = []
    for occupation in occupations.to_dict("records"):
        title = occupation["occupation"]
        if title in asked:
            said = named[named["occupation"] == title]
            rated = dict(reference.importance(_given(occupation["soc"])))
            needed = [*_said_needs(said, rated), *_rated_needs(rated, said)]
            for need in sorted(needed, key=lambda need: -(need["people"] or 0)):
                rows.append(
                    {
                        "occupation": title, "of": asked[title], **need,
                        "strength": need["skill"].casefold() in own,
                    }
                )  # fmt: skip
    return frame(
        rows,
        {
            "occupation": TEXT, "skill": TEXT, "skill_id": TEXT, "kind": TEXT, "people": WHOLE,
            "of": WHOLE, "importance": REAL, "strength": TRUTH, "ask": TEXT,
        },
    )  # fmt: skip


YOURS, MISSING, UNSAID = "yours too", "not among your strengths", "rated by O*NET, unsaid"
"""What a needed skill is to you."""


def gap_parts(needs: pd.DataFrame) -> list[dict[str, Any]]:
    """How many needed skills of each occupation are yours, missing, or unsaid.

    Parameters
    ----------
    needs : DataFrame
        Rows of `skill_needs`.

    Returns
    -------
    list of dict
        occupation, state (`YOURS`, `MISSING` or `UNSAID`), skills (how many), start, end (where
        they lie in a bar of all). A state without skills is left out.

    Examples
    --------
    >>> gap_parts(infonb.sample("example").findings().skill_needs())[0]["skills"]
    1
    """
    parts = []
    for occupation, part in needs.groupby("occupation", sort=False):
        states = [_state(row) for row in part.to_dict("records")]
        start = 0
        for state in (YOURS, MISSING, UNSAID):
            if skills := states.count(state):
                parts.append(
                    {
                        "occupation": occupation, "state": state, "skills": skills,
                        "start": start, "end": start + skills,
                    }
                )  # fmt: skip
                start += skills
    return parts


def missing_by_occupation(needs: pd.DataFrame) -> dict[str, list[str]]:
    """Named skills that are not yours, of each occupation; what most people named comes first."""
    return {
        str(occupation): [row["skill"] for row in part.to_dict("records") if _state(row) == MISSING]
        for occupation, part in needs.groupby("occupation", sort=False)
    }


def _state(row: dict[str, Any]) -> str:
    if not none_if_missing(row["people"]):
        return UNSAID
    return YOURS if row["strength"] else MISSING


def skill_proposals(skills: pd.DataFrame) -> pd.DataFrame:
    """What the words that have no name yet may mean: for a person to confirm, never counted.

    Returns
    -------
    DataFrame
        One row per phrase without a name: phrase, occupation (where it was said first), perhaps
        (name of the best match), kind, score (0 to 1), confident. The surest first; a phrase
        that resembles nothing is left out.

    Examples
    --------
    >>> findings.skill_proposals().columns.tolist()
    ['phrase', 'occupation', 'perhaps', 'kind', 'score', 'confident']
    """
    unnamed = skills[skills["skill"].isna() & ~skills["confirmed"].fillna(False).astype(bool)]
    rows = []
    for row in unnamed.drop_duplicates("phrase").to_dict("records"):
        for match in reference.match_skill(row["phrase"], n=1):
            rows.append(
                {
                    "phrase": row["phrase"], "occupation": row["occupation"],
                    "perhaps": match.name, "kind": match.kind, "score": match.score,
                    "confident": match.confident,
                }
            )  # fmt: skip
    rows.sort(key=lambda row: (not row["confident"], -row["score"], row["phrase"]))
    return frame(
        rows,
        {
            "phrase": TEXT, "occupation": TEXT, "perhaps": TEXT, "kind": TEXT, "score": REAL,
            "confident": TRUTH,
        },
    )  # fmt: skip


def _said_needs(said: pd.DataFrame, rated: dict[str, float]) -> list[dict[str, Any]]:
    needs = []
    for name, part in said.groupby("name", sort=False):
        id = next(iter(part["skill_id"].dropna()), None)
        needs.append(
            {
                "skill": name, "skill_id": id, "kind": next(iter(part["kind"].dropna()), None),
                "people": part["person"].nunique(), "importance": rated.get(id or ""),
            }
        )  # fmt: skip
    return needs


def _rated_needs(rated: dict[str, float], said: pd.DataFrame) -> list[dict[str, Any]]:
    """What O*NET rates high and nobody said: questions, not corrections."""
    needs, known = [], set(said["skill_id"])
    for id, value in sorted(rated.items(), key=lambda item: (-item[1], item[0])):
        skill = reference.skill(id)
        if skill and value >= WORTH_ASKING and id not in known and len(needs) < _MOST_FROM_ONET:
            nobody = (
                f"Nobody mentioned {skill.name}, but O*NET rates it"
                if len(said)
                else f"No skill is noted here yet; O*NET rates {skill.name}"
            )
            question = f"{nobody} {value:.1f} of 5: ask how much it matters."
            needs.append(
                {
                    "skill": skill.name, "skill_id": id, "kind": skill.kind,
                    "people": 0 if len(said) else None, "importance": value, "ask": question,
                }
            )  # fmt: skip
    return needs


def _asked(named: pd.DataFrame, interviews: pd.DataFrame) -> dict[str, int]:
    """Occupation to the number of people who named skills: 0 where people were talked to, and
    none is noted. Who named none was perhaps not asked, and doesn't count."""
    held = interviews.loc[interviews["status"] == "done", "occupation"]
    told = named.groupby("occupation")["person"].nunique()
    return {title: int(told.get(title, 0)) for title in {*held, *told.index}}


def _own(strengths: pd.DataFrame) -> set[str]:
    """Names of one's own strengths, in lower case."""
    return set(with_names(strengths)["name"].str.casefold()) if len(strengths) else set()


def _same(names: pd.Series, name: str) -> pd.Series:
    return names.str.casefold() == name.casefold()


def _given(value: Any) -> str | None:
    return value if isinstance(value, str) else None
