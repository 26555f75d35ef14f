"""What a phrase means: the proposal as a chip to accept, change, or keep as said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from infonb import reference
from infonb.widgets.forms import Form, button, choice, entry, row, words

if TYPE_CHECKING:
    from infonb.journal import Journal, SkillMention

_AS_SAID = "as said"
_OPEN = "open"


class SkillChips(widgets.VBox):
    """One skill that was named, and what it may mean.

    A proposal is never taken over by itself: until the person accepts it, changes it or keeps
    the words as said, the mention stays unconfirmed. What is confirmed is proposed first when the
    same words come up again.

    Parameters
    ----------
    form : Form
        Whose way of saving and telling is used.
    journal : Journal
        Where it is kept.
    mention : SkillMention
        The skill in the words in which it was said.
    """

    def __init__(self, form: Form, journal: Journal, mention: SkillMention) -> None:
        self._form = form
        self._journal = journal
        super().__init__()
        self.add_class("infonb-skill")
        self._fill(mention)

    def _fill(self, mention: SkillMention) -> None:

        offered = proposals(self._journal, mention)
        if mention.confirmed:
            name = next((name for name, id in offered if id == mention.skill_id), _AS_SAID)
            said = words(f"{_rank(mention)}{mention.phrase}: {name}", "hint")
            self.children = [said, self._change(mention, "Means", offered)]
        else:
            self.children = self._chips(mention, offered)

    def _chips(
        self, mention: SkillMention, offered: list[tuple[str, str | None]]
    ) -> list[widgets.Widget]:
        keep = button("No, keep the words", of=f"“{mention.phrase}”")
        self._form._on_click(keep, lambda: self._confirm(mention, None))
        if not offered:
            return [
                row(entry(f"{_rank(mention)}“{mention.phrase}”", "No known name for it."), keep)
            ]
        name, id = offered[0]
        accept = button("Yes", of=f"“{mention.phrase}” is {name}")
        self._form._on_click(accept, lambda: self._confirm(mention, id))
        asked = entry(
            f"{_rank(mention)}“{mention.phrase}”", f"Perhaps: {name}. Is that what they meant?"
        )
        return [row(asked, accept, keep), self._change(mention, "Or rather", offered)]

    def _change(
        self, mention: SkillMention, label: str, offered: list[tuple[str, str | None]]
    ) -> widgets.Widget:
        nothing = [("choose", _OPEN)] if not mention.confirmed else []
        value = mention.skill_id if mention.confirmed else _OPEN
        meaning = choice(label, [*nothing, *offered, (_AS_SAID, None)], value)
        self._form._on_change(
            meaning, lambda id: False if id == _OPEN else self._confirm(mention, id)
        )
        return meaning

    def _confirm(self, mention: SkillMention, id: str | None) -> None:
        self._fill(self._journal.confirm_skill(mention, id))


def proposals(journal: Journal, mention: SkillMention) -> list[tuple[str, str | None]]:
    """Name and id of what a mention may mean, best first, what was chosen for it among them.

    Examples
    --------
    >>> mention = journal.record_skill(interview, "talking to people")
    >>> proposals(journal, mention)[0]
    ('Speaking', '2.A.1.d')
    """
    aliases = {
        phrase: id
        for phrase, id in journal.skill_aliases().items()
        if id != f"{reference.MINE}{mention.id}"
    }
    found: dict[str | None, str] = {
        match.id: match.name for match in reference.match_skill(mention.phrase, aliases=aliases)
    }
    for phrase, id in aliases.items():
        if id.startswith(reference.MINE):
            found.setdefault(id, phrase)
    if mention.skill_id and mention.skill_id not in found:
        skill = reference.skill(mention.skill_id)
        found[mention.skill_id] = skill.name if skill else mention.skill_id
    return [(name, id) for id, name in found.items()]


def _rank(mention: SkillMention) -> str:
    return f"{mention.rank}. " if mention.rank else ""
