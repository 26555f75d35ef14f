"""Drafts of what one writes and says: plain text, never sent by infonb."""

from __future__ import annotations

import re

_SPELLED = re.compile(r"[A-Z]{2,4}\b|[A-Za-z]-")
_LIKE_YOU = re.compile(r"uni(?!n)|us[aeiou]|eu|u[rt][aeiou]|one\b", re.IGNORECASE)


_A_NAME = 5
"""A note of more words than this tells a story; it is no name to begin a sentence with."""


def _first_words(name_from: str | None) -> str:
    told = (name_from or "").strip().rstrip(".")
    if not told:
        return "[Say here who gave you the name]"
    if len(told.split()) > _A_NAME:
        return f"[Say here who gave you the name: {told}]"
    return f"{told} gave me your name"


def _one(occupation: str) -> str:
    """An occupation's title as one says it in a sentence: "a nurse", "an HR specialist"."""
    words = [w if w[1:] != w[1:].lower() else w.lower() for w in occupation.split(" ")]
    said = " ".join(words)
    if _SPELLED.match(said):
        vowel = said[0].upper() in "AEFHILMNORSX"
    else:
        vowel = said[:1].casefold() in tuple("aeiou") and not _LIKE_YOU.match(said)
    return f"{'an' if vowel else 'a'} {said}"


def draft_request(
    name: str, occupation: str, name_from: str | None = None, minutes: int = 20
) -> str:
    """A first message: how you got the name, information and guidance, twenty minutes.

    Parameters
    ----------
    name : str
        The person's name.
    occupation : str
        The occupation you want to learn about.
    name_from : str, optional
        Who or what gave you the name; a gap to fill is left without it.
    minutes : int
        How long you ask for.

    Returns
    -------
    str
        Plain text with line breaks.

    Examples
    --------
    >>> print(draft_request("Ada L.", "Bridge inspector", "My neighbor Sam"))
    Dear Ada L.,
    <BLANKLINE>
    My neighbor Sam gave me your name. I am finding out whether work as a bridge inspector could suit me, and I am looking for information and guidance from people who do it.
    <BLANKLINE>
    Would you have 20 minutes for a few questions, in person, by phone or by video, whenever it suits you? I will prepare, and I will keep to the time.
    <BLANKLINE>
    Thank you for considering it.
    """  # noqa: E501
    return (
        f"Dear {name},\n\n"
        f"{_first_words(name_from)}. I am finding out whether work as {_one(occupation)} "
        "could suit me, and I am looking for information and guidance from people who do it.\n\n"
        f"Would you have {minutes} minutes for a few questions, in person, by phone or by video, "
        "whenever it suits you? I will prepare, and I will keep to the time.\n\n"
        "Thank you for considering it."
    )


def draft_reminder(name: str, occupation: str, minutes: int = 20) -> str:
    """The one reminder: short, friendly, easy to leave unanswered.

    Examples
    --------
    >>> print(draft_reminder("Ada L.", "Bridge inspector"))
    Dear Ada L.,
    <BLANKLINE>
    I wrote to you a while ago: I am finding out whether work as a bridge inspector could suit me, and I would be glad of 20 minutes of your advice, whenever and however it suits you.
    <BLANKLINE>
    If it doesn't fit, that is all right, and I won't write again about it. Thank you for reading this.
    """  # noqa: E501
    return (
        f"Dear {name},\n\n"
        f"I wrote to you a while ago: I am finding out whether work as {_one(occupation)} could "
        f"suit me, and I would be glad of {minutes} minutes of your advice, whenever and however "
        "it suits you.\n\n"
        "If it doesn't fit, that is all right, and I won't write again about it. Thank you for "
        "reading this."
    )


def draft_phone_script(
    name: str, occupation: str, name_from: str | None = None, minutes: int = 20
) -> str:
    """The same request for the phone, about thirty seconds when read aloud.

    Examples
    --------
    >>> len(draft_phone_script("Ada L.", "Bridge inspector", "Sam").split()) < 90
    True
    """
    return (
        f"Hello {name}, my name is [your name]. {_first_words(name_from)}. "
        f"I am thinking about becoming {_one(occupation)}, and I am looking for information "
        f"and guidance from people who do this work. Could I ask you a few questions, for "
        f"{minutes} minutes, at a time that suits you? ... "
        "Thank you, that is very kind. When would be good for you, and where?"
    )


def draft_thank_you(
    name: str, occupation: str, mentioned: str | None = None, said: str | None = None
) -> str:
    """A thank-you note for the same day.

    Parameters
    ----------
    mentioned : str, optional
        What they spoke of that helped; a gap to fill is left without it.
    said : str, optional
        Words of theirs, as noted, where there is no ``mentioned``.

    Examples
    --------
    >>> "what you said about the night shifts" in draft_thank_you("Ada", "Nurse", "the night shifts")
    True
    """  # noqa: E501
    kept = "what you said about [something that stayed with you]"
    if mentioned and mentioned.strip():
        kept = f"what you said about {mentioned.strip().rstrip('.')}"
    elif said and said.strip():
        kept = f"what you mentioned, {_quoted(said)}"
    return (
        f"Dear {name},\n\n"
        f"Thank you for taking the time to talk with me about your work as "
        f"{_one(occupation)}. I keep thinking about {kept}; it helps me to see more "
        "clearly what the work is like.\n\n"
        "I will let you know how my search ends."
    )


def draft_referral_request(name: str, occupation: str, said: str | None = None) -> str:
    """A message some days later that asks whom else to talk with.

    Parameters
    ----------
    said : str, optional
        Words of theirs, as noted.

    Examples
    --------
    >>> "you mentioned “the quiet at dawn”" in draft_referral_request("Ada", "Nurse", "the quiet at dawn")
    True
    """  # noqa: E501
    mentioned = f"When we talked, you mentioned {_quoted(said)}. " if said and said.strip() else ""
    return (
        f"Dear {name},\n\n"
        f"Thank you again for telling me about your work as {_one(occupation)}. {mentioned}"
        "I would like to hear how others see it, too.\n\n"
        "Do you know somebody else who might answer a few questions, for twenty minutes? I am "
        "still looking for information and guidance, nothing more. If I may say that the name is "
        "from you, I will.\n\n"
        "Many thanks, whatever comes to mind."
    )


def _quoted(said: str) -> str:
    return f"“{' '.join(said.split()).rstrip('.')}”"


def draft_news(name: str, what_happened: str) -> str:
    """The note that tells an interviewee how the search ended.

    Examples
    --------
    >>> print(draft_news("Ada L.", "I start training as a nurse in September").splitlines()[2])
    You took the time to talk with me when I was looking for my way. I start training as a nurse in September.
    """  # noqa: E501
    return (
        f"Dear {name},\n\n"
        "You took the time to talk with me when I was looking for my way. "
        f"{what_happened.strip().rstrip('.')}.\n\n"
        "What you told me was part of the decision. Thank you again."
    )
