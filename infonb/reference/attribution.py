"""What has to stand beside the figures: whose they are, and of when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from infonb.reference.official import store

_SHIPPED_ONET = ("29.3", "30.2")
_SHIPPED_BLS = ("BLS Employment Projections 2024–34", "BLS OEWS May 2025")
_RELEASE = re.compile(r"\d+\.\d+")


class Attribution(Mapping[str, str]):
    """The words by agency, "O*NET" and "BLS"; they name the releases that are in use just now.

    Examples
    --------
    >>> "CC BY 4.0" in Attribution()["O*NET"], "May 2025" in Attribution()["BLS"]
    (True, True)
    """

    def __getitem__(self, agency: str) -> str:
        return {"O*NET": _onet, "BLS": _bls}[agency]()

    def __iter__(self) -> Iterator[str]:
        return iter(("O*NET", "BLS"))

    def __len__(self) -> int:
        return 2

    def __repr__(self) -> str:
        return repr(dict(self))


ATTRIBUTION: Mapping[str, str] = Attribution()
"""What has to stand beside the figures, by agency."""


def _onet() -> str:
    sources = [table.source for table in store.tables().values() if "O*NET" in table.source]
    told = {release for source in sources for release in _RELEASE.findall(source)}
    numbers = sorted({*_SHIPPED_ONET, *told}, key=lambda release: [*map(int, release.split("."))])
    releases = f"{', '.join(numbers[:-1])} and {numbers[-1]}"
    unstated = any(not _RELEASE.search(source) for source in sources)
    installed_too = " and of a release that its files don't state" if unstated else ""
    return (
        f"This product includes information from O*NET Database releases {releases}"
        f"{installed_too} by the U.S. Department of Labor, Employment and Training Administration "
        "(USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. infonb "
        "has modified all or some of this information. USDOL/ETA has not approved, endorsed, or "
        "tested these modifications."
    )


def _bls() -> str:
    tables = store.tables()
    sources = [
        tables[name].source if name in tables else shipped
        for name, shipped in zip(("projections", "wages"), _SHIPPED_BLS, strict=True)
    ]
    projections, wages = (source.removeprefix("BLS ") for source in sources)
    return (
        "Employment, growth, openings, education, experience and training: U.S. Bureau of Labor "
        f"Statistics, {projections}. Wages: U.S. Bureau of Labor Statistics, "
        f"{wages.replace('OEWS', 'Occupational Employment and Wage Statistics,')}. Public domain. "
        "Outlook classes are derived by infonb from the projected growth."
    )
