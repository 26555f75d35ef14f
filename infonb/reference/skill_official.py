"""What O*NET's files teach of skills, where they are installed: nothing of it ships."""

from __future__ import annotations

from infonb.reference import installed, skill_names


def detailed_activities() -> tuple[tuple[str, str], ...]:
    """O*NET's detailed work activities with the id of the work activity they belong to.

    Returns
    -------
    tuple of (str, str)
        Empty where the DWA Reference isn't installed.

    Examples
    --------
    >>> detailed_activities()
    ()
    """
    stored = installed.columns("activities")
    return tuple(zip(stored["activity"], stored["element_id"], strict=True)) if stored else ()


def technologies() -> tuple[tuple[str, str], ...]:
    """O*NET's products and tools, each with the id of the kind of software it is.

    Returns
    -------
    tuple of (str, str)
        Each pair once; empty where Technology Skills isn't installed. A kind that infonb's
        catalogue doesn't know by name is left out.

    Examples
    --------
    >>> technologies()
    ()
    """
    stored = installed.table("technology")
    if stored is None:
        return ()
    kinds = {each.name.casefold(): each.id for each in skill_names.skills().values()
             if each.kind == "technology" and not each.group}  # fmt: skip
    columns = ["example", "commodity"]
    pairs = stored.select(columns).group_by(columns, use_threads=False).aggregate([]).to_pydict()
    return tuple(
        (name, kinds[kind.casefold()])
        for name, kind in zip(pairs["example"], pairs["commodity"], strict=True)
        if name and kind and kind.casefold() in kinds
    )
