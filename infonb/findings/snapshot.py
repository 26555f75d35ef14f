"""`Findings`: an immutable snapshot of a journal, and every question one can ask it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from infonb import method
from infonb.errors import InfonbError
from infonb.findings import about as _about
from infonb.findings import coverage as _coverage
from infonb.findings import decision as _decision
from infonb.findings import expectations as _expectations
from infonb.findings import network as _network
from infonb.findings import next_interview as _next
from infonb.findings import outlook as _outlook
from infonb.findings import outreach as _outreach
from infonb.findings import overlap as _overlap
from infonb.findings import pathways as _pathways
from infonb.findings import pay as _pay
from infonb.findings import progress as _progress
from infonb.findings import ratings as _ratings
from infonb.findings import saturation as _saturation
from infonb.findings import sentences as _sentences
from infonb.findings import side_by_side as _side_by_side
from infonb.findings import skills as _skills
from infonb.findings import smaa as _smaa
from infonb.findings import summary as _summary
from infonb.findings import themes as _themes
from infonb.findings import words as _words
from infonb.findings.decision import Decision
from infonb.findings.frames import Frames, frames_from_rows
from infonb.findings.smaa import Panel
from infonb.html_repr import html_repr
from infonb.privacy.redact import RedactedRows, Redaction

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Findings:
    """What was logged, as tidy frames, and what it says.

    Made by ``journal.findings()``. Frames name an occupation by its title, a person by a label
    that is unique (by role and number where redacted), a question by its key. What you do to a
    frame you got doesn't change the snapshot.

    Attributes
    ----------
    today : datetime.date
        The day of the snapshot.
    redaction : Redaction
        Whose names were left out.
    questions : mapping of str to infonb.method.Question
        Every question that can occur, by key: the standard ones in their order, then your own.

    Examples
    --------
    >>> findings = infonb.sample().findings()
    >>> findings.coverage().interviews.tolist()
    [3, 3, 3, 3, 3, 3, 3]
    """

    _frames: Frames = field(repr=False)
    today: dt.date
    redaction: Redaction
    questions: Mapping[str, method.Question] = field(repr=False)
    state: str | None = None
    _draws: dict[Any, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def from_rows(
        cls,
        rows: Mapping[str, list[dict[str, Any]]],
        today: dt.date,
        redaction: Redaction = Redaction.NOBODY,
        state: str | None = None,
    ) -> Findings:
        """A snapshot of rows as `infonb.journal.Journal.rows` gives them; ``state``: for pay."""
        seen = RedactedRows(rows, redaction)
        own = {
            row["id"]: method.own_question(
                row["id"], *(row[part] for part in ("prompt", "short", "low", "high"))
            )
            for row in seen.get("question", [])
        }
        extra = {method.NOTES.key: method.NOTES, method.ASK_NEXT.key: method.ASK_NEXT}
        questions = {**method.QUESTIONS, **own, **extra}
        mentions = [*rows.get("skill_mention", []), *rows.get("strength", [])]
        frames = frames_from_rows(seen, mentions, list(questions))
        return cls(frames, today, redaction, questions, state)

    def _counts(self) -> dict[str, int]:
        names = ("occupations", "people", "interviews", "answers", "skills", "strengths", "themes")
        return {name: len(getattr(self._frames, name)) for name in (*names, "tasks")}

    def __repr__(self) -> str:
        counts = ", ".join(f"{number} {name}" for name, number in self._counts().items() if number)
        return f"<Findings of {self.today}: {counts or 'nothing logged yet'}>"

    def _repr_html_(self) -> str:
        redacted = "" if self.redaction is Redaction.NOBODY else ", names left out"
        rows = [(f"findings.{name}", f"{n} rows") for name, n in self._counts().items()]
        next_lines = [
            "findings.coverage()", "findings.ratings()", "infonb.charts.ratings(findings)",
            "findings.decide()",
        ]  # fmt: skip
        return html_repr(f"Findings of {self.today}{redacted}", rows, next_lines)

    # frames ---------------------------------------------------------------------------------

    @property
    def occupations(self) -> pd.DataFrame:
        """One row per occupation, in order of entry: occupation, soc, interest, notes."""
        return self._frames.occupations.copy()

    @property
    def people(self) -> pd.DataFrame:
        """One row per person: person, job_title, organisation, email, phone, source, name_from,
        referred_by (a label), has_card, may_be_named, interviewed, workplace (its kind), years (in
        the occupation). Contacts and employers are missing where redacted."""
        return self._frames.people.copy()

    @property
    def interviews(self) -> pd.DataFrame:
        """One row per interview, whatever its status: interview (id), occupation, soc, person,
        status, scheduled_at, started_at, ended_at (UTC), date (day, month or year as text),
        minutes, medium, research, confidence_before, confidence_after (1 to 5), weight (0 to 1,
        1 where none was given), weight_reason, publisher (where it was published, if it was),
        workplace and years (of the person)."""
        return self._frames.interviews.copy()

    @property
    def answers(self) -> pd.DataFrame:
        """One row per recorded answer of interviews that were not declined or cancelled:
        interview, occupation, soc, person, question, text, rating (1 to 5), weight (the answer's
        own, else the interview's, else 1), date, version, private, why (the reason of the rating),
        publisher (where it was published, if it was)."""
        return self._frames.answers.copy()

    @property
    def skills(self) -> pd.DataFrame:
        """One row per skill named in an interview: interview, occupation, person, phrase (as
        said), rank (1 to 3), skill (canonical name), skill_id, kind, confirmed.

        The name is what a person confirmed for the mention or for the same words elsewhere;
        where nobody did, it is looked up: words that are a known name of a skill have it with
        ``confirmed`` false. Missing where the words are neither: nothing is guessed here."""
        return self._frames.skills.copy()

    @property
    def strengths(self) -> pd.DataFrame:
        """Your own strengths: phrase, skill, skill_id, kind."""
        return self._frames.strengths.copy()

    @property
    def themes(self) -> pd.DataFrame:
        """One row per coded passage: theme, description, occupation, person, question, quote."""
        return self._frames.themes.copy()

    @property
    def tasks(self) -> pd.DataFrame:
        """What is owed: kind, due (day as text), overdue, done_at, person, occupation."""
        frame = self._frames.tasks.copy()
        frame["overdue"] = (
            (frame["due"] < self.today.isoformat()).fillna(False).astype("bool[pyarrow]")
            & frame["done_at"].isna()
        ).astype("bool[pyarrow]")
        return frame[["kind", "due", "overdue", "done_at", "person", "occupation"]]

    @property
    def conducted(self) -> pd.DataFrame:
        """One row per judged checklist item: interview, occupation, person, date, item, score
        (0 no, 1 partly, 2 yes)."""
        return self._frames.conduct.copy()

    @property
    def importances(self) -> pd.DataFrame:
        """How much each question matters to you: question, importance (0 to 5)."""
        return self._frames.importances.copy()

    @property
    def decisions(self) -> pd.DataFrame:
        """What was decided: occupation, next_step, why, at, plan (A or B), look_again (the day to
        look at it again)."""
        return self._frames.decisions.copy()

    @property
    def leads(self) -> pd.DataFrame:
        """Jobs, internships, events and readings heard of: occupation, person, kind, text,
        status."""
        return self._frames.leads.copy()

    # what they say --------------------------------------------------------------------------

    def side_by_side(self) -> pd.DataFrame:
        """What fits one page; see `infonb.findings.side_by_side.side_by_side`."""
        return _side_by_side.side_by_side(
            {title: self.about(title) for title in self._order()}, self._frames.interviews,
            self.ratings(), self.skills_by_occupation(), self.outlook(), self.decide(),
            self.questions, self.expectations(), self.pay(),
            _themes.themes_by_occupation(
                _themes.on_record(self._frames.themes, self._frames.answers)
            ),
        )  # fmt: skip

    def about(self, occupation: str) -> pd.DataFrame:
        """All that was said about one occupation; see `infonb.findings.about.about`.

        Raises
        ------
        InfonbError
            When there is no such occupation.
        """
        return _about.about(
            _about.known(occupation, self._order()), self._frames.answers, self.ratings(),
            self._importances(), self.questions,
        )  # fmt: skip

    def coverage(self) -> pd.DataFrame:
        """Where the time went; see `infonb.findings.coverage.coverage`."""
        return _coverage.coverage(
            self._frames.occupations, self._frames.interviews, self._frames.answers,
            self._frames.people,
        )  # fmt: skip

    def ratings(self, level: float = 0.8) -> pd.DataFrame:
        """How good each occupation sounds, per question; see `infonb.findings.ratings.ratings`."""
        return _ratings.ratings(self._frames.answers, self._order(), list(self.questions), level)

    def differences(self) -> pd.DataFrame:
        """Which occupation sounds better on what; see `infonb.findings.ratings.differences`."""
        if "differences" not in self._draws:
            self._draws["differences"] = _ratings.differences(self._frames.answers, self.ratings())
        return self._draws["differences"].copy()

    def contradictions(self) -> pd.DataFrame:
        """Where people are split; see `infonb.findings.ratings.contradictions`."""
        return _ratings.contradictions(self._frames.answers, self.ratings())

    def matrix(self, value: str = "rating") -> pd.DataFrame:
        """Question × occupation; see `infonb.findings.ratings.matrix`."""
        return _ratings.matrix(self._frames.answers, self._order(), list(self.questions), value)

    def skills_by_occupation(self) -> pd.DataFrame:
        """Who named which skill; see `infonb.findings.skills.skills_by_occupation`."""
        return _skills.skills_by_occupation(
            self._frames.skills, self._frames.interviews, self._frames.strengths, self._order()
        )

    def strengths_fit(self) -> pd.DataFrame:
        """Where your strengths are used; see `infonb.findings.skills.strengths_fit`."""
        return _skills.strengths_fit(
            self._frames.skills, self._frames.interviews, self._frames.strengths,
            self._frames.occupations,
        )  # fmt: skip

    def skill_needs(self) -> pd.DataFrame:
        """What people and O*NET call for; see `infonb.findings.skills.skill_needs`."""
        return _skills.skill_needs(
            self._frames.skills, self._frames.interviews, self._frames.strengths,
            self._frames.occupations,
        )  # fmt: skip

    def skill_proposals(self) -> pd.DataFrame:
        """What words without a name may mean; see `infonb.findings.skills.skill_proposals`."""
        return _skills.skill_proposals(self._frames.skills)

    def outlook(self) -> pd.DataFrame:
        """What they said beside what the figures say; see `infonb.findings.outlook.outlook`."""
        return _outlook.outlook(self._frames.occupations, self._frames.answers)

    def expectations(self) -> pd.DataFrame:
        """What was expected beside what was heard; see `infonb.findings.expectations.expectations`.

        Examples
        --------
        >>> with infonb.sample("example") as journal:
        ...     found = journal.findings().expectations()
        >>> found[found.question == "home_life"][["expected", "n", "late"]].values.tolist()[0]
        [4.0, 3, False]
        """
        if "expectations" not in self._draws:
            self._draws["expectations"] = _expectations.expectations(
                self._frames.expected, self._frames.answers, self.ratings(), self.outlook()
            )
        return self._draws["expectations"].copy()

    def outreach(self) -> pd.DataFrame:
        """What became of asking, by how the people are known.

        Returns
        -------
        DataFrame
            As `infonb.findings.outreach.outreach`, one row per source: source, asked, counted,
            agreed, share, low, high (0 to 1), met, days.

        Examples
        --------
        >>> with infonb.sample("example") as journal:
        ...     journal.findings().outreach()[["source", "asked", "agreed"]].values.tolist()[0]
        ['neighbor', 1, 1]
        """
        held = self._frames.interviews
        met = set(held.loc[held["status"] == "done", "person"])
        return _outreach.by_source(self._frames.contacts, met, self.today)

    def reflections(self) -> pd.DataFrame:
        """What you noted for yourself, in order of time; nothing of it where names are left out.

        Returns
        -------
        DataFrame
            interview (missing where it belongs to none), occupation, person, prompt, text, at.
        """
        found = self._frames.reflections
        return found.copy() if self.redaction is Redaction.NOBODY else found.iloc[:0].copy()

    def pay(self) -> pd.DataFrame:
        """What it pays, in the nation and where you would live; see `infonb.findings.pay.pay`."""
        return _pay.pay(
            self._frames.occupations, self._frames.answers, self._frames.expected, self.state
        )

    def lived(self) -> pd.DataFrame:
        """What you tried yourself, beside what people said of it: see `Journal.record_trial`.

        It is first-hand and stands apart: nowhere else is it counted.

        Returns
        -------
        DataFrame
            One row per answer, in order of date: occupation, question, lived (your rating, 1 to
            5), text, date, expected (before a first talk, 1 to 5), n (people heard), heard (their
            weighted mean), mean, low, high (as everywhere).

        Examples
        --------
        >>> with infonb.sample("example") as journal:
        ...     journal.findings().lived()[["question", "lived", "n"]].values.tolist()[-1]
        ['home_life', 5, 3]
        """
        return _expectations.lived(
            self._frames.lived, self._frames.expected, self._frames.answers, self.ratings()
        )

    def pathways(self) -> pd.DataFrame:
        """How people got in; see `infonb.findings.pathways.pathways`."""
        return _pathways.pathways(self._frames.occupations, self._frames.answers)

    def skill_overlap(self) -> pd.DataFrame:
        """What occupations share; see `infonb.findings.overlap.skill_overlap`."""
        return _overlap.skill_overlap(self._frames.skills, self._order())

    def themes_by_occupation(self) -> pd.DataFrame:
        """What the passages speak of; see `infonb.findings.themes.themes_by_occupation`."""
        return _themes.themes_by_occupation(self._frames.themes)

    def quotes(self, theme: str | None = None, word: str | None = None) -> pd.DataFrame:
        """Passages on a theme or with a word; see `infonb.findings.themes.quotes`."""
        frames = self._frames
        return _themes.quotes(frames.themes, frames.answers, theme, word, frames.spoken)

    def distinctive_words(self) -> pd.DataFrame:
        """Words that tell occupations apart; see `infonb.findings.words.distinctive_words`."""
        import pandas as pd

        said = pd.concat(
            [part[["interview", "occupation", "person", "text", "weight"]]
             for part in (self._frames.answers, self._frames.spoken)],
            ignore_index=True,
        )  # fmt: skip
        return _words.distinctive_words(said, self._order())

    # to decide ------------------------------------------------------------------------------

    def decide(
        self,
        importance: Mapping[str, float] | None = None,
        certainty: float = 30,
        seed: int = 0,
        without: Collection[str] = (),
    ) -> Decision:
        """Which occupation leads, how surely, and what would change it.

        Parameters
        ----------
        importance : mapping of str to float, optional
            Question to importance, 0 (I don't mind) to 5 (it decides). By default what you
            stored, else all rated questions alike.
        certainty : float
            How closely the importances are meant: 15 roughly, 30 more or less, 100 exactly.
        seed : int
            The same seed and journal give the same numbers.
        without : collection of str
            People (labels) to leave out, to see what would be without them.

        Returns
        -------
        infonb.findings.decision.Decision

        Raises
        ------
        InfonbError
            When a question or person isn't known or a number is off its scale.

        Examples
        --------
        >>> decision = infonb.sample("example").findings().decide()
        >>> decision.ranking.occupation.iloc[0]
        'Occupational therapist'
        """
        chosen, stated = self._criteria(importance)
        unknown = set(without) - set(self._frames.person_id)
        if unknown:
            raise InfonbError(f"{', '.join(sorted(unknown))}: no such person in these findings.")
        key = (tuple(chosen), seed)
        if key not in self._draws:
            self._draws[key] = _decision.draws_for(self._panel(list(chosen)), seed)
        draws = self._draws[key]
        if draws is not None and without:
            draws = _smaa.without(draws, [self._frames.person_id[p] for p in without])
        called = {id: label for label, id in self._frames.person_id.items()}
        asked = set(self._frames.answers["occupation"])
        return _decision.decide(draws, chosen, stated, certainty, self._order(), called, asked)

    def next_interview(self, look_ahead: int = 1) -> pd.DataFrame:
        """Whom to ask next and why; see `infonb.findings.next_interview.next_interview`."""
        chosen, _ = self._criteria(None)
        return _next.next_interview(
            self.coverage(), self.contradictions(), self._frames.people, self._frames.interviews,
            self._panel(list(chosen)), list(chosen.values()),
            self._short(), look_ahead,
        )  # fmt: skip

    def _criteria(self, importance: Mapping[str, float] | None) -> tuple[dict[str, float], bool]:
        return _decision.criteria(
            importance,
            self._importances(),
            self._frames.answers,
            list(self.questions),
        )

    def _importances(self) -> dict[str, float]:
        stored = self._frames.importances
        return dict(zip(stored["question"], stored["importance"].astype(float), strict=True))

    def _panel(self, asked: list[str]) -> Panel | None:
        frames = self._frames
        if not asked:
            return None
        return _decision.make_panel(
            frames.answers, self._order(), asked, frames.person_id, frames.occupation_id
        )

    # how it goes ----------------------------------------------------------------------------

    def confidence(self) -> pd.DataFrame:
        """Confidence before and after; see `infonb.findings.progress.confidence`."""
        return _progress.confidence(self._frames.interviews)

    def conduct(self) -> pd.DataFrame:
        """How well you conduct interviews; see `infonb.findings.progress.conduct`."""
        return _progress.conduct(self._frames.conduct, self._frames.interviews)

    def saturation(self) -> pd.DataFrame:
        """What each further person brought; see `infonb.findings.saturation.saturation`."""
        return _saturation.saturation(
            self._frames.interviews, self._frames.skills, self._frames.themes, self._order()
        )

    def network(self) -> pd.DataFrame:
        """Who referred whom; see `infonb.findings.network.network`."""
        return _network.network(self._frames.people, self._frames.interviews, self._frames.tasks)

    # in words -------------------------------------------------------------------------------

    def in_brief(self) -> list[tuple[str, ...]]:
        """Four short answers to what a reader asks first, every number computed.

        Returns
        -------
        list of tuple of str
            What was learned, what leads, how sure that is, what next: question, answer,
            explanation; a fourth member ``"warn"`` marks a caution. Fit for
            ``infonb.report.cards``.

        Examples
        --------
        >>> for question, answer, *_ in infonb.sample("example").findings().in_brief():
        ...     print(question, answer)
        What did I learn? One of 15 questions tells the occupations apart
        What leads? Nothing leads yet
        How sure is that? Not sure: it hangs on one voice
        What next? You decided: Occupational therapist
        """
        decision, decided = self.decide(), self._frames.decisions
        learned = _summary.learned(
            self._frames.answers, self.ratings(), self.differences(), self._short()
        )
        ahead = self.next_interview() if decided.empty else decided
        next_step = _summary.next_step(decided, ahead)
        return [learned, decision.in_brief(), decision.how_sure(), next_step]

    def sentence(self, about: str) -> str:
        """What the findings say, as a sentence or two with every number computed.

        Parameters
        ----------
        about : str
            One of `SENTENCES`, such as ``"ratings"``.

        Raises
        ------
        InfonbError
            When there is no such sentence.

        Examples
        --------
        >>> findings.sentence("coverage")[:36]
        'You asked 21 people about seven occu'
        """
        if about not in SENTENCES:
            raise InfonbError(f"{about!r} has no sentence; choose {', '.join(SENTENCES)}.")
        return SENTENCES[about](self)

    def basis(self, official: bool = False) -> dict[str, Any]:
        """What the findings rest on; see `infonb.findings.sentences.basis`."""
        return _sentences.basis(self._frames.interviews, official)

    def _short(self) -> dict[str, str]:
        """Question to its short label."""
        return {key: question.short for key, question in self.questions.items()}

    def _order(self) -> list[str]:
        return self._frames.occupations["occupation"].tolist()


SENTENCES: Mapping[str, Callable[[Findings], str]] = MappingProxyType(
    {
        "coverage": lambda f: _sentences.coverage_in_words(f.answers, f.coverage()),
        "ratings": lambda f: _sentences.ratings_in_words(f.ratings(), f.differences(), f._short()),
        "split": lambda f: _sentences.split_in_words(f.ratings(), f.contradictions(), f._short()),
        "skills": lambda f: _sentences.skills_in_words(f.skills, f.skills_by_occupation()),
        "outlook": lambda f: _sentences.outlook_in_words(f.outlook()),
        "expectations": lambda f: _sentences.expectations_in_words(f.expectations(), f._short()),
        "pathways": lambda f: _sentences.pathways_in_words(f.pathways()),
        "limits": lambda f: _sentences.LIMITS,
    }
)
"""What can be said about: name -> function from findings to a sentence or two."""
