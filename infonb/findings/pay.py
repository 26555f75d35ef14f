"""What it pays in the nation and where one would live, and what people named of first jobs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from infonb import reference
from infonb.english import count
from infonb.findings.outlook import wages_in
from infonb.findings.side_by_side import pay_in_words
from infonb.frame import REAL, TEXT, TRUTH, WHOLE, frame
from infonb.method import START_PAY

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = {
    "occupation": TEXT, "soc": TEXT, "place": TEXT, "local": TRUTH, "wage_p10": WHOLE,
    "median_wage": WHOLE, "wage_p90": WHOLE, "note": TEXT, "source": TEXT, "expected": REAL,
    "first_jobs_low": WHOLE, "first_jobs_high": WHOLE, "first_jobs_n": WHOLE,
}  # fmt: skip
_ENTRY = "entry_level"


def pay(
    occupations: pd.DataFrame, answers: pd.DataFrame, expected: pd.DataFrame, state: str | None
) -> pd.DataFrame:
    """What it pays: the whole nation, and the state one would live in.

    Parameters
    ----------
    occupations, answers, expected : DataFrame
        Frames of a snapshot.
    state : str, optional
        One of `infonb.reference.states`.

    Returns
    -------
    DataFrame
        One row per occupation and place, the nation first: occupation, soc, place, local (whether
        it is the state), wage_p10, median_wage, wage_p90 (US dollars a year before tax, of all who
        do the work; missing where it isn't published), note (what isn't published, and why; "no
        figures for this state"), source, expected (the pay you expected to start with),
        first_jobs_low, first_jobs_high, first_jobs_n (the lowest and highest pay that people
        named when asked for first jobs, and how many people did). The lowest tenth is not what
        one starts with.

    Examples
    --------
    >>> import infonb
    >>> with infonb.sample("published") as journal:
    ...     journal.set_state("Wisconsin")
    ...     journal.findings().pay()["place"].unique().tolist()
    ['United States', 'Wisconsin']
    """
    started = expected[(expected["question"] == START_PAY) & expected["expected"].notna()]
    start = dict(zip(started["occupation"], started["expected"], strict=True))
    rows: list[dict[str, Any]] = []
    for title, soc in zip(occupations["occupation"], occupations["soc"], strict=True):
        code = soc if isinstance(soc, str) else None
        known = reference.wages(code, state)
        said = {"occupation": title, "soc": code, "expected": start.get(title),
                **_first_jobs(title, answers)}  # fmt: skip
        for place in ("United States", *([state] if state else [])):
            found = next((each for each in known if each.place == place), None)
            local = place == state
            if found is None:
                note = "no figures for this state" if local and known else "no official figures"
                rows.append({**said, "place": place, "local": local, "note": note})
                continue
            rows.append(
                {
                    **said, "place": place, "local": local, "wage_p10": found.p10,
                    "median_wage": found.median, "wage_p90": found.p90, "note": _note(found),
                    "source": found.source,
                }
            )  # fmt: skip
    return frame(rows, _COLUMNS)


def _note(found: reference.Wages) -> str | None:
    if found.of is None:
        return found.note
    broader = reference.occupation(found.of)
    name = broader.title if broader else found.of
    return " ".join(filter(None, [found.note, f"Counted together, as {name}."]))


def _first_jobs(title: str, answers: pd.DataFrame) -> dict[str, Any]:
    """What people named when they were asked how one starts."""
    asked = answers[(answers["occupation"] == title) & (answers["question"] == _ENTRY)]
    asked = asked[asked["weight"] > 0]
    named = {
        person: wages
        for person, text in zip(asked["person"], asked["text"].fillna(""), strict=True)
        if (wages := wages_in(text))
    }
    if not named:
        return {"first_jobs_n": 0}
    every = [wage for wages in named.values() for wage in wages]
    return {"first_jobs_low": min(every), "first_jobs_high": max(every),
            "first_jobs_n": len(named)}  # fmt: skip


def pay_here_in_words(row: Mapping[str, Any] | None, nearest: int = 10) -> str:
    """Pay in the state one would live in, with what isn't published; empty where none is chosen.

    Examples
    --------
    >>> pay_here_in_words({"median_wage": None, "note": "Not released by the survey."})
    'not released by the survey'
    """
    if row is None:
        return ""
    words, note = pay_in_words(row, nearest), (row.get("note") or "").rstrip(".")
    note = f"{note[:1].lower()}{note[1:]}"
    return "; ".join(filter(None, [words, note]))


def first_jobs_in_words(row: Mapping[str, Any]) -> str:
    """First jobs: what was expected and named, beside the lowest tenth of all; empty without any.

    Examples
    --------
    >>> first_jobs_in_words({"first_jobs_n": 1, "first_jobs_low": 52_000,
    ...     "first_jobs_high": 52_000, "expected": 60_000, "wage_p10": 49_500})
    'one person named $52,000; I expected $60,000; the lowest tenth of all in it earn up to $49,500'
    """
    told = []
    if row.get("first_jobs_n"):
        low, high = row["first_jobs_low"], row["first_jobs_high"]
        named = f"${low:,}" if low == high else f"${low:,} to ${high:,}"
        told.append(f"{count(row['first_jobs_n'], 'person', 'people')} named {named}")
    if row.get("expected"):
        told.append(f"I expected ${row['expected']:,.0f}")
    if told and row.get("wage_p10"):
        told.append(f"the lowest tenth of all in it earn up to ${row['wage_p10']:,}")
    return "; ".join(told)
