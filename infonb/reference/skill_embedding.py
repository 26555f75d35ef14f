"""Static embeddings, where the extra ``skills`` is installed: what a phrase is about, in numbers.

They are read from the package's own files, without a network and without the package itself: to
import it takes longer than all the rest, and sets up logging for the whole program.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from infonb.reference.catalogue import plain

if TYPE_CHECKING:
    import numpy as np

    from infonb.reference.skill_model import Embed

_WEIGHTS = Path("weights") / "l2_supercat_256.safetensors"
_TOKENS = Path("tokenizers") / "l2_supercat_tokenizer_config.json"
_WIDTH = 128
"""How many of the 256 numbers are used: the first ones are trained to do alone, right as often
within .003, in half the time and memory."""


@cache
def embedding() -> Embed | None:
    """What turns texts into unit vectors, shape (n, 128); None without the extra.

    A text without words is all zeros. A vector is the mean of its tokens' vectors, as the
    package makes it.
    """
    found = find_spec("wordllama")
    place = Path(next(iter(found.submodule_search_locations or ()))) if found else None
    if place is None or not (place / _WEIGHTS).exists() or not (place / _TOKENS).exists():
        return None
    import numpy as np
    from safetensors import safe_open  # pyright: ignore[reportMissingImports]
    from tokenizers import Tokenizer  # pyright: ignore[reportMissingImports]

    tokens = Tokenizer.from_file(str(place / _TOKENS))
    tokens.no_padding()
    tokens.no_truncation()
    with safe_open(place / _WEIGHTS, framework="numpy") as file:
        weights = np.ascontiguousarray(file.get_tensor("embedding.weight")[:, :_WIDTH])

    def embed(texts: Sequence[str]) -> np.ndarray:
        said = tokens.encode_batch_fast([plain(text) for text in texts], add_special_tokens=False)
        lengths = np.array([len(each.ids) for each in said])
        ids = np.fromiter((id for each in said for id in each.ids), int, lengths.sum())
        sums = np.zeros((len(texts), _WIDTH), np.float32)
        if len(ids):
            some = lengths > 0
            starts = np.concatenate(([0], lengths.cumsum()[:-1]))[some]
            sums[some] = np.add.reduceat(weights[ids].astype(np.float32), starts)
        return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)

    return embed
