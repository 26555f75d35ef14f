"""Several reports as one: a first screen, a contents list by chapter, and one drawing library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from infonb.report.facts import basis_in_words, merged_basis
from infonb.report.headings import Heading, Headings
from infonb.report.story import Step, Story, tell

if TYPE_CHECKING:
    from nbformat import NotebookNode

_CARDS = re.compile(r'<ul class="infonb-cards">.*?</ul>', re.DOTALL)


def combined(notebooks: Iterable[tuple[NotebookNode, str]]) -> Story:
    """One story of several notebooks with outputs, each a chapter.

    Parameters
    ----------
    notebooks
        Each with the name it goes by when it has no heading.

    Returns
    -------
    Story
        Its first screen is that of the first notebook that has one; a chapter shows its own only
        where it says something else.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> told = [(new_notebook(cells=[new_markdown_cell(f"# {t}")]), t) for t in ("Pay", "Hours")]
    >>> [chapter.words for chapter in combined(told).contents]
    ['Pay', 'Hours']
    """
    shared = Headings()
    chapters = [
        tell(notebook, name, Headings(top=2, taken=shared.taken)) for notebook, name in notebooks
    ]
    basis = merged_basis(chapter.basis for chapter in chapters)
    people = basis.get("people")
    title = f"What {people} people told me" if people and people > 1 else "What I found out"
    cards = next((found[0] for c in chapters if (found := _CARDS.search(c.opening))), "")
    rests = basis_in_words(basis)
    lead = f'<p class="infonb-note">{escape(rests)}</p>' if rests else ""
    return Story(
        title=title,
        opening=shared.anchored(f"<h1>{title}</h1>") + lead + cards,
        sections="\n".join(_chapter(chapter, cards) for chapter in chapters),
        contents=[Heading(c.anchor, c.title, tuple(c.contents)) for c in chapters],
        steps=_steps(chapters),
        charts=sum(chapter.charts for chapter in chapters),
        basis=basis,
    )


def _chapter(story: Story, cards: str) -> str:
    opening = story.opening.replace(cards, "", 1) if cards else story.opening
    return (
        f'<section class="chapter">{opening}\n{story.sections}\n'
        '<p class="back"><a href="#contents">Contents</a></p></section>'
    )


def _steps(chapters: Sequence[Story]) -> list[Step]:
    """The code of all chapters, counted through; a step before any section is its chapter's."""
    steps = [
        replace(step, section=step.section or chapter.title)
        for chapter in chapters
        for step in chapter.steps
    ]
    return [replace(step, number=number) for number, step in enumerate(steps, start=1)]
