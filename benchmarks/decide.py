"""How long a decision takes: 6 occupations, 8 questions, 18 people, 20,000 draws.

The promise is that it keeps up with a slider: within 100 ms, the shares of all ranks, the pairwise
wins and the leaving out of each person included. Machines differ, so each time is also given as a
multiple of a known thing in the same run: drawing as many gammas with NumPy as the method has
(18 people and 6 imaginary interviewees of 5 answers, 20,000 each).

    python benchmarks/decide.py
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from infonb.findings.smaa import DRAWS, Panel, draw_means, gamma_quantiles, leave_out, panel, weigh
from infonb.findings.value_of_information import look_ahead

OCCUPATIONS, QUESTIONS, PEOPLE, SCALE = 6, 8, 18, 5


def journal(weights: np.ndarray) -> Panel:
    """18 people who answered everything, three for each occupation."""
    random = np.random.default_rng(1)
    return panel(
        random.integers(1, SCALE + 1, (PEOPLE, QUESTIONS)),
        weights,
        np.arange(PEOPLE) % OCCUPATIONS,
        people=[f"person {number}" for number in range(PEOPLE)],
        occupations=[f"occupation {number}" for number in range(OCCUPATIONS)],
    )


def known_thing() -> None:
    """As many gammas as the method draws, straight from NumPy."""
    random = np.random.default_rng(0)
    random.standard_gamma(0.8, (PEOPLE, DRAWS))
    random.standard_gamma(1 / SCALE, (OCCUPATIONS * SCALE, DRAWS))


def milliseconds(run: Callable[[], object], times: int = 21) -> float:
    """Median time of a run."""
    took = []
    for _ in range(times):
        start = perf_counter()
        run()
        took.append(perf_counter() - start)
    return 1000 * median(took)


def main() -> None:
    random = np.random.default_rng(2)
    shape = (PEOPLE, QUESTIONS)
    some = [0.3, 0.5, 0.8, 1.0]
    journals = {
        "every answer weighs 1": np.ones(shape),
        "a weight for each person": np.repeat(random.choice(some, (PEOPLE, 1)), QUESTIONS, axis=1),
        "a weight for each answer": random.choice(some, shape),
    }
    importance = random.integers(1, 6, QUESTIONS)
    unit = milliseconds(known_thing)
    print(f"known thing: {unit:.1f} ms for {(PEOPLE + OCCUPATIONS * SCALE) * DRAWS:,} gammas")
    for name, weights in journals.items():
        heard = journal(weights)
        draws = draw_means(heard)
        accepted = weigh(draws, importance)

        def whole(heard: Panel = heard) -> None:
            drawn = draw_means(heard)
            leave_out(drawn, weigh(drawn, importance))

        def cold(heard: Panel = heard) -> None:
            gamma_quantiles.cache_clear()
            draw_means(heard)

        steps: dict[str, Callable[[], object]] = {
            "draw, the first time in a session": cold,
            "draw": lambda heard=heard: draw_means(heard),
            "weigh (ranks, wins, bands)": lambda draws=draws: weigh(draws, importance),
            "leave each person out": lambda d=draws, a=accepted: leave_out(d, a),
            "all of it": whole,
            "look ahead by one interview": lambda heard=heard: look_ahead(heard, importance),
        }
        print(f"\n{name}")
        for step, run in steps.items():
            took = milliseconds(run)
            print(f"  {step:36}{took:7.1f} ms {took / unit:6.2f} ×")


if __name__ == "__main__":
    main()
