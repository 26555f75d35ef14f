"""`FilePicker`: a file chosen or dropped in the browser, handed over whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets


class FilePicker(anywidget.AnyWidget):
    """A place to choose a file, or to drop one.

    Parameters
    ----------
    chosen : callable
        Called with the file's name and content.
    refused : callable
        Called with what is wrong, in words, where there is no such file.

    Examples
    --------
    >>> picker = FilePicker(lambda name, content: print(name, content), print)
    >>> picker.hear(picker, {"name": "a.csv", "piece": 0, "pieces": 2}, [b"a,"])
    >>> picker.hear(picker, {"name": "a.csv", "piece": 1, "pieces": 2}, [b"b"])
    a.csv b'a,b'
    >>> picker.hear(picker, {"several": 2}, [])
    One file at a time, please.
    """

    _esm = Path(__file__).with_suffix(".js")
    description = traitlets.Unicode("Choose a file, or drop it here").tag(sync=True)

    def __init__(self, chosen: Callable[[str, bytes], Any], refused: Callable[[str], Any]) -> None:
        super().__init__()
        self._chosen, self._refused = chosen, refused
        self._pieces: list[bytes] = []
        self.on_msg(self.hear)

    def __repr__(self) -> str:
        return self.description

    def hear(self, _widget: Any, message: dict[str, Any], buffers: Sequence[Any]) -> None:
        """A piece of a file, or why there is none."""
        if "several" in message:
            self._refused("One file at a time, please.")
        elif "unreadable" in message:
            self._refused(f"{message['unreadable']} can't be read. Is it a folder?")
        else:
            self._piece(str(message["name"]), message["piece"], message["pieces"], buffers[0])

    def _piece(self, name: str, number: int, of: int, piece: Any) -> None:
        if number == 0:
            self._pieces = []
        self._pieces.append(bytes(piece))
        if number == of - 1 == len(self._pieces) - 1:
            content, self._pieces = b"".join(self._pieces), []
            self._chosen(name, content)
