"""Occupations one considers, people to ask, and what one knows of oneself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from infonb import method
from infonb.errors import InfonbError
from infonb.journal import columns, schema
from infonb.journal.base import Base, id_of
from infonb.journal.question_keys import OwnQuestions, new_key
from infonb.journal.records import Importance, Occupation, Person, Strength
from infonb.journal.transaction import Transaction


def person_values(
    write: Transaction, values: Mapping[str, Any], of: str | None = None
) -> dict[str, Any]:
    """What was typed about a person (``of``, who is there already), checked column by column."""
    values = dict(values)
    by = values.get("referred_by")
    if by is not None:
        values["referred_by"] = by = id_of(by, "person")
        if write.find(schema.person, by) is None:
            raise InfonbError(f"referred_by: there is no person {by!r}.")
        seen: set[str] = set()
        while by is not None and by not in seen:
            if by == of:
                raise InfonbError(
                    "referred_by: somebody can't be referred by themselves, nor in a circle."
                )
            seen.add(by)
            by = (write.find(schema.person, by) or {}).get("referred_by")
    return columns.checked("person", values)


def occupation_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed about an occupation, checked column by column."""
    checked = columns.checked("occupation", values)
    if "title" in checked:
        checked["title_key"] = columns.title_key(checked["title"])
    return checked


def question_in_words(write: Transaction, key: str) -> str:
    """A question's key as a person reads it: one's own says nothing, so its prompt does."""
    row = None if key in method.QUESTIONS else write.find(schema.question, key)
    return key if row is None else f"“{row['prompt']}”"


class Considering(Base):
    """The part of a journal about occupations, people and oneself."""

    def add_occupation(
        self,
        title: str,
        soc: str | None = None,
        interest: int | None = None,
        notes: str | None = None,
    ) -> Occupation:
        """An occupation you would really pursue; the same title gives the one that is there.

        Parameters
        ----------
        title : str
            In your own words; case and space don't tell titles apart.
        soc : str, optional
            A SOC 2018 code such as ``"17-2141"``. Given later, it is filled in where none was.
        interest : int, optional
            How seriously you consider it, 1 to 5.
        notes : str, optional
            Anything.

        Returns
        -------
        Occupation

        Raises
        ------
        InfonbError
            When the title is empty or a value is off its scale.

        Examples
        --------
        >>> journal.add_occupation("Beekeeper") == journal.add_occupation(" beekeeper ")
        True
        """
        given = {"soc": soc, "interest": interest, "notes": notes}
        values = occupation_values({"title": title, **given})
        with self.transaction() as write:
            row = (
                write.connection.execute(
                    select(schema.occupation).where(
                        schema.occupation.c.title_key == values["title_key"]
                    )
                )
                .mappings()
                .first()
            )
            if row is None:
                id = write.add(schema.occupation, values)
            else:
                id = row["id"]
                gaps = {k: values[k] for k in given if values[k] is not None and row[k] is None}
                if gaps:
                    write.change(schema.occupation, dict(row), gaps)
        return self._record(Occupation, id)

    def add_person(
        self,
        name: str,
        source: str | None = None,
        name_from: str | None = None,
        referred_by: Person | str | None = None,
        job_title: str | None = None,
        organisation: str | None = None,
        email: str | None = None,
        phone: str | None = None,
        has_card: bool = False,
        may_be_named: bool = False,
        notes: str | None = None,
        workplace: str | None = None,
        years: int | None = None,
        profile: str | None = None,
    ) -> Person:
        """A person to talk to; always a new one, since two people can share a name.

        Parameters
        ----------
        name : str
            As you would address the person.
        source : str, optional
            How you can know of them: a key of ``infonb.method.SOURCES``.
        name_from : str, optional
            How you got the name, in words; the request begins with it.
        referred_by : Person or str, optional
            The person who named them, or that person's id.
        job_title, organisation, email, phone, profile, notes : str, optional
            Contact and context; left out of every report. A profile's address tells namesakes
            apart.
        workplace : str, optional
            Its kind, such as hospital or small firm; never the employer.
        years : int, optional
            Years in the occupation, 0 to 80.
        has_card, may_be_named : bool
            Whether you hold their business card; whether they agreed to be named.

        Returns
        -------
        Person

        Examples
        --------
        >>> journal.add_person("Ada L.", source="friend").may_be_named
        False
        """
        with self.transaction() as write:
            values = person_values(
                write,
                {
                    "name": name, "source": source, "name_from": name_from,
                    "referred_by": referred_by, "job_title": job_title,
                    "organisation": organisation, "email": email, "phone": phone,
                    "has_card": has_card, "may_be_named": may_be_named, "notes": notes,
                    "workplace": workplace, "years": years, "profile": profile,
                },
            )  # fmt: skip
            id = write.add(schema.person, values)
        return self._record(Person, id)

    def occupations(self) -> list[Occupation]:
        """All occupations, in order of entry."""
        return self._records(Occupation)

    def people(self) -> list[Person]:
        """All people, in order of entry."""
        return self._records(Person)

    def person(self, id: str | Person) -> Person:
        """One person, as they stand now.

        Raises
        ------
        InfonbError
            When there is none with this id.

        Examples
        --------
        >>> journal.person(journal.add_person("Ada").id).name
        'Ada'
        """
        return self._record(Person, id_of(id, "person"))

    def occupation(self, id: str | Occupation) -> Occupation:
        """One occupation, as it stands now.

        Raises
        ------
        InfonbError
            When there is none with this id.

        Examples
        --------
        >>> journal.occupation(journal.add_occupation("Beekeeper")).title
        'Beekeeper'
        """
        return self._record(Occupation, id_of(id, "occupation"))

    def add_strength(self, phrase: str, skill_id: str | None = None) -> Strength:
        """One of your own strengths; the same words give the one that is there.

        Examples
        --------
        >>> journal.add_strength("staying calm").phrase
        'staying calm'
        """
        phrase = columns.name(phrase, "A strength")
        values = {"phrase": phrase, "skill_id": columns.text_or_none(skill_id, "skill_id")}
        with self.transaction() as write:
            known = write.named(schema.strength.c.phrase, phrase)
            id = known["id"] if known else write.add(schema.strength, values)
        return self._record(Strength, id)

    def strengths(self) -> list[Strength]:
        """Your own strengths, in order of entry."""
        return self._records(Strength)

    def set_importance(self, question: str, value: float) -> Importance:
        """How much a question matters to you: 0 (I don't mind) to 5 (it decides).

        Examples
        --------
        >>> journal.set_importance("home_life", 4).value
        4.0
        """
        question = columns.question_key(question, self.own_questions())
        checked = columns.number(value, f"importance of {question}", 0, 5)
        if checked is None:
            raise InfonbError(f"importance of {question} is missing; give a number from 0 to 5.")
        with self.transaction() as write:
            row = write.find(schema.importance, question)
            if row is None:
                write.add(schema.importance, {"id": question, "value": checked})
            elif row["value"] != checked:
                write.change(schema.importance, row, {"value": checked})
                told = question_in_words(write, question)
                write.remember_overwriting(f"a change of the importance of {told}")
        return Importance(question, checked)

    def importances(self) -> dict[str, float]:
        """Question key to its importance, 0 to 5, for those that were set."""
        return {record.id: record.value for record in self._records(Importance)}

    def add_question(
        self,
        prompt: str,
        short: str | None = None,
        low: str | None = None,
        high: str | None = None,
    ) -> str:
        """A question of your own; its key, to be used like those of the standard ones.

        The key says nothing of the question. The same prompt gives the question that is there.

        Parameters
        ----------
        prompt : str
            What you will ask.
        short : str, optional
            A label for charts.
        low, high : str, optional
            What a rating of 1 and of 5 means; without them the answer can still be rated.

        Examples
        --------
        >>> key = journal.add_question("Do you travel?")
        >>> journal.questions()[key].prompt, journal.add_question("do you travel?") == key
        ('Do you travel?', True)
        """
        prompt = columns.name(prompt, "A question")
        given = {"short": short, "low": low, "high": high}
        more = {column: columns.text_or_none(text, column) for column, text in given.items()}
        with self.transaction() as write:
            known = write.named(schema.question.c.prompt, prompt)
            if known is not None:
                return known["id"]
            return write.add(schema.question, {"id": new_key(), "prompt": prompt, **more})

    def questions(self) -> dict[str, method.Question]:
        """All questions that can be asked here: the standard ones and your own."""
        rows = self._rows(select(schema.question).order_by(schema.question.c.created_at))
        own = {
            row["id"]: method.own_question(
 row["id"], row["prompt"], row["short"], row["low"], row["high"]
)
            for row in rows
        }  # fmt: skip
        return {**method.QUESTIONS, **own}

    def own_questions(self) -> OwnQuestions:
        """Your own questions, key to prompt, found by the keys they had before, too."""
        with self._read() as connection:
            return OwnQuestions.read(connection)
