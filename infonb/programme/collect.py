"""A folder of what a class handed in becomes tables and two pages: one to keep, one to publish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat import v4

from infonb import method
from infonb.errors import InfonbError
from infonb.exchange.parquet import write_collected
from infonb.files import replacing
from infonb.frame import TEXT, WHOLE, from_columns
from infonb.programme import protection
from infonb.programme.hand_ins import ENDING, HandIn
from infonb.programme.hand_ins import read as read_hand_in
from infonb.programme.reader import Programme
from infonb.programme.reader import read as read_tables

if TYPE_CHECKING:
    import pandas as pd

    from infonb.report import Piece

KEEP = (
    "For the adviser alone: by code, who handed in what, and exact numbers. Don't publish it or "
    "pass it on."
)
PUBLISH = (
    "May be published: every number rests on five students or more, and what could tell of one of "
    "them is withheld. Students chose whom they asked, so this is no sample of an occupation; that "
    "two students asked the same person can't be known."
)


@dataclass(frozen=True)
class Collected:
    """What was made of a folder of hand-ins.

    Attributes
    ----------
    folder : pathlib.Path
        Where it lies: ``tables`` with ``tables.key`` beside them, ``class.html``,
        ``findings.html`` and ``published.json``.
    handed_in : list of HandIn
    left_out : list of str
        Files that were left out, each with the reason.
    """

    folder: Path
    handed_in: list[HandIn]
    left_out: list[str]


def collect(
    folder: str | Path,
    to: str | Path | None = None,
    *,
    today: dt.date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Collected:
    """Read what was handed in, and write the tables and the two pages.

    Parameters
    ----------
    folder : path
        Where students hand in (`infonb hand-in --to`).
    to : path, optional
        The adviser's own folder, made where it is missing; by default beside ``folder``, called
        the same with "-collected". Never inside it, since students may see that.
    today : date, optional
    progress : callable, optional
        Told how many files of how many are read.

    Raises
    ------
    InfonbError
        When there is no such folder, or nothing in it can be read.

    Examples
    --------
    >>> _ = infonb.programme.hand_in(journal, tmp_path, "K7M4Q2")
    >>> made = collect(tmp_path, tmp_path.with_name("adviser"))
    >>> sorted(path.name for path in made.folder.iterdir())
    ['class.html', 'findings.html', 'published.json', 'tables', 'tables.key']
    """
    folder = Path(folder).expanduser()
    if not folder.is_dir():
        raise InfonbError(f"There is no folder {folder}; name the one that students hand in to.")
    own = Path(to).expanduser() if to else folder.with_name(f"{folder.resolve().name}-collected")
    if own.resolve().is_relative_to(folder.resolve()):
        raise InfonbError(f"{own} lies in {folder}, which students may see; name another folder.")
    given, left_out = _read(folder, progress)
    if not given:
        why = f": {left_out[0]}" if left_out else f"; they are called CODE{ENDING}."
        raise InfonbError(f"{folder} holds nothing that can be taken{why}")
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_collected(own / "tables", [each.part for each in given])
    programme = read_tables(own / "tables")
    published = protection.release(programme, own / "published.json", today)
    for name, page in (
        ("class.html", class_page(given, left_out, programme)),
        ("findings.html", findings_page(published, len(given))),
    ):
        with replacing(own / name) as part:
            part.write_text(page, encoding="utf-8", newline="\n")
    return Collected(own, given, left_out)


def _read(
    folder: Path, progress: Callable[[int, int], None] | None
) -> tuple[list[HandIn], list[str]]:
    """What can be taken, one of each journal and of each code, and why the rest can't."""
    files = sorted(folder.glob(f"*{ENDING}"))
    found: dict[str, tuple[Path, HandIn]] = {}
    left_out = []
    for number, path in enumerate(files, start=1):
        if progress is not None:
            progress(number, len(files))
        try:
            given = read_hand_in(path)
        except InfonbError as error:
            left_out.append(str(error))
            continue
        known = found.get(given.part.id)
        if known is not None and (known[1].day, known[0].name) > (given.day, path.name):
            left_out.append(f"{path.name} is an older hand-in of the journal of {known[0].name}.")
            continue
        if known is not None:
            left_out.append(f"{known[0].name} is an older hand-in of the journal of {path.name}.")
        found[given.part.id] = (path, given)
    kept: dict[str, tuple[Path, HandIn]] = {}
    for path, given in sorted(found.values(), key=lambda each: each[0].name):
        other = kept.setdefault(given.code.casefold(), (path, given))
        if other[0] != path:
            left_out.append(
                f"{path.name} says the code {given.code} of {other[0].name}, and is of another "
                "journal; ask both students which code is theirs."
            )
    return [given for _, given in kept.values()], left_out


def class_page(given: Sequence[HandIn], left_out: Sequence[str], programme: Programme) -> str:
    """The page for the adviser alone, as HTML: who handed in what, and exact numbers."""
    from infonb.report import table

    done = {"interviews": "Interviews", "questions": "Answers", "thank_yous": "Thank-yous sent",
            "reflections": "Reflections"}  # fmt: skip
    each = sorted(given, key=lambda one: one.code.casefold())
    rows: dict[str, list[Any]] = {
        "Code": [one.code for one in each],
        **{head: [one.done[name] for one in each] for name, head in done.items()},
        "Handed in": [one.day for one in each],
    }
    kinds = {"Code": TEXT, **dict.fromkeys(done.values(), WHOLE), "Handed in": TEXT}
    coverage = programme.coverage()
    coverage = coverage.assign(missing=(coverage["wanted"] - coverage["interviews"]).clip(lower=0))
    return _page(
        "What the class handed in",
        KEEP,
        [
            ("Who handed in what", "Each student saw the same line before handing in. No grades.",
             [table(from_columns(rows, kinds), "By code")]),
            ("Left out", "Ask for these once more." if left_out else "Nothing was left out.",
             [table(from_columns({"Why": list(left_out)}, {"Why": TEXT}), "Files left out")]
             if left_out else []),
            ("Where talks are missing", "Three talks for each student who considers it.",
             [table(coverage, "By occupation",
                    {"occupation": "Occupation", "students": "Students", "interviews": "Talks",
                     "planned": "Planned", "missing": "Missing"})]),
            ("Ratings, exact", "1 to 5, how good it sounded to students; not to be passed on.",
             [table(_questions(programme.ratings()), "By occupation and question",
                    {"occupation": "Occupation", "question": "Question", "students": "Students",
                     "n": "People", "mean": "Mean", "low": "From", "high": "To",
                     "agreement": "Agreement"},
                    {"mean": ".1f", "low": ".1f", "high": ".1f"})]),
        ],
    )  # fmt: skip


def findings_page(published: dict[str, pd.DataFrame], students: int) -> str:
    """The page that may be passed on, as HTML: protected cells only.

    Parameters
    ----------
    published : dict of str to DataFrame
        From `infonb.programme.protection.release`.
    students : int
        Who handed in; said in steps, from five on.
    """
    from infonb.report import table

    heads = {
        "occupation": "Occupation", "question": "Question", "skill": "Skill", "nth": "Talk",
        "students": "Students", "interviews": "Talks", "each": "Talks a student",
        "mean": "Mean", "low": "From", "high": "To", "agreement": "Agreement",
        "expected": "Expected", "heard": "Heard", "before": "Confidence before", "after": "After",
        "published": "Published",
    }  # fmt: skip
    told = {
        "coverage": ("Whom students talked to", "Three talks a student are wanted. "
                     "Occupations that fewer than five students consider are withheld, and others "
                     "where they could be found from the total."),
        "ratings": ("What they heard", "1 to 5, how good it sounded to students, counted with one "
                    "imaginary undecided person; 1.5 also stands for less, 4.5 for more. The band "
                    "(80%) and agreement from ten students on."),
        "expectations": ("Expected and heard", "Means over students who expected something before "
                         "their first talk."),
        "confidence": ("How confidence moved", "From a student's first talk on, 1 to 5."),
        "skills": ("Skills that people named", "Known skills alone."),
    }  # fmt: skip
    chapters = []
    for name, (title, words) in told.items():
        frame = _questions(published[name])
        if frame.empty:
            continue
        columns = {column: heads[column] for column in frame.columns}
        number = dict.fromkeys(
            ("each", "mean", "low", "high", "expected", "heard", "before", "after"), ".1f"
        )
        formats = {column: number[column] for column in frame.columns if column in number}
        chapters.append(
            (title, words,
             [table(frame, title, columns, formats)])
        )  # fmt: skip
    who = f"{protection.in_steps(students)} students handed in. " if students >= 5 else ""
    nothing = ""
    if not chapters:
        nothing = "\n\nFewer than five students have anything in common yet, so nothing is shown."
    return _page("What a class heard", who + PUBLISH + nothing, chapters)


def _questions(frame: pd.DataFrame) -> pd.DataFrame:
    """Questions by their short name; those of somebody's own are told as such."""
    if "question" not in frame.columns:
        return frame
    short = {key: question.short for key, question in method.QUESTIONS.items()}
    return frame.assign(question=[short.get(key, "one of their own") for key in frame["question"]])


def _page(title: str, words: str, chapters: Sequence[tuple[str, str, Sequence[Piece]]]) -> str:
    from infonb.report.run import page_of

    cells = [v4.new_markdown_cell(f"# {title}\n\n{words}")]
    for head, about, pieces in chapters:
        cells.append(v4.new_markdown_cell(f"## {head}\n\n{about}"))
        outputs = [
            v4.new_output("display_data", data=piece._repr_mimebundle_()) for piece in pieces
        ]
        cells.append(v4.new_code_cell("", outputs=outputs))
    return page_of(v4.new_notebook(cells=cells), title)
