"""How far each occupation is covered: three people are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infonb.frame import TEXT, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd

WANTED = 3
"""People per occupation, the method's guideline."""


def coverage(
    occupations: pd.DataFrame,
    interviews: pd.DataFrame,
    answers: pd.DataFrame,
    people: pd.DataFrame,
) -> pd.DataFrame:
    """Where the time went.

    Parameters
    ----------
    occupations, interviews, answers, people : DataFrame
        Frames of a snapshot.

    Returns
    -------
    DataFrame
        One row per occupation, in order of entry: occupation, soc, interviews (people talked
        to), wanted (3), planned (interviews ahead), questions (different ones answered),
        sources (how you knew of the people, as text).

    Examples
    --------
    >>> infonb.sample("example").findings().coverage().planned.tolist()
    [1, 0, 0, 0]
    """
    held = interviews[interviews["status"] == "done"]
    planned = interviews[interviews["status"] == "planned"]
    said = answers[(answers["text"].str.strip() != "") | answers["rating"].notna()]
    source = people.set_index("person")["source"]
    rows = []
    for title, soc in zip(occupations["occupation"], occupations["soc"], strict=True):
        talked_to = held.loc[held["occupation"] == title, "person"].drop_duplicates()
        known_by = source.reindex(talked_to).dropna().drop_duplicates()
        rows.append(
            {
                "occupation": title, "soc": soc if isinstance(soc, str) else None,
                "interviews": len(talked_to), "wanted": WANTED,
                "planned": int((planned["occupation"] == title).sum()),
                "questions": said.loc[said["occupation"] == title, "question"].nunique(),
                "sources": ", ".join(known_by) or None,
            }
        )  # fmt: skip
    return frame(
        rows,
        {
            "occupation": TEXT, "soc": TEXT, "interviews": WHOLE, "wanted": WHOLE,
            "planned": WHOLE, "questions": WHOLE, "sources": TEXT,
        },
    )  # fmt: skip
