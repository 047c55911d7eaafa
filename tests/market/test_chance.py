import math

import numpy as np
import pytest
from scipy import stats

from talentmarket.market.numeric import chance
from talentmarket.market.numeric.chance import Key, key_of
from talentmarket.market.setup.converting import monthly_probability

DRAWS = 40_000
SEED = key_of(20250706, 3)
# Random123's published known answers for philox4x32-10: counter, key, result.
KNOWN_ANSWERS = [
    (
        "00000000 00000000 00000000 00000000",
        "00000000 00000000",
        "6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    ),
    (
        "ffffffff ffffffff ffffffff ffffffff",
        "ffffffff ffffffff",
        "408f276d 41c83b0e a20bc7c6 6d5451fd",
    ),
    (
        "243f6a88 85a308d3 13198a2e 03707344",
        "a4093822 299f31d0",
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
]


def hexadecimal(text):
    return tuple(np.uint64(int(word, 16)) for word in text.split())


def decisions():
    return {name: value for name, value in vars(chance).items() if name.isupper() and isinstance(value, int)}


def uniforms(whos=range(DRAWS), decision=chance.CHOICE, whom=0, month=0, key=SEED):
    return np.array([chance.uniform(key, decision, who, whom, month) for who in whos])


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_published_answers(counter, key, answer):
    assert chance.philox(hexadecimal(counter), hexadecimal(key)) == hexadecimal(answer)


def test_the_counter_is_researcher_counterpart_month_decision_and_the_key_seed_replicate():
    counter, key, answer = (hexadecimal(text) for text in KNOWN_ANSWERS[2])
    who, whom, month, decision = (int(word) for word in counter)
    assert chance.words(Key(*key), decision, who, whom, month) == answer


def test_the_numbers_of_decisions_are_unique_and_never_change():
    recorded = {
        "TALENT": 1,
        "LOYALTY": 2,
        "WEALTH": 3,
        "PAY": 4,
        "TENURE": 5,
        "TIES": 6,
        "STOCK": 7,
        "SEPARATION": 8,
        "CONTACT": 9,
        "SCOUTING": 10,
        "ENGAGEMENT": 11,
        "OFFER": 12,
        "START": 13,
        "RETURN": 14,
        "COMMITMENT": 15,
        "TASTE": 16,
        "CHOICE": 17,
        "CANDIDATE": 18,
        "EVENT": 40,
        "DETECTION": 41,
        "SEARCH": 42,
        "REFERRAL": 43,
    }
    assert recorded.items() <= decisions().items()
    assert len(set(decisions().values())) == len(decisions())


def test_changing_any_part_of_a_question_changes_the_answer():
    def draw(seed=5, replicate=6, decision=7, researcher=8, counterpart=9, month=10):
        return chance.uniform(key_of(seed, replicate), decision, researcher, counterpart, month)

    parts = {"seed": 5, "replicate": 6, "decision": 7, "researcher": 8, "counterpart": 9, "month": 10}
    changed = [
        draw(**{part: other}) for part, value in parts.items() for other in (value - 1, value + 1, value + 2**31)
    ]
    assert len({draw(), *changed}) == 1 + 3 * len(parts)
    assert draw() == draw()


def test_two_parties_are_not_interchangeable():
    assert chance.uniform(SEED, 1, 2, 3, 4) != chance.uniform(SEED, 1, 3, 2, 4)
    assert chance.uniform(SEED, 1, 2, 3, 4) != chance.uniform(SEED, 1, 2, 4, 3)
    assert chance.uniform(key_of(1, 2), 1, 2, 3, 4) != chance.uniform(key_of(2, 1), 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("draw", "distribution"),
    [(chance.uniform, stats.uniform()), (chance.normal, stats.norm()), (chance.gumbel, stats.gumbel_r())],
)
def test_draws_follow_their_distribution(draw, distribution):
    """Kolmogorov-Smirnov: a right generator fails once in 100,000 seeds."""
    sample = np.array([draw(SEED, chance.CHOICE, who, 1, 2) for who in range(DRAWS)])
    assert stats.kstest(sample, distribution.cdf).pvalue > 1e-5


@pytest.mark.parametrize(
    ("draw", "mean", "variance", "kurtosis"),
    [
        (chance.uniform, 0.5, 1 / 12, 1.8),
        (chance.normal, 0.0, 1.0, 3.0),
        (chance.gumbel, np.euler_gamma, math.pi**2 / 6, 5.4),
    ],
)
def test_draws_have_the_moments_of_their_distribution(draw, mean, variance, kurtosis):
    """Mean and variance within 4.5 standard errors: one false alarm in 150,000 seeds for each."""
    sample = np.array([draw(SEED, chance.TASTE, who, 0, 0) for who in range(DRAWS)])
    assert abs(sample.mean() - mean) < 4.5 * math.sqrt(variance / DRAWS)
    assert abs(sample.var() - variance) < 4.5 * variance * math.sqrt((kurtosis - 1.0) / DRAWS)


def test_a_unit_is_never_0_or_1_at_the_ends_of_a_word():
    assert 0.0 < chance.unit(np.uint64(0)) < chance.unit(np.uint64(2**32 - 1)) < 1.0


def test_uniforms_use_both_their_words():
    """26 bits of each word: the low half of the mantissa is as uniform as the high half."""
    low = np.array([math.modf(value * 2.0**26)[0] for value in uniforms()])
    assert stats.kstest(low, "uniform").pvalue > 1e-5
    assert uniforms().min() > 0.0
    assert uniforms().max() < 1.0


@pytest.mark.parametrize(
    "neighbour",
    [
        lambda who: chance.uniform(SEED, chance.CHOICE, who + 1, 0, 0),
        lambda who: chance.uniform(SEED, chance.CHOICE, who, 1, 0),
        lambda who: chance.uniform(SEED, chance.CHOICE, who, 0, 1),
        lambda who: chance.uniform(SEED, chance.TASTE, who, 0, 0),
        lambda who: chance.uniform(key_of(20250706, 4), chance.CHOICE, who, 0, 0),
        lambda who: chance.uniform(key_of(20250707, 3), chance.CHOICE, who, 0, 0),
    ],
    ids=["researcher", "counterpart", "month", "decision", "replicate", "seed"],
)
def test_neighbouring_questions_have_unrelated_answers(neighbour):
    """Correlation of n independent pairs has standard error 1/sqrt(n): 4.5 of them, one false alarm in 150,000 seeds."""
    others = np.array([neighbour(who) for who in range(DRAWS)])
    assert abs(np.corrcoef(uniforms(), others)[0, 1]) < 4.5 / math.sqrt(DRAWS)


@pytest.mark.parametrize("lag", [1, 2, 16, 64, 1024])
def test_months_of_one_person_are_not_correlated_at_any_lag(lag):
    series = np.array([chance.uniform(SEED, chance.CHOICE, 17, 0, month) for month in range(DRAWS)])
    assert abs(np.corrcoef(series[:-lag], series[lag:])[0, 1]) < 4.5 / math.sqrt(DRAWS - lag)


@pytest.mark.parametrize(("probability", "happened"), [(0.0, 0), (1.0, 2_000)])
def test_what_is_impossible_never_happens_and_what_is_certain_always(probability, happened):
    events = [chance.happens(SEED, chance.START, who, 0, 0, probability) for who in range(2_000)]
    assert sum(events) == happened


def test_an_event_happens_exactly_where_its_draw_is_below_its_probability():
    draws = uniforms(range(1000), decision=chance.START)
    assert [chance.happens(SEED, chance.START, who, 0, 0, 0.3) for who in range(1000)] == list(draws < 0.3)


@pytest.mark.parametrize("rate", [0.0, 1e-9, 0.2, 12.0])
def test_a_monthly_probability_compounds_to_its_yearly_rate(rate):
    assert monthly_probability(rate) == pytest.approx(1.0 - math.exp(-rate / 12.0), rel=1e-6)
    assert (1.0 - monthly_probability(rate)) ** 12 == pytest.approx(math.exp(-rate), rel=1e-9)
