"""Where the tool says "leads with a chance of .6", does it truly lead in 6 of 10 cases?

Journals are simulated from a known truth: each occupation has a population of people, some are
interviewed, and the true leader is the one whose whole population fits the true importances best.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from infonb.findings.acceptability import draw_means, weigh
from infonb.findings.panel import panel

OCCUPATIONS, CRITERIA, JOURNALS, DRAWS = 4, 3, 1200, 400
ANSWERS = np.arange(1, 6)
BINS = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0001])


def one_mood(random, people):
    """The prior itself: each person gives one answer to everything."""
    shares = random.dirichlet(np.full(5, 0.2))
    said = random.choice(ANSWERS, size=people, p=shares)
    return np.repeat([shares @ ANSWERS], CRITERIA), np.repeat(said[:, None], CRITERIA, axis=1)


def own_answers(random, people):
    """Each question has its own population, and people answer each for itself."""
    shares = random.dirichlet(np.full(5, 0.7), size=CRITERIA)
    said = np.stack([random.choice(ANSWERS, size=people, p=p) for p in shares], axis=1)
    return shares @ ANSWERS, said


def mood_and_matter(random, people):
    """Questions differ between occupations, and each person is gloomy or glad about all of it."""
    level = random.uniform(1.5, 4.5, size=CRITERIA)

    def answers(size):
        mood, noise = random.normal(0, 0.7, (size, 1)), random.normal(0, 0.7, (size, CRITERIA))
        return np.clip(np.round(level + mood + noise), 1, 5)

    return answers(3000).mean(axis=0), answers(people)


def simulate(population, seed):
    """Stated chances to lead and who truly led, each of shape (journals, occupations)."""
    random = np.random.default_rng(seed)
    stated, led = np.zeros((2, JOURNALS, OCCUPATIONS))
    for journal in range(JOURNALS):
        truth, said, place = np.empty((OCCUPATIONS, CRITERIA)), [], []
        for occupation in range(OCCUPATIONS):
            people = int(random.integers(1, 4))
            truth[occupation], answers = population(random, people)
            said.extend(answers)
            place.extend([occupation] * people)
        importance = random.integers(1, 6, CRITERIA)
        meant = random.dirichlet(30 * importance / importance.sum())
        names = [f"p{row}" for row in range(len(said))]
        heard = panel(said, None, place, people=names, occupations="ABCD")
        draws = draw_means(heard, draws=DRAWS, seed=journal)
        stated[journal] = weigh(draws, importance).rank_shares[:, 0]
        led[journal, (truth @ meant).argmax()] = 1
    return stated, led


def print_table(name, stated, led):
    """Print stated and true shares by bin; give the largest gap where there is enough to go by."""
    print(f"\n{name}: chance to lead, stated and true")
    gaps = []
    for low, high in pairwise(BINS):
        here = (stated >= low) & (stated < high)
        if not here.any():
            continue
        said, true = stated[here].mean(), led[here].mean()
        print(f"  {low:.1f}-{min(high, 1):.1f}  stated {said:.2f}  true {true:.2f}  n {here.sum()}")
        if here.sum() >= 150:
            gaps.append(abs(said - true))
    return max(gaps)


def test_it_is_calibrated_where_the_prior_is_true():
    assert print_table("one mood", *simulate(one_mood, 1)) < 0.08


@pytest.mark.parametrize("population", [own_answers, mood_and_matter])
def test_it_is_not_far_off_where_the_prior_is_not_true(population):
    stated, led = simulate(population, 2)
    assert print_table(population.__name__.replace("_", " "), stated, led) < 0.25
    said_to_lead = stated.argmax(axis=1)
    right = led[np.arange(JOURNALS), said_to_lead].mean()
    print(f"  the stated leader truly leads in {right:.2f}, said {stated.max(axis=1).mean():.2f}")
    assert right > 0.4, "four occupations: chance alone would give .25"
