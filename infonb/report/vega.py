"""The one script of Vega, Vega-Lite and Vega-Embed that draws all charts of a report."""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from infonb.files import NotWritten, write_text


@dataclass(frozen=True)
class Bundle:
    """The drawing library as a report carries it.

    Parameters
    ----------
    packed
        The script, gzipped, in base64 (about 400 KB).
    source_hash
        What a content security policy calls the unpacked script: ``'sha256-…'`` with its quotes.
    """

    packed: str
    source_hash: str


def script_hash(source: str) -> str:
    """The name by which a content security policy allows an inline script or style.

    Examples
    --------
    >>> script_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def vega_bundle() -> Bundle:
    """The bundle of this machine's vl-convert, from the cache folder or made anew (2 s).

    Returns
    -------
    Bundle
    """
    kept = _cache_file()
    found = _read(kept)
    if found is None:
        found = _make()
        _keep(kept, found)
    return found


def _make() -> Bundle:
    import vl_convert

    newest = [v for v in vl_convert.get_vegalite_versions() if v.startswith("6.")][-1]
    # Only Vega-Embed is handed out: it brings all else, and nothing else is called.
    source = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=newest)
    packed = gzip.compress(source.encode("utf-8"), 9, mtime=0)
    return Bundle(base64.b64encode(packed).decode("ascii"), script_hash(source))


def _cache_file() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("infonb") / f"vega-{version('vl-convert-python')}.txt"


def _read(file: Path) -> Bundle | None:
    """What the cache holds; nothing when there is none or when it is damaged."""
    try:
        check, source_hash, packed = file.read_text(encoding="ascii").split("\n")
    except (OSError, ValueError):
        return None
    if check != hashlib.sha256(f"{source_hash}\n{packed}".encode("ascii")).hexdigest():
        return None
    return Bundle(packed, source_hash)


def _keep(file: Path, bundle: Bundle) -> None:
    """Put the bundle into the cache in one step; without a writable folder it is made each time."""
    text = f"{bundle.source_hash}\n{bundle.packed}"
    check = hashlib.sha256(text.encode("ascii")).hexdigest()
    with contextlib.suppress(OSError, NotWritten):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_text(file, f"{check}\n{text}")
