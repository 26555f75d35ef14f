"""Promises of the colours: readable on both papers, and told apart by colour-blind readers."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

import infonb
from infonb.charts.theme import FONT
from infonb.look import CATEGORIES, TOKENS, css, pixels

THEMES = ("light", "dark")
MARKS = (
    "accent-mark",
    "warm-mark",
    "good-mark",
    "quiet-mark",
    *(f"category-{i}" for i in range(1, 6)),
)

# Machado, Oliveira & Fernandes 2009, full severity, on linear RGB
COLOUR_BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def times(matrix: tuple, vector: list[float]) -> list[float]:
    return [sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix]


def oklab(rgb: list[float]) -> list[float]:
    """Ottosson's perceptual space, where equal distances look about equally far."""
    cones = times(
        (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        ),
        rgb,
    )
    return times(
        (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        ),
        [max(c, 0) ** (1 / 3) for c in cones],
    )


def seen_distance(one: str, other: str, eyes: tuple) -> float:
    seen = [
        oklab([min(max(c, 0), 1) for c in times(eyes, linear(colour))]) for colour in (one, other)
    ]
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("surface", ["paper", "panel"])
@pytest.mark.parametrize("text", ["ink", "soft", "accent", "warm", "good"])
def test_every_text_reads_on_every_surface(theme: str, surface: str, text: str) -> None:
    assert contrast(TOKENS[theme][text], TOKENS[theme][surface]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("filled", ["accent", "warm"])
def test_words_on_a_filled_button_or_banner_read(theme: str, filled: str) -> None:
    assert contrast(TOKENS[theme]["on-accent"], TOKENS[theme][filled]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("surface", ["paper", "panel"])
@pytest.mark.parametrize("part", ["edge", "focus"])
def test_edges_of_controls_are_seen(theme: str, surface: str, part: str) -> None:
    assert contrast(TOKENS[theme][part], TOKENS[theme][surface]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_drawn_once_is_seen_on_light_and_dark_paper(theme: str, mark: str) -> None:
    assert TOKENS["light"][mark] == TOKENS["dark"][mark]
    assert contrast(TOKENS[theme][mark], TOKENS[theme]["paper"]) >= 3


@pytest.mark.parametrize("mark", ["accent-mark", "warm-mark", "good-mark", "quiet-mark"])
def test_a_number_on_a_mark_reads(mark: str) -> None:
    assert contrast(TOKENS["light"]["on-mark"], TOKENS["light"][mark]) >= 4.5


@pytest.mark.parametrize("eyes", COLOUR_BLINDNESS)
def test_categories_stay_apart_for_colour_blind_readers(eyes: str) -> None:
    assert len(CATEGORIES) == 5
    for one, other in itertools.combinations(CATEGORIES, 2):
        assert seen_distance(one, other, COLOUR_BLINDNESS[eyes]) >= 0.1, (one, other)


@pytest.mark.parametrize("eyes", COLOUR_BLINDNESS)
def test_the_highlight_stays_apart_from_the_rest(eyes: str) -> None:
    light = TOKENS["light"]
    distance = seen_distance(light["accent-mark"], light["warm-mark"], COLOUR_BLINDNESS[eyes])
    assert distance >= 0.15


def test_the_sheet_has_no_address_in_it() -> None:
    assert "url(" not in css() and "@import" not in css()


# one file holds them all -------------------------------------------------------------------------

PACKAGE = Path(infonb.__file__).parent
SHEETS = sorted([*PACKAGE.glob("report/*.css"), *PACKAGE.glob("widgets/*.css")])
CHARTS = sorted(PACKAGE.glob("charts/*.py"))
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|hwb)\(|\b(?:color|background|fill|stroke)\w*"
    r"\s*[:=]\s*[\"']?(?:white|black|gr[ae]y|red|orange|yellow|green|blue|purple|steelblue)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", [*SHEETS, *CHARTS], ids=lambda path: path.name)
def test_no_colour_stands_outside_the_tokens(path: Path) -> None:
    assert COLOUR.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_no_size_of_type_stands_outside_the_tokens_of_a_screen(path: Path) -> None:
    """Relative sizes (em) refer to a token; points are for paper alone."""
    sheet = path.read_text(encoding="utf-8")
    on_screen = sheet.split("@media print")[0]
    assert re.findall(r"font(?:-size)?:[^;]*?[\d.]+(?:px|rem|pt)\b[^;]*;", on_screen) == []
    assert re.findall(r"font(?:-size)?:[^;]*?[\d.]+(?:px|rem)\b[^;]*;", sheet) == []


@pytest.mark.parametrize("path", CHARTS, ids=lambda path: path.name)
def test_no_size_of_type_stands_in_a_chart(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert re.findall(r"[fF]ontSize\"?\s*[=:]\s*[\d.]+", written) == []


def test_nothing_in_a_chart_is_smaller_than_eleven_pixels() -> None:
    sizes = [pixels(name) for name in TOKENS["light"] if re.fullmatch(r"text-[a-z]+", name)
             and TOKENS["light"][name].endswith("rem")]  # fmt: skip
    assert len(sizes) >= 6 and min(sizes) >= 11


def test_the_font_of_the_page_is_the_font_of_the_charts() -> None:
    assert TOKENS["light"]["font"] in css()
    assert TOKENS["light"]["font"] == FONT
